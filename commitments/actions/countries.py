"""Keeps the countries under which a commitment is found. Nothing else writes them."""

from django.db import transaction

from commitments.found_under import found_under, members_of
from commitments.models import CommitmentCountry
from commitments.readings import Reading


@transaction.atomic(savepoint=False)
def rewrite(*, reading: Reading) -> None:
    """Make the stored countries of these commitments agree with `found_under`, touching only rows that differ."""
    members = members_of({row.party for rows in reading.parties.values() for row in rows})
    gone: list[int] = []
    added: list[CommitmentCountry] = []
    countries: dict[int, list[CommitmentCountry]] = {}
    for commitment in reading.commitments:
        parties = [(row.party, row.role) for row in reading.parties.get(commitment.pk, ())]
        wanted = found_under(parties, members, commitment.made_start)
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
