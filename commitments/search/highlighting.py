"""Marking in a text the words that a search found it by."""

from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from commitments.search.query import Term, parse
from commitments.search.words import Word, words

ELLIPSIS = "…"
# How much of an excerpt stands before its first hit.
_LEAD = 4

type Span = tuple[int, int]


def highlight(text: str, query: str, length: int | None = None) -> SafeString:
    """The text as HTML, escaped, with `<mark>` around what the query asks for.

    With a `length` in characters, an excerpt around the first hit, cut between words.
    """
    spans = _hits(list(words(text)), parse(query).wanted)
    start, end = _excerpt(text, spans[0] if spans else (0, 0), length)
    before, after = ELLIPSIS * (start > 0), ELLIPSIS * (end < len(text))
    return conditional_escape(before) + _marked(text, spans, start, end) + conditional_escape(after)


def _hits(found: Sequence[Word], terms: Sequence[Term]) -> list[Span]:
    """Where the text holds one of the terms, in order and without overlaps."""
    hits: list[Span] = []
    for position, word in enumerate(found):
        if hits and word.start < hits[-1][1]:
            continue
        sizes = [size for term in terms if (size := term.size_at(found, position))]
        if sizes:
            hits.append((word.start, found[position + max(sizes) - 1].end))
    return hits


def _excerpt(text: str, first: Span, length: int | None) -> Span:
    if length is None or len(text) <= length:
        return 0, len(text)
    start = max(0, min(first[0] - length // _LEAD, len(text) - length))
    end = start + length
    if start > 0:
        # To the next word, unless that would cut the hit.
        space = text.find(" ", start, first[0])
        start = space + 1 if space != -1 else start
    if end < len(text):
        space = text.rfind(" ", first[1], end)
        end = space if space != -1 else end
    return start, end


def _marked(text: str, spans: Sequence[Span], start: int, end: int) -> SafeString:
    pieces = []
    place = start
    for hit_start, hit_end in spans:
        if start <= hit_start and hit_end <= end:
            pieces.append(format_html("{}<mark>{}</mark>", text[place:hit_start], text[hit_start:hit_end]))
            place = hit_end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[place:end]]))
