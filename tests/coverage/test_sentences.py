"""A text falls into paragraphs and sentences as a reader numbers them, and nothing of it is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.coverage.sentences import split


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


@pytest.mark.parametrize(
    "one",
    [
        "The U.S. Agency for Development will open an office.",
        "Mr. Arlen met Mrs. Berg and Dr. Cole on 3 Sept. 2026.",
        "Resolution No. 5, para. 3, and art. 12 apply.",
        "Support, e.g. training, i.e. courses, will follow.",
        "On Sept. 19 the leaders met.",
        "J. R. Smith spoke at 9 a.m. on behalf of the U.N. Secretariat.",
        "It costs $1.5 billion, i.e. 3.2 per cent.",
        "Встреча состоялась в г. Астане 19 сент. 2026 г. по инициативе А. Б. Иванова.",
        "Выделено 15 млн. долл. США, т.е. 7 млрд. тенге, на дороги, школы и т.д. до 2027 г.",
        "“Will you sign?” he asked.",
        "The plan (see the annex. It is long.) was adopted.",
        "The fund... will grow.",
    ],
)
def test_a_full_stop_that_ends_no_sentence_does_not_part_it(one: str) -> None:
    assert texts(one) == [one]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The leaders met on Sept. 19.", "The summit took place in Portville."),
        ("They met in the U.S.", "The leaders agreed."),
        ("“We will build.", "We will pay,” she said."),
        ("He said: “We will build.”", "Nobody answered."),
        ("Is it done?", "No!"),
        ("«Мы построим дорогу.", "Мы её оплатим», – сказал президент."),
        ("Саммит прошёл в 2026 г.", "Стороны договорились о торговле."),
        ("It was agreed in 2023.", "12 states signed."),
    ],
)
def test_sentences_part_where_a_reader_parts_them(first: str, second: str) -> None:
    assert texts(f"{first} {second}") == [first, second]


def test_paragraphs_and_sentences_are_numbered_from_one() -> None:
    places = [sentence.place for sentence in split("We met. We spoke.\n\nWe agreed.\nWe left.")]

    assert places == [(1, 1), (1, 2), (2, 1), (3, 1)]


def test_lines_broken_to_a_width_are_one_paragraph() -> None:
    text = (
        "We, the leaders of the partnership, met in Portville in order to speak\n"
        "about the sea, and agreed to build a harbour. We also agreed to meet\n"
        "again next year.\n\nWe thank the host."
    )

    assert [sentence.place for sentence in split(text)] == [(1, 1), (1, 2), (2, 1)]


def test_bullets_and_numbers_are_paragraphs_that_know_what_leads_into_them() -> None:
    text = "We commit to:\n• halving emissions;\n• planting trees. This costs little.\n2. We thank the host."
    sentences = split(text)

    assert [sentence.place for sentence in sentences] == [(1, 1), (2, 1), (3, 1), (3, 2), (4, 1)]
    assert [sentence.whole for sentence in sentences[1:4]] == [
        "We commit to halving emissions;",
        "We commit to planting trees.",
        "This costs little.",
    ]
    assert sentences[4].body == "We thank the host."


@pytest.mark.parametrize("marker", ["12.", "(a)", "a)", "iv.", "1.2.", "–", "*", "§ 4", "б)"])
def test_a_marker_is_no_sentence_of_its_own(marker: str) -> None:
    [sentence] = split(f"{marker} We will build a bridge.")

    assert sentence.is_item
    assert sentence.body == "We will build a bridge."


@pytest.mark.parametrize("heading", ["Trade and Investment", "II. PEACE AND SECURITY", "Повестка дня", "3. Energy"])
def test_headings_are_told_from_sentences(heading: str) -> None:
    sentences = split(f"{heading}\n\nWe agreed to trade.")

    assert [sentence.is_heading for sentence in sentences] == [True, False]


PIECES = st.sampled_from(
    [
        "We will.",
        "U.S. ",
        "«Да.» ",
        "(",
        ")",
        "\n",
        "\n\n",
        " ",
        ". ",
        "• ",
        "1. ",
        "“",
        "”",
        "г. ",
        ":",
        "?",
        "…",
        "Ё",
        "a",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_no_text_loses_a_character(text: str) -> None:
    sentences = split(text)

    covered = 0
    for sentence in sentences:
        assert text[covered : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end] == sentence.text != ""
        covered = sentence.end
    assert text[covered:].strip() == ""
    places = [sentence.place for sentence in sentences]
    assert places == sorted(set(places))


@pytest.mark.parametrize("piece", ["(", "a. ", "A. ", "•\n", "… ", "\n", "“A.” ", "x", "1. ", "U.S. The ", ". "])
def test_a_long_text_is_split_in_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.monotonic()

    split(text)

    assert time.monotonic() - begun < 10
