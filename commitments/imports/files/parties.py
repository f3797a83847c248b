"""The import of parties: institutions, blocs and companies. Countries are changed, and never created."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tablib import Dataset

from commitments.actions import shared_records
from commitments.codelists import PartyKind
from commitments.imports.files.fields import CellField, day, of_model
from commitments.imports.files.resources import FileResource, Key, Wrong
from commitments.models import Party

_PLAIN = ("slug", "kind", "name", "name_ru", "abolished_on", "note")


class PartyResource(FileResource):
    """One party a row, known by its slug."""

    key = ("slug",)

    slug = of_model(
        Party, "slug", gettext_lazy("Its name in addresses. By it the party is known."), example="world-bank"
    )
    kind = of_model(Party, "kind", gettext_lazy("What it is. Countries come from ISO 3166: none is created here."))
    name = of_model(Party, "name", example="World Bank")
    name_ru = of_model(Party, "name_ru")
    country = CellField("country", str, gettext_lazy("Its home country: alpha-2 code or slug."), example="KZ")
    abolished_on = day(Party, "abolished_on", gettext_lazy("The day on which it was abolished."))
    successor = CellField("successor", str, gettext_lazy("The slug of the party that followed it."))
    note = of_model(Party, "note")

    def prepare(self, dataset: Dataset) -> None:
        self.lookups.find_parties()

    def find(self, keys: Iterable[Any]) -> Iterator[tuple[Key, Party]]:
        return ((key, self.lookups.parties[key[0]]) for key in keys if key[0] in self.lookups.parties)

    def values(self, stored: Any, row: Mapping[str, Any]) -> dict[str, Any]:
        values = {name: getattr(stored, name) for name in _PLAIN}
        values["country"] = stored.country.slug if stored.country else ""
        values["successor"] = stored.successor.slug if stored.successor else ""
        return values

    def resolve(self, record: Any, row_number: int) -> Iterator[Wrong]:
        for name in ("country", "successor"):
            key = getattr(record, name)
            found = self.lookups.parties.get(key)
            if key and found is None:
                yield (
                    name,
                    _("No party has this slug: write it as the list of parties does, or import the party first."),
                )
            elif found is not None:
                setattr(record, name, found.slug)

    def rules(self, record: Any) -> Iterator[Wrong]:
        was = record.stored.kind if record.stored else ""
        if PartyKind.COUNTRY in (record.kind, was) and record.kind != was:
            yield "kind", _("Countries come from ISO 3166: a country is neither created here nor made something else.")
        country = self.lookups.parties.get(record.country)
        if country is not None and not country.is_country:
            yield "country", _("This party is no country.")

    def build(self, record: Any) -> Party:
        party = record.stored or Party()
        for name in _PLAIN:
            setattr(party, name, getattr(record, name))
        party.country = self.lookups.parties.get(record.country)
        party.successor = self.lookups.parties.get(record.successor)
        return party

    def write(self, record: Any, built: Any) -> None:
        assert self.by is not None
        # Assigned before they had a key, where they stand above in this file.
        built.country, built.successor = built.country, built.successor
        if record.stored is not None:
            built._change_reason = self.reason_in_history
        version = built.version if record.stored is not None else None
        shared_records.save(by=self.by, record=built, version=version, at=self.at)

    def after_save_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        # Rows below may refer to it.
        self.lookups.parties[instance.slug] = instance.built

    def label(self, record: Any) -> str:
        return f"{record.slug} – {record.name}"
