"""A text becomes the words it is found by: the same on both databases, because neither makes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.search.words import LONGEST_WORD, words


def stems(text: str) -> list[str]:
    return [word.stem for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("minerals", "Mineral"),
        ("announced", "announces"),
        ("минералы", "минералов"),
        ("Ещё", "еще"),
        ("Türkiye", "turkiye"),
        ("summit's", "summit"),
        ("ﬁnance", "finance"),
        ("na\u00adtion", "nation"),
        # Russian texts write the name of the format with a Cyrillic С.
        ("С5+1", "C5+1"),
        ("U.S.", "us"),
        ("U.S.A.", "USA"),
        ("the U.S.’s", "the U.S"),
        ("U.S.-led", "US led"),
        ("U.S.Army", "US Army"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(("one", "other"), [("minerals", "minister"), ("вода", "водка"), ("C5", "B5")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_it_knows_where_each_word_stands() -> None:
    text = "On «critical» minerals."

    assert [text[word.start : word.end] for word in words(text)] == ["On", "critical", "minerals"]


def test_points_join_single_letters_alone() -> None:
    assert stems("J.Smith on p.4 of v2.b at U.S.x5") == [
        "j",
        "smith",
        "on",
        "p",
        "4",
        "of",
        "v2",
        "b",
        "at",
        "us",
        "x5",
    ]
    text = "In the U.S."
    assert [text[word.start : word.end] for word in words(text)] == ["In", "the", "U.S"]


def test_a_code_is_its_parts() -> None:
    assert stems("C51-2023-01") == ["c51", "2023", "01"]


@given(st.text(max_size=80))
def test_any_text_gives_words_of_letters_and_digits_alone(text: str) -> None:
    found = list(words(text))

    for word in found:
        assert word.stem
        # What each engine splits at, or would take for its own language, is in no word.
        assert not set(word.stem + word.folded) & set(" '\"\\:*&|!()<>·")
        assert len(word.folded) <= LONGEST_WORD
    assert [word.start for word in found] == sorted(word.start for word in found)
