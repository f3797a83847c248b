"""The import of documents: each is known by its address."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy
from tablib import Dataset

from commitments import source_urls
from commitments.actions import bulk, shared_records
from commitments.imports.files.fields import address, date, day, of_model, read_address, split_addresses
from commitments.imports.files.resources import FileResource, Key
from commitments.imports.files.sheets import Damaged
from commitments.models import Document

_PLAIN = ("title", "publisher", "kind", "source_kind", "language", "dated", "archive_url", "captured_on", "caution")


class DocumentResource(FileResource):
    """One source a row."""

    key = ("url",)

    url = address("url", gettext_lazy("Its address. By it the document is known."), required=True)
    title = of_model(Document, "title", example="Joint statement")
    publisher = of_model(Document, "publisher", example="The White House")
    kind = of_model(Document, "kind")
    source_kind = of_model(Document, "source_kind")
    language = of_model(Document, "language", example="en")
    dated = date("dated", gettext_lazy("The date that it bears, as exactly as it does."), example="2023-09-19")
    archive_url = of_model(Document, "archive_url", gettext_lazy("Where a copy of it is kept."))
    captured_on = day(Document, "captured_on", gettext_lazy("The day on which we captured it."))
    caution = of_model(Document, "caution")

    def prepare(self, dataset: Dataset) -> None:
        self.lookups.find_documents(addresses_in(dataset, "url"))

    def identify(self, values: Mapping[str, Any]) -> Key:
        return source_urls.identity(values["url"] or "")

    def find(self, keys: Iterable[Any]) -> Iterator[tuple[Key, Document]]:
        return ((key, self.lookups.documents[key]) for key in keys if key in self.lookups.documents)

    def values(self, stored: Any, row: Mapping[str, Any]) -> dict[str, Any]:
        return {"url": stored.url, **{name: getattr(stored, name) for name in _PLAIN}}

    def resolve(self, record: Any, row_number: int) -> Iterator[tuple[str, str]]:
        # It stays under the address under which it is known.
        if record.stored is not None:
            record.url = record.stored.url
        return iter(())

    def build(self, record: Any) -> Document:
        document = record.stored or Document()
        for name in ("url", *_PLAIN):
            setattr(document, name, getattr(record, name))
        return document

    def write(self, record: Any, built: Any) -> None:
        assert self.by is not None
        if record.stored is not None:
            built._change_reason = self.reason_in_history
        version = built.version if record.stored is not None else None
        shared_records.save(by=self.by, record=built, version=version, at=self.at)

    def write_new(self, records: Sequence[Any]) -> None:
        assert self.by is not None
        bulk.create_documents(by=self.by, new=[record.built for record in records])

    def label(self, record: Any) -> str:
        return f"{record.title} ({record.url})"


def addresses_in(dataset: Dataset, column: str) -> Iterator[str]:
    """The addresses in a column that can be read."""
    for cell in dataset[column] if column in dataset.headers else ():
        if cell and not isinstance(cell, Damaged):
            for one in split_addresses(str(cell)):
                try:
                    yield read_address(one)
                except ValueError:
                    continue
