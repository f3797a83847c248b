"""What becomes of the commitments of a body that was abolished."""

import datetime as dt

import pytest

from commitments.actions import abolitions, replay
from commitments.actions.abolitions import Decision, Step
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import Publication, Role, Status
from commitments.models import Commitment, CommitmentParty, Development, Document, Party, User
from tests.factories import make_commitment, make_country, make_development, make_document, make_party, make_user

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 7, 1)
TODAY = dt.date(2026, 3, 1)
REASON = "The agency was abolished."


@pytest.fixture
def body() -> Party:
    return make_party("The agency", abolished_on=DAY, successor=make_party("The ministry"))


@pytest.fixture
def by() -> User:
    return make_user("editor")


def decision(commitment: Commitment, step: Step) -> Decision:
    return Decision(commitment, commitment.version, step)


def decide(by: User, body: Party, *decisions: Decision, document: Document | None = None, reason: str = REASON) -> None:
    abolitions.decide(by=by, party=body, decisions=decisions, reason=reason, document=document)


def parties(commitment: Commitment) -> set[tuple[str, str]]:
    return set(commitment.parties.values_list("party__name", "role"))


def test_it_leaves_what_is_followed_and_not_settled_and_hangs_on_the_body(body: Party) -> None:
    left = make_commitment("OPEN-1", makers=(body,))
    implemented = make_commitment("OPEN-2")
    CommitmentParty.objects.create(commitment=implemented, party=body, role=Role.IMPLEMENTER)
    draft = make_commitment("OPEN-3", makers=(body,), publication=Publication.DRAFT)
    make_development(make_commitment("DONE-1", makers=(body,)), status=Status.DELIVERED)
    make_commitment("LEFT-1", makers=(body,), publication=Publication.CLOSED)
    make_commitment("OTHER-1", addressees=(body,))

    assert list(abolitions.orphans_of(body, today=TODAY)) == [left, implemented, draft]


def test_an_abolition_that_lies_ahead_counts_and_a_body_that_goes_on_leaves_nothing(body: Party) -> None:
    left = make_commitment(makers=(body, make_party("Another")))

    assert list(abolitions.orphans_of(body, today=dt.date(2025, 1, 1))) == [left]
    assert not abolitions.orphans_of(Party.objects.get(name="Another"), today=TODAY).exists()


def test_each_is_done_as_decided_in_one_go(by: User, body: Party) -> None:
    kept, handed, logged, closed = (make_commitment(makers=(body,)) for _ in range(4))
    document = make_document()

    decide(
        by,
        body,
        decision(kept, Step.KEEP),
        decision(handed, Step.HAND_OVER),
        decision(logged, Step.LOG),
        decision(closed, Step.CLOSE),
        document=document,
    )

    assert parties(kept) == {("The agency", Role.MAKER)}
    assert parties(handed) == {("The agency", Role.MAKER), ("The ministry", Role.MAKER)}
    assert handed.revisions.latest("number").reason == REASON
    closed.refresh_from_db()
    assert closed.publication == Publication.CLOSED
    draft = Development.objects.get()
    assert (draft.commitment, draft.party, draft.happened.start, draft.is_published) == (logged, body, DAY, False)
    assert draft.evidence.get().document == document
    assert "The ministry succeeded it" in draft.summary
    assert list(replay.findings(Commitment.objects.all())) == []


def test_the_successor_comes_in_each_role_that_it_has_not_yet(by: User, body: Party) -> None:
    commitment = make_commitment(makers=(body, body.successor or body))
    CommitmentParty.objects.create(commitment=commitment, party=body, role=Role.IMPLEMENTER)

    decide(by, body, decision(commitment, Step.HAND_OVER))

    assert ("The ministry", Role.IMPLEMENTER) in parties(commitment)
    commitment.refresh_from_db()
    with pytest.raises(Refused, match="already"):
        decide(by, body, decision(commitment, Step.HAND_OVER))


def test_one_that_was_saved_meanwhile_is_named_and_nothing_is_written(by: User, body: Party) -> None:
    one, other = make_commitment("ONE-1", makers=(body,)), make_commitment("TWO-1", makers=(body,))
    read = [decision(one, Step.CLOSE), decision(other, Step.CLOSE)]
    Commitment.objects.filter(pk=other.pk).update(version=other.version + 1)

    with pytest.raises(Conflict, match="TWO-1"):
        decide(by, body, *read)

    assert set(Commitment.objects.values_list("publication", flat=True)) == {Publication.PUBLISHED}


def test_one_that_is_settled_by_now_is_no_orphan(by: User, body: Party) -> None:
    commitment = make_commitment("ONE-1", makers=(body,))
    read = decision(commitment, Step.LOG)
    make_development(commitment, status=Status.DELIVERED)

    with pytest.raises(Conflict, match="ONE-1"):
        decide(by, body, read, document=make_document())


def test_it_says_all_that_a_decision_needs(by: User) -> None:
    body = make_party("The agency", abolished_on=DAY)
    commitments = [make_commitment(makers=(body,)) for _ in range(2)]

    with pytest.raises(Refused) as refused:
        decide(by, body, decision(commitments[0], Step.HAND_OVER), decision(commitments[1], Step.LOG), reason=" ")

    assert len(refused.value.messages) == 3
    assert not Development.objects.exists()


def test_a_development_that_says_so_is_not_drafted_twice(by: User, body: Party) -> None:
    commitment = make_commitment(makers=(make_country("KZ"),))
    CommitmentParty.objects.create(commitment=commitment, party=body, role=Role.IMPLEMENTER)
    decide(by, body, decision(commitment, Step.LOG), document=make_document())

    with pytest.raises(Refused, match="already"):
        decide(by, body, decision(commitment, Step.LOG), document=make_document())

    # An implementer bears no status of its own: the entry is for all.
    assert Development.objects.get().party is None
