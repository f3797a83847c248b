"""The words searched for are marked in what is shown, and nothing in it can act as markup."""

from hypothesis import given
from hypothesis import strategies as st

from commitments.search import highlight


def test_it_marks_every_form_of_a_word() -> None:
    assert highlight("Minerals and mining", "mineral") == "<mark>Minerals</mark> and mining"
    assert highlight("О минералах", "минералов") == "О <mark>минералах</mark>"


def test_it_marks_a_phrase_only_where_its_words_stand_together() -> None:
    marked = highlight("Critical talks on critical minerals", '"critical minerals"')

    assert marked == "Critical talks on <mark>critical minerals</mark>"


def test_it_marks_beginnings_and_leaves_what_is_to_be_absent() -> None:
    assert highlight("Minerals for China", "minera* -china") == "<mark>Minerals</mark> for China"


def test_it_escapes_the_text() -> None:
    assert highlight("<b>ore</b> & <i>", "ore") == "&lt;b&gt;<mark>ore</mark>&lt;/b&gt; &amp; &lt;i&gt;"


def test_a_long_text_is_cut_around_its_first_hit_between_words() -> None:
    text = "word " * 100 + "zebra " + "more " * 100

    excerpt = highlight(text, "zebra", 60)

    assert excerpt.startswith("…word ")
    assert excerpt.endswith(" more…")
    assert "<mark>zebra</mark>" in excerpt
    assert len(excerpt) <= 60 + len("<mark></mark>……")


def test_a_long_text_without_a_hit_is_cut_at_its_end() -> None:
    assert highlight("one two three four", "zebra", 9) == "one two…"


@given(text=st.text(max_size=80), query=st.text(max_size=20), length=st.none() | st.integers(1, 40))
def test_taking_the_marks_away_gives_the_escaped_text_back(text: str, query: str, length: int | None) -> None:
    plain = highlight(text, query, length).replace("<mark>", "").replace("</mark>", "")

    assert "<" not in plain
    if length is None:
        assert plain == highlight(text, "")
