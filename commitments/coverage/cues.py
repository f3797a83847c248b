"""Cues: the words of a sentence that say what kind of act it is, and which of them carry it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from commitments.codelists import Classification, Strength

# Ranked: where several cues carry a sentence, the first of these classes wins.
PRECEDENCE = (
    Classification.COMMITMENT,
    Classification.REQUEST,
    Classification.REAFFIRMATION,
    Classification.ADVOCACY,
    Classification.TOPIC,
    Classification.POSITION,
    Classification.CONTEXT,
)
# Letters and signs that are written in two ways, one for one so that places stay.
# Besides, letters of other forms that a search without regard to case takes for ours, and no list of ours knows.
_ONE_WAY = str.maketrans(
    "ёЁ’‘ʼ\u00a0\u202f\u2011\u017f\u0131\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86", "еЕ'''  -siвдосттъ"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that mark a class. Among rules that match the same words, the one that stands first counts."""

    name: str
    classification: Classification
    strength: Strength | None
    pattern: re.Pattern[str]
    reason: Promise | str
    # The words count only after somebody who can act: “will” alone also tells what is expected to happen.
    needs_actor: bool = False
    # The words do not count after somebody who can act: “this will help” tells an effect, “we will help” does not.
    yields_to_actor: bool = False
    # What such words tell of earlier days is history (“last year it pledged …”).
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule, and the words that it matched."""

    rule: Rule
    start: int
    end: int
    words: str


def plain(text: str) -> str:
    """The text with one form for each letter, as long as before."""
    return text.translate(_ONE_WAY)


def find(text: str, rules: Sequence[Rule], holds: Callable[[Rule, str], bool]) -> list[Cue]:
    """The cues of a plain text in their order, none over another; `holds` is asked of a rule and what stands before."""
    taken: list[Cue] = []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            is_free = all(end <= other.start or start >= other.end for other in taken)
            if is_free and holds(rule, text[:start]):
                taken.append(Cue(rule, start, end, match.group().strip()))
    return sorted(taken, key=lambda cue: cue.start)


# A new clause with its own verb: “and will also”, “; the Sides agreed”, «, а также договорились».
_NEW_CLAUSE = re.compile(
    r"(?:[;,]|\b(?:and|but|while|whereas|where|и|но|а также|при этом)\b)"
    r"(?P<between>(?:\s+(?:and|but|и|а также))?(?:\s+[\w'.+-]+){0,5})\s*$",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:that|which|who|whose|whom|to|how|whether|what|что|чтобы|котор\w+|чей|чья)\b", re.I)
_RELATIVE = re.compile(r"\b(?:which|who|whose|котор\w+)\s+(?:[\w'-]+\s+){0,2}$", re.IGNORECASE)
_LOOK_BACK = 120


def carrying(text: str, cues: Sequence[Cue]) -> list[Cue]:
    """The cues that carry the sentence: the first, and those of later clauses that hang on none before them.

    “We welcome the plan to …” is carried by its welcome; “thanked … and pledged …” by both.
    """
    main: list[Cue] = []
    for cue in cues:
        before = text[max(0, cue.start - _LOOK_BACK) : cue.start]
        if _RELATIVE.search(before):
            continue
        governing = [other for other in main if other.rule.classification != Classification.CONTEXT]
        if not governing or _begins_a_clause(text[max(governing[-1].end, cue.start - _LOOK_BACK) : cue.start]):
            main.append(cue)
    return main


def _begins_a_clause(between: str) -> bool:
    found = _NEW_CLAUSE.search(between)
    return found is not None and not _SUBORDINATE.search(found["between"])


def strongest(cues: Sequence[Cue]) -> Cue | None:
    """Of the cues that carry a sentence, the first one of the class that comes first in `PRECEDENCE`."""
    return min(cues, key=lambda cue: PRECEDENCE.index(cue.rule.classification), default=None)
