"""What a snapshot says, in words: codes as the codebook has them, dates as written, parties by name.

A snapshot is read by itself; the names of what it holds by key are handed in (`names`).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import codelists
from commitments.codelists import DefinedChoices
from commitments.names import NO_NAMES, Names
from commitments.snapshots import Snapshot
from commitments.uncertain_dates import UncertainDate

type Text = Callable[[Any, Names], str]
type Key = Callable[[Snapshot], Hashable]


@dataclass(frozen=True)
class Field:
    """One thing that a record says: what it is called, and how its value is put in words."""

    label: str | Promise
    text: Text
    is_prose: bool = False


@dataclass(frozen=True)
class Rows:
    """A list within a record: what tells its rows apart, what a row is called, and what it says."""

    label: str | Promise
    key: Key
    name: Text
    fields: Mapping[str, Field] = field(default_factory=dict)
    rows: Mapping[str, "Rows"] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One thing that was said. Prose is an editor's Markdown."""

    label: str
    text: str
    is_prose: bool = False


@dataclass(frozen=True)
class Row:
    """A record, or a row of one of its lists."""

    name: str
    lines: list[Line]
    parts: list["Part"]


@dataclass(frozen=True)
class Part:
    """A list within a record."""

    label: str
    rows: list[Row]


def read(snapshot: Snapshot, names: Names = NO_NAMES) -> Row:
    """Everything that a snapshot says; what is empty is left out."""
    return _row(RECORD, legible(snapshot), names)


def legible(snapshot: Snapshot) -> Snapshot:
    """A snapshot without the statuses of those who bear none: parties that are no makers."""
    parties = [
        row if row["role"] in codelists.MAKER_ROLES else {**row, "status": "", "status_since": None}
        for row in snapshot.get("parties", [])
    ]
    return {**snapshot, "parties": parties}


def says_nothing(snapshot: Snapshot) -> bool:
    """Whether it only says that the record was retracted, or merged into another."""
    return "title" not in snapshot


def _row(schema: Rows, snapshot: Snapshot, names: Names) -> Row:
    lines = [
        Line(str(one.label), text, one.is_prose)
        for name, one in schema.fields.items()
        if (text := one.text(snapshot.get(name), names))
    ]
    parts = [
        Part(str(part.label), [_row(part, row, names) for row in snapshot[name]])
        for name, part in schema.rows.items()
        if snapshot.get(name)
    ]
    return Row(schema.name(snapshot, names), lines, parts)


# How values are put in words


def _plain(value: Any, _names: Names) -> str:
    return "" if value is None else str(value)


def _code(codelist: type[DefinedChoices]) -> Text:
    def text(value: Any, _names: Names) -> str:
        return str(codelist(value).label) if value in codelist.values else _plain(value, _names)

    return text


def _date(value: Any, _names: Names) -> str:
    try:
        return str(UncertainDate.parse(value)) if value else ""
    except ValueError:
        return str(value)


def _party(value: Any, names: Names) -> str:
    return names.parties.get(value, value) if value else ""


def _summit(value: Any, names: Names) -> str:
    return names.summits.get(value, value) if value else ""


def _codes(value: Any, names: Names) -> str:
    return ", ".join(f"{names.sectors[code]} ({code})" if code in names.sectors else code for code in value or ())


def _document(value: Any, _names: Names) -> str:
    return f"{value['title']} ({value['publisher']})" if value else ""


def _address(value: Any, _names: Names) -> str:
    return (value or {}).get("url") or ""


def _entry(value: Any, _names: Names) -> str:
    return _("entry %(number)d") % {"number": value} if value else ""


def _role_name(row: Snapshot, names: Names) -> str:
    return f"{_party(row['party'], names)} ({_code(codelists.Role)(row['role'], names)})"


def _amount_name(row: Snapshot, names: Names) -> str:
    values = [_figure(value, names) for value in (row["value"], row["value_max"]) if value is not None]
    qualifier = _code(codelists.AmountQualifier)(row["qualifier"], names)
    return f"{qualifier} {row['currency']} {'–'.join(values)}"


def _figure(value: Any, _names: Names) -> str:
    return f"{Decimal(value):,f}".removesuffix(".00") if value is not None else ""


def _wording_name(row: Snapshot, names: Names) -> str:
    place = row["locator"]
    if not place and row["paragraph"] is not None:
        place = ".".join(str(number) for number in (row["paragraph"], row["sentence"]) if number is not None)
    return ", ".join(part for part in (_document(row["document"], names), place) if part)


def _development_name(row: Snapshot, names: Names) -> str:
    return _("%(kind)s of %(date)s (entry %(number)d)") % {
        "kind": _code(codelists.DevelopmentKind)(row["kind"], names),
        "date": _date(row["happened"], names),
        "number": row["id"],
    }


def _evidence_name(row: Snapshot, names: Names) -> str:
    return ", ".join(part for part in (_document(row["document"], names), row["locator"]) if part)


def _relation_name(row: Snapshot, names: Names) -> str:
    return f"{_code(codelists.RelationKind)(row['kind'], names)} {row['target']}"


def keyed(schema: Rows, rows: Iterable[Snapshot]) -> dict[Hashable, Snapshot]:
    """Rows by what tells them apart; of those that share it, by their place among themselves too."""
    found: dict[Hashable, Snapshot] = {}
    for row in rows:
        key, place = schema.key(row), 0
        while (key, place) in found:
            place += 1
        found[key, place] = row
    return found


# What a record holds. Every name that `snapshots.public_record` writes stands here; a test compares the two.

_EVIDENCE = Rows(
    gettext_lazy("Sources"),
    key=lambda row: (row["document"]["id"], row["locator"]),
    name=_evidence_name,
    fields={
        "document": Field(gettext_lazy("Address"), _address),
        "role": Field(gettext_lazy("What it does"), _code(codelists.EvidenceRole)),
        "provenance": Field(gettext_lazy("Who speaks"), _code(codelists.Provenance)),
        "confidence": Field(gettext_lazy("Confidence"), _code(codelists.Confidence)),
        "quotation": Field(gettext_lazy("Quotation"), _plain),
    },
)
RECORD = Rows(
    gettext_lazy("Record"),
    key=lambda record: record["code"],
    name=lambda record, _names: str(record.get("title", record["code"])),
    fields={
        "title": Field(gettext_lazy("Title"), _plain),
        "status": Field(gettext_lazy("Status"), _code(codelists.Status)),
        "status_since": Field(gettext_lazy("Status since"), _date),
        "summary": Field(gettext_lazy("Summary"), _plain, is_prose=True),
        "summit": Field(gettext_lazy("Summit"), _summit),
        "made": Field(gettext_lazy("Made"), _date),
        "due": Field(gettext_lazy("Due"), _date),
        "due_basis": Field(gettext_lazy("Basis of the deadline"), _code(codelists.DueBasis)),
        "last_checked_on": Field(gettext_lazy("Last checked"), _date),
        "classification": Field(gettext_lazy("Classification"), _code(codelists.Classification)),
        "kind": Field(gettext_lazy("Kind of act"), _code(codelists.Kind)),
        "strength": Field(gettext_lazy("Strength of the verb"), _code(codelists.Strength)),
        "firmness": Field(gettext_lazy("Firmness"), _code(codelists.Firmness)),
        "novelty": Field(gettext_lazy("Novelty"), _code(codelists.Novelty)),
        "collectivity": Field(gettext_lazy("Collectivity"), _code(codelists.Collectivity)),
        "verifiability": Field(gettext_lazy("Verifiability"), _code(codelists.Verifiability)),
        "verifiability_note": Field(gettext_lazy("What is missing"), _plain),
        "success_criterion": Field(gettext_lazy("What counts as delivered"), _plain),
        "condition": Field(gettext_lazy("Condition"), _plain),
        "baseline": Field(gettext_lazy("Baseline"), _plain),
        "target": Field(gettext_lazy("Target"), _plain),
        "unit": Field(gettext_lazy("Unit"), _plain),
        "durability": Field(gettext_lazy("Durability once delivered"), _code(codelists.Durability)),
        "sectors": Field(gettext_lazy("Sectors"), _codes),
        "sdg_targets": Field(gettext_lazy("SDG targets (our assignment)"), _codes),
        "note": Field(gettext_lazy("Note"), _plain, is_prose=True),
        "publication": Field(gettext_lazy("Publication"), _code(codelists.Publication)),
        "merged_into": Field(gettext_lazy("Merged into"), _plain),
        "absorbed": Field(gettext_lazy("Merged into this record"), _codes),
    },
    rows={
        "parties": Rows(
            gettext_lazy("Parties"),
            key=lambda row: (row["party"], row["role"]),
            name=_role_name,
            fields={
                "status": Field(gettext_lazy("Own status"), _code(codelists.Status)),
                "status_since": Field(gettext_lazy("Status since"), _date),
            },
        ),
        "amounts": Rows(
            gettext_lazy("Sums named"),
            key=lambda row: (row["stage"], row["currency"]),
            name=_amount_name,
            fields={
                "stage": Field(gettext_lazy("Stage"), _code(codelists.MoneyStage)),
                "qualifier": Field(gettext_lazy("Exactness"), _code(codelists.AmountQualifier)),
                "value": Field(gettext_lazy("Value"), _figure),
                "value_max": Field(gettext_lazy("Upper value"), _figure),
                "note": Field(gettext_lazy("Note"), _plain),
            },
        ),
        "developments": Rows(
            gettext_lazy("Developments"),
            key=lambda row: row["id"],
            name=_development_name,
            fields={
                "summary": Field(gettext_lazy("What happened"), _plain, is_prose=True),
                "party": Field(gettext_lazy("Party"), _party),
                "status": Field(gettext_lazy("Status it supports"), _code(codelists.Status)),
                "reason_code": Field(gettext_lazy("Reason given"), _code(codelists.ReasonCode)),
                "searched": Field(gettext_lazy("Where we looked"), _plain),
                "corrects": Field(gettext_lazy("Corrects"), _entry),
                "note": Field(gettext_lazy("Note"), _plain),
            },
            rows={"evidence": _EVIDENCE},
        ),
        "wordings": Rows(
            gettext_lazy("Wordings"),
            key=lambda row: (row["document"]["id"], row["paragraph"], row["sentence"], row["locator"]),
            name=_wording_name,
            fields={
                "document": Field(gettext_lazy("Address"), _address),
                "verb": Field(gettext_lazy("Verb"), _plain),
                "strength": Field(gettext_lazy("Strength of the verb"), _code(codelists.Strength)),
                "language": Field(gettext_lazy("Language"), _plain),
                "quotation": Field(gettext_lazy("Quotation"), _plain),
                "translation": Field(gettext_lazy("Translation"), _plain),
                "note": Field(gettext_lazy("Note"), _plain),
            },
        ),
        "activities": Rows(
            gettext_lazy("IATI activities"),
            key=lambda row: row["identifier"],
            name=lambda row, _names: str(row["identifier"]),
            fields={"note": Field(gettext_lazy("Note"), _plain)},
        ),
        "relations": Rows(
            gettext_lazy("Related commitments"), key=lambda row: (row["kind"], row["target"]), name=_relation_name
        ),
    },
)
