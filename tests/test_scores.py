"""Scores: what each status comes to, with every denominator, and by the reader's knobs."""

import datetime as dt
from fractions import Fraction

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from commitments import scores
from commitments.codelists import (
    STATUS_EQUIVALENTS,
    Classification,
    Collectivity,
    ReasonCode,
    Score,
    Status,
    Strength,
)
from commitments.rules import SCORE_BY_STATUS
from commitments.scores import Row, Sums, mean_text
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

TODAY = dt.date(2024, 6, 1)


def asked(query: str = "") -> scores.Asked:
    return scores.asked(QueryDict(query), today=TODAY)


def found(query: str = "") -> scores.Scores:
    return scores.scores(asked(query))


def row(name: str, query: str = "") -> Row:
    return next(one for one in found(query).rows if one.name == name)


def counts(sums: Sums) -> tuple[int, int, int, int]:
    return sums.identified, sums.selected, sums.assessed, sums.scored


def test_every_status_scores_what_the_research_group_gives_it() -> None:
    said = {"+1": Score.FULL, "0": Score.PARTIAL, "−1": Score.NONE, "–": None}

    assert {status: SCORE_BY_STATUS.get(status) for status in Status} == {
        status: said[equivalent.g7rg] for status, equivalent in STATUS_EQUIVALENTS.items()
    }


@pytest.mark.parametrize(
    ("mean", "text"),
    [
        (None, "–"),
        (Fraction(0), "0.00"),
        (Fraction(8, 15), "+0.53"),
        (Fraction(-1, 5), "−0.20"),
        (Fraction(-1, 999), "0.00"),
    ],
)
def test_a_mean_has_its_sign_and_none_is_a_dash(mean: Fraction | None, text: str) -> None:
    assert mean_text(mean) == text


@pytest.fixture
def _world(db: None) -> None:
    """Two joint commitments of two makers, one of one maker, one that is silent, and a topic."""
    kazakhstan, usa = make_country("KZ"), make_country("US")
    first = make_summit("SC-1", name="First", series=make_series())
    second = make_summit("SC-2", name="Second")
    mining, rail = make_sector("32210", "Minerals"), make_sector("21030", "Rail")
    done = make_commitment(
        "SC-01",
        summit=first,
        makers=(kazakhstan, usa),
        sectors=(mining, rail),
        collectivity=Collectivity.JOINT,
        strength=Strength.PLEDGED,
    )
    make_development(done, party=kazakhstan, status=Status.DELIVERED, happened="2024-02")
    make_development(done, party=usa, status=Status.IN_PROGRESS, happened="2024-02")
    failed = make_commitment("SC-02", summit=first, makers=(kazakhstan,), sectors=(mining,), due="2023-12")
    make_development(failed, status=Status.NOT_DELIVERED, happened="2024-03", reason_code=ReasonCode.NOT_PRIORITISED)
    silent = make_commitment("SC-03", summit=second, makers=(usa,))
    make_development(silent, status=Status.NO_EVIDENCE, happened="2024-03")
    make_commitment("SC-04", summit=second, makers=(kazakhstan,), addressees=(usa,))
    make_commitment(
        "SC-05", summit=second, classification=Classification.TOPIC, strength=Strength.DISCUSSED, makers=(kazakhstan,)
    )


@pytest.mark.usefixtures("_world")
def test_the_mean_stands_with_how_many_were_identified_selected_assessed_and_scored() -> None:
    whole = found().whole

    assert counts(whole) == (5, 5, 4, 3)
    assert whole.by_score == {Score.FULL: 1, Score.PARTIAL: 1, Score.NONE: 1}
    assert whole.mean == 0


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize(
    ("query", "expected", "mean"),
    [
        ("", (3, 3, 2, 2), Fraction(0)),
        ("weights=strength", (3, 3, 2, 2), Fraction(3 - 2, 5)),
        ("joint=1", (3, 1, 1, 1), Fraction(1)),
        ("topics=1", (4, 4, 2, 2), Fraction(0)),
        ("as_of=2024-02-10", (3, 3, 1, 1), Fraction(1)),
        ("as_of=2023-10-01", (3, 3, 0, 0), None),
        ("summit=SC-2", (1, 1, 0, 0), None),
    ],
)
def test_knobs_filters_and_the_clock_change_what_counts(
    query: str, expected: tuple[int, ...], mean: Fraction | None
) -> None:
    sums = row("Kazakhstan", query).sums

    assert counts(sums) == expected
    assert sums.mean == mean


@pytest.mark.usefixtures("_world")
def test_silence_is_left_out_unless_the_reader_makes_it_a_zero() -> None:
    assert counts(found("summit=SC-2").whole) == (2, 2, 1, 0)
    assert found("summit=SC-2").whole.mean is None
    assert counts(found("summit=SC-2&silence=zero").whole) == (2, 2, 1, 1)
    assert found("summit=SC-2&silence=zero").whole.mean == 0


@pytest.mark.usefixtures("_world")
def test_with_verdicts_only_nothing_else_gives_a_score() -> None:
    assert counts(found("verdicts=1&silence=zero").whole) == (5, 5, 4, 2)


@pytest.mark.usefixtures("_world")
def test_a_commitment_of_two_sectors_counts_in_both_and_once_in_the_whole() -> None:
    by_sector = {one.key: counts(one.sums) for one in found("by=sector").rows}

    assert by_sector == {"322": (3, 3, 3, 3), "210": (2, 2, 2, 2)}
    assert counts(found("by=sector").whole) == (5, 5, 4, 3)


@pytest.mark.usefixtures("_world")
def test_by_summit_and_by_series() -> None:
    assert [(one.name, one.sums.mean) for one in found("by=summit").rows] == [("First", 0), ("Second", None)]
    assert [one.name for one in found("by=series").rows] == ["C5+1"]


@pytest.mark.usefixtures("_world")
def test_whoever_asks_for_a_country_gets_its_own_scores_alone() -> None:
    whole = found("country=US").whole

    assert [one.name for one in found("country=US").rows] == ["United States of America"]
    # Not as the addressee of another's, and without the other maker.
    assert counts(whole) == (2, 2, 2, 1)
    assert counts(found("party=kazakhstan").whole) == (3, 3, 2, 2)


@pytest.mark.django_db
def test_a_country_is_scored_by_a_bloc_while_it_was_a_member_and_by_the_blocs_of_its_bloc() -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    inner = make_bloc("Inner", kazakhstan, joined_on=dt.date(2020, 1, 1), left_on=dt.date(2023, 12, 31))
    outer = make_bloc("Outer", inner)
    make_commitment(makers=(kazakhstan, inner), made="2024-02-01")
    make_commitment(makers=(usa, outer), made="2023-02-01")
    make_commitment(makers=(usa, outer), made="2024-02-01")

    of_kazakhstan = found("country=KZ")

    assert of_kazakhstan.commitments == 2
    # Its own promise of 2024, and that of 2023 through the bloc of its bloc: none that a bloc made without it.
    assert {one.name: one.sums.identified for one in of_kazakhstan.rows} == {"Kazakhstan": 1, "Outer": 1}
    assert of_kazakhstan.whole.identified == 2


@pytest.mark.django_db
def test_a_country_is_scored_by_its_bodies_and_blocs_too() -> None:
    kazakhstan = make_country("KZ")
    bloc, body = make_bloc("C5", kazakhstan), make_party("Agency", country=kazakhstan)
    make_commitment(makers=(bloc, make_country("US")))
    make_commitment(makers=(body,))

    assert {one.name for one in found("country=KZ").rows} == {"C5", "Agency"}


@pytest.mark.usefixtures("_world")
def test_what_the_query_does_not_say_right_is_ignored_and_said() -> None:
    wanted = asked("silence=maybe&verdicts=perhaps&by=colour&colour=red&joint=1")

    assert {(one.parameter, one.value) for one in wanted.ignored} == {
        ("silence", "maybe"),
        ("verdicts", "perhaps"),
        ("by", "colour"),
        ("colour", "red"),
    }
    assert wanted.own == [("joint", "1")]


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize("by", list(scores.KEYS))
def test_the_number_of_queries_does_not_grow_with_the_rows(
    by: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        found(f"by={by}")
