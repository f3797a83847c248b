"""What a sentence may be: a class with its strength, why, how sure, and what a record of it would begin with.

A proposal is for an editor to accept or not; nothing follows from it by itself.
"""

import datetime as dt
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.codelists import RECORD_CLASSIFICATIONS, Classification, Strength
from commitments.coverage import cues, signals
from commitments.coverage.actors import Lexicon
from commitments.coverage.cues import Cue
from commitments.coverage.sentences import Sentence
from commitments.coverage.signals import Signals

# How sure a proposal is, of a hundred: where it begins by class, and what adds to or takes from it.
BASE_SCORES = {
    Classification.COMMITMENT: 55,
    Classification.REQUEST: 55,
    Classification.REAFFIRMATION: 65,
    Classification.ADVOCACY: 55,
    Classification.TOPIC: 60,
    Classification.POSITION: 60,
    Classification.CONTEXT: 60,
}
FOR_AN_ACTOR = 15
FOR_A_DEADLINE = 15
FOR_A_SUM = 10
FOR_A_HEDGE = -15
FOR_NO_ACTOR = -15
WITHOUT_A_CUE = 35
HIGHEST = 95
LOWEST = 5

# As far into an item as its own verb may stand: “Also calls upon …”.
LONGEST_OPENING = 12  # characters

# What a clause that begins as a preamble does may still be done in it: “Recalling …, we agreed …;”.
ACTS = (Classification.COMMITMENT, Classification.REQUEST, Classification.ADVOCACY)

# Where the codelist leaves the strength open, the one that an editor most likely means.
USUAL_STRENGTHS = {
    Classification.COMMITMENT: Strength.COMMITTED,
    Classification.REQUEST: Strength.REQUESTED,
    Classification.REAFFIRMATION: Strength.REAFFIRMED,
    Classification.ADVOCACY: Strength.ADVOCATED,
    Classification.TOPIC: Strength.DISCUSSED,
}


@dataclass(frozen=True)
class Proposal:
    """What the rules make of one sentence."""

    classification: Classification
    strength: Strength | None
    score: int
    reasons: list[str]
    signals: Signals
    verb: str = ""
    # Where the verb stands in the sentence (`Sentence.whole`).
    verb_at: int = 0
    # Where the sentence holds several undertakings: the pieces it may be split into.
    parts: list[str] = field(default_factory=list)

    @property
    def is_record(self) -> bool:
        """Whether it would become a record of its own."""
        return self.classification in RECORD_CLASSIFICATIONS


def propose(sentence: Sentence, *, reference: dt.date | None = None, lexicon: Lexicon | None = None) -> Proposal:
    """What a sentence may be. `reference` is the day of its document."""
    if sentence.is_heading:
        found = Signals(language=signals.language_of(sentence.text))
        return Proposal(Classification.CONTEXT, None, HIGHEST, [_("It is a heading.")], found)
    text, found = _read(sentence, reference, lexicon)
    cue = cues.strongest(found.carrying)
    if found.is_preamble and (cue is None or cue.rule.classification not in ACTS):
        reasons = [_("It is a clause of the preamble: it says what is borne in mind, and nobody acts.")]
        return Proposal(Classification.CONTEXT, None, BASE_SCORES[Classification.CONTEXT], reasons, found)
    if cue is None:
        reasons = [_("No verb in it is one of an undertaking, request, view or talk: it is taken to give context.")]
        return Proposal(Classification.CONTEXT, None, WITHOUT_A_CUE, reasons, found)
    return _by_cue(text, cue, found, is_led=text != sentence.body)


def _read(sentence: Sentence, reference: dt.date | None, lexicon: Lexicon | None) -> tuple[str, Signals]:
    """The signals of a sentence, and the text that they lie in: an item says what its lead begins.

    An item with its own actor and verb is a sentence like any other (a numbered paragraph after “agreed as follows:”),
    and so is one that begins with a verb of its own class (“1. Calls upon …; 2. Recognises …”).
    """
    own = signals.read(sentence.body, reference=reference, lexicon=lexicon)
    if not sentence.lead or (own.carrying and (own.names_an_actor or _begins_with_an_act(own))):
        return sentence.body, own
    return sentence.whole, signals.read(sentence.whole, reference=reference, lexicon=lexicon)


def _begins_with_an_act(found: Signals) -> bool:
    cue = found.carrying[0]
    return cue.start <= LONGEST_OPENING and cue.rule.classification not in (
        Classification.TOPIC,
        Classification.CONTEXT,
    )


def _by_cue(text: str, cue: Cue, found: Signals, *, is_led: bool) -> Proposal:
    classification = cue.rule.classification
    reasons = [str(cue.rule.reason) % {"words": _shown(cue)}]
    if is_led:
        reasons.append(_("It continues the sentence that leads into its list."))
    others = [other for other in found.carrying if other.rule.classification != classification]
    if others:
        words = ", ".join(f"“{_shown(other)}”" for other in others)
        reasons.append(_("It also has %(words)s, which weighs less.") % {"words": words})
    score = BASE_SCORES[classification] + _weigh(classification, found, reasons)
    parts = _parts(text, found)
    if parts:
        held = ngettext(
            "It holds %(number)d undertaking: consider one record for each.",
            "It holds %(number)d undertakings: consider one record for each.",
            len(parts),
        )
        reasons.append(held % {"number": len(parts)})
    return Proposal(
        classification,
        cue.rule.strength,
        max(LOWEST, min(HIGHEST, score)),
        reasons,
        found,
        verb=_shown(cue),
        verb_at=cue.start,
        parts=parts,
    )


def _weigh(classification: Classification, found: Signals, reasons: list[str]) -> int:
    """What actors, dates, sums and hedges add to the score of something that would be a record; the reasons grow."""
    if classification not in (Classification.COMMITMENT, Classification.REQUEST, Classification.REAFFIRMATION):
        return 0
    score = 0
    if found.names_an_actor:
        score += FOR_AN_ACTOR
        who = found.collective or ", ".join(dict.fromkeys(mention.words for mention in found.mentions))
        reasons.append(_("It names who: %(who)s.") % {"who": who})
    else:
        score += FOR_NO_ACTOR
        reasons.append(_("It names no actor that the lists know."))
    if found.deadline:
        score += FOR_A_DEADLINE
        date = found.deadline.date
        written = {"words": found.deadline.words, "date": date}
        reasons.append(
            _("It gives a date: “%(words)s” (%(date)s).") % written
            if date
            else _("It gives a time without a date: “%(words)s”.") % written
        )
    if found.amounts:
        score += FOR_A_SUM
        reasons.append(_("It names a sum: %(sums)s.") % {"sums": ", ".join(money.words for money in found.amounts)})
    if found.hedge:
        score += FOR_A_HEDGE
        reasons.append(_("“%(words)s” weakens it.") % {"words": found.hedge})
    return score


def _parts(text: str, found: Signals) -> list[str]:
    """The sentence cut before each further undertaking that carries it; empty if there is but one."""
    commitments = [cue for cue in found.carrying if cue.rule.classification == Classification.COMMITMENT]
    if len(commitments) < 2:
        return []
    starts = [0, *(_clause_start(text, before.end, cue.start) for before, cue in pairwise(commitments))]
    return [text[start:end].strip(" ,;") for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _clause_start(text: str, after: int, before: int) -> int:
    """Where the clause of the cue at `before` begins: at the last comma, semicolon or “and” since the cue before it."""
    marks = (",", ";", " and ", " but ", " и ", " но ")
    return max([after, *(text.rfind(mark, after, before) for mark in marks)])


def _shown(cue: Cue) -> str:
    words = " ".join(cue.words.split())
    return words if len(words) <= 60 else words[:59] + "…"
