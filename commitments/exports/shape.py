"""A shape: what a row is, which columns it has, and how its rows are read, many at a time."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import batched
from typing import Any

from django.db.models import QuerySet

from commitments.citations import rows_in_words
from commitments.codelists import PUBLIC_PUBLICATIONS
from commitments.exports.among import Among
from commitments.exports.column import ROWS, Cell, Column, Context, Raw, Text, needed

# So many keys are read at once, and so many records made of them.
KEYS, RECORDS = 10_000, 1_000

type Load = Callable[[Sequence[int], Collection[str], Context], Raw]


@dataclass(frozen=True)
class Shape:
    """`load` takes the keys of some records, what is to be read of them, and the context; the order of keys is kept.

    A record may give several rows or, if it is public no more, none.
    """

    name: str
    label: Text
    definition: Text
    columns: tuple[Column, ...]
    load: Load

    def named(self, names: Collection[str]) -> tuple[Column, ...]:
        """The columns of these names, in the shape's order."""
        return tuple(column for column in self.columns if column.name in names)


@dataclass(frozen=True)
class Chunk:
    """Some rows, column by column."""

    columns: tuple[Column, ...]
    cells: tuple[Sequence[Cell], ...]

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        return zip(*self.cells, strict=True)

    @property
    def objects(self) -> Iterator[dict[str, Cell]]:
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.cells[0])


@dataclass(frozen=True)
class Listing:
    """Exactly one list as rows of a shape: the ordered keys of its records, the words for it, and its address."""

    shape: Shape
    context: Context
    queryset: QuerySet[Any]
    sentence: str
    # The same without the order.
    subject: str
    # What was asked for, as a query string; and of the page that shows the same list, with both days of `days`.
    query: str
    address: str
    days: Mapping[str, str]
    name: str
    load: Load | None = None
    # The number of rows in words, as a citation has it.
    counted: Callable[[int], str] = rows_in_words

    @cached_property
    def keys(self) -> Sequence[int]:
        """Eight bytes a record, so that the rows can be read in the list's order without sorting whole rows."""
        return array("q", self.queryset.values_list("pk", flat=True).iterator(chunk_size=KEYS))

    def chunks(self) -> Iterator[Chunk]:
        """The rows, in a fixed number of queries for every thousand records."""
        for keys in batched(self.keys, RECORDS):
            yield chunk(self.shape, keys, self.context, load=self.load)


def chunk(
    shape: Shape,
    keys: Sequence[int],
    context: Context,
    *,
    columns: tuple[Column, ...] | None = None,
    load: Load | None = None,
) -> Chunk:
    """The rows of these records, with these columns of the shape or all."""
    shown = shape.columns if columns is None else columns
    raw = (load or shape.load)(keys, needed(shown), context)
    return Chunk(shown, tuple(column.cells(raw, context) for column in shown))


def fetch(
    queryset: QuerySet[Any], keys: Sequence[int], paths: Collection[str], *, publication: str = ""
) -> dict[str, Sequence[Any]]:
    """What lies at these paths of those of the records that the queryset has, in the order of the keys.

    `publication` is the path at which the commitment says where it stands: those that are public no more are left out.
    Asked here, of rows in hand: asked of the database, a planner reads all that is public rather than look keys up.
    """
    names = (ROWS, *sorted({*paths, *([publication] if publication else [])} - {ROWS}))
    found = {row[0]: row for row in queryset.filter(Among("pk", keys)).order_by().values_list(*names)}
    rows = [found[key] for key in keys if key in found]
    if publication:
        place = names.index(publication)
        rows = [row for row in rows if row[place] in PUBLIC_PUBLICATIONS]
    values: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return dict(zip(names, values, strict=True))


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by their first value, which is dropped."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1:])
    return found


def of_each(keys: Iterable[int], found: dict[int, list[tuple[Any, ...]]]) -> list[Sequence[tuple[Any, ...]]]:
    """For each key what was found for it; nothing where nothing was."""
    return [found.get(key, ()) for key in keys]
