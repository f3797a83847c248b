"""The import of commitments: drafts with their parties, sectors and one wording a row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model, Prefetch
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tablib import Dataset

from commitments import source_urls
from commitments.actions import bulk
from commitments.actions import commitments as commitment_actions
from commitments.actions.saving import save_valid
from commitments.codelists import Role
from commitments.imports.files.documents import addresses_in
from commitments.imports.files.fields import (
    CellField,
    address,
    codes_not_numbers,
    date,
    many,
    of_model,
)
from commitments.imports.files.lookups import is_merged
from commitments.imports.files.resources import FileResource, Key, Wrong
from commitments.imports.files.sheets import text_of
from commitments.models import Commitment, CommitmentParty, Party, Wording

_PLAIN = (
    *("title", "summary", "classification", "kind", "strength", "firmness", "novelty", "collectivity"),
    *("made", "due", "due_basis", "success_criterion", "verifiability", "verifiability_note", "condition"),
    *("baseline", "target", "unit", "durability", "note"),
)
_ROLES = tuple(role.value for role in Role)
_WORDING = ("paragraph", "sentence", "locator", "verb", "strength", "language")
# Where in its document a wording stands: what tells it from the commitment's other wordings.
_PLACE = ("document", "paragraph", "sentence", "locator")


def _of(name: str, **keywords: Any) -> CellField:
    return of_model(Commitment, name, **keywords)


def _parties(role: Role) -> CellField:
    about = gettext_lazy("Parties by slug, countries also by alpha-2 code, separated by semicolons.")
    return many(
        role.value,
        format_lazy("{role} {about}", role=role.definition, about=about),
        example="KZ; UZ" if role == Role.MAKER else "",
    )


class CommitmentResource(FileResource):
    """One commitment a row, known by its code."""

    key = ("code",)

    code = _of("code", about=gettext_lazy("Its public address. It never changes."), example="C51-2023-01")
    title = _of("title", example="Hold a dialogue on critical minerals")
    summary = _of("summary")
    summit = CellField(
        "summit", str, gettext_lazy("The code of the summit."), required=True, example="C51-2023-NEW-YORK"
    )
    classification = _of("classification")
    kind = _of("kind")
    strength = _of("strength")
    firmness = _of("firmness")
    novelty = _of("novelty")
    collectivity = _of("collectivity")
    sectors = many(
        "sectors",
        gettext_lazy("DAC/CRS codes of three or five digits, separated by semicolons."),
        read=codes_not_numbers,
        example="21030; 322",
    )
    sdg_targets = many(
        "sdg_targets",
        gettext_lazy("Targets of the SDGs by number, separated by semicolons."),
        read=codes_not_numbers,
        example="9.1; 17.6",
    )
    made = date("made", gettext_lazy("When it was made, as exactly as known."), required=True, example="2023-09-19")
    due = date("due", gettext_lazy("By when, as exactly as known."), example="2024-Q4")
    due_basis = _of("due_basis")
    success_criterion = _of("success_criterion")
    verifiability = _of("verifiability")
    verifiability_note = _of("verifiability_note")
    condition = _of("condition")
    baseline = _of("baseline")
    target = _of("target")
    unit = _of("unit")
    durability = _of("durability")
    note = _of("note")
    maker = _parties(Role.MAKER)
    co_maker = _parties(Role.CO_MAKER)
    addressee = _parties(Role.ADDRESSEE)
    recipient = _parties(Role.RECIPIENT)
    host = _parties(Role.HOST)
    financier = _parties(Role.FINANCIER)
    implementer = _parties(Role.IMPLEMENTER)
    wording_document = address(
        "wording_document",
        gettext_lazy("The address of a document that words it. Import the document first if we do not know it."),
    )
    wording_paragraph = of_model(Wording, "paragraph", column="wording_paragraph", example="4")
    wording_sentence = of_model(Wording, "sentence", column="wording_sentence", example="2")
    wording_locator = of_model(Wording, "locator", column="wording_locator")
    wording_verb = of_model(Wording, "verb", column="wording_verb", example="announced")
    wording_strength = of_model(
        Wording,
        "strength",
        gettext_lazy("How strongly this document words it. Empty: as strongly as the commitment is."),
        column="wording_strength",
        required=False,
    )
    wording_language = of_model(Wording, "language", column="wording_language")

    def prepare(self, dataset: Dataset) -> None:
        self.lookups.find_parties()
        self.lookups.find_lists()
        self.lookups.find_documents(addresses_in(dataset, "wording_document"))

    def find(self, keys: Iterable[Any]) -> Iterator[tuple[Key, Commitment]]:
        wordings = Prefetch("wordings", Wording.objects.select_related("document").order_by("pk"))
        parties = Prefetch("parties", CommitmentParty.objects.select_related("party").order_by("pk"))
        found = Commitment.objects.filter(code__in=[code for (code,) in keys]).select_related("summit")
        for commitment in found.prefetch_related("sectors", "sdg_targets", parties, wordings):
            yield (commitment.code,), commitment

    def values(self, stored: Any, row: Mapping[str, Any]) -> dict[str, Any]:
        values = {name: getattr(stored, name) for name in ("code", *_PLAIN)}
        values["summit"] = stored.summit.code
        values["sectors"] = sorted(sector.code for sector in stored.sectors.all())
        values["sdg_targets"] = sorted(target.code for target in stored.sdg_targets.all())
        for role in _ROLES:
            values[role] = sorted(one.party.slug for one in stored.parties.all() if one.role == role)
        values |= self._no_wording()
        wording = self._wording_at(stored, row)
        if wording is not None:
            values["wording_document"] = wording.document.url
            values |= {f"wording_{name}": getattr(wording, name) for name in _WORDING}
        return values

    def resolve(self, record: Any, row_number: int) -> Iterator[Wrong]:
        if record.stored is not None and is_merged(record.stored):
            yield "code", _("This commitment was merged into another: use the code of that one.")
        if record.summit and record.summit not in self.lookups.summits:
            yield "summit", _("No summit has this code: write it as the list of summits does, or add the summit first.")
        for name, known in (("sectors", self.lookups.sectors), ("sdg_targets", self.lookups.targets)):
            unknown = [code for code in getattr(record, name) if code not in known]
            if unknown:
                message = _("Not in the list: %(codes)s. Correct the code, or remove it.")
                yield name, message % {"codes": ", ".join(unknown)}
        for role in _ROLES:
            yield from self._resolve_parties(record, role)
        yield from self._resolve_wording(record)

    def rules(self, record: Any) -> Iterator[Wrong]:
        if record.wording_document is None and any(
            getattr(record, f"wording_{name}") != self.fields[f"wording_{name}"].empty for name in _WORDING
        ):
            yield "wording_document", _("A wording is described, but no document is named: write its address.")

    def build(self, record: Any) -> Commitment:
        commitment = record.stored or Commitment(code=record.code)
        for name in _PLAIN:
            setattr(commitment, name, getattr(record, name))
        commitment.summit = self.lookups.summits[record.summit]
        return commitment

    def write(self, record: Any, built: Any) -> None:
        assert self.by is not None

        def write_parts() -> None:
            built.sectors.set([self.lookups.sectors[code] for code in record.sectors])
            built.sdg_targets.set([self.lookups.targets[code] for code in record.sdg_targets])
            self._write_parties(record, built)
            self._write_wording(record, built)

        if record.stored is None:
            commitment_actions.create(by=self.by, commitment=built, write=write_parts, at=self.at)
            return
        built._change_reason = self.reason_in_history
        commitment_actions.edit(
            by=self.by, commitment=built, version=built.version, reason=self.reason, write=write_parts, at=self.at
        )

    def write_new(self, records: Sequence[Any]) -> None:
        assert self.by is not None
        bulk.create_commitments(by=self.by, new=[self._new(record) for record in records], at=self.at)

    def label(self, record: Any) -> str:
        return f"{record.code} {record.title}"

    # --- parts ------------------------------------------------------------------------------------------------------

    def _resolve_parties(self, record: Any, role: str) -> Iterator[Wrong]:
        given = getattr(record, role)
        unknown = [key for key in given if key not in self.lookups.parties]
        slugs = sorted({self.lookups.parties[key].slug for key in given if key in self.lookups.parties})
        if unknown:
            message = _("No party has this slug: %(slugs)s. Write it as the list of parties does, or import it first.")
            yield role, message % {"slugs": ", ".join(unknown)}
        elif len(slugs) < len(given):
            yield role, _("A value stands there twice: remove one.")
        else:
            setattr(record, role, slugs)

    def _new(self, record: Any) -> bulk.NewCommitment:
        built: Commitment = record.built
        rows: list[Model] = [
            CommitmentParty(commitment=built, party=party, role=role)
            for (_pk, role), party in sorted(self._wanted_parties(record).items())
        ]
        if record.wording_document is not None:
            rows.append(self._wording(record, built, None))
        return bulk.NewCommitment(
            built,
            rows,
            sectors=[self.lookups.sectors[code] for code in record.sectors],
            sdg_targets=[self.lookups.targets[code] for code in record.sdg_targets],
        )

    def _wanted_parties(self, record: Any) -> dict[tuple[int, str], Party]:
        named = ((self.lookups.parties[slug], role) for role in _ROLES for slug in getattr(record, role))
        return {(party.pk, role): party for party, role in named}

    def _write_parties(self, record: Any, built: Commitment) -> None:
        wanted = self._wanted_parties(record)
        stored = {} if record.stored is None else {(row.party_id, row.role): row.pk for row in built.parties.all()}
        gone = [pk for pair, pk in stored.items() if pair not in wanted]
        if gone:
            CommitmentParty.objects.filter(pk__in=gone).delete()
        CommitmentParty.objects.bulk_create(
            CommitmentParty(commitment=built, party_id=party, role=role)
            for party, role in sorted(wanted.keys() - stored.keys())
        )

    def _no_wording(self) -> dict[str, Any]:
        names = ("wording_document", *(f"wording_{name}" for name in _WORDING))
        return {name: self.fields[name].empty for name in names}

    def _wording_at(self, stored: Any, row: Mapping[str, Any]) -> Wording | None:
        """The wording that a row speaks of: by its document and, where the file has them, its place there."""
        url = text_of(row.get("wording_document", ""))
        if not url:
            return None
        of_document: list[Wording] = [
            one
            for one in stored.wordings.all()
            if source_urls.identity(one.document.url or "") == source_urls.identity(url)
        ]
        try:
            # As they are read: “04” is the fourth paragraph too.
            given = {name: self.fields[f"wording_{name}"].clean(row) for name in _PLACE[1:] if f"wording_{name}" in row}
        except ValueError:
            # No such place: the row is refused for it.
            return None
        for one in of_document:
            if all(getattr(one, name) == value for name, value in given.items()):
                return one
        return None

    def _resolve_wording(self, record: Any) -> Iterator[Wrong]:
        if record.wording_document is None:
            return
        document = self.lookups.document(record.wording_document)
        if document is None:
            yield "wording_document", _("No document has this address: import it as a document first, or correct it.")
            return
        record.wording_document = document.url
        record.wording_strength = record.wording_strength or record.strength

    def _write_wording(self, record: Any, built: Commitment) -> None:
        assert self.by is not None
        if record.wording_document is None:
            return
        row = {
            f"wording_{name}": str("" if (value := getattr(record, f"wording_{name}")) is None else value)
            for name in _PLACE
        }
        there = None if record.stored is None else self._wording_at(built, row)
        save_valid(self._wording(record, built, there), self.by)

    def _wording(self, record: Any, built: Commitment, there: Wording | None) -> Wording:
        """The wording that a row describes: the one that is there, changed, or a new one. Not saved."""
        document = self.lookups.document(record.wording_document)
        assert document is not None
        wording = there or Wording(commitment=built, document=document)
        for name in _WORDING:
            setattr(wording, name, getattr(record, f"wording_{name}"))
        return wording
