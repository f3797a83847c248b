"""What somebody typed into the search box, as terms.

Words are joined by AND. `"a phrase"` wants its words side by side, `-word` and `-"a phrase"` want them absent, `begin*`
wants a word that begins so. Words joined by a hyphen and the like (C51-2023-01, C5+1) are a phrase. All else is words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commitments.search.stopwords import STOP_WORDS
from commitments.search.words import WITHIN_WORDS, Word, stem, words

# Enough for a whole title; more would only cost time.
MOST_WORDS = 64

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_JOINERS = r"\-‐‑–−+.'’_&@"
_TERM = re.compile(
    rf"""
    (?: (?<!\S) (?P<minus>-) )?
    (?: "(?P<phrase>[^"]*)"
      | (?P<word> \w (?: [\w{WITHIN_WORDS}] | [{_JOINERS}](?=\w) )* ) (?P<star>\*)?
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words side by side: the stems of whole words, then perhaps the beginning of one more."""

    stems: tuple[str, ...]
    beginning: str = ""

    def size_at(self, found: Sequence[Word], position: int) -> int:
        """How many of the words from a position on are this term; 0 when it does not begin there."""
        size = len(self.stems) + bool(self.beginning)
        if len(found) - position < size:
            return 0
        if any(found[position + place].stem != wanted for place, wanted in enumerate(self.stems)):
            return 0
        return 0 if self.beginning and not self._begins(found[position + size - 1]) else size

    def _begins(self, word: Word) -> bool:
        # Whoever typed a whole word before the star finds its other forms too.
        return (
            word.folded.startswith(self.beginning)
            or word.stem.startswith(self.beginning)
            or word.stem == stem(self.beginning)
        )


@dataclass(frozen=True, slots=True)
class Query:
    """The terms that must be there and those that must not. `is_cut`: it had more words than are searched for."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to search for."""
        return not self.wanted and not self.unwanted


@dataclass(frozen=True, slots=True)
class _Typed:
    term: Term
    is_wanted: bool
    is_common: bool


def parse(text: str) -> Query:
    """The query that a text asks for. Any text will do: what cannot be searched for is left out."""
    typed, is_cut = _first_words(_typed(text))
    # Common words count only where there is nothing else.
    typed = [one for one in typed if not one.is_common] or typed
    return Query(
        wanted=tuple(dict.fromkeys(one.term for one in typed if one.is_wanted)),
        unwanted=tuple(dict.fromkeys(one.term for one in typed if not one.is_wanted)),
        is_cut=is_cut,
    )


def _typed(text: str) -> Iterator[_Typed]:
    for match in _TERM.finditer(text.translate(_QUOTES)):
        found = list(words(match["phrase"] or match["word"] or ""))
        if not found:
            continue
        is_common = match["word"] is not None and len(found) == 1 and found[0].folded in STOP_WORDS
        if match["star"]:
            term = Term(tuple(word.stem for word in found[:-1]), beginning=found[-1].folded)
            is_common = False
        else:
            term = Term(tuple(word.stem for word in found))
        yield _Typed(term, is_wanted=not match["minus"], is_common=is_common)


def _first_words(typed: Iterator[_Typed]) -> tuple[list[_Typed], bool]:
    kept: list[_Typed] = []
    left = MOST_WORDS
    for one in typed:
        size = len(one.term.stems) + bool(one.term.beginning)
        if size > left:
            return kept, True
        kept.append(one)
        left -= size
    return kept, False
