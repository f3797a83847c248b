"""What a page beside the list (calendar, map) shows of the list's filters: chips, a short form, what was ignored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commitments.codelists import Status
from commitments.filters import MOMENTS, Chip, CommitmentFilter, Ignored
from commitments.models import Commitment, CommitmentCountry, Party, Sector
from commitments.parameters import GIVEN_AGAIN

type Pair = tuple[str, str]


@dataclass(frozen=True)
class Option:
    """One value to choose."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class Control:
    """A parameter that the short form can set to one value."""

    parameter: str
    label: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Narrowing:
    """The filters in force on a page that also has parameters of its own, such as the month: `own`, as pairs."""

    filter: CommitmentFilter
    own: Sequence[Pair] = ()
    ignored: Sequence[Ignored] = ()
    controls: Sequence[Control] = field(default_factory=tuple)

    def query(self, *, own: Iterable[Pair] | None = None, without: Pair | None = None) -> str:
        """The query string of this page with its filters: with other parameters of its own, without one value."""
        pairs = [pair for pair in self._pairs if pair != without]
        return "?" + urlencode([*(self.own if own is None else own), *pairs])

    @property
    def _pairs(self) -> list[Pair]:
        return [(parameter, value) for parameter, value, _label in self.filter.parts]

    @property
    def removals(self) -> list[Chip]:
        """A chip for every value in force."""
        return self.filter.chips_of(self.filter.parts, lambda pair: self.query(without=pair))

    @property
    def all_query(self) -> str:
        """The query string of this page without any filter."""
        return "?" + urlencode(self.own)

    @property
    def back_query(self) -> str:
        """The query string of this page as it stands today."""
        return "?" + urlencode([*self.own, *(pair for pair in self._pairs if pair[0] not in MOMENTS)])

    @property
    def hidden(self) -> list[Pair]:
        """What the form sends along because none of its controls shows it."""
        shown = {control.parameter for control in self.controls for option in control.options if option.selected}
        return [*self.own, *(pair for pair in self._pairs if pair[0] not in shown)]


def split(query: QueryDict, *own: str) -> tuple[QueryDict, dict[str, str]]:
    """A query without the page's own parameters and without blanks, and those: the last value of each that has one."""
    others = QueryDict(mutable=True)
    for parameter, values in query.lists():
        kept = [value for value in values if value.strip()]
        if parameter not in own and kept:
            others.setlist(parameter, kept)
    last = {name: query.getlist(name)[-1].strip() for name in own if name in query}
    return others, {name: value for name, value in last.items() if value}


def repeated(query: QueryDict, *own: str) -> list[Ignored]:
    """Every value of the page's own parameters but the last of each, which is the one that `split` takes."""
    given = {name: [text for value in query.getlist(name) if (text := value.strip())] for name in own}
    return [
        Ignored(name, value, str(GIVEN_AGAIN))
        for name, values in given.items()
        for value in dict.fromkeys(values)
        if value != values[-1]
    ]


def controls(commitment_filter: CommitmentFilter, *parameters: str) -> list[Control]:
    """Controls for these parameters: the values that published commitments have, one query each at most."""
    values = {"country": _countries, "sector": _sectors, "status": _statuses}
    return [
        Control(
            parameter,
            str(commitment_filter.filters[parameter].label),
            [
                Option(value, label, selected=_only(commitment_filter, parameter) == value)
                for value, label in values[parameter]()
            ],
        )
        for parameter in parameters
    ]


def _only(commitment_filter: CommitmentFilter, parameter: str) -> str | None:
    """The value in force of a parameter; None when there is none, or several, which a control cannot show."""
    values = [value for other, value, _label in commitment_filter.parts if other == parameter]
    return values[0] if len(values) == 1 else None


def _countries() -> list[Pair]:
    named = CommitmentCountry.objects.filter(commitment__in=Commitment.objects.published()).values("country")
    return [(country.alpha2 or "", country.local_name) for country in Party.objects.countries().filter(pk__in=named)]


def _sectors() -> list[Pair]:
    used = Commitment.sectors.through.objects.filter(commitment__in=Commitment.objects.published())
    sectors = Sector.objects.filter(pk__in=used.values("sector")).select_related("parent")
    categories = {sector.parent or sector for sector in sectors}
    return sorted(((sector.code, sector.label) for sector in categories), key=lambda pair: pair[1])


def _statuses() -> list[Pair]:
    return [(status.value, str(status.label)) for status in Status]


def no_such(parameter: str, value: str, choices: Iterable[str]) -> Ignored:
    """What is said of a value that is none of the choices."""
    return Ignored(parameter, value, _("It is none of: %(codes)s.") % {"codes": ", ".join(choices)})
