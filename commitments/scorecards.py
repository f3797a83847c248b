"""Scorecards: of the commitments of a list, how many are identified, assessed, delivered and not, and by whom.

Every figure counts the same filter that gives the list behind it. “Not assessed” is in no denominator and never a zero:
a party that nobody has looked at has no rate at all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.codelists import RESPONSIBLE_ROLES, Role, Status
from commitments.filters import CommitmentFilter
from commitments.models import CommitmentParty, Party

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
        return {
            name: Figure(name, label, getattr(self.tally, name), narrowed(self.query, STATUSES_BY_FIGURE.get(name)))
            for name, label in LABELS.items()
        }

    @property
    def compared(self) -> list[Figure]:
        """The numbers that a table of several parties shows."""
        by_name = self.by_name
        return [by_name[name] for name in COMPARED]


def tally(commitment_filter: CommitmentFilter) -> Tally:
    """The tally of a list, at the moment of its filter."""
    return Tally.of(commitment_filter.counts_by_status)


def scorecard(commitment_filter: CommitmentFilter) -> Scorecard:
    """The tally of a list, with the list behind each number."""
    return Scorecard(tally(commitment_filter), commitment_filter.query)


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


def shares(commitment_filter: CommitmentFilter, parties: Iterable[Party]) -> list[Share]:
    """What each of these parties made of a list's commitments, those that made none too, in two queries at most.

    A country also made what a bloc of its made while it was a member, and what its bodies made: as the filter finds it.
    """
    wanted = list(parties)
    counts = {
        **_makers(commitment_filter, "countries", "country", [party for party in wanted if party.is_country]),
        **_makers(commitment_filter, "parties", "party", [party for party in wanted if not party.is_country]),
    }
    return [
        Share(party, Scorecard(Tally.of(counts.get(party.pk, {})), of_maker(commitment_filter.query, party)))
        for party in wanted
    ]


def of_maker(query: str, party: Party) -> str:
    """The query string of those commitments of a list that this party made."""
    named = {"country": party.alpha2} if party.alpha2 else {"party": party.slug}
    return narrowed(query, **named, role=Role.MAKER.value)


def _makers(
    commitment_filter: CommitmentFilter, rows: str, column: str, parties: Sequence[Party]
) -> dict[int, Counter[str]]:
    """Of each party, how many commitments of the list that it made have which status."""
    if not parties:
        return {}
    # From the list outwards: the status of another day is a column of the list alone.
    made = commitment_filter.qs.filter(**{f"{rows}__role": Role.MAKER, f"{rows}__{column}__in": parties}).order_by()
    counted = made.values_list(f"{rows}__{column}", commitment_filter.column("status")).annotate(
        Count("pk", distinct=True)
    )
    found: dict[int, Counter[str]] = {}
    for party, status, number in counted:
        found.setdefault(party, Counter())[status] += number
    return found


@dataclass(frozen=True)
class Left:
    """How many unsettled commitments an abolished body answers for in one role, and the list of them."""

    body: Party
    role: Role
    number: int
    query: str


def left_unsettled(commitment_filter: CommitmentFilter, bodies: Iterable[Party]) -> list[Left]:
    """What abolished bodies left: of a list, given by its unsettled statuses, how many each answers for, by role."""
    by_pk = {body.pk: body for body in bodies}
    if not by_pk:
        return []
    rows = CommitmentParty.objects.filter(
        commitment__in=commitment_filter.qs.values("pk"), party__in=by_pk, role__in=RESPONSIBLE_ROLES
    )
    counted = rows.order_by("party__name", "role").values_list("party", "role").annotate(Count("commitment"))
    return [
        Left(
            by_pk[pk],
            Role(role),
            number,
            narrowed(commitment_filter.query, party=by_pk[pk].slug, role=role),
        )
        for pk, role, number in counted
    ]
