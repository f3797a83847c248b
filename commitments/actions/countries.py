"""Which countries a commitment is found under: derived from its parties, blocs' members and home countries."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from commitments.models import Commitment, CommitmentCountry, Membership, Party
from commitments.readings import Reading

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
    return set(_found_under(named, _members(party for party, _role in named), day))


def _found_under(
    parties: Iterable[tuple[Party, str]], members: dict[int, list[Membership]], day: dt.date
) -> FoundUnder:
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


def _members(parties: Iterable[Party]) -> dict[int, list[Membership]]:
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


@transaction.atomic(savepoint=False)
def rewrite(*, reading: Reading) -> None:
    """Make the stored countries of these commitments agree with `resolve`, touching only rows that differ."""
    members = _members({row.party for rows in reading.parties.values() for row in rows})
    gone: list[int] = []
    added: list[CommitmentCountry] = []
    countries: dict[int, list[CommitmentCountry]] = {}
    for commitment in reading.commitments:
        parties = [(row.party, row.role) for row in reading.parties.get(commitment.pk, ())]
        wanted = _found_under(parties, members, commitment.made_start)
        stored = {(row.country_id, row.role): row for row in reading.countries.get(commitment.pk, ())}
        gone += [row.pk for pair, row in stored.items() if pair not in wanted]
        missing = [
            CommitmentCountry(commitment=commitment, country=wanted[pair], role=pair[1])
            for pair in sorted(wanted.keys() - stored.keys())
        ]
        added += missing
        countries[commitment.pk] = [row for pair, row in stored.items() if pair in wanted] + missing
    if gone:
        CommitmentCountry.objects.filter(pk__in=gone).delete()
    CommitmentCountry.objects.bulk_create(added)
    reading.countries = countries
