"""The import of developments: each becomes a draft for review. Nothing is published by a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tablib import Dataset

from commitments.actions import bulk
from commitments.actions import developments as development_actions
from commitments.actions.saving import save_valid
from commitments.codelists import DevelopmentKind, Status
from commitments.imports.files.documents import addresses_in
from commitments.imports.files.fields import CellField, date, many, of_model, read_addresses, shown
from commitments.imports.files.lookups import is_merged, is_retracted
from commitments.imports.files.resources import FileResource, Key, Wrong
from commitments.imports.files.sheets import text_of
from commitments.imports.files.suggestions import word_of
from commitments.models import Development, Evidence
from commitments.models.imports import WORD_LENGTH

_PLAIN = ("kind", "happened", "summary", "status", "reason_code", "searched", "note")
# By column: the field of the evidence. What a row says of its sources holds for each of them.
_OF_EVIDENCE = {"evidence_role": "role", "provenance": "provenance", "confidence": "confidence"}
_STATUSES = frozenset(Status.values)


class DevelopmentResource(FileResource):
    """One development a row, known by its commitment, its date, its kind and what happened."""

    key = ("commitment", "happened", "kind", "summary")

    commitment = CellField(
        "commitment", str, gettext_lazy("The code of the commitment."), required=True, example="C51-2023-01"
    )
    happened = date("happened", gettext_lazy("When it happened, as exactly as known."), required=True)
    kind = of_model(Development, "kind", gettext_lazy("What sort of entry it is. Corrections are made in the admin."))
    summary = of_model(Development, "summary", gettext_lazy("What happened."))
    party = CellField(
        "party", str, gettext_lazy("The party it concerns: slug, or alpha-2 code. Empty: all."), example="KZ"
    )
    status = CellField(
        "status",
        str,
        gettext_lazy("The status it supports. Other trackers' words are asked about, and remembered."),
        codes=tuple(Status.values),
    )
    reason_code = of_model(Development, "reason_code")
    searched = of_model(Development, "searched")
    note = of_model(Development, "note", gettext_lazy("What is uncertain about it."))
    documents = many(
        "documents",
        gettext_lazy("The addresses of its sources, separated by semicolons. Import unknown documents first."),
        read=read_addresses,
        example="https://example.org/news",
    )
    evidence_role = of_model(Evidence, "role", column="evidence_role")
    provenance = of_model(Evidence, "provenance")
    confidence = of_model(Evidence, "confidence")

    def prepare(self, dataset: Dataset) -> None:
        self.lookups.find_parties()
        self.lookups.find_words()
        self.lookups.find_commitments(text_of(cell) for cell in dataset["commitment"])
        self.lookups.find_documents(addresses_in(dataset, "documents"))

    def identify(self, values: Mapping[str, Any]) -> Key:
        happened = shown(values["happened"])
        return values["commitment"], happened, values["kind"], _one_line(values["summary"])

    def find(self, keys: Iterable[Any]) -> Iterator[tuple[Key, Development]]:
        wanted = set(keys)
        evidence = Prefetch("evidence", Evidence.objects.select_related("document").order_by("pk"))
        found = Development.objects.filter(commitment__code__in={key[0] for key in wanted}).order_by("-pk")
        # The oldest comes last, and stays where two are the same.
        for one in found.select_related("commitment", "party", "entered_by").prefetch_related(evidence):
            key = one.commitment.code, one.happened.iso, one.kind, _one_line(one.summary)
            if key in wanted:
                yield key, one

    def values(self, stored: Any, row: Mapping[str, Any]) -> dict[str, Any]:
        values = {name: getattr(stored, name) for name in _PLAIN}
        values["commitment"] = stored.commitment.code
        values["party"] = stored.party.slug if stored.party else ""
        evidence = [one for one in stored.evidence.all() if one.document.url]
        # A file without this column leaves its sources as they are: they are looked up no more than that.
        self.lookups.know_documents(one.document for one in evidence)
        values["documents"] = sorted({one.document.url for one in evidence})
        for column, name in _OF_EVIDENCE.items():
            held = dict.fromkeys(getattr(one, name) for one in evidence)
            values[column] = "; ".join(held) or self.fields[column].empty
        return values

    def resolve(self, record: Any, row_number: int) -> Iterator[Wrong]:
        if record.stored is not None:
            # Two line ends or spaces more make no other development.
            record.summary = record.stored.summary
        commitment = self.lookups.commitments.get(record.commitment)
        if record.commitment and commitment is None:
            yield "commitment", _("No commitment has this code: correct it, or import the commitment first.")
        elif commitment is not None and is_merged(commitment):
            yield "commitment", _("This commitment was merged into another: use the code of that one.")
        elif commitment is not None and record.stored is None and is_retracted(commitment):
            yield "commitment", _("This commitment was retracted, and nothing new is logged for it: take the row out.")
        if record.party:
            party = self.lookups.parties.get(record.party)
            if party is None:
                yield (
                    "party",
                    _("No party has this slug: write it as the list of parties does, or import the party first."),
                )
            else:
                record.party = party.slug
        yield from self._resolve_status(record)
        yield from self._resolve_documents(record)

    def rules(self, record: Any) -> Iterator[Wrong]:
        if record.kind == DevelopmentKind.CORRECTION:
            yield "kind", _("A correction is begun at the development that it corrects, in the admin.")
        if record.stored is not None and record.stored.is_published:
            message = _("It is published and differs here (%(columns)s): correct it in the admin, or take the row out.")
            yield "summary", message % {"columns": ", ".join(self._differing(record))}

    def build(self, record: Any) -> Development:
        development = record.stored or Development(commitment=self.lookups.commitments[record.commitment])
        if not development.is_published:
            for name in _PLAIN:
                setattr(development, name, getattr(record, name))
            development.party = self.lookups.parties.get(record.party)
        return development

    def write(self, record: Any, built: Any) -> None:
        assert self.by is not None
        if record.stored is None:
            development_actions.draft(by=self.by, development=built, evidence=self._evidence(record), at=self.at)
            return

        def write_evidence() -> None:
            self._rewrite_evidence(built, self._documents(record), self._said(record))

        development_actions.edit_draft(by=self.by, development=built, version=built.version, write=write_evidence)

    def write_new(self, records: Sequence[Any]) -> None:
        assert self.by is not None
        new = [bulk.NewDevelopment(record.built, self._evidence(record)) for record in records]
        bulk.draft_developments(by=self.by, new=new, at=self.at)

    def label(self, record: Any) -> str:
        return f"{record.commitment} · {shown(record.happened)} · {record.summary[:80]}"

    # --- parts ------------------------------------------------------------------------------------------------------

    def _resolve_status(self, record: Any) -> Iterator[Wrong]:
        if not record.status or record.status in _STATUSES:
            return
        word = word_of(record.status)
        # One that was kept before with the spaces that it had then is known, too.
        status = self.lookups.words.get(word) or self.lookups.words.get(record.status.lower())
        if status is not None:
            record.status = status.value
        elif len(word) > WORD_LENGTH:
            yield "status", _("This is no status: write one of %(codes)s.") % {"codes": ", ".join(Status.values)}
        else:
            self.words[word] += 1
            yield "status", _("Nobody has said yet what this word means here: choose a status for it.")

    def _resolve_documents(self, record: Any) -> Iterator[Wrong]:
        found = {url: self.lookups.document(url) for url in record.documents}
        unknown = [url for url, document in found.items() if document is None]
        if unknown:
            message = _("No document has this address: %(urls)s. Import it as a document first, or correct it.")
            yield "documents", message % {"urls": "; ".join(unknown)}
        else:
            record.documents = sorted({document.url or "" for document in found.values() if document is not None})
        if not record.documents:
            for column in _OF_EVIDENCE:
                setattr(record, column, self.fields[column].empty)

    def _documents(self, record: Any) -> list[Any]:
        return [self.lookups.document(url) for url in record.documents]

    def _said(self, record: Any) -> dict[str, Any]:
        return {name: getattr(record, column) for column, name in _OF_EVIDENCE.items()}

    def _evidence(self, record: Any) -> list[Evidence]:
        """The evidence of a new development, one for each of its sources."""
        return [Evidence(document=document, **self._said(record)) for document in self._documents(record)]

    def _differing(self, record: Any) -> list[str]:
        before = self.values(record.stored, {})
        return [
            field.attribute for field in self.present if getattr(record, field.attribute) != before[field.attribute]
        ]

    def _rewrite_evidence(self, built: Development, documents: list[Any], said: dict[str, Any]) -> None:
        assert self.by is not None
        stored = [row for row in built.evidence.all() if row.document.url]
        wanted = {document.pk: document for document in documents}
        for row in stored:
            if row.document_id not in wanted:
                row.delete()
        for row in stored:
            if row.document_id in wanted:
                for name, value in said.items():
                    # Sources that differ are left so, unless the file says otherwise.
                    if "; " not in value:
                        setattr(row, name, value)
                save_valid(row, self.by)
        known = {row.document_id for row in stored}
        for pk, document in wanted.items():
            if pk not in known:
                plain = {name: value for name, value in said.items() if "; " not in value}
                save_valid(Evidence(development=built, document=document, **plain), self.by)


def _one_line(text: str) -> str:
    return " ".join(text.split())
