"""The review of a draft: submitted, sent back, mended, approved by a second person; and why, for ever."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from commitments.actions import developments, reviews
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import VERDICTS, ReviewKind, Status
from commitments.models import Commitment, Development, Review, User
from commitments.models.reviews import with_last_review
from commitments.roles import DeskRole
from tests.admin.cast import make_member
from tests.admin.world import submitted
from tests.factories import make_commitment, make_development, make_draft_development, make_user

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
DECISIONS = (reviews.approve, reviews.request_changes, reviews.reject)


@pytest.fixture
def commitment() -> Commitment:
    return make_commitment()


@pytest.fixture
def contributor() -> User:
    return make_member(DeskRole.CONTRIBUTOR, "cara")


@pytest.fixture
def reviewer() -> User:
    return make_member(DeskRole.REVIEWER, "rosa")


@pytest.fixture
def draft(commitment: Commitment, contributor: User) -> Development:
    return make_draft_development(commitment, by=contributor)


@pytest.fixture
def waiting(commitment: Commitment, contributor: User) -> Development:
    return submitted(commitment, contributor)


def submit(draft: Development, by: User, **more: Any) -> Review:
    return reviews.submit(by=by, development=draft, version=draft.version, **more)


def steps(development: Development) -> list[str]:
    return [str(review.kind) for review in development.reviews.order_by("pk")]


def test_a_draft_goes_back_and_forth_until_it_is_approved_and_every_word_of_it_stays(
    draft: Development, contributor: User, reviewer: User
) -> None:
    submit(draft, contributor, comment="From the ministry", at=MOMENT)
    reviews.request_changes(by=reviewer, development=draft, version=draft.version, comment="Say where.")
    draft.summary = "It happened in Astana."
    developments.edit_draft(by=contributor, development=draft, version=draft.version)
    submit(draft, contributor)
    published = reviews.approve(by=reviewer, development=draft, version=draft.version, comment="Good.")

    assert published.is_published
    assert published.approved_by == reviewer
    assert [(review.kind, review.by, review.comment) for review in Review.objects.in_order()] == [
        (ReviewKind.SUBMITTED, contributor, "From the ministry"),
        (ReviewKind.CHANGES_REQUESTED, reviewer, "Say where."),
        (ReviewKind.SUBMITTED, contributor, ""),
        (ReviewKind.APPROVED, reviewer, "Good."),
    ]
    assert Review.objects.earliest("pk").recorded_at == MOMENT


@pytest.mark.parametrize("status", sorted(VERDICTS))
def test_a_verdict_is_approved_by_a_reviewer_who_did_not_enter_it(reviewer: User, status: str) -> None:
    commitment = make_commitment(due="2024-01")
    waiting = submitted(commitment, status=status, happened="2024-02-08")

    reviews.approve(by=reviewer, development=waiting, version=waiting.version)

    commitment.refresh_from_db()
    assert commitment.status == status


def test_an_editor_publishes_no_verdict_that_another_entered(commitment: Commitment) -> None:
    editor = make_member(DeskRole.EDITOR)
    verdict = make_draft_development(commitment, by=make_user("cara"), status=Status.DELIVERED)
    waiting = submitted(commitment, status=Status.DELIVERED)

    for development in (verdict, waiting):
        with pytest.raises(Refused, match="a reviewer must publish it"):
            reviews.publish(by=editor, development=development, version=development.version)
    assert not Development.objects.published().exists()


def test_nobody_approves_what_they_entered(commitment: Commitment, reviewer: User) -> None:
    waiting = submitted(commitment, reviewer)

    with pytest.raises(Refused, match="Nobody approves what they entered"):
        reviews.approve(by=reviewer, development=waiting, version=waiting.version)
    assert steps(waiting) == ["submitted"]


@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize("first", DECISIONS)
def test_of_two_reviewers_one_decides_and_the_other_is_told(
    waiting: Development, reviewer: User, first: Callable[..., object], decide: Callable[..., object]
) -> None:
    read = waiting.version
    first(by=reviewer, development=waiting, version=read, comment="First.")
    late = Development.objects.get(pk=waiting.pk)

    with pytest.raises(Conflict):
        decide(by=make_member(DeskRole.REVIEWER, "rita"), development=late, version=read, comment="Second.")
    assert waiting.reviews.count() == 2


@pytest.mark.parametrize("decide", DECISIONS)
def test_nobody_decides_on_words_that_they_have_not_seen(
    waiting: Development, contributor: User, reviewer: User, decide: Callable[..., object]
) -> None:
    read = waiting.version
    waiting.summary = "Quite another thing happened."
    developments.edit_draft(by=contributor, development=waiting, version=read)

    with pytest.raises(Conflict):
        decide(by=reviewer, development=waiting, version=read, comment="Fine.")
    assert steps(waiting) == ["submitted"]


@pytest.mark.parametrize("decide", DECISIONS)
def test_what_was_not_submitted_is_not_decided_on(
    draft: Development, reviewer: User, decide: Callable[..., object]
) -> None:
    with pytest.raises(Conflict, match="It is now “Draft”"):
        decide(by=reviewer, development=draft, version=draft.version, comment="Fine.")


@pytest.mark.parametrize("decide", [reviews.request_changes, reviews.reject])
@pytest.mark.parametrize("comment", ["", " \n"])
def test_whoever_sends_a_draft_back_says_why(
    waiting: Development, reviewer: User, decide: Callable[..., object], comment: str
) -> None:
    with pytest.raises(Refused, match="Say what is to be mended"):
        decide(by=reviewer, development=waiting, version=waiting.version, comment=comment)


def test_what_waits_already_is_not_submitted_again(waiting: Development, contributor: User) -> None:
    with pytest.raises(Conflict, match="It is now “Submitted”"):
        submit(waiting, contributor)


def test_what_is_published_is_not_submitted(commitment: Commitment, contributor: User) -> None:
    published = make_development(commitment)

    with pytest.raises(Conflict, match="It was published meanwhile"):
        submit(published, contributor)


def test_what_nobody_could_publish_is_not_submitted(commitment: Commitment, contributor: User) -> None:
    bare = make_draft_development(commitment, by=contributor, documents=())

    with pytest.raises(Refused, match="Add a source"):
        submit(bare, contributor)
    assert not bare.reviews.exists()


def test_a_rejected_draft_is_not_published_until_it_is_submitted_again(
    waiting: Development, contributor: User, reviewer: User
) -> None:
    reviews.reject(by=reviewer, development=waiting, version=waiting.version, comment="Old news.")

    with pytest.raises(Refused, match="It was rejected"):
        developments.publish(by=reviewer, development=waiting)

    submit(waiting, contributor, comment="It is new: see the date.")
    reviews.approve(by=reviewer, development=waiting, version=waiting.version)
    assert steps(waiting) == ["submitted", "rejected", "submitted", "approved"]


def test_what_was_submitted_is_never_deleted(waiting: Development, contributor: User) -> None:
    with pytest.raises(Refused, match="what was said of it is kept"):
        developments.delete_draft(by=contributor, development=waiting, version=waiting.version)
    assert Development.objects.filter(pk=waiting.pk).exists()


def test_an_approval_that_is_refused_leaves_no_trace(commitment: Commitment, contributor: User, reviewer: User) -> None:
    waiting = submitted(commitment, contributor)
    waiting.evidence.all().delete()

    with pytest.raises(Refused, match="Add a source"):
        reviews.approve(by=reviewer, development=waiting, version=waiting.version)
    assert steps(waiting) == ["submitted"]


def test_publishing_what_another_submitted_is_an_approval(waiting: Development) -> None:
    editor = make_member(DeskRole.EDITOR)

    reviews.publish(by=editor, development=waiting, version=waiting.version)

    assert steps(waiting) == ["submitted", "approved"]


@pytest.mark.parametrize("act", [reviews.submit, *DECISIONS, reviews.publish])
def test_without_the_role_nothing_is_done(waiting: Development, act: Callable[..., object]) -> None:
    comment = {} if act is reviews.publish else {"comment": "Fine."}
    with pytest.raises(Refused, match="Your role does not allow this"):
        act(by=make_user("newcomer"), development=waiting, version=waiting.version, **comment)
    assert steps(waiting) == ["submitted"]


def test_where_drafts_stand_is_read_from_the_last_step(waiting: Development, draft: Development) -> None:
    found = with_last_review(Development.objects.drafts())

    assert dict(found.values_list("pk", "last_review")) == {waiting.pk: "submitted", draft.pk: ""}


def test_who_saved_a_verdict_last_is_told_that_another_must_approve_it(
    commitment: Commitment, contributor: User, reviewer: User
) -> None:
    waiting = submitted(commitment, contributor, status=Status.DELIVERED)

    assert ["another" in why or "other than you" in why for why in developments.bars(waiting, by=contributor)] == [True]
    assert developments.bars(waiting, by=reviewer) == []


def test_nothing_bars_what_is_published(commitment: Commitment, reviewer: User) -> None:
    assert reviews.bars(by=reviewer, development=make_development(commitment)) == []
