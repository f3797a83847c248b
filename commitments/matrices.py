"""Commitments × parties: who is what to which commitment, where each maker stands with it, and what the columns sum to.

The columns are the makers of the commitments in a list, the rows its commitments. Reads, never writes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import Count
from django.utils.http import urlencode

from commitments.codelists import MAKER_ROLES, Role, Status
from commitments.filters import CommitmentFilter
from commitments.models import Commitment, CommitmentParty, Development, Party
from commitments.timetravel import NOT_ASSESSED, Moment, Standing, standings

MAX_COLUMNS = 60


@dataclass(frozen=True)
class Cell:
    """What one party is to one commitment; a maker also has its own standing, and the address of what gave it."""

    party: Party
    roles: tuple[Role, ...]
    standing: Standing | None = None
    evidence: str = ""
    # The commitment has a status and this maker has none of its own: that of the whole says nothing of each.
    only_the_whole: bool = False

    @property
    def other_roles(self) -> tuple[Role, ...]:
        """The roles that its standing does not already say."""
        return tuple(role for role in self.roles if role != Role.MAKER)


@dataclass(frozen=True)
class Row:
    """A commitment with one cell a column, None where the column's party is not party to it."""

    commitment: Commitment
    cells: tuple[Cell | None, ...]
    address: str
    # Of the development that gave the commitment's own status.
    evidence: str = ""


@dataclass(frozen=True)
class Number:
    """A number of commitments, and the query string of the list that it counts; None where no query asks for it."""

    count: int
    query: str | None = None


@dataclass(frozen=True)
class Sum:
    """How many commitments have a status, or with None how many there are: in the whole list, and party by party."""

    status: Status | None
    whole: Number
    by_party: tuple[tuple[Number, Party], ...]


@dataclass(frozen=True)
class Columns:
    """The makers of a list, those of most commitments first, and how many more there are."""

    parties: tuple[Party, ...]
    left_out: int = 0


def columns(commitment_filter: CommitmentFilter, *, most: int | None = MAX_COLUMNS) -> Columns:
    """The parties that make a commitment of the list, at most so many."""
    makers = (
        CommitmentParty.objects.filter(role__in=MAKER_ROLES, commitment__in=commitment_filter.qs)
        .order_by()
        .values_list("party", "party__name")
        .annotate(Count("commitment", distinct=True))
    )
    # Sorted here: Python and both databases agree on it.
    found = [pk for pk, _name, _count in sorted(makers, key=lambda maker: (-maker[2], maker[1], maker[0]))]
    shown = found[:most]
    by_pk = Party.objects.in_bulk(shown)
    return Columns(tuple(by_pk[pk] for pk in shown), left_out=len(found) - len(shown))


def rows(commitments: Iterable[Commitment], parties: Sequence[Party], moment: Moment) -> list[Row]:
    """A row for each of these commitments, which stand as they stood at the moment. In a fixed number of queries."""
    listed = list(commitments)
    roles = _roles(listed, {party.pk for party in parties})
    stood = standings(listed, moment)
    found = []
    for commitment in listed:
        of_commitment = stood.get(commitment.pk, {})
        cells = tuple(
            _cell(commitment, party, held, of_commitment.get(party.pk, NOT_ASSESSED), moment)
            if (held := roles.get((commitment.pk, party.pk)))
            else None
            for party in parties
        )
        evidence = _evidence(commitment, of_commitment.get(None, NOT_ASSESSED).development, moment)
        found.append(Row(commitment, cells, _address(commitment, moment), evidence))
    return found


def _roles(commitments: Sequence[Commitment], parties: set[int]) -> dict[tuple[int, int], list[Role]]:
    """The roles that these parties have in these commitments, by the pair of them."""
    found: dict[tuple[int, int], list[Role]] = {}
    held = CommitmentParty.objects.filter(commitment__in=[one.pk for one in commitments]).order_by("pk")
    # The parties are picked here: a list may have more of them than a query takes.
    for commitment, party, role in held.values_list("commitment", "party", "role"):
        if party in parties:
            found.setdefault((commitment, party), []).append(Role(role))
    return found


def _cell(commitment: Commitment, party: Party, roles: Sequence[Role], own: Standing, moment: Moment) -> Cell:
    ordered = tuple(role for role in Role if role in roles)
    if not set(MAKER_ROLES).intersection(roles):
        return Cell(party, ordered)
    only_the_whole = own.status == Status.NOT_ASSESSED and commitment.status != Status.NOT_ASSESSED
    return Cell(party, ordered, own, _evidence(commitment, own.development, moment), only_the_whole)


def _evidence(commitment: Commitment, development: int | None, moment: Moment) -> str:
    """Where the commitment's page tells of one of its developments."""
    return f"{_address(commitment, moment)}#{Development(pk=development).anchor}" if development else ""


def _address(commitment: Commitment, moment: Moment) -> str:
    """The commitment's page as seen from the moment."""
    query = f"?{urlencode(moment.parameters)}" if moment else ""
    return f"{commitment.get_absolute_url()}{query}"


def sums(commitment_filter: CommitmentFilter, parties: Sequence[Party]) -> list[Sum]:
    """The list's commitments: how many there are and by status, in all and for each party that has any role in them."""
    whole = commitment_filter.counts_by_status
    by_party = _by_party(commitment_filter, parties)

    def of(party: Party, one: Status | None = None) -> tuple[Number, Party]:
        counts = by_party.get(party.pk, {})
        count = counts.get(one, 0) if one else sum(counts.values())
        return Number(count, _query(commitment_filter, party, one)), party

    everything = Number(sum(whole.values()), commitment_filter.query)
    found = [Sum(None, everything, tuple(of(party) for party in parties))]
    for one in Status:
        if one in whole:
            number = Number(whole[one], commitment_filter.query_replacing(status=one.value))
            found.append(Sum(one, number, tuple(of(party, one) for party in parties)))
    return found


def _by_party(commitment_filter: CommitmentFilter, parties: Sequence[Party]) -> dict[int, dict[str, int]]:
    """How many commitments of the list each party has, by status: those that asking for the party would find."""
    status = commitment_filter.column("status")
    condition: dict[str, object] = {"parties__party__in": [party.pk for party in parties]}
    # The filter takes a role in force with the party: asked for both, it finds the party in that role.
    roles = [value for parameter, value, _label in commitment_filter.parts if parameter == "role"]
    if roles:
        condition["parties__role__in"] = roles
    counted = (
        commitment_filter.qs.filter(**condition)
        .order_by()
        .values_list("parties__party", status)
        .annotate(Count("pk", distinct=True))
    )
    found: dict[int, dict[str, int]] = {}
    for party, code, count in cast("Iterable[tuple[int, str, int]]", counted):
        found.setdefault(party, {})[code] = count
    return found


def _query(commitment_filter: CommitmentFilter, party: Party, status: Status | None = None) -> str | None:
    """The list of one column; None if it cannot be asked for, because another party is: two widen a list."""
    asked = {one.pk for one in commitment_filter.values["party"]}
    if asked - {party.pk}:
        return None
    if status is None:
        return commitment_filter.query_replacing(party=party.slug)
    return commitment_filter.query_replacing(party=party.slug, status=status.value)
