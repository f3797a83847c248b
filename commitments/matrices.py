"""Commitments × parties: who is what to which commitment, where each maker stands with it, and what the columns sum to.

The columns are the makers of the commitments in a list, the rows its commitments. Reads, never writes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.http import urlencode

from commitments.codelists import MAKER_ROLES, Role, Status
from commitments.counts import Counts, counted
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
    # Its own status is another than the commitment's, and from before that began.
    is_older: bool = False

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


def columns(
    commitment_filter: CommitmentFilter, counts: Counts | None = None, *, most: int | None = MAX_COLUMNS
) -> Columns:
    """The parties that make a commitment of the list, at most so many; `counts` are the filter's, where at hand."""
    counts = counts or counted(commitment_filter)
    makers = counts.groups("maker")
    parties = counts.records(Party, makers)
    # Sorted here: Python and both databases agree on it.
    found = sorted(parties.values(), key=lambda party: (-makers[party.pk], party.name, party.pk))
    return Columns(tuple(found[:most]), left_out=len(found) - len(found[:most]))


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
    held = CommitmentParty.objects.filter(commitment__in=[one.pk for one in commitments]).order_by()
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
    evidence = _evidence(commitment, own.development, moment)
    return Cell(party, ordered, own, evidence, only_the_whole, _is_older(own, commitment))


def _is_older(own: Standing, commitment: Commitment) -> bool:
    """Whether a maker stands elsewhere than the commitment, and has stood there since before the commitment did."""
    whole = commitment.status_since
    if own.since is None or whole is None or own.status == commitment.status:
        return False
    return own.since.start < whole.start


def _evidence(commitment: Commitment, development: int | None, moment: Moment) -> str:
    """Where the commitment's page tells of one of its developments."""
    return f"{_address(commitment, moment)}#{Development(pk=development).anchor}" if development else ""


def _address(commitment: Commitment, moment: Moment) -> str:
    """The commitment's page as seen from the moment."""
    query = f"?{urlencode(moment.parameters)}" if moment else ""
    return f"{commitment.get_absolute_url()}{query}"


def sums(commitment_filter: CommitmentFilter, parties: Sequence[Party], counts: Counts | None = None) -> list[Sum]:
    """The list's commitments: how many there are and by status, in all and for each party that has any role in them."""
    counts = counts or counted(commitment_filter)
    whole = counts.by_status
    # The filter takes a role in force with the party: asked for both, it finds the party in that role.
    roles = [value for parameter, value, _label in commitment_filter.parts if parameter == "role"]
    by_party = counts.statuses("parties", [party.pk for party in parties], roles)

    asked = {one.pk for one in commitment_filter.values["party"]}

    def of_columns(one: Status | None = None) -> tuple[tuple[Number, Party], ...]:
        narrowing = {"status": one.value} if one else {}
        address = commitment_filter.query_for_each("party", **narrowing)
        numbers = []
        for party in parties:
            held = by_party.get(party.pk, {})
            # The list of one column cannot be asked for where another party is: two widen a list.
            query = None if asked - {party.pk} else address(party.slug)
            numbers.append((Number(held.get(one, 0) if one else sum(held.values()), query), party))
        return tuple(numbers)

    everything = Number(sum(whole.values()), commitment_filter.query)
    found = [Sum(None, everything, of_columns())]
    for one in Status:
        if whole.get(one):
            number = Number(whole[one], commitment_filter.query_replacing(status=one.value))
            found.append(Sum(one, number, of_columns(one)))
    return found
