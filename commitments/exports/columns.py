"""The allow-list of columns: what leaves the site in a download is named here and nowhere else."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.codelists import (
    MAKER_ROLES,
    Classification,
    DefinedChoices,
    DueBasis,
    Firmness,
    Kind,
    Role,
    Status,
    Strength,
    Verifiability,
)
from commitments.models import Commitment, CommitmentCountry, CommitmentParty
from commitments.models.commitments import UNSETTLED_STATUSES, CommitmentQuerySet
from commitments.timetravel import NOW, Moment

SEPARATOR = "; "

type Cell = str | int | dt.date | None


@dataclass(frozen=True)
class ExportContext:
    """What a cell may depend on besides its commitment: the site's address, and the day that the list is seen from."""

    site: str
    today: dt.date
    moment: Moment = NOW


@dataclass(frozen=True)
class Column[Row]:
    """One column: its name in the file, what it is called and means, its type, its codelist, and how to fill it."""

    name: str
    label: str | Promise
    definition: str | Promise
    value: Callable[[Row, ExportContext], Cell]
    datatype: Literal["text", "code", "codes", "date", "number", "address"] = "text"
    codelist: type[DefinedChoices] | None = None


def for_export(queryset: CommitmentQuerySet) -> CommitmentQuerySet:
    """The queryset with everything that the columns read, in a fixed number of queries a batch."""
    parties = CommitmentParty.objects.select_related("party").order_by("party__name")
    countries = CommitmentCountry.objects.select_related("country").order_by("country__alpha3")
    return queryset.select_related("summit__series").prefetch_related(
        "sectors",
        "sdg_targets",
        "amounts",
        Prefetch("parties", queryset=parties),
        Prefetch("countries", queryset=countries),
    )


def _coded(
    name: str, label: str | Promise, definition: str | Promise, codelist: type[DefinedChoices]
) -> list[Column[Commitment]]:
    """A column with the code and one with its label."""

    def code(commitment: Commitment, _context: ExportContext) -> str:
        return str(getattr(commitment, name))

    def caption(commitment: Commitment, _context: ExportContext) -> str:
        value = getattr(commitment, name)
        return str(codelist(value).label) if value else ""

    return [
        Column(name, label, definition, code, "code", codelist),
        Column(f"{name}_label", label, _("The same in words."), caption),
    ]


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(texts))


def _parties(*roles: Role) -> Callable[[Commitment, ExportContext], str]:
    def names(commitment: Commitment, _context: ExportContext) -> str:
        return _joined(row.party.name for row in commitment.parties.all() if row.role in roles)

    return names


def _amounts(commitment: Commitment, _context: ExportContext) -> str:
    return _joined(
        f"{amount.currency} {amount.value:f}"
        + (f"–{amount.value_max:f}" if amount.value_max is not None else "")
        + f" ({amount.stage}, {amount.qualifier})"
        for amount in commitment.amounts.all()
    )


COLUMNS: tuple[Column[Commitment], ...] = (
    Column("code", _("Code"), _("The commitment's public code. It never changes."), lambda c, _x: c.code, "code"),
    Column(
        "address",
        _("Address"),
        _("Its page on this site."),
        lambda c, x: f"{x.site}{c.get_absolute_url()}",
        "address",
    ),
    Column("title", _("Title"), _("What is promised, in one line of our own."), lambda c, _x: c.title),
    Column("summary", _("Summary"), _("What is promised, in plain words of our own."), lambda c, _x: c.summary),
    *_coded("classification", _("Classification"), _("What sort of utterance it is."), Classification),
    *_coded("status", _("Status"), _("Where it stands, by its published developments."), Status),
    Column(
        "status_since",
        _("Status since"),
        _("When that status began, as exactly as its source: day, month, quarter or year."),
        lambda c, _x: c.status_since.iso if c.status_since else None,
        "date",
    ),
    Column(
        "overdue",
        _("Overdue"),
        _("1 if its due date had ended, unsettled, on the day of the download or the day asked for; else 0."),
        lambda c, x: int(bool(c.due_end and c.due_end < x.today and c.status in UNSETTLED_STATUSES)),
        "number",
    ),
    Column("makers", _("Makers"), _("Who made it."), _parties(*MAKER_ROLES)),
    Column("addressees", _("Addressees"), _("To whom it was made."), _parties(Role.ADDRESSEE)),
    Column(
        "countries",
        _("Countries"),
        _("ISO 3166-1 alpha-3 codes of the countries under which it is found, through blocs too."),
        lambda c, _x: _joined(row.country.alpha3 or "" for row in c.countries.all()),
        "codes",
    ),
    Column(
        "summit", _("Summit"), _("The code of the summit at which it was made."), lambda c, _x: c.summit.code, "code"
    ),
    Column("summit_name", _("Summit's name"), _("The name of that summit."), lambda c, _x: c.summit.name),
    Column(
        "series",
        _("Series"),
        _("The format to which the summit belongs."),
        lambda c, _x: c.summit.series.name if c.summit.series else "",
    ),
    Column("made", _("Made"), _("When it was made, as exactly as its source."), lambda c, _x: c.made.iso, "date"),
    Column(
        "due",
        _("Due"),
        _("When it falls due, as exactly as its source; it is due at the end of that day, month, quarter or year."),
        lambda c, _x: c.due.iso if c.due else None,
        "date",
    ),
    *_coded("due_basis", _("Basis of the deadline"), _("Whether the text states the deadline."), DueBasis),
    *_coded("kind", _("Kind"), _("What sort of act it promises."), Kind),
    *_coded("strength", _("Strength"), _("The strength of its verb."), Strength),
    *_coded("firmness", _("Firmness"), _("How firmly it is laid down."), Firmness),
    *_coded("verifiability", _("Verifiable"), _("Whether anybody could tell that it was kept."), Verifiability),
    Column(
        "sectors",
        _("Sectors"),
        _("OECD DAC/CRS codes: three digits a category, five a purpose."),
        lambda c, _x: _joined(sector.code for sector in c.sectors.all()),
        "codes",
    ),
    Column(
        "sector_labels",
        _("Sectors' names"),
        _("The same in words."),
        lambda c, _x: _joined(sector.label for sector in c.sectors.all()),
    ),
    Column(
        "sdg_targets",
        _("SDG targets"),
        _("Targets of the Sustainable Development Goals, by number; our assignment."),
        lambda c, _x: _joined(target.code for target in c.sdg_targets.all()),
        "codes",
    ),
    Column(
        "amounts",
        _("Amounts"),
        _("Sums it names, each with its ISO 4217 currency, stage and qualifier. Never added together."),
        _amounts,
    ),
    Column(
        "last_checked_on",
        _("Last checked on"),
        _("When an editor last looked for news of it; empty if never."),
        lambda c, _x: c.last_checked_on,
        "date",
    ),
)
