"""A column: what it is called and means, what it is read from, and how a cell is made of that."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commitments.codelists import DatePrecision, DefinedChoices
from commitments.timetravel import NOW, Moment
from commitments.uncertain_dates import UncertainDate

type Cell = str | int | bool | Decimal | dt.date | dt.datetime | tuple[Any, ...] | None
# What was read for some rows: by the name of what was read, one value a row. `pk` is always there.
type Raw = Mapping[str, Sequence[Any]]
type Text = str | Promise
type Type = Literal[
    "text", "code", "address", "integer", "decimal", "boolean", "date", "uncertain date", "moment", "object"
]

ROWS = "pk"
# A number, a code and a slug at once.
PLACEHOLDER = "99999"


@dataclass(frozen=True)
class Context:
    """What a cell may depend on besides its row: the site's address, and the day that the list is seen from."""

    site: str
    today: dt.date
    moment: Moment = NOW


@dataclass(frozen=True)
class Column:
    """One column of a shape.

    `reads` names what it is made of. `make` takes the context and gives the function that makes a cell of one row's
    values; without it the first value is the cell. A `many` holds a tuple. A `codelist` says what the codes mean.
    A decimal has so many `places` after the point.
    """

    name: str
    label: Text
    definition: Text
    reads: tuple[str, ...]
    make: Callable[[Context], Callable[..., Cell]] | None = None
    datatype: Type = "text"
    codelist: type[DefinedChoices] | None = None
    many: bool = False
    unit: Text = ""
    places: int = 2

    def cells(self, raw: Raw, context: Context) -> Sequence[Cell]:
        """The column's cells, one a row."""
        values = [raw[name] for name in self.reads]
        return values[0] if self.make is None else list(map(self.make(context), *values))

    @property
    def holds(self) -> str:
        """What a cell holds, in a word or two: `text`, `list of codes`."""
        return f"list of {_PLURALS.get(self.datatype, self.datatype)}" if self.many else self.datatype

    @property
    def codelist_name(self) -> str:
        """The codelist's name in the addresses of the method's page."""
        return self.codelist.__name__.lower() if self.codelist else ""


_PLURALS = {"text": "texts", "code": "codes", "address": "addresses", "integer": "integers", "decimal": "decimals"}


def needed(columns: Collection[Column]) -> set[str]:
    """Everything that these columns read."""
    return {name for column in columns for name in column.reads}


def always(function: Callable[..., Cell]) -> Callable[[Context], Callable[..., Cell]]:
    """`make` of a cell that depends on its row alone."""
    return lambda _context: function


def plain(name: str, label: Text, definition: Text, *, reads: str = "", **further: Any) -> Column:
    """A column whose cell is what was read."""
    return Column(name, label, definition, (reads or name,), **further)


def address(name: str, label: Text, definition: Text, *, reads: str, of: str) -> Column:
    """The address of the page named `of`, whose one argument was read."""

    def make(context: Context) -> Callable[..., Cell]:
        # Asked of the resolver once: a code stands in an address as it is.
        before, after = reverse(of, args=[PLACEHOLDER]).split(PLACEHOLDER)
        return lambda value: f"{context.site}{before}{value}{after}"

    return Column(name, label, definition, (reads,), make, "address")


def coded(
    name: str, label: Text, definition: Text, codelist: type[DefinedChoices], *, reads: str = "", many: bool = False
) -> list[Column]:
    """A column with the code, or the codes, and one with its label."""
    read = (reads or name,)
    make = always(captions(codelist)) if many else (lambda _context: labels(codelist, get_language()).__getitem__)
    ending = "_labels" if many else "_label"
    # `roles` has `role_labels`.
    stem = name.removesuffix("s") if many else name
    return [
        Column(name, label, definition, read, datatype="code", codelist=codelist, many=many),
        Column(f"{stem}{ending}", label, _("The same in words."), read, make, many=many),
    ]


@lru_cache(maxsize=256)
def labels(codelist: type[DefinedChoices], _language: str | None) -> dict[str | None, str | None]:
    """The label of every code in the active language; nothing for nothing."""
    return {None: None, "": None, **{code.value: str(code.label) for code in codelist}}


def captions(codelist: type[DefinedChoices]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What makes labels of several codes."""
    return lambda codes: tuple(str(codelist(code).label) for code in codes)


def dated(name: str, label: Text, definition: Text, *, reads: str = "") -> list[Column]:
    """An uncertain date: as exactly as its source, its first and its last day, and its precision."""
    start, end, precision = (f"{reads or name}_{part}" for part in ("start", "end", "precision"))
    return [
        Column(name, label, definition, (start, precision), always(iso), "uncertain date"),
        Column(f"{name}_start", label, _("The first day of that date."), (start,), datatype="date"),
        Column(f"{name}_end", label, _("The last day of that date."), (end,), datatype="date"),
        Column(
            f"{name}_precision",
            label,
            _("How exactly that date is known."),
            (precision,),
            datatype="code",
            codelist=DatePrecision,
        ),
    ]


@lru_cache(maxsize=16384)
def iso(start: dt.date | None, precision: str) -> str | None:
    """An uncertain date as `2023`, `2023-Q4`, `2023-10` or `2023-10-24`; nothing for none."""
    return UncertainDate(start, DatePrecision(precision)).iso if start else None
