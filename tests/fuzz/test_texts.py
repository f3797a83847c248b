"""Any text at all, given to what reads texts: dates, searches, addresses, communiqués, Markdown, codes."""

import datetime as dt
import re
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commitments import source_urls
from commitments.coverage import sentences
from commitments.public.converters import CodeConverter
from commitments.search.query import parse
from commitments.templatetags.pages import rich_text
from commitments.uncertain_dates import UncertainDate
from tests.fuzz.bounds import TEXTS

ANY = st.text(max_size=80)
NEAR_DATES = st.from_regex(
    r"[0-9Q]{0,4}[-. ]{0,2}([0-9]{1,2}|Q[0-9]|[A-Za-z]{3,9})[-. ]{0,2}[0-9]{0,4}", fullmatch=True
)
NEAR_ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "HTTPS://", "https://www.", "//", "javascript:", "", "http://[", "mailto:"]),
    st.text(alphabet="aA.-:@[]%/ é", max_size=12),
    st.sampled_from(["", "/", ":80", ":443/", ":99999", "/a/b"]),
    st.text(alphabet="?&=utm_source#ab%2", max_size=20),
)
PIECES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
    "[a](data:text/html,b)", "<!--", "\n\n", "a",
    "<a href='vbscript:a'>", "![a](http://b)", "**", "`", "> ", "- ", "[a]: javascript:b\n\n[a]", "&lt;",
    "<svg/onload=a>", "[a](JaVa\tScRiPt:b)", "[a](\x01javascript:b)", "<http://a>", "<javascript:a>",
    "\\", "\x00", "]]>",
)  # fmt: skip
MARKDOWN = st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=8).map("".join)
PROSE = st.lists(
    st.sampled_from(
        ["We will act. ", "U.S. ", "1. ", "• ", "\n", "\n\n", "(a. b) ", "“We agree.” ", "e.g. ", "Title", ": ", "…"]
    )
    | st.text(max_size=12),
    max_size=14,
).map("".join)
ALLOWED = {"p", "em", "strong", "ul", "ol", "li", "a", "code", "blockquote", "br"}


@TEXTS
@given(ANY | NEAR_DATES)
@example("31.02.2023")
@example("0000")
@example("٢٠٢٣")
def test_a_date_is_read_or_refused_with_a_reason(text: str) -> None:
    found, reason = None, ""
    try:
        found = UncertainDate.parse(text)
    except ValueError as error:
        reason = str(error)

    if found is None:
        assert f"“{text}”" in reason
    else:
        assert UncertainDate.of(found.end, found.precision) == found
        assert dt.timedelta(0) <= found.end - found.start < dt.timedelta(days=366)


@TEXTS
@given(ANY)
@example('"" - -"" -a "b')
def test_a_search_says_what_it_looks_for(text: str) -> None:
    query = parse(text)

    terms = [*query.wanted, *query.unwanted]
    assert query.is_empty == (not terms)
    assert len(set(query.wanted)) == len(query.wanted)
    # What is looked for are words, whatever stood around them: nothing of a query language gets through.
    for term in terms:
        for word in (*term.stems, term.beginning):
            assert not set(word) & set("\"'()*:&|!<>\\ \x00"), word


@TEXTS
@given(ANY | NEAR_ADDRESSES)
@example("http://[::1")
def test_an_address_has_one_form_and_keeps_it(text: str) -> None:
    once = source_urls.normalise(text)

    assert source_urls.normalise(once) == once
    assert source_urls.identity(once) == source_urls.identity(text)
    host = source_urls.identity(text)[0].partition("/")[0]
    assert not host.startswith("www.www.") or "www.www." in text.lower()


@TEXTS
@given(PROSE)
def test_every_word_of_a_text_is_in_one_sentence_in_its_place(text: str) -> None:
    found = sentences.split(text)

    assert all(one.text == text[one.start : one.end] and one.text.strip() for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    outside = text
    for one in reversed(found):
        outside = outside[: one.start] + outside[one.end :]
    assert outside.strip() == ""
    assert [one.place for one in found] == sorted({one.place for one in found})


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def unsafe(html: str) -> list[str]:
    """The tags, attributes and schemes in it that Markdown may not make."""
    parser = _Tags()
    parser.feed(html)
    wrong = []
    for tag, attributes in parser.found:
        wrong += [tag] if tag not in ALLOWED else []
        wrong += [name for name, _value in attributes if (tag, name) not in {("a", "href"), ("a", "rel")}]
        for value in (value or "" for name, value in attributes if name == "href"):
            scheme = urlsplit(re.sub(r"[\x00-\x20]", "", value)).scheme
            wrong += [value] if scheme not in ("", "http", "https", "mailto") else []
    return wrong


@TEXTS
@given(MARKDOWN)
def test_markdown_makes_nothing_that_runs(text: str) -> None:
    assert unsafe(rich_text(text)) == []


@pytest.mark.parametrize(
    "planted", ["<script>a</script>", "<p onclick='a'>", "<a href='java\tscript:a'>", "<img src=a>"]
)
def test_what_would_run_would_be_found(planted: str) -> None:
    assert unsafe(planted)


@TEXTS
@given(ANY | st.from_regex(r"[A-Za-z0-9-]{1,12}", fullmatch=True))
def test_a_code_in_an_address_is_letters_and_digits_with_hyphens_between(text: str) -> None:
    is_code = re.fullmatch(CodeConverter.regex, text) is not None

    plain = text.replace("-", "")
    expected = bool(plain) and plain.isascii() and plain.isalnum() and "" not in text.split("-")
    assert is_code == expected
