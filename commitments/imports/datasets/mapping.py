"""A mapping: what the columns and words of another tracker's file mean here. Read from TOML, with all that is wrong."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from commitments.codelists import (
    Classification,
    Collectivity,
    DefinedChoices,
    DocumentKind,
    Kind,
    ReasonCode,
    SourceKind,
    Status,
    Strength,
    SummitKind,
)
from commitments.uncertain_dates import UncertainDate


class Shape(StrEnum):
    """How a file tells what came of commitments."""

    WIDE = "wide"  # one row a commitment, one column of scores a member
    LONG = "long"  # one row a commitment and member
    PROMISES = "promises"  # one row a commitment, with a word for its status
    HISTORY = "history"  # one row a commitment and change of status, with its date


class MappingRefused(Exception):
    """The mapping cannot be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(*problems)
        self.problems = problems


# What a column may tell. The first are every shape's, the others only some shapes'.
TEXTS = ("title", "summary")
CODED: dict[str, type[DefinedChoices]] = {
    "kind": Kind,
    "strength": Strength,
    "collectivity": Collectivity,
    "classification": Classification,
}
COMMON = ("id", *TEXTS, *CODED, "made", "due", "sectors", "summit", "date", "sources")
NEEDED: dict[Shape, tuple[str, ...]] = {
    Shape.WIDE: ("id",),
    Shape.LONG: ("id", "member", "score"),
    Shape.PROMISES: ("id", "status"),
    Shape.HISTORY: ("id", "status", "date"),
}
FURTHER: dict[Shape, tuple[str, ...]] = {
    Shape.WIDE: ("average",),
    Shape.LONG: ("member", "score"),
    Shape.PROMISES: ("member", "status"),
    Shape.HISTORY: ("member", "status"),
}
DEFAULTS: dict[str, DefinedChoices] = {
    "kind": Kind.PROGRAMME,
    "strength": Strength.COMMITTED,
    "collectivity": Collectivity.JOINT,
    "classification": Classification.COMMITMENT,
}
SCORES: dict[str, str] = {"1": "delivered", "0": "partially_delivered", "-1": "not_delivered"}
RULES: dict[str, tuple[str, ...]] = {
    "duplicates": ("list", "number"),
    "without_text": ("placeholder", "list"),
    "reason_code": tuple(ReasonCode.values),
}
# A code is this, and a part of its own after it.
_PREFIX = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
TABLES = ("columns", "summit", "document", "defaults", "members", "scores", "statuses", "translate", "cells", "rules")


@dataclass(frozen=True)
class SummitMap:
    """A summit by its code; with a name, one that is made where it is missing."""

    code: str
    name: str = ""
    kind: str = SummitKind.LEADERS.value
    starts_on: str = ""


@dataclass(frozen=True)
class DocumentMap:
    """The tracker's own report, on which the scores rest."""

    title: str
    publisher: str
    url: str
    kind: str = DocumentKind.ASSESSMENT.value
    source_kind: str = SourceKind.SECONDARY.value
    language: str = "en"
    dated: str = ""


@dataclass(frozen=True)
class DatasetMapping:
    """Everything that a mapping says, read and found right."""

    shape: Shape
    prefix: str
    document: DocumentMap
    columns: Mapping[str, str]
    # By what stands in the column of the summit; without a column, one under the empty text.
    summits: Mapping[str, SummitMap]
    # What the file calls a member (a header, or a value), and how it is called here.
    members: Mapping[str, str] = field(default_factory=dict)
    makers: tuple[str, ...] = ()
    scores: Mapping[Decimal, Status] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    translate: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date: UncertainDate | None = None
    made: UncertainDate | None = None
    # Cells that say that a member made no such promise; all others that are empty say that nobody scored it.
    absent: frozenset[str] = frozenset()
    number_duplicates: bool = False
    needs_text: bool = False
    reason_code: str = ReasonCode.UNKNOWN.value

    @property
    def headers(self) -> list[str]:
        """Every column of the file that is read."""
        return [*self.columns.values(), *(self.members if self.shape == Shape.WIDE else ())]


def read_mapping(content: bytes) -> DatasetMapping:
    """The mapping in a TOML file. Raises `MappingRefused`."""
    try:
        said = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingRefused([_("The mapping is no TOML: %(reason)s.") % {"reason": error}]) from error
    return _Reader(said).read()


class _Reader:
    """Reads the tables of a mapping one by one and collects what is wrong with them."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.problems: list[str] = []

    def read(self) -> DatasetMapping:
        shape = self._one_of("format", self.said.get("format"), list(Shape))
        prefix = self.said.get("prefix")
        if not (isinstance(prefix, str) and _PREFIX.fullmatch(prefix) and prefix.isupper()):
            self._wrong("prefix", _("codes begin with it: capital letters and digits in parts joined by hyphens"))
        for name, value in self.said.items():
            if name in TABLES and not isinstance(value, dict):
                self._wrong(name, _("write it as a table"))
            elif name not in {"format", "prefix", *TABLES}:
                self._wrong(name, _("there is no such table"))
        if shape:
            self._check_columns(Shape(shape))
        found = self._rest()
        if self.problems or not shape:
            raise MappingRefused(self.problems)
        return DatasetMapping(shape=Shape(shape), prefix=str(prefix), **found)

    def _rest(self) -> dict[str, Any]:
        defaults, rules, cells = self._table("defaults"), self._table("rules"), self._table("cells")
        self._known("defaults", defaults, (*CODED, "date", "made", "makers"))
        self._known("rules", rules, RULES)
        self._known("cells", cells, ("absent",))
        for name, choices in RULES.items():
            if name in rules:
                self._one_of(f"rules.{name}", rules[name], choices)
        for name, codelist in CODED.items():
            self._one_of(f"defaults.{name}", defaults.get(name, DEFAULTS[name].value), codelist.values)
        document = self._record("document", self._table("document"), DocumentMap, ("title", "publisher", "url"))
        dated = self._date("document.dated", document.dated)
        return {
            "document": document,
            "columns": self._texts("columns"),
            "summits": self._summits(),
            "members": self._texts("members"),
            "makers": self._list("defaults.makers", defaults.get("makers", [])),
            "scores": self._scores(),
            "statuses": self._statuses(),
            "defaults": {name: defaults.get(name, DEFAULTS[name].value) for name in CODED},
            "translate": self._translations(),
            "date": self._date("defaults.date", defaults.get("date")) or dated,
            "made": self._date("defaults.made", defaults.get("made")),
            "absent": frozenset(text.strip().lower() for text in self._list("cells.absent", cells.get("absent", []))),
            "number_duplicates": rules.get("duplicates") == "number",
            "needs_text": rules.get("without_text") == "list",
            "reason_code": rules.get("reason_code", ReasonCode.UNKNOWN.value),
        }

    def _check_columns(self, shape: Shape) -> None:
        columns = self._table("columns")
        self._known("columns", columns, (*COMMON, *FURTHER[shape]))
        for name in NEEDED[shape]:
            if not columns.get(name):
                self._wrong(f"columns.{name}", _("a file of this format needs it"))
        if shape in (Shape.WIDE, Shape.LONG) and not self._table("members"):
            self._wrong("members", _("say what the file calls each member, and which party it is here"))
        if shape in (Shape.PROMISES, Shape.HISTORY) and not (
            "member" in columns or self._table("defaults").get("makers")
        ):
            self._wrong("defaults.makers", _("say who made them, or which column does (columns.member)"))
        has_date = "date" in columns or self._table("defaults").get("date") or self._table("document").get("dated")
        if not has_date:
            self._wrong("defaults.date", _("say on which day the scores were given, or which column does"))

    def _summits(self) -> dict[str, SummitMap]:
        table = dict(self._table("summit"))
        of = table.pop("of", None)
        if of is None:
            return {"": self._record("summit", table, SummitMap, ("code",))}
        if not self._table("columns").get("summit"):
            self._wrong("columns.summit", _("say which column tells the summit"))
        self._known("summit", table, ("of",))
        if not isinstance(of, dict):
            self._wrong("summit.of", _("write it as a table"))
            return {}
        return {
            value.strip(): self._record(
                f"summit.of.{value}", one if isinstance(one, dict) else {}, SummitMap, ("code",)
            )
            for value, one in of.items()
        }

    def _record[R](self, name: str, table: Mapping[str, Any], record: type[R], needed: tuple[str, ...]) -> R:
        fields = {key: str(value) for key, value in table.items()}
        self._known(name, fields, record.__dataclass_fields__)  # type: ignore[attr-defined]
        for key in needed:
            if not fields.get(key):
                self._wrong(f"{name}.{key}", _("it is missing"))
        codes: dict[tuple[type, str], type[DefinedChoices]] = {
            (DocumentMap, "kind"): DocumentKind,
            (DocumentMap, "source_kind"): SourceKind,
            (SummitMap, "kind"): SummitKind,
        }
        for (of, key), codelist in codes.items():
            if of is record and key in fields:
                self._one_of(f"{name}.{key}", fields[key], codelist.values)
        if record is SummitMap and (fields.get("name") or "starts_on" in fields):
            self._check_day(f"{name}.starts_on", fields.get("starts_on", ""))
        known = {key: value for key, value in fields.items() if key in record.__dataclass_fields__}  # type: ignore[attr-defined]
        return record(**{**dict.fromkeys(needed, ""), **known})

    def _check_day(self, name: str, text: str) -> None:
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            self._wrong(name, _("a summit that is to be made needs its first day, as 2023-09-19"))

    def _scores(self) -> dict[Decimal, Status]:
        found = {}
        for text, code in (self._table("scores") or SCORES).items():
            try:
                number = Decimal(text.replace("−", "-"))
            except InvalidOperation:
                number = Decimal("NaN")
            if not number.is_finite():
                self._wrong(f"scores.{text}", _("it is no number"))
            elif self._one_of(f"scores.{text}", code, Status.values):
                found[number] = Status(code)
        return found

    def _statuses(self) -> dict[str, Status]:
        return {
            word.strip().lower(): Status(code)
            for word, code in self._table("statuses").items()
            if self._one_of(f"statuses.{word}", code, Status.values)
        }

    def _translations(self) -> dict[str, dict[str, str]]:
        found = {}
        for name, words in self._table("translate").items():
            if name not in CODED or not isinstance(words, dict):
                self._wrong(f"translate.{name}", _("there is no such column of codes"))
                continue
            for word, code in words.items():
                self._one_of(f"translate.{name}.{word}", code, CODED[name].values)
            found[name] = {word.strip().lower(): code for word, code in words.items()}
        return found

    def _date(self, name: str, value: Any) -> UncertainDate | None:
        try:
            return UncertainDate.parse(str(value)) if value else None
        except ValueError as error:
            self._wrong(name, str(error))
            return None

    def _table(self, name: str) -> dict[str, Any]:
        table = self.said.get(name, {})
        return table if isinstance(table, dict) else {}

    def _texts(self, name: str) -> dict[str, str]:
        table = self._table(name)
        for key, value in table.items():
            if not isinstance(value, str):
                self._wrong(f"{name}.{key}", _("write it between quotation marks"))
        return {key: str(value).strip() for key, value in table.items()}

    def _list(self, name: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._wrong(name, _("write a list of texts"))
        return ()

    def _known(self, name: str, table: Mapping[str, Any], names: Iterable[str]) -> None:
        for unknown in sorted(table.keys() - set(names)):
            self._wrong(
                f"{name}.{unknown}", _("there is no such entry; there are: %(names)s") % {"names": ", ".join(names)}
            )

    def _one_of(self, name: str, value: Any, codes: Any) -> Any:
        if value in list(codes):
            return value
        self._wrong(name, _("“%(value)s” is none of: %(codes)s") % {"value": value, "codes": ", ".join(codes)})
        return None

    def _wrong(self, name: str, what: str) -> None:
        self.problems.append(f"{name}: {what}.")
