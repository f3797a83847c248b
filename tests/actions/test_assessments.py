"""Two people score the same, each once and no third; what one said stays unread until both have."""

import pytest
from django.core.exceptions import ValidationError

from commitments import agreement
from commitments.actions import assessments
from commitments.actions.assessments import Coded
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import Publication, Score
from commitments.models import Assessment, Commitment, Party, User
from commitments.models.base import AppendOnlyError
from commitments.roles import DeskRole
from tests.admin.cast import make_member
from tests.factories import make_commitment, make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def makers() -> tuple[Party, Party]:
    return make_country("KZ"), make_country("US")


@pytest.fixture
def pledge(makers: tuple[Party, Party]) -> Commitment:
    return make_commitment(makers=makers)


def editor(username: str) -> User:
    return make_member(DeskRole.EDITOR, username)


def score(by: User, pledge: Commitment, *parties: Party, code: Score = Score.FULL) -> list[Assessment]:
    coded = {party.pk: Coded(code, "The gazette says so.") for party in parties}
    return assessments.record(by=by, commitment=pledge, coded=coded)


def test_the_first_and_the_second_person_are_told_apart(pledge: Commitment, makers: tuple[Party, Party]) -> None:
    assert {one.place for one in score(editor("one"), pledge, *makers)} == {1}
    assert {one.place for one in score(editor("two"), pledge, *makers)} == {2}


def test_nobody_scores_twice_and_no_third_person_scores(pledge: Commitment, makers: tuple[Party, Party]) -> None:
    one, two, three = editor("one"), editor("two"), editor("three")
    score(one, pledge, makers[0])
    with pytest.raises(Conflict):
        score(one, pledge, makers[0])
    score(two, pledge, makers[0])

    with pytest.raises(Conflict):
        score(three, pledge, *makers)

    assert Assessment.objects.count() == 2
    assert assessments.open_to(three, pledge) == [makers[1]]


def test_of_two_scores_of_one_person_at_once_one_is_kept(
    pledge: Commitment, makers: tuple[Party, Party], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = editor("one")
    score(one, pledge, makers[0])
    # As the second saw it before the first was kept.
    monkeypatch.setattr(assessments, "open_to", lambda by, commitment: list(makers))

    with pytest.raises(Conflict):
        score(one, pledge, *makers)

    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.RETRACTED])
def test_only_what_is_published_is_scored(makers: tuple[Party, Party], publication: Publication) -> None:
    with pytest.raises(Refused):
        score(editor("one"), make_commitment(makers=makers, publication=publication), makers[0])


def test_a_score_needs_grounds_and_a_role(pledge: Commitment, makers: tuple[Party, Party]) -> None:
    with pytest.raises(ValidationError):
        assessments.record(by=editor("one"), commitment=pledge, coded={makers[0].pk: Coded(Score.FULL, " ")})
    with pytest.raises(Refused):
        score(make_member(DeskRole.CONTRIBUTOR), pledge, makers[0])
    with pytest.raises(Refused):
        score(editor("one"), pledge)

    assert not Assessment.objects.exists()


def test_a_score_stands_as_it_was_given(pledge: Commitment, makers: tuple[Party, Party]) -> None:
    (kept,) = score(editor("one"), pledge, makers[0])
    kept.score = Score.NONE

    with pytest.raises(AppendOnlyError):
        kept.save()


def test_agreement_counts_what_two_scored_where_nothing_waits_for_a_second(
    pledge: Commitment, makers: tuple[Party, Party]
) -> None:
    one, two = editor("one"), editor("two")
    score(one, pledge, *makers)
    score(two, pledge, makers[0], code=Score.NONE)
    # The other maker waits, and with it the whole commitment.
    assert agreement.overall(agreement.published()).n == 0

    score(two, pledge, makers[1])

    found = agreement.overall(agreement.published())
    assert (found.n, found.agreed, found.percent) == (2, 1, 50)
    assert [record.agreement.n for record in agreement.by_record(agreement.published())] == [2]


def test_agreement_can_be_asked_of_some_assessments_alone(makers: tuple[Party, Party]) -> None:
    first, second = make_commitment(makers=makers), make_commitment(makers=makers)
    for by in (editor("one"), editor("two")):
        for pledge in (first, second):
            score(by, pledge, makers[0])

    assert agreement.overall(Assessment.objects.filter(commitment=first)).n == 1
    assert agreement.overall(Assessment.objects.all()).n == 2
