"""What a sentence shows: its cues, its actors, its deadline, its sums, and what weakens it."""

import datetime as dt
import re
from dataclasses import dataclass, field

from commitments.coverage import actors, amounts, cues, deadlines, english, russian
from commitments.coverage.actors import Lexicon, Mention
from commitments.coverage.amounts import Money
from commitments.coverage.cues import Cue
from commitments.coverage.deadlines import Deadline

# A “sentence” beyond this is no sentence; only its beginning is read.
LONGEST_READ = 4000
GRAMMARS = {"en": english.GRAMMAR, "ru": russian.GRAMMAR}

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class Signals:
    """Everything that the rules found in one sentence."""

    language: str
    carrying: list[Cue] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    collective: str = ""
    deadline: Deadline | None = None
    amounts: list[Money] = field(default_factory=list)
    hedge: str = ""
    is_preamble: bool = False

    @property
    def names_an_actor(self) -> bool:
        return bool(self.collective or self.mentions)


def read(text: str, *, reference: dt.date | None = None, lexicon: Lexicon | None = None) -> Signals:
    """The signals of one sentence. `reference` is the day of the document, for “next year” and the like."""
    plain = cues.plain(text[:LONGEST_READ])
    language = language_of(plain)
    rules = GRAMMARS[language]
    found = cues.find(plain, rules.rules, rules.holds)
    is_history = rules.earlier.search(plain) is not None
    carrying = cues.carrying(plain, [cue for cue in found if not (is_history and cue.rule.is_past)])
    together = actors.collective(plain)
    hedge = rules.hedges.search(plain)
    return Signals(
        language=language,
        carrying=carrying,
        mentions=(lexicon or actors.everyone()).mentions(plain),
        collective=together.group() if together else "",
        deadline=deadlines.find(plain, reference),
        amounts=amounts.find(plain),
        hedge=hedge.group() if hedge else "",
        is_preamble=rules.preamble.match(plain) is not None,
    )


def language_of(text: str) -> str:
    """`ru` where most letters are Cyrillic, else `en`."""
    return "ru" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"
