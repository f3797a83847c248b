"""What the public may see, what is due, and who belonged to a bloc on a day."""

import datetime as dt

import pytest

from commitments.actions import developments as development_actions
from commitments.actions import shared_records
from commitments.actions.commitments import retract
from commitments.codelists import Classification, Publication, Status, Strength
from commitments.models import Commitment, CommitmentParty, Development, Membership, Party, Sector
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_party,
    make_sector,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 6, 1)
CLOSED = (Status.DELIVERED, Status.NOT_DELIVERED, Status.WITHDRAWN, Status.SUPERSEDED)


def set_status(commitment: Commitment, status: Status) -> None:
    """Past the actions, so that every status can be had without its rules."""
    day = dt.date(2024, 2, 1)
    Commitment.objects.filter(pk=commitment.pk).update(
        status=status, status_since_start=day, status_since_end=day, status_since_precision="day"
    )


def test_the_public_sees_what_is_published_or_closed_and_nothing_else() -> None:
    made = {
        publication: make_commitment(publication=publication)
        for publication in (Publication.DRAFT, Publication.PUBLISHED, Publication.CLOSED, Publication.RETRACTED)
    }
    for waiting in (Publication.SUBMITTED, Publication.CHANGES_REQUESTED):
        made[waiting] = make_commitment(publication=Publication.DRAFT)
        Commitment.objects.filter(pk=made[waiting].pk).update(publication=waiting)
        made[waiting].refresh_from_db()

    made[Publication.MERGED] = make_commitment(publication=Publication.DRAFT)
    Commitment.objects.filter(pk=made[Publication.MERGED].pk).update(
        publication=Publication.MERGED, merged_into=made[Publication.PUBLISHED]
    )
    made[Publication.MERGED].refresh_from_db()

    assert set(Commitment.objects.published()) == {made[Publication.PUBLISHED], made[Publication.CLOSED]}
    assert {one.publication for one in made.values() if one.is_public} == {Publication.PUBLISHED, Publication.CLOSED}
    assert made.keys() == set(Publication)


def test_the_public_sees_published_developments_of_public_commitments() -> None:
    public, closed = make_commitment(), make_commitment(publication=Publication.CLOSED)
    draft, retracted = make_commitment(publication=Publication.DRAFT), make_commitment()
    waiting = make_draft_development(public)
    seen = {make_development(public), make_development(closed)}
    hidden = {make_development(draft), make_development(retracted)}
    retract(by=make_user("editor"), commitment=retracted, reason="Not a commitment")

    assert set(Development.objects.published()) == seen
    assert set(Development.objects.drafts()) == {waiting}
    assert not hidden & set(Development.objects.published())


def test_topics_and_what_was_merely_discussed_are_left_out() -> None:
    kept = make_commitment()
    topic = make_commitment(classification=Classification.TOPIC)
    discussed, explored = make_commitment(strength=Strength.DISCUSSED), make_commitment(strength=Strength.EXPLORED)

    assert set(Commitment.objects.without_topics()) == {kept}
    assert [one.is_topic for one in (kept, topic, discussed, explored)] == [False, True, True, True]


def test_it_is_overdue_from_the_day_after_its_due_date_has_ended() -> None:
    month = make_commitment(due="2024-05")
    make_commitment(due="2024")
    make_commitment()

    assert list(Commitment.objects.overdue(dt.date(2024, 5, 31))) == []
    assert list(Commitment.objects.overdue(dt.date(2024, 6, 1))) == [month]


@pytest.mark.parametrize("status", Status)
def test_what_is_settled_is_never_overdue_or_orphaned(status: Status) -> None:
    abolished = make_party("The agency", abolished_on=dt.date(2024, 1, 1))
    commitment = make_commitment(due="2024-05", makers=(abolished,))
    if status != Status.NOT_ASSESSED:
        set_status(commitment, status)

    assert Commitment.objects.overdue(TODAY).exists() == (status not in CLOSED)
    assert Commitment.objects.orphaned(TODAY).exists() == (status not in CLOSED)


def test_it_is_stale_when_its_last_check_lies_further_back_than_its_interval() -> None:
    checked = make_commitment(review_interval_days=30)
    make_commitment(review_interval_days=30)
    development_actions.record_check(
        by=make_user("editor"), commitment=checked, searched="Newspapers", on=dt.date(2024, 5, 1)
    )

    assert list(Commitment.objects.stale(dt.date(2024, 5, 31))) == []
    assert list(Commitment.objects.stale(dt.date(2024, 6, 1))) == [checked]


def test_it_is_orphaned_from_the_day_on_which_a_responsible_body_was_abolished() -> None:
    agency = make_party("The agency", abolished_on=TODAY)
    makers, addressees = make_commitment(makers=(agency,)), make_commitment(addressees=(agency,))

    assert list(Commitment.objects.orphaned(TODAY - dt.timedelta(days=1))) == []
    assert list(Commitment.objects.orphaned(TODAY)) == [makers]
    assert addressees not in Commitment.objects.orphaned(TODAY)


def test_a_body_that_is_abolished_later_orphans_what_it_had_promised() -> None:
    agency = make_party("The agency")
    commitment = make_commitment(makers=(agency,))
    assert list(Commitment.objects.orphaned(TODAY)) == []
    agency.abolished_on = dt.date(2024, 5, 1)

    shared_records.save(by=make_user("editor"), record=agency, version=agency.version)

    assert list(Commitment.objects.orphaned(TODAY)) == [commitment]


@pytest.mark.parametrize(
    ("joined_on", "left_on", "belongs"),
    [
        (None, None, True),
        (TODAY, None, True),
        (None, TODAY, True),
        (TODAY, TODAY, True),
        (TODAY + dt.timedelta(days=1), None, False),
        (None, TODAY - dt.timedelta(days=1), False),
    ],
)
def test_a_membership_holds_on_both_its_first_and_its_last_day(
    joined_on: dt.date | None, left_on: dt.date | None, belongs: bool
) -> None:
    make_bloc("A bloc", make_country(), joined_on=joined_on, left_on=left_on)

    assert Membership.objects.on(TODAY).exists() == belongs


def test_countries_and_categories_are_told_from_the_rest() -> None:
    country, category = make_country(), make_sector("32210").parent
    make_party()

    assert list(Party.objects.countries()) == [country]
    assert list(Sector.objects.categories()) == [category]


def test_a_list_shows_the_makers_and_not_the_addressees() -> None:
    make_commitment(makers=(make_country("UZ"), make_country("KZ")), addressees=(make_country("US"),))

    (row,) = Commitment.objects.for_list()

    makers: list[CommitmentParty] = getattr(row, "makers")  # noqa: B009 # a list that the queryset puts there
    assert [maker.party.alpha2 for maker in makers] == ["KZ", "UZ"]
