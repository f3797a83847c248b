"""A text into the words it is found by. Made in Python, so that both databases index and seek the very same.

A word is a run of letters and digits, or of single letters with a point between each two (U.S. is US), folded
(compatibility forms, case, accents of Latin letters, ё to е) and stemmed: Cyrillic words as Russian, Latin ones as
English, anything with a digit or of another script not at all.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST_WORD = 64

# Marks that belong to the letter before, soft hyphens, and joiners without width.
WITHIN_WORDS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_RUN = re.compile(
    rf"""
    (?: [^\W\d_] (?: \.[^\W\d_] )+ (?![\w{WITHIN_WORDS}])
      | [^\W_] (?: [^\W_] | [{WITHIN_WORDS}] )*
    )
    (?P<genitive> \.?['’]s(?![^\W_]) )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")
_ACCENTED_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_FOLDED = {
    **dict.fromkeys([*range(0x0300, 0x0370), 0x00AD, *range(0x200B, 0x200E), 0x2060, 0xFEFF]),
    **str.maketrans("ёłøđðıħ", "еloddih"),
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("þ"): "th",
    # Letters that stand for an apostrophe, as in Oʻzbekiston: an apostrophe parts words.
    **str.maketrans("ʹʻʼʽ", "    "),
}
# Russian texts write C5+1 and B5+1 with the Cyrillic letters that look the same.
_LOOKALIKES = str.maketrans("авекмнорстух", "abekmhopctyx")
_NAME_WITH_DIGIT = re.compile(r"[авекмнорстухa-z]*\d[авекмнорстухa-z\d]*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, as folded, and its stem."""

    start: int
    end: int
    folded: str
    stem: str


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order. A sign that stands for several words (½) yields each at its own place."""
    for run in _RUN.finditer(text):
        written = run.group()
        if run["genitive"]:
            written = written[: -len(run["genitive"])]
        for folded, stemmed in _forms(written.replace(".", "")):
            yield Word(run.start(), run.end(), folded, stemmed)


@lru_cache(maxsize=2**16)
def _forms(written: str) -> tuple[tuple[str, str], ...]:
    """The words that a run stands for, each as folded and stemmed. A language has few, and they come again."""
    parts = _LETTERS_AND_DIGITS.findall(_fold(written))
    return tuple((folded, stem(folded)) for folded in (_one_alphabet(part)[:LONGEST_WORD] for part in parts))


def _fold(written: str) -> str:
    if written.isascii():
        return written.lower()
    # Casefolding takes some letters apart again: hence twice.
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written).casefold())
    return _ACCENTED_LATIN.sub(_without_accents, composed).translate(_FOLDED)


def _without_accents(letters: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFD", letters.group())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _one_alphabet(folded: str) -> str:
    return folded.translate(_LOOKALIKES) if _NAME_WITH_DIGIT.fullmatch(folded) else folded


class _Stemmers(threading.local):
    """One pair for each thread: a stemmer keeps the word it is working on."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")
        self.russian = snowballstemmer.stemmer("russian")


_stemmers = _Stemmers()


@lru_cache(maxsize=2**16)
def stem(folded: str) -> str:
    """The stem of a folded word; the word itself where no rule fits or nothing would be left."""
    if not folded.isalpha():
        return folded
    if _CYRILLIC.search(folded):
        stemmed: str = _stemmers.russian.stemWord(folded)
    elif folded.isascii():
        stemmed = _stemmers.english.stemWord(folded)
    else:
        return folded
    return stemmed or folded
