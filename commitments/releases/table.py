"""A table of a release: its columns, its keys, and how its rows are made of what the site said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from commitments.exports.column import ROWS, Cell, Column, Context, Raw, Text, needed
from commitments.exports.shape import Chunk, Shape
from commitments.releases.known import Known, Row, Said

# Rows by the names of what the columns read.
type Rows = Callable[[Known, Sequence[Said]], Iterable[Row]]


@dataclass(frozen=True)
class Reference:
    """A foreign key: this column holds a value of that column of that table, or nothing."""

    column: str
    table: str
    of: str


@dataclass(frozen=True)
class Table:
    """`rows` makes them, of some records at a time (`records`, `log`), or all at once of no records (`shared`).

    Tables of the records come first, then those of the log, which refers to their developments, then what is shared:
    of the documents only those that something refers to.
    """

    name: str
    label: Text
    definition: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Rows
    references: tuple[Reference, ...] = ()
    of: Literal["records", "log", "shared"] = "records"
    facets: tuple[str, ...] = ()

    @classmethod
    def of_shape(cls, shape: Shape, key: tuple[str, ...], rows: Rows, **further: Any) -> "Table":
        """The table of a shape that the site's own downloads have too."""
        return cls(shape.name, shape.label, shape.definition, shape.columns, key, rows, **further)

    @property
    def sql_name(self) -> str:
        """Its name in the database: without what SQL would take for a minus."""
        return self.name.replace("-", "_")

    def chunk(self, known: Known, said: Sequence[Said], context: Context) -> Chunk:
        """The rows that these records give."""
        rows = list(self.rows(known, said))
        raw: Raw = {name: [row[name] for row in rows] for name in needed(self.columns)}
        # So that a table without rows has as many cells as one with.
        return Chunk(self.columns, tuple(column.cells({ROWS: [], **raw}, context) for column in self.columns))

    def column(self, name: str) -> Column:
        """The column of this name. Raises `KeyError`."""
        return {column.name: column for column in self.columns}[name]


def value(column: Column, cell: Cell) -> Cell:
    """A cell as a database has it: nothing for an empty code, so that it refers to nothing."""
    if cell == "" and (column.codelist or column.datatype == "code"):
        return None
    return cell
