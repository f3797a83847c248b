"""What an editor decides on a sentence becomes a passage, and a draft where it is to be a record. No more than that."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from commitments.actions import coverage
from commitments.actions.coverage import Decision, Draft
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import Classification, Collectivity, Kind, Publication, Role, Strength
from commitments.coverage import amounts
from commitments.models import Commitment, CoverageSession, Passage, User
from commitments.uncertain_dates import UncertainDate
from tests.factories import make_country, make_document, make_summit, make_user

pytestmark = pytest.mark.django_db

TEXT = "We met. We will build a port for $5 million."


@pytest.fixture
def aida() -> User:
    return make_user("aida")


@pytest.fixture
def session(aida: User) -> CoverageSession:
    return coverage.begin(by=aida, document=make_document(), summit=make_summit(), text=TEXT)


def a_draft(code: str = "S-01", **fields: Any) -> Draft:
    commitment = Commitment(
        code=code,
        title="A port is to be built.",
        summary="A port is to be built.",
        kind=Kind.PROGRAMME,
        strength=Strength.COMMITTED,
        collectivity=Collectivity.UNILATERAL,
    )
    commitment.made = UncertainDate(dt.date(2023, 9, 19))
    return Draft(commitment, verb="will", **fields)


def a_decision(
    sentence: int = 2, classification: Classification = Classification.COMMITMENT, **fields: Any
) -> Decision:
    return Decision(1, sentence, classification, "A port is to be built.", "An actor and an act.", **fields)


def test_an_accepted_sentence_becomes_a_draft_with_its_wording_and_its_passage(
    aida: User, session: CoverageSession
) -> None:
    kazakhstan = make_country()
    draft = a_draft(parties=[(kazakhstan, Role.MAKER)], amounts=amounts.find(TEXT))

    [passage] = coverage.decide(by=aida, session=session, decisions=[a_decision(draft=draft)])

    commitment = Commitment.objects.get()
    assert (commitment.publication, commitment.published_at) == (Publication.DRAFT, None)
    assert (commitment.summit, passage.commitment) == (session.summit, commitment)
    wording = commitment.wordings.get()
    assert (wording.document, wording.paragraph, wording.sentence, wording.verb) == (session.document, 1, 2, "will")
    assert [(row.party, row.role) for row in commitment.parties.all()] == [(kazakhstan, Role.MAKER)]
    assert commitment.amounts.get().value == Decimal(5_000_000)
    assert commitment.history.get().history_user == passage.history.get().history_user == aida


def test_a_sentence_without_a_record_becomes_a_passage_only(aida: User, session: CoverageSession) -> None:
    coverage.decide(by=aida, session=session, decisions=[a_decision(1, Classification.CONTEXT)])

    assert Passage.objects.get().commitment is None
    assert not Commitment.objects.exists()


def test_the_sentence_itself_is_not_kept(aida: User, session: CoverageSession) -> None:
    coverage.decide(by=aida, session=session, decisions=[a_decision(draft=a_draft())])
    coverage.finish(by=aida, session=session)

    assert not CoverageSession.objects.exists()
    commitment = Commitment.objects.get()
    kept = [Passage.objects.get().summary, commitment.title, commitment.summary, commitment.wordings.get().quotation]
    assert not [text for text in kept if "We will build" in text]


def test_all_decisions_are_saved_or_none(aida: User, session: CoverageSession) -> None:
    decisions = [a_decision(1, draft=a_draft("S-01")), a_decision(2, draft=a_draft("no code"))]

    with pytest.raises(ValidationError):
        coverage.decide(by=aida, session=session, decisions=decisions)

    assert not Passage.objects.exists()
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    "rows",
    [
        {"parties": [("KZ", Role.MAKER), ("KZ", Role.MAKER)]},
        {"parties": [("KZ", Role.MAKER), ("KG", "patron")]},
        {"amounts": [amounts.Money("5 dollars", Decimal(5), "dollars")]},
    ],
)
def test_what_is_wrong_with_a_row_of_a_draft_is_said_and_nothing_is_saved(
    aida: User, session: CoverageSession, rows: dict[str, Any]
) -> None:
    if "parties" in rows:
        rows = {"parties": [(make_country(alpha2), role) for alpha2, role in rows["parties"]]}

    with pytest.raises(ValidationError):
        coverage.decide(by=aida, session=session, decisions=[a_decision(draft=a_draft(**rows))])

    assert not Commitment.objects.exists()


def test_a_sentence_is_decided_once(aida: User, session: CoverageSession) -> None:
    coverage.decide(by=aida, session=session, decisions=[a_decision(1, Classification.CONTEXT)])

    with pytest.raises(Conflict):
        coverage.decide(by=make_user("bek"), session=session, decisions=[a_decision(1, draft=a_draft())])

    assert not Commitment.objects.exists()


@pytest.mark.parametrize("classification", [Classification.POSITION, Classification.CONTEXT])
def test_positions_and_context_become_no_record(
    aida: User, session: CoverageSession, classification: Classification
) -> None:
    with pytest.raises(Refused):
        coverage.decide(by=aida, session=session, decisions=[a_decision(1, classification, draft=a_draft())])


def test_nothing_is_decided_in_a_finished_reading(aida: User, session: CoverageSession) -> None:
    coverage.finish(by=aida, session=session)

    with pytest.raises(Conflict):
        coverage.decide(by=aida, session=session, decisions=[a_decision(1, Classification.CONTEXT)])


def test_a_document_is_read_once_at_a_time(aida: User, session: CoverageSession) -> None:
    with pytest.raises(Conflict):
        coverage.begin(by=make_user("bek"), document=session.document, summit=session.summit, text="Another.")

    assert CoverageSession.objects.get().text == TEXT


def test_an_empty_text_is_refused(aida: User) -> None:
    with pytest.raises(Refused):
        coverage.begin(by=aida, document=make_document(), summit=make_summit(), text=" \n")


def test_a_text_that_nobody_came_back_to_is_emptied_when_another_is_begun(aida: User, session: CoverageSession) -> None:
    later = timezone.now() + coverage.KEPT + dt.timedelta(days=1)

    coverage.begin(by=aida, document=make_document(), summit=make_summit(), text="Another.", at=later)

    assert sorted(one.text for one in CoverageSession.objects.all()) == ["", "Another."]


@pytest.mark.parametrize(("idle", "text"), [(dt.timedelta(), TEXT), (coverage.KEPT, "")])
def test_a_text_is_kept_as_long_from_the_last_decision_as_from_the_beginning(
    aida: User, idle: dt.timedelta, text: str
) -> None:
    now = timezone.now()
    begun = now - coverage.KEPT - dt.timedelta(days=1)
    read, left = (
        coverage.begin(by=aida, document=make_document(), summit=make_summit(), text=TEXT, at=begun) for _ in range(2)
    )
    coverage.decide(by=aida, session=read, decisions=[a_decision(1, Classification.CONTEXT)])

    later = now + idle + dt.timedelta(hours=1)
    coverage.begin(by=aida, document=make_document(), summit=make_summit(), text="Another.", at=later)

    read.refresh_from_db()
    left.refresh_from_db()
    assert (read.text, left.text) == (text, "")


def test_a_reading_whose_text_was_emptied_goes_on_with_the_text_pasted_again(
    aida: User, session: CoverageSession
) -> None:
    coverage.decide(by=aida, session=session, decisions=[a_decision(1, Classification.CONTEXT)])
    CoverageSession.objects.update(text="")

    again = coverage.begin(by=aida, document=session.document, summit=session.summit, text=TEXT)

    assert (again.pk, again.text) == (session.pk, TEXT)
    assert not Passage.objects.published().exists()


def test_the_public_sees_no_sentence_before_the_reading_is_finished(aida: User, session: CoverageSession) -> None:
    coverage.decide(
        by=aida, session=session, decisions=[a_decision(draft=a_draft()), a_decision(1, Classification.CONTEXT)]
    )
    assert not Passage.objects.published().exists()

    coverage.finish(by=aida, session=session)

    assert [passage.sentence for passage in Passage.objects.published()] == [1, 2]
    assert Commitment.objects.get().publication == Publication.DRAFT
