"""A query finds what a record said before by the very rules by which the list finds what it says now."""

import datetime as dt

import pytest

from commitments.changes import Followed
from commitments.codelists import Classification, Status, Strength
from commitments.models import Amount, Commitment
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_party,
    make_sector,
    make_series,
    make_summit,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 6, 1)
QUERIES = (
    "",
    "country=KZ",
    "country=UZ&role=addressee",
    "country=US&role=maker",
    "country=TJ",
    "party=c5",
    "party=c5&role=maker",
    "sector=322",
    "sector=32210&sector=21030",
    "status=delivered",
    "status=not_assessed&status=in_progress",
    "status_group=open",
    "status_group=closed",
    "summit=S-1",
    "series=c5-plus-1",
    "kind=programme",
    "kind=law",
    "strength=announced",
    "strength=discussed",
    "topics=1",
    "made_after=2023-09",
    "made_before=2023-08",
    "due_after=2024",
    "due_before=2024-03",
    "overdue=1",
    "overdue=0",
    "has_amount=1",
    "has_amount=0",
    "q=rail",
    "q=minerals",
    "q=minera*",
    "q=railways*",
    "q=new+building*",
    "q=%22build+a+railway%22",
    "q=-railway",
    "q=build+Uzbekistan",
    "q=S-1",
    "q=KZ",
    "q=usa",
    "q=U.S.",
    "q=%2B%2B",
    "q=the",
    "q=mineral&country=KZ&status=in_progress",
)


def test_it_agrees_with_the_list_for_every_parameter() -> None:
    kazakhstan, uzbekistan, usa = make_country("KZ"), make_country("UZ"), make_country("US")
    make_country("TJ")
    bloc = make_bloc("C5", kazakhstan, uzbekistan, joined_on=dt.date(2015, 1, 1))
    agency = make_party("Agency", country=usa)
    summit = make_summit("S-1", series=make_series(), name="A meeting on minerals")
    mining, rail = make_sector("32210", "Minerals"), make_sector("21030", "Rail transport")
    first = make_commitment(makers=(agency,), addressees=(bloc,), sectors=(mining,), summit=summit, due="2024-02")
    second = make_commitment(title="Build a railway", makers=(kazakhstan,), sectors=(rail,), made="2022", due="2099")
    topic = make_commitment(classification=Classification.TOPIC, strength=Strength.DISCUSSED, title="The minerals")
    Amount.objects.create(commitment=second, stage="announced", value=1, currency="USD")
    make_development(first, status=Status.IN_PROGRESS, summary="The minerals were found.")
    make_development(second, status=Status.DELIVERED)
    make_development(topic)
    commitments = list(Commitment.objects.order_by("pk"))
    snapshots = {one.pk: one.revisions.latest("number").snapshot for one in commitments}

    for query in QUERIES:
        followed = Followed(query, today=TODAY)
        then = {pk for pk, snapshot in snapshots.items() if followed.then(snapshot)}
        assert then == followed.now(snapshots), query
        assert followed.filter.ignored == [], query
