"""One row a commitment."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.codelists import (
    MAKER_ROLES,
    AmountQualifier,
    Classification,
    Collectivity,
    DueBasis,
    Durability,
    Firmness,
    Kind,
    MoneyStage,
    Novelty,
    Role,
    Status,
    Strength,
    Verifiability,
)
from commitments.exports.column import (
    ROWS,
    Cell,
    Column,
    Context,
    Raw,
    address,
    always,
    captions,
    coded,
    dated,
    plain,
)
from commitments.exports.related import RELATED
from commitments.exports.shape import Shape, fetch, grouped, of_each
from commitments.models import Commitment
from commitments.models.commitments import UNSETTLED_STATUSES
from commitments.timetravel import Moment, as_they_stood

_SINCE = ("status_since_start", "status_since_end", "status_since_precision")
# What another day may have had otherwise.
_CHANGING = frozenset({"status", *_SINCE, "last_checked_on", "durability"})

type Rows = Sequence[tuple[Any, ...]]


def load(keys: Sequence[int], names: Collection[str], context: Context) -> Raw:
    """What was asked for of these commitments, as they stood at the context's moment."""
    paths = {name for name in names if name not in RELATED}
    if context.moment and paths & _CHANGING:
        paths |= {"last_checked_on", "durability"}
    raw = fetch(Commitment.objects.all(), keys, paths, publication="publication")
    present = raw[ROWS]
    if context.moment and paths & _CHANGING:
        raw |= _as_they_stood(raw, context.moment)
    for name in RELATED.keys() & names:
        raw[name] = of_each(present, grouped(RELATED[name](present)))
    return raw


def _as_they_stood(raw: Raw, moment: Moment) -> dict[str, Sequence[Any]]:
    now = zip(raw[ROWS], raw["last_checked_on"], raw["durability"], strict=True)
    stood = as_they_stood([Commitment(pk=pk, last_checked_on=day, durability=lasts) for pk, day, lasts in now], moment)
    return {name: [getattr(commitment, name) for commitment in stood] for name in _CHANGING}


def _names(*roles: Role) -> Callable[[Rows], Cell]:
    return lambda rows: tuple(dict.fromkeys([row[1] for row in rows if row[0] in roles]))


def _codes(*roles: Role) -> Callable[[Rows], Cell]:
    return lambda rows: tuple(dict.fromkeys([row[2] or row[3] for row in rows if row[0] in roles]))


def _each(index: int) -> Callable[[Rows], Cell]:
    """The values at one place of related rows."""
    return lambda rows: tuple([row[index] for row in rows])


def _distinct(index: int) -> Callable[[Rows], Cell]:
    return lambda rows: tuple(dict.fromkeys([row[index] for row in rows]))


def _sums(rows: Rows) -> Cell:
    return tuple([_sum(*row[:5]) for row in rows])


def _sum(currency: str, value: Decimal, value_max: Decimal | None, stage: str, qualifier: str) -> str:
    upper = f"–{value_max:.2f}" if value_max is not None else ""
    return f"{currency} {value:.2f}{upper} ({stage}, {qualifier})"


def _overdue(context: Context) -> Callable[..., Cell]:
    unsettled, today = frozenset(map(str, UNSETTLED_STATUSES)), context.today
    return lambda due_end, status: due_end is not None and due_end < today and status in unsettled


def _related(
    name: str, label: Any, definition: Any, reads: str, make: Callable[[Rows], Cell], **further: Any
) -> Column:
    return Column(name, label, definition, (reads,), always(make), many=True, **further)


_WHO: tuple[Column, ...] = (
    _related("makers", _("Makers"), _("Who made it."), "parties", _names(*MAKER_ROLES)),
    _related(
        "maker_codes",
        _("Makers"),
        _("The same by ISO 3166-1 alpha-3 code or, for who is no country, by the name in addresses."),
        "parties",
        _codes(*MAKER_ROLES),
        datatype="code",
    ),
    _related("addressees", _("Addressees"), _("To whom it was made."), "parties", _names(Role.ADDRESSEE)),
    _related(
        "addressee_codes",
        _("Addressees"),
        _("The same by ISO 3166-1 alpha-3 code or, for who is no country, by the name in addresses."),
        "parties",
        _codes(Role.ADDRESSEE),
        datatype="code",
    ),
    _related(
        "countries",
        _("Countries"),
        _("ISO 3166-1 alpha-3 codes of the countries under which it is found, through blocs too."),
        "countries",
        _distinct(0),
        datatype="code",
    ),
    _related("country_names", _("Countries"), _("The same in words."), "countries", _distinct(1)),
)
_WHERE: tuple[Column, ...] = (
    plain(
        "summit", _("Summit"), _("The code of the summit at which it was made."), reads="summit__code", datatype="code"
    ),
    plain("summit_name", _("Summit"), _("The same in words."), reads="summit__name"),
    plain(
        "series",
        _("Series"),
        _("The name in addresses of the format to which the summit belongs."),
        reads="summit__series__slug",
        datatype="code",
    ),
    plain("series_name", _("Series"), _("The same in words."), reads="summit__series__name"),
)
_CODED: tuple[Column, ...] = (
    *coded("due_basis", _("Basis of the deadline"), _("Whether the text states the deadline."), DueBasis),
    *coded("kind", _("Kind"), _("What sort of act it promises."), Kind),
    *coded("strength", _("Strength"), _("The strength of its verb."), Strength),
    *coded("firmness", _("Firmness"), _("How firmly it is laid down."), Firmness),
    *coded("novelty", _("Novelty"), _("Whether it was new when it was made."), Novelty),
    *coded("collectivity", _("Collectivity"), _("Whether its makers act together."), Collectivity),
    *coded("verifiability", _("Verifiable"), _("Whether anybody could tell that it was kept."), Verifiability),
)
_TEXTS: tuple[Column, ...] = (
    plain("verifiability_note", _("What is missing"), _("What keeps anybody from telling that it was kept.")),
    plain("success_criterion", _("Success criterion"), _("What would count as delivered.")),
    plain("condition", _("Condition"), _("On what it hangs.")),
    plain("baseline", _("Baseline"), _("The figure from which it starts.")),
    plain("target", _("Target"), _("The figure that it is to reach.")),
    plain("unit", _("Unit"), _("What those two figures count.")),
    *coded("durability", _("Durability"), _("Whether what was delivered lasted."), Durability),
    plain("note", _("Note"), _("What a reader should know about this record.")),
)
_SUBJECTS: tuple[Column, ...] = (
    _related(
        "sectors",
        _("Sectors"),
        _("OECD DAC/CRS codes: three digits a category, five a purpose."),
        "sectors",
        _each(0),
        datatype="code",
    ),
    _related(
        "sector_labels",
        _("Sectors"),
        _("The same in words."),
        "sectors",
        lambda rows: tuple([row[1] or row[2] for row in rows]),
    ),
    _related(
        "sdg_targets",
        _("SDG targets"),
        _("Targets of the Sustainable Development Goals, by number; our assignment."),
        "sdg_targets",
        _each(0),
        datatype="code",
    ),
    _related(
        "iati_activities",
        _("IATI activities"),
        _("Identifiers of the activities that carry it out, as their publishers report them to IATI."),
        "activities",
        _each(0),
    ),
)
_EACH_SUM = _("Of each of those sums, in the same order.")
_MONEY: tuple[Column, ...] = (
    _related(
        "amounts",
        _("Amounts"),
        _("Sums it names, each with its ISO 4217 currency, stage and qualifier. Never added together."),
        "amounts",
        _sums,
    ),
    _related("amount_currencies", _("Currencies"), _EACH_SUM, "amounts", _each(0), datatype="code", unit="ISO 4217"),
    _related("amount_values", _("Values"), _EACH_SUM, "amounts", _each(1), datatype="decimal", unit=_("that currency")),
    _related(
        "amount_values_max",
        _("Upper values"),
        _("Of each of those sums, in the same order; empty where it is no range."),
        "amounts",
        _each(2),
        datatype="decimal",
        unit=_("that currency"),
    ),
    _related("amount_stages", _("Stages"), _EACH_SUM, "amounts", _each(3), datatype="code", codelist=MoneyStage),
    _related(
        "amount_stage_labels",
        _("Stages"),
        _("The same in words."),
        "amounts",
        lambda rows: captions(MoneyStage)([row[3] for row in rows]),
    ),
    _related(
        "amount_qualifiers", _("Qualifiers"), _EACH_SUM, "amounts", _each(4), datatype="code", codelist=AmountQualifier
    ),
)
COLUMNS: tuple[Column, ...] = (
    plain("code", _("Code"), _("The commitment's public code. It never changes."), datatype="code"),
    address("address", _("Address"), _("Its page on this site."), reads="code", of="commitment"),
    plain("title", _("Title"), _("What is promised, in one line of our own.")),
    plain("summary", _("Summary"), _("What is promised, in plain words of our own.")),
    *coded("classification", _("Classification"), _("What sort of utterance it is."), Classification),
    *coded("status", _("Status"), _("Where it stands, by its published developments."), Status),
    *dated(
        "status_since",
        _("Status since"),
        _("When that status began, as exactly as its source: day, month, quarter or year."),
    ),
    Column(
        "overdue",
        _("Overdue"),
        _("Whether its due date had ended, unsettled, on the day of the download or the day asked for."),
        ("due_end", "status"),
        _overdue,
        "boolean",
    ),
    *_WHO,
    *_WHERE,
    *dated("made", _("Made"), _("When it was made, as exactly as its source.")),
    *dated(
        "due",
        _("Due"),
        _("When it falls due, as exactly as its source; it is due at the end of that day, month, quarter or year."),
    ),
    *_CODED,
    *_TEXTS,
    *_SUBJECTS,
    *_MONEY,
    plain(
        "last_checked_on",
        _("Last checked on"),
        _("When an editor last looked for news of it; empty if never."),
        datatype="date",
    ),
    plain("published_at", _("Published at"), _("When this site first published it."), datatype="moment"),
)
SHAPE = Shape("commitments", _("Commitments"), _("One row a commitment."), COLUMNS, load)
