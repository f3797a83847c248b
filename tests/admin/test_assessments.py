"""Double coding at the desk: blind until both are in, wherever one looks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.codelists import Score
from commitments.models import Assessment, Commitment
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.factories import make_commitment, make_country
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db
GROUNDS = "The secret grounds."
QUEUE = "/admin/commitments/commitment/assessments/"


@pytest.fixture
def pledge() -> Commitment:
    return make_commitment("CODED-1", makers=(make_country("KZ"), make_country("US")))


@pytest.fixture
def one() -> Client:
    return logged_in(make_member(DeskRole.EDITOR, "one"))


@pytest.fixture
def two() -> Client:
    return logged_in(make_member(DeskRole.REVIEWER, "two"))


def page_of(pledge: Commitment) -> str:
    return url("commitment", "assess", pledge.pk)


def score(client: Client, pledge: Commitment, *alpha2: str, code: Score = Score.FULL, note: str = GROUNDS) -> Markup:
    typed: dict[str, str] = {}
    for one in alpha2:
        typed |= {f"score_{make_country(one).pk}": code.value, f"note_{make_country(one).pk}": note}
    response = client.post(page_of(pledge), {**filled(client.get(page_of(pledge))), **typed}, follow=True)
    return Markup.of(response)


def test_it_says_how_many_scores_are_kept(one: Client, two: Client, pledge: Commitment) -> None:
    assert "Your score of 1 maker is kept. It stands as you gave it." in score(one, pledge, "KZ").words
    assert "Your scores of 2 makers are kept. They stand as you gave them." in score(two, pledge, "KZ", "US").words


def test_nobody_reads_the_others_scores_until_both_are_in(one: Client, two: Client, pledge: Commitment) -> None:
    score(one, pledge, "KZ", "US")
    places = [
        page_of(pledge),
        QUEUE,
        url("commitment", "change", pledge.pk),
        url("commitment", "history", pledge.pk),
        reverse("admin:index"),
        f"/commitments/{pledge.code}/",
        "/scores/agreement/",
        "/scores/",
        f"/api/v1/commitments/{pledge.code}/",
        "/api/v1/changes/",
        "/commitments.csv",
    ]

    for place in places:
        response = two.get(place)
        text = body(response)
        assert response.status_code == 200, place
        assert GROUNDS not in text, place
        assert "What both said" not in text, place

    # Not even a part of it: the second has scored one maker of two.
    score(two, pledge, "KZ", code=Score.NONE, note="Mine.")
    assert GROUNDS not in body(two.get(page_of(pledge)))
    assert "Mine." not in body(one.get(page_of(pledge)))

    score(two, pledge, "US", code=Score.NONE, note="Mine.")
    assert GROUNDS in body(two.get(page_of(pledge)))
    assert "Mine." in body(one.get(page_of(pledge)))


def test_what_is_missing_is_said_and_nothing_typed_is_lost(one: Client, pledge: Commitment) -> None:
    usa = make_country("US")
    page = Markup.of(one.post(page_of(pledge), {f"note_{usa.pk}": "They signed it."}))

    assert "Choose a score, or empty the grounds." in page.words
    assert "They signed it." in page.words
    assert "Score at least one maker." in Markup.of(one.post(page_of(pledge), {})).words
    assert not Assessment.objects.exists()


def test_a_third_person_has_nothing_to_score(one: Client, two: Client, pledge: Commitment) -> None:
    score(one, pledge, "KZ", "US")
    score(two, pledge, "KZ", "US")
    third = logged_in(make_member(DeskRole.EDITOR, "three"))

    assert "There is nothing for you to score" in body(third.get(page_of(pledge)))
    third.post(page_of(pledge), {f"score_{make_country('KZ').pk}": "full", f"note_{make_country('KZ').pk}": "x"})
    assert Assessment.objects.count() == 4


def test_the_list_says_what_waits_for_whom(one: Client, two: Client, pledge: Commitment) -> None:
    make_commitment("CODED-2")
    score(one, pledge, "KZ")

    mine, others = read(one, QUEUE).words, read(two, QUEUE).words

    assert "it waits for another (1) CODED-1" in mine
    assert "Waits for a second assessor (1) CODED-1" in others
    assert "Nobody has scored it (1) CODED-2" in others


def test_the_list_asks_as_often_for_many_as_for_one(one: Client, pledge: Commitment) -> None:
    asked = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            one.get(QUEUE)
        asked.append(len(queries))
        make_commitment()

    assert asked[0] == asked[1]
