"""What somebody types is understood as words, phrases, beginnings and words that must be absent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.search.query import MOST_WORDS, Query, Term, parse


def test_words_are_all_wanted() -> None:
    assert parse("critical minerals") == Query(wanted=(Term(("critic",)), Term(("miner",))))


def test_a_quoted_phrase_is_one_term() -> None:
    assert parse("“critical minerals”") == Query(wanted=(Term(("critic", "miner")),))


def test_what_a_hyphen_joins_is_a_phrase() -> None:
    assert parse("C51-2023-01").wanted == (Term(("c51", "2023", "01")),)
    assert parse("C5+1").wanted == (Term(("c5", "1")),)


def test_a_star_asks_for_a_beginning() -> None:
    assert parse("minera*").wanted == (Term((), beginning="minera"),)


def test_a_minus_asks_for_absence() -> None:
    assert parse("railway -china") == Query(wanted=(Term(("railway",)),), unwanted=(Term(("china",)),))


def test_common_words_count_only_where_there_is_nothing_else() -> None:
    assert parse("the dialogue of the five").wanted == (Term(("dialogu",)), Term(("five",)))
    assert parse("the").wanted == (Term(("the",)),)
    assert parse("о воде").wanted == (Term(("вод",)),)


def test_names_that_look_like_common_words_are_kept() -> None:
    assert parse("US and WHO").wanted == (Term(("us",)), Term(("who",)))


@pytest.mark.parametrize("text", ["", "   ", "!!!", '""', "-", "*", "'; --", "\x00"])
def test_a_text_without_words_asks_for_nothing(text: str) -> None:
    assert parse(text).is_empty


def test_it_says_when_a_text_has_more_words_than_it_takes() -> None:
    assert not parse(" ".join(f"w{n}" for n in range(MOST_WORDS))).is_cut
    assert parse(" ".join(f"w{n}" for n in range(MOST_WORDS + 1))).is_cut


@given(st.text(max_size=200))
def test_any_text_is_understood(text: str) -> None:
    query = parse(text)

    assert all(term.stems or term.beginning for term in (*query.wanted, *query.unwanted))
