"""The forms in which a list can be taken away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from commitments.exports import archive, csv, jsons, parquet, xlsx
from commitments.exports.column import Text
from commitments.exports.shape import Listing


@dataclass(frozen=True)
class Format:
    """How a file's name ends, what it is called, its media type, and what writes it."""

    ending: str
    label: Text
    media_type: str
    stream: Callable[[Listing], Iterator[bytes]]
    most_rows: int | None = None
    is_available: Callable[[], bool] = lambda: True


FORMATS: dict[str, Format] = {
    one.ending: one
    for one in (
        Format("csv", "CSV", "text/csv; charset=utf-8", csv.stream),
        Format(
            "xlsx",
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx.stream,
            most_rows=xlsx.MOST_ROWS,
        ),
        Format("json", "JSON", "application/json", jsons.stream),
        Format("jsonl", "JSON Lines", "application/x-ndjson", jsons.stream_lines),
        Format(
            "parquet", "Parquet", "application/vnd.apache.parquet", parquet.stream, is_available=parquet.is_available
        ),
        Format("zip", _("CSV with its description (ZIP)"), "application/zip", archive.stream),
    )
}


def available() -> list[Format]:
    """Those that this server can write."""
    return [one for one in FORMATS.values() if one.is_available()]
