"""A list as Parquet, where the optional package that writes it is there."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from commitments.exports.about import About
from commitments.exports.column import Column
from commitments.exports.shape import Chunk, Listing
from commitments.exports.xlsx import piecewise

try:
    import pyarrow
    import pyarrow.parquet
except ImportError:  # the extra `parquet`
    pyarrow = None

# So many chunks make a row group.
_GROUP = 10
# As many as the largest sum of the record has.
DIGITS = 18


def is_available() -> bool:
    """Whether this server can write it."""
    return pyarrow is not None


def stream(listing: Listing) -> Iterator[bytes]:
    """The file, made whole on the disk first: its directory stands at its end."""
    with tempfile.TemporaryFile() as file:
        _write(listing, file)
        yield from piecewise(file)


def _write(listing: Listing, file: IO[bytes]) -> None:
    writer, count = Writer(file, listing.shape.columns), 0
    for chunk in listing.chunks():
        writer.write(chunk)
        count += len(chunk)
    writer.close(About.of(listing).said(count))


def version() -> str:
    """The version of the package that writes it; empty where there is none."""
    return str(pyarrow.__version__) if pyarrow is not None else ""


class Writer:
    """Writes a table chunk by chunk into a file at `place`, a path or a file; at its end what it says of itself."""

    def __init__(self, place: Any, columns: Sequence[Column]) -> None:
        self._schema = pyarrow.schema([_field(column) for column in columns])
        self._writer = pyarrow.parquet.ParquetWriter(place, self._schema, compression="zstd")
        self._waiting: list[Any] = []

    def write(self, chunk: Chunk) -> None:
        """Add rows."""
        self._waiting.append(_table(chunk, self._schema))
        if len(self._waiting) == _GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pyarrow.concat_tables(self._waiting))
            self._waiting.clear()

    def close(self, said: Mapping[str, object]) -> None:
        """Write what is left, and what the file says of itself."""
        self._flush()
        self._writer.add_key_value_metadata({name: "" if value is None else str(value) for name, value in said.items()})
        self._writer.close()


def _table(chunk: Chunk, schema: Any) -> Any:
    arrays = [
        pyarrow.array([list(cell) for cell in cells] if column.many else cells, type=one.type)  # type: ignore[arg-type]
        for column, cells, one in zip(chunk.columns, chunk.cells, schema, strict=True)
    ]
    return pyarrow.table(arrays, schema=schema)


def _field(column: Column) -> Any:
    kinds = {
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "decimal": pyarrow.decimal128(DIGITS, column.places),
        "date": pyarrow.date32(),
        "moment": pyarrow.timestamp("us", tz="UTC"),
    }
    kind = kinds.get(column.datatype, pyarrow.string())
    about = {"label": str(column.label), "definition": str(column.definition)}
    return pyarrow.field(column.name, pyarrow.list_(kind) if column.many else kind, metadata=about)
