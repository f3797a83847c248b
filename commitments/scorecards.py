"""Scorecards: of the commitments of a list, how many are identified, assessed, delivered and not, and by whom.

Every figure counts the same filter that gives the list behind it. “Not assessed” is in no denominator and never a zero:
a party none of whose commitments has a status has no rate at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.codelists import RESPONSIBLE_ROLES, Role, Status
from commitments.counts import Counts, counted
from commitments.filters import PLACE, CommitmentFilter, filling
from commitments.models import Party

# What each figure of a tally counts. Of those identified some are assessed; of those assessed, the rest are parts.
ASSESSED = tuple(status for status in Status if status != Status.NOT_ASSESSED)
UNDER_WAY = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.STALLED)
UNDECIDED = (Status.NO_EVIDENCE, Status.NOT_VERIFIABLE)


@dataclass(frozen=True)
class Tally:
    """How the commitments of a list stand. `assessed` is everything but “Not assessed”, and the sum of what follows."""

    identified: int = 0
    assessed: int = 0
    delivered: int = 0
    partially_delivered: int = 0
    under_way: int = 0
    not_delivered: int = 0
    withdrawn: int = 0
    superseded: int = 0
    undecided: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Tally":
        """The tally of so many commitments by status."""

        def total(statuses: Iterable[Status]) -> int:
            return sum(counts.get(status.value, 0) for status in statuses)

        return cls(
            identified=sum(counts.values()), **{name: total(statuses) for name, statuses in STATUSES_BY_FIGURE.items()}
        )


STATUSES_BY_FIGURE: dict[str, Sequence[Status]] = {
    "assessed": ASSESSED,
    "delivered": (Status.DELIVERED,),
    "partially_delivered": (Status.PARTIALLY_DELIVERED,),
    "under_way": UNDER_WAY,
    "not_delivered": (Status.NOT_DELIVERED,),
    "withdrawn": (Status.WITHDRAWN,),
    "superseded": (Status.SUPERSEDED,),
    "undecided": UNDECIDED,
}
LABELS: dict[str, str | Promise] = {
    "identified": _("Identified"),
    "assessed": _("Assessed"),
    "delivered": _("Delivered"),
    "partially_delivered": _("Partially delivered"),
    "under_way": _("Not started, in progress or stalled"),
    "not_delivered": _("Not delivered"),
    "withdrawn": _("Withdrawn"),
    "superseded": _("Superseded"),
    "undecided": _("No evidence found or not verifiable"),
}
_ASKED = {
    name: urlencode([("status", status.value) for status in statuses]) for name, statuses in STATUSES_BY_FIGURE.items()
}
# What a page has room for beside the list of all statuses.
COMPARED = ("identified", "assessed", "delivered", "partially_delivered", "not_delivered")


@dataclass(frozen=True)
class Figure:
    """One number of a scorecard, what it counts, and the query string of the list that it counts."""

    name: str
    label: str | Promise
    number: int
    query: str


@dataclass(frozen=True)
class Scorecard:
    """A tally with the list behind each of its numbers."""

    tally: Tally
    query: str

    @property
    def by_name(self) -> dict[str, Figure]:
        """Every number with its list, by its name."""
        return {one.name: one for one in self._figures(LABELS)}

    @property
    def compared(self) -> list[Figure]:
        """The numbers that a table of several parties shows."""
        return self._figures(COMPARED)

    def _figures(self, names: Iterable[str]) -> list[Figure]:
        of_any = narrowed(self.query, ()) if "status=" in self.query else self.query
        joined = f"{of_any}&" if of_any else "?"
        queries = {name: f"{joined}{asked}" for name, asked in _ASKED.items()}
        return [Figure(name, LABELS[name], getattr(self.tally, name), queries.get(name, self.query)) for name in names]


def scorecard(commitment_filter: CommitmentFilter, counts: Counts | None = None) -> Scorecard:
    """The tally of a list, at the moment of its filter, with the list behind each number."""
    counts = counts or counted(commitment_filter)
    return Scorecard(Tally.of(counts.by_status), commitment_filter.query)


def narrowed(query: str, statuses: Sequence[Status] | None = None, /, **parameters: str) -> str:
    """A query string with further parameters: these, and these statuses in place of any other."""
    data = QueryDict(query.removeprefix("?"), mutable=True)
    for parameter, value in parameters.items():
        data[parameter] = value
    if statuses is not None:
        data.setlist("status", [status.value for status in statuses])
    return f"?{data.urlencode()}" if data else ""


# Many parties at once


@dataclass(frozen=True)
class Share:
    """What one party made of a list's commitments."""

    party: Party
    scorecard: Scorecard

    @property
    def made(self) -> int:
        """How many it made."""
        return self.scorecard.tally.identified

    @property
    def query(self) -> str:
        """The query string of those that it made."""
        return self.scorecard.query


def shares(commitment_filter: CommitmentFilter, parties: Iterable[Party], counts: Counts | None = None) -> list[Share]:
    """What each of these parties made of a list's commitments, those that made none too, in two queries at most.

    A country also made what a bloc of its made while it was a member, and what its bodies made: as the filter finds it.
    """
    wanted, counts = list(parties), counts or counted(commitment_filter)
    countries = [party.pk for party in wanted if party.is_country]
    others = [party.pk for party in wanted if not party.is_country]
    made = {
        **counts.statuses("countries", countries, [Role.MAKER.value]),
        **counts.statuses("parties", others, [Role.MAKER.value]),
    }
    # Put together once: the query of a list may name twenty summits.
    of_country, of_other = (
        filling(narrowed(commitment_filter.query, **{parameter: PLACE}, role=Role.MAKER.value))
        for parameter in ("country", "party")
    )
    return [
        Share(
            party,
            Scorecard(
                Tally.of(made.get(party.pk, {})), of_country(party.alpha2) if party.alpha2 else of_other(party.slug)
            ),
        )
        for party in wanted
    ]


def of_maker(query: str, party: Party) -> str:
    """The query string of those commitments of a list that this party made."""
    named = {"country": party.alpha2} if party.alpha2 else {"party": party.slug}
    return narrowed(query, **named, role=Role.MAKER.value)


@dataclass(frozen=True)
class Left:
    """How many unsettled commitments an abolished body answers for in one role, and the list of them."""

    body: Party
    role: Role
    number: int
    query: str


def left_unsettled(
    commitment_filter: CommitmentFilter, bodies: Iterable[Party], *, beside: Counts | None = None
) -> list[Left]:
    """What abolished bodies left: of a list, given by its unsettled statuses, how many each answers for, by role."""
    by_pk = {body.pk: body for body in bodies}
    if not by_pk:
        return []
    counts = counted(commitment_filter, beside=beside).groups("party_role", only=by_pk)
    return [
        Left(by_pk[pk], Role(role), number, narrowed(commitment_filter.query, party=by_pk[pk].slug, role=role))
        for (pk, role), number in sorted(counts.items(), key=lambda found: (by_pk[found[0][0]].name, found[0]))
        if role in RESPONSIBLE_ROLES
    ]
