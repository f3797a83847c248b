"""A text into its paragraphs and sentences, with their numbers and where they stand. English and Russian.

Together the sentences hold every character of the text but the white space between them. A heading and an item of a
list are paragraphs of their own; an item remembers the sentence that leads into its list (“We commit to:”).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from commitments.coverage import abbreviations

LONGEST_HEADING = 12  # words
LONGEST_WRAPPED_LINE = 120
LONGEST_BRACKET = 400

_MARKER = re.compile(
    r"\s*(?:[•·▪●◦‣∙*\-–—]\s+|§\s*\d+\.?\s+|\(?\d{1,3}(?:\.\d{1,3})*[.)]\s+|\d{1,3}\.(?:\d{1,3}\.?)+\s+"
    r"|\(?[a-zа-я][.)]\s+|\(?[ivx]{1,5}[.)]\s+|\(?[IVX]{1,5}[.)]\s+)"
)
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CLOSING = "\"'”’»)]"
_STOP = re.compile(rf"[.!?…]+[{re.escape(_CLOSING)}]*(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘„«(\[–—-]*\s*(?P<first>[^\W_])(?P<word>[^\W_]*)")
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.){1,4}$|[^\W_]+\.$")
_ENDS = re.compile(rf"[.!?…:;,][{re.escape(_CLOSING)}]*\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its paragraph and its place in it, both from 1, and where it stands in the text."""

    paragraph: int
    number: int
    start: int
    end: int
    text: str
    is_heading: bool = False
    is_item: bool = False
    lead: str = ""

    @property
    def place(self) -> tuple[int, int]:
        return self.paragraph, self.number

    @property
    def body(self) -> str:
        """The sentence without the bullet or number that it begins with."""
        marker = _MARKER.match(self.text)
        return self.text[marker.end() :] if marker and self.number == 1 else self.text

    @property
    def whole(self) -> str:
        """What it says: an item of a list says what its lead begins."""
        return f"{self.lead.rstrip().removesuffix(':')} {self.body}" if self.lead else self.body


type Span = tuple[int, int]


def split(text: str) -> list[Sentence]:
    """The sentences of a text in their order. Takes time in proportion to its length."""
    found: list[Sentence] = []
    lead = ""
    for number, (start, end) in enumerate(_paragraphs(text), 1):
        is_item = _MARKER.match(text, start, end) is not None
        belongs = bool(lead) and (is_item or text[start].islower())
        lead = lead if belongs else ""
        spans = list(_sentences(text, start, end))
        is_heading = not belongs and len(spans) == 1 and _is_heading(text[start:end])
        for place, (first, last) in enumerate(spans, 1):
            # The sentences after an item's first stand by themselves.
            leads = lead if place == 1 else ""
            found.append(Sentence(number, place, first, last, text[first:last], is_heading, is_item or belongs, leads))
        if text[end - 1] == ":" and not belongs:
            lead = found[-1].body
    return found


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _paragraphs(text: str) -> Iterator[Span]:
    """Where each paragraph stands, without the white space around it."""
    for block in _blocks(text):
        if not _is_wrapped(text, block):
            yield from block
            continue
        start, end = block[0]
        for first, last in block[1:]:
            if _MARKER.match(text, first, last):
                yield start, end
                start = first
            end = last
        yield start, end


def _blocks(text: str) -> Iterator[list[Span]]:
    """Lines that no empty line parts, as the places of what they hold."""
    block: list[Span] = []
    last_end = 0
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        if not stripped:
            continue
        start = line.start() + line.group().index(stripped)
        if block and len(_BREAK.findall(text, last_end, start)) > 1:
            yield block
            block = []
        last_end = start + len(stripped)
        block.append((start, last_end))
    if block:
        yield block


def _is_wrapped(text: str, block: list[Span]) -> bool:
    """Whether the lines were broken to a width, as in a text file: most of them end in mid-sentence."""
    if len(block) == 1 or any(end - start > LONGEST_WRAPPED_LINE for start, end in block):
        return False
    open_ends = sum(
        not _ENDS.search(text, max(before[0], before[1] - 10), before[1])
        and not _MARKER.match(text, after[0], after[1])
        and before[1] - before[0] > LONGEST_WRAPPED_LINE // 3
        for before, after in pairwise(block)
    )
    return open_ends * 2 >= len(block) - 1


def _is_heading(text: str) -> bool:
    """A short line that ends as no sentence does, or is all in capitals."""
    if len(text) > 2 * LONGEST_WRAPPED_LINE:
        return False
    marker = _MARKER.match(text)
    # Bullets begin items; headings may be numbered.
    if marker and not any(character.isalnum() for character in marker.group()):
        return False
    words = text.split()
    return text.isupper() or (len(words) <= LONGEST_HEADING and not _ENDS.search(text))


# --- sentences --------------------------------------------------------------------------------------------------------


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    marker = _MARKER.match(text, start, end)
    search_from = marker.end() if marker else start
    brackets = _Brackets(text, end)
    for stop in _STOP.finditer(text, search_from, end):
        if stop.end() < end and _ends_a_sentence(text, start, stop, end) and not brackets.open_at(stop.end()):
            yield start, stop.end()
            start = stop.end()
            while text[start].isspace():
                start += 1
            brackets = _Brackets(text, end, start)
    yield start, end


def _ends_a_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, stop.end(), end)
    if following is None:
        # Signs only, or the end: a sentence ends where something is said after it.
        return False
    if following["first"].islower():
        return False
    if stop.group()[0] != "." or stop.group().startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(start, stop.start() - 30), stop.start() + 1)
    if before is None:
        return True
    starts_anew = (following["first"] + following["word"]).lower() in abbreviations.STARTERS
    return abbreviations.may_end_a_sentence(before.group(), starts_anew, following["first"].isdigit())


class _Brackets:
    """Whether a place lies in round brackets that are soon closed. Places are asked for in their order."""

    def __init__(self, text: str, end: int, start: int = 0) -> None:
        self.text, self.end, self.read, self.opened = text, end, start, -1

    def open_at(self, place: int) -> bool:
        last_open = self.text.rfind("(", self.read, place)
        last_close = self.text.rfind(")", self.read, place)
        self.read = place
        if last_open > last_close:
            self.opened = last_open
        elif last_close >= 0:
            self.opened = -1
        if self.opened < 0 or place - self.opened > LONGEST_BRACKET:
            return False
        return self.text.find(")", place, min(self.end, place + LONGEST_BRACKET)) >= 0
