"""Rows of what happened: developments, their evidence, and the log of statuses."""

import datetime as dt
from collections.abc import Iterable, Sequence

from commitments.models import Development, StatusChange
from commitments.releases.known import Known, Row, Said
from commitments.releases.of_records import dated, named

_OF_THE_LOG = (
    "pk",
    "commitment",
    "party__slug",
    "from_status",
    "to_status",
    "effective_start",
    "effective_end",
    "effective_precision",
    "recorded_at",
    "development",
)


def developments(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a published development."""
    keys = [entry["id"] for one in said for entry in one.snapshot["developments"]]
    known.developments.update(keys)
    published_at = dict(Development.objects.filter(pk__in=keys).order_by().values_list("pk", "published_at"))
    for one in said:
        corrected_by = {entry["corrects"]: entry["id"] for entry in one.snapshot["developments"] if entry["corrects"]}
        for entry in sorted(one.snapshot["developments"], key=lambda entry: entry["id"]):
            documents = [evidence["document"] for evidence in entry["evidence"]]
            known.documents.used.update(document["id"] for document in documents)
            yield {
                **entry,
                "pk": entry["id"],
                "commitment__code": one.code,
                "commitment__title": one.snapshot["title"],
                "commitment__summit__code": one.snapshot["summit"],
                **dated("happened", entry["happened"]),
                **named(known, "party", entry["party"]),
                "corrected_by": corrected_by.get(entry["id"]),
                "sources": [
                    (
                        document["title"],
                        document["publisher"],
                        document["url"],
                        document["id"],
                        evidence["locator"],
                        evidence["role"],
                        evidence["provenance"],
                        evidence["confidence"],
                    )
                    for document, evidence in zip(documents, entry["evidence"], strict=True)
                ],
                "published_at": published_at.get(entry["id"]),
            }


def evidence(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a development and source."""
    for one in said:
        for entry in sorted(one.snapshot["developments"], key=lambda entry: entry["id"]):
            for place, source in enumerate(entry["evidence"], start=1):
                yield {**source, "development": entry["id"], "place": place, "document": source["document"]["id"]}


def status_changes(known: Known, said: Sequence[Said], *, after: dt.datetime | None = None) -> Iterable[Row]:
    """One row a line of the log, in the order in which they were written; `after` a moment or all."""
    lines = StatusChange.objects.filter(commitment__in=[one.pk for one in said], recorded_at__lte=known.known_at)
    if after is not None:
        lines = lines.filter(recorded_at__gt=after)
    found: dict[int, list[Row]] = {}
    for line in lines.order_by("recorded_at", "pk").values(*_OF_THE_LOG):
        found.setdefault(line["commitment"], []).append(line)
    for one in said:
        for line in found.get(one.pk, []):
            development = line["development"]
            yield {
                **line,
                "commitment__code": one.code,
                "commitment__title": one.snapshot["title"],
                **named(known, "party", line["party__slug"]),
                # One that stands at a record that was taken back is not told of.
                "development": development if development in known.developments else None,
            }
