"""Which countries a commitment is found under: derived from its parties, blocs' members and home countries."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from commitments.models import Commitment, CommitmentCountry, Membership, Party

type CountryRole = tuple[int, str]


def resolve(commitment: Commitment) -> set[CountryRole]:
    """The (country id, role) pairs under which a commitment is found, from its parties as they stand."""
    parties = commitment.parties.select_related("party")
    return resolve_parties([(row.party, row.role) for row in parties], commitment.made_start)


def resolve_parties(parties: Iterable[tuple[Party, str]], day: dt.date) -> set[CountryRole]:
    """The same of these parties, each with its role in a commitment that was made on `day`.

    A bloc resolves to those who were its members on that day, blocs within blocs included; an institution or company
    to its home country.
    """
    found: set[CountryRole] = set()
    seen: set[CountryRole] = set()
    waiting = list(parties)
    while waiting:
        fresh = {(party.pk, role): party for party, role in waiting if (party.pk, role) not in seen}
        seen |= fresh.keys()
        for (pk, role), party in fresh.items():
            if party.is_country:
                found.add((pk, role))
            if party.country_id is not None:
                found.add((party.country_id, role))
        members = _members({pk for pk, _role in fresh}, day)
        waiting = [(member, role) for pk, role in fresh for member in members.get(pk, [])]
    return found


def _members(blocs: Iterable[int], day: dt.date) -> dict[int, list[Party]]:
    """The members that each of these had on a day: one query for all that stand equally deep."""
    members: dict[int, list[Party]] = {}
    for membership in Membership.objects.filter(bloc__in=blocs).on(day).select_related("member"):
        members.setdefault(membership.bloc_id, []).append(membership.member)
    return members


@transaction.atomic(savepoint=False)
def rewrite(*, commitment: Commitment) -> None:
    """Make the stored countries of a commitment agree with `resolve`, touching only rows that differ."""
    wanted = resolve(commitment)
    stored = {(row.country_id, row.role): row.pk for row in commitment.countries.all()}
    gone = [pk for pair, pk in stored.items() if pair not in wanted]
    if gone:
        CommitmentCountry.objects.filter(pk__in=gone).delete()
    CommitmentCountry.objects.bulk_create(
        CommitmentCountry(commitment=commitment, country_id=country, role=role)
        for country, role in sorted(wanted - stored.keys())
    )
