"""The rule by which tries become health.

- An answer makes the address “answers”.
- Without one it is “did not answer when last tried”, and **gone** once it was not found (404 or 410) on two different
  days, or failed (not found or no answer) on three, with no answer in between. It is gone since the first of them.
- A refusal shows that somebody is there, so it never counts towards gone, and ends nothing.
- What was not tried changes nothing.
- What an editor called gone stays gone: a page may answer with something else than the document.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commitments.codelists import LinkHealth, LinkOutcome

DAYS_NOT_FOUND = 2
DAYS_FAILED = 3
_FAILURES = (LinkOutcome.NOT_FOUND, LinkOutcome.NO_ANSWER)


@dataclass(frozen=True)
class Try:
    """One try: on which day, and what came of it."""

    day: dt.date
    outcome: LinkOutcome


@dataclass(frozen=True)
class Health:
    """What is said of an address; `gone_since` only if it is gone, and if the day is known."""

    health: LinkHealth
    gone_since: dt.date | None = None


def health_after(tries: Sequence[Try], said: Health) -> Health:
    """The health after these tries of one address, the last of which is new; `said` is what was said until then."""
    *before, last = tries
    if last.outcome == LinkOutcome.NOT_TRIED:
        return said
    if said.health == LinkHealth.GONE and _derived(before).health != LinkHealth.GONE:
        return said
    return _derived(tries)


def _derived(tries: Sequence[Try]) -> Health:
    telling = [one for one in tries if one.outcome != LinkOutcome.NOT_TRIED]
    if not telling:
        return Health(LinkHealth.UNCHECKED)
    if telling[-1].outcome == LinkOutcome.ANSWERED:
        return Health(LinkHealth.OK)
    answered = [place for place, one in enumerate(telling) if one.outcome == LinkOutcome.ANSWERED]
    run = telling[answered[-1] + 1 :] if answered else telling
    failed = {one.day for one in run if one.outcome in _FAILURES}
    not_found = {one.day for one in run if one.outcome == LinkOutcome.NOT_FOUND}
    if len(not_found) >= DAYS_NOT_FOUND or len(failed) >= DAYS_FAILED:
        return Health(LinkHealth.GONE, min(failed))
    return Health(LinkHealth.UNREACHABLE)
