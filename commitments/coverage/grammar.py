"""What one language says at summits: its rules, and the words that they rest on."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise

from commitments.codelists import Classification, Strength
from commitments.coverage import actors
from commitments.coverage.cues import Rule

LONGEST_BETWEEN = 3  # words between a subject and its verb
_LOOK_BACK = 400
_AFTER_A_PREPOSITION = re.compile(
    r"\b(?:of|between|among|for|by|with|to|in|from|across|against|между|для|с|из|от|в)\s+(?:[\w'-]+\s+){0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Grammar:
    """The rules of a language in the order in which they are tried, and its words for actors, times and doubts."""

    rules: tuple[Rule, ...]
    # Those who can act, as common nouns and pronouns.
    actors: re.Pattern[str]
    # A name that stands as the subject right before its verb.
    named_subject: re.Pattern[str]
    # What was before: with a past tense, it makes history of a promise.
    earlier: re.Pattern[str]
    hedges: re.Pattern[str]
    # A clause that only says what is borne in mind.
    preamble: re.Pattern[str]

    def holds(self, rule: Rule, before: str) -> bool:
        """Whether the words of a rule count after `before`."""
        before = before[-_LOOK_BACK:]
        if rule.needs_actor:
            named = self.actors.search(before) or self.named_subject.search(before)
            return bool(named or actors.everyone().mentions(before))
        return not (rule.yields_to_actor and self._ends_with_an_actor(before))

    def _ends_with_an_actor(self, before: str) -> bool:
        """Whether the subject right before is somebody: “the Sides”, “the United States”; not “trade of the Sides”."""
        named = [(one.start, one.end) for one in actors.everyone().mentions(before)]
        spans = [match.span() for match in self.actors.finditer(before)] + named
        start, end = max(spans, key=lambda span: (span[1], -span[0]), default=(0, -1))
        if end < 0 or len(before[end:].split()) > LONGEST_BETWEEN:
            return False
        return _AFTER_A_PREPOSITION.search(before[:start]) is None


def rule(
    name: str,
    classification: Classification,
    strength: Strength | None,
    pattern: str,
    reason: Promise | str,
    *,
    needs_actor: bool = False,
    yields_to_actor: bool = False,
    is_past: bool = False,
) -> Rule:
    """A rule of a table. In its pattern a space stands for any white space."""
    compiled = re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)
    return Rule(name, classification, strength, compiled, reason, needs_actor, yields_to_actor, is_past)


def words(pattern: str) -> re.Pattern[str]:
    """A pattern in which a space stands for any white space, in capitals or not."""
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)
