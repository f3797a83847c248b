"""Which countries a commitment is found under: derived from its parties, blocs' members and home countries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from commitments.models import Commitment, Membership, Party

type CountryRole = tuple[int, str]
type FoundUnder = dict[CountryRole, Party]


def resolve(commitment: Commitment) -> set[CountryRole]:
    """The (country id, role) pairs under which a commitment is found, from its parties as they stand."""
    parties = commitment.parties.select_related("party__country")
    return resolve_parties([(row.party, row.role) for row in parties], commitment.made_start)


def resolve_parties(parties: Iterable[tuple[Party, str]], day: dt.date) -> set[CountryRole]:
    """The same of these parties, each with its role in a commitment that was made on `day`.

    A bloc resolves to those who were its members on that day, blocs within blocs included; an institution or company
    to its home country.
    """
    named = list(parties)
    return set(found_under(named, members_of(party for party, _role in named), day))


def found_under(parties: Iterable[tuple[Party, str]], members: dict[int, list[Membership]], day: dt.date) -> FoundUnder:
    """The countries under which these parties are found, of blocs whose `members` of whichever day are known."""
    found: FoundUnder = {}
    seen: set[CountryRole] = set()
    waiting = list(parties)
    while waiting:
        party, role = waiting.pop()
        if (party.pk, role) in seen:
            continue
        seen.add((party.pk, role))
        if party.is_country:
            found[party.pk, role] = party
        if party.country is not None:
            found[party.country.pk, role] = party.country
        waiting += [(one.member, role) for one in members.get(party.pk, ()) if one.holds_on(day)]
    return found


def members_of(parties: Iterable[Party]) -> dict[int, list[Membership]]:
    """Who ever belonged to each of these, to those who did, and so on: one query for all that stand equally deep."""
    members: dict[int, list[Membership]] = {}
    # A country is no bloc.
    waiting = {party.pk for party in parties if not party.is_country}
    while waiting:
        members |= {pk: [] for pk in waiting}
        for membership in Membership.objects.filter(bloc__in=waiting).select_related("member__country"):
            members[membership.bloc_id].append(membership)
        below = {one.member for pk in waiting for one in members[pk]}
        waiting = {party.pk for party in below if not party.is_country} - members.keys()
    return members


def blocs_of(members: Iterable[int]) -> set[tuple[int, dt.date, dt.date]]:
    """The other way: the blocs to which any of these ever belonged, blocs of blocs too, each with first and last day.

    In one query. A bloc stands there once for each time in which one of them belonged to it.
    """
    belongs: dict[int, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.order_by():
        belongs[membership.member_id].append(membership)
    found: set[tuple[int, dt.date, dt.date]] = set()
    waiting = [(member, dt.date.min, dt.date.max) for member in members]
    while waiting:
        member, since, until = waiting.pop()
        for one in belongs.get(member, ()):
            span = (one.bloc_id, max(since, one.joined_on or since), min(until, one.left_on or until))
            if span not in found and span[1] <= span[2]:
                found.add(span)
                waiting.append(span)
    return found
