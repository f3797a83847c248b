"""Who is named in a sentence: countries, blocs and bodies by name, and those who speak for all (“we”, «стороны»)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale

from commitments.search.words import words

LONGEST_NAME = 8  # words
TERRITORY_CODE_LENGTH = 2

# Beside the names of countries that come with the locale data.
ALIASES: dict[str, tuple[str, ...]] = {
    "US": ("U.S.", "USA", "United States of America", "American", "США", "Соединённые Штаты Америки", "американский"),
    "GB": ("U.K.", "Britain", "British", "Великобритания"),
    "RU": ("Russian Federation", "Российская Федерация", "российский"),
    "CN": ("People's Republic of China", "Chinese", "КНР", "китайский"),
    "KG": ("Kyrgyz Republic", "Кыргызская Республика", "Кыргызстан"),
    "KZ": ("Kazakh", "Республика Казахстан", "казахстанский"),
    "UZ": ("Uzbek", "узбекский"),
    "TJ": ("Tajik", "таджикский"),
    "TM": ("Turkmen", "туркменский"),
    "TR": ("Turkey", "Türkiye", "Turkish", "Турция"),
    "KR": ("Republic of Korea",),
    "EU": ("European Union", "EU", "Европейский союз", "ЕС"),
    "UN": ("United Nations", "UN", "ООН", "Организация Объединённых Наций"),
    "bodies:world-bank": ("World Bank", "Всемирный банк"),
    "bodies:imf": ("International Monetary Fund", "IMF", "МВФ"),
    "bodies:wto": ("World Trade Organization", "WTO", "ВТО"),
    "bodies:who": ("World Health Organization", "ВОЗ"),
    "bodies:g7": ("G7", "Group of Seven", "Большая семёрка"),
    "bodies:g20": ("G20", "Group of Twenty"),
    "bodies:sco": ("SCO", "Shanghai Cooperation Organisation", "Shanghai Cooperation Organization", "ШОС"),
    "bodies:asean": ("ASEAN", "АСЕАН"),
    "bodies:brics": ("BRICS", "БРИКС"),
    "bodies:cis": ("Commonwealth of Independent States", "СНГ"),
    "bodies:osce": ("OSCE", "ОБСЕ"),
    "bodies:african-union": ("African Union", "Африканский союз"),
}
# Babel's regions that are no actors at a summit: they are two letters too.
_NOT_ACTORS = frozenset({"EZ", "QO", "XA", "XB", "ZZ", "UN", "EU", "AQ", "IO", "CP", "DG", "EA", "IC", "AC", "TA"})
# Names that are words: Georgia and Jordan stay, but not these in the middle of a sentence in small letters.
_COLLECTIVE = re.compile(
    r"\b(?:we|our|the\s+(?:(?:two|three|four|five|six|seven)\s+)?(?:leaders|sides|parties|participants|presidents|"
    r"heads\s+of\s+(?:state|government|delegations?)|ministers|countries|members)|both\s+(?:sides|countries|parties|"
    r"leaders)|(?:two|all)\s+(?:governments|countries|sides|leaders|parties)|мы|наш\w*|сторон[аы]|главы\s+государств|"
    r"лидеры|участники|обе\s+стороны|президенты|министры)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a text: the key of who it is, the words, and where they stand."""

    key: str
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Names to look for, by their stems, each with the key of whom it names."""

    names: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    @classmethod
    def of(cls, named: Iterable[tuple[str, str]]) -> "Lexicon":
        """From pairs of a key and one of its names. Of two with the same name, the first keeps it."""
        names: dict[tuple[str, ...], str] = {}
        for key, name in named:
            stems = tuple(word.stem for word in words(name))
            if stems and len(stems) <= LONGEST_NAME:
                names.setdefault(stems, key)
        return cls(names)

    def mentions(self, text: str) -> list[Mention]:
        """Who is named in the text, the longest name first where several begin at one word."""
        found: list[Mention] = []
        inside = list(words(text))
        at = 0
        while at < len(inside):
            for length in range(min(LONGEST_NAME, len(inside) - at), 0, -1):
                key = self.names.get(tuple(word.stem for word in inside[at : at + length]))
                start, end = inside[at].start, inside[at + length - 1].end
                if key is not None and any(character.isupper() for character in text[start:end]):
                    found.append(Mention(key, text[start:end], start, end))
                    at += length - 1
                    break
            at += 1
        return found


@lru_cache(maxsize=1)
def everyone() -> Lexicon:
    """Every country in English and Russian, and the bodies of `ALIASES`."""
    named = [(key, name) for key, names in ALIASES.items() for name in names]
    for language in ("en", "ru"):
        for code, name in Locale(language).territories.items():
            if len(code) == TERRITORY_CODE_LENGTH and code.isalpha() and code not in _NOT_ACTORS:
                named.append((code, str(name)))
    # “US” and “us” have one stem; capital letters tell them apart in `mentions`.
    return Lexicon.of([*named, ("US", "US"), ("GB", "UK")])


def collective(text: str) -> re.Match[str] | None:
    """The first words of a plain text that mean all who are at the table."""
    return _COLLECTIVE.search(text)
