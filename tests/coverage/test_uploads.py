"""A file is read as the text that it is, or refused with a sentence; nothing in it is run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.coverage.uploads import LARGEST_FILE, text_of

RUSSIAN = "Стороны договорились построить порт."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_russian_is_read_in_the_encodings_it_comes_in(encoding: str) -> None:
    assert text_of(RUSSIAN.encode(encoding)) == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_english_is_read_in_the_encodings_it_comes_in(encoding: str) -> None:
    assert text_of("We agreed – at last.".encode(encoding)) == "We agreed – at last."


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0\x00\x10JFIF", bytes(range(128, 256)) * 3, b"caf\xe9 au lait"])
def test_what_is_no_such_text_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"UTF-8.*\.$"):
        text_of(content)


def test_a_large_file_is_refused() -> None:
    with pytest.raises(ValueError, match="2 MB"):
        text_of(b"a" * (LARGEST_FILE + 1))


def test_of_a_page_the_words_are_kept_one_line_a_block() -> None:
    page = (
        "<!doctype html><html><head><title>T</title><style>p {}</style></head><body><script>alert(1)</script>"
        "<h1>Statement</h1><p>We &amp; they\n agreed to <b>build</b> a port.<ul><li>One;<li>Two.</ul>"
        "<img src=x onerror=alert(1)></body></html>"
    )

    assert text_of(page.encode()) == "Statement\nWe & they agreed to build a port.\n• One;\n• Two."


@pytest.mark.parametrize("text", ["We com\u00admit to build\u200b it.", "<p>We com&shy;mit to build&#8203; it."])
def test_where_a_word_may_be_broken_is_no_part_of_it(text: str) -> None:
    assert text_of(text.encode()) == "We commit to build it."


@pytest.mark.parametrize("unclosed", ["<a ", "<!--", "<?", "</b ", "<a title='"])
def test_a_page_of_tags_that_are_never_closed_is_refused_soon(unclosed: str) -> None:
    # Ten times as many would take a hundred times as long, did the parser look through the rest again and again.
    with pytest.raises(ValueError, match="never closed"):
        text_of(f"<p>We agreed.{unclosed * 3000}".encode())


def test_a_long_page_is_read_to_its_end() -> None:
    sentence = "We agreed to build a port & a road. "

    assert text_of(f"<p>{sentence * 9000}R&D".encode()) == f"{sentence * 9000}R&D"


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        text = text_of(content)
    except ValueError:
        return
    assert "\x00" not in text
