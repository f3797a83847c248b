"""By which rule tries become health."""

import datetime as dt

import pytest

from commitments.codelists import LinkHealth, LinkOutcome
from commitments.links import Health, Try, health_after

OUTCOMES = {
    "+": LinkOutcome.ANSWERED,
    "4": LinkOutcome.NOT_FOUND,
    "-": LinkOutcome.NO_ANSWER,
    "r": LinkOutcome.REFUSED,
    "n": LinkOutcome.NOT_TRIED,
}
FIRST = dt.date(2026, 3, 1)


def history(text: str) -> Health:
    """The health after a try a day, each a letter; letters within brackets fall on one day."""
    tries: list[Try] = []
    said, day, within = Health(LinkHealth.UNCHECKED), FIRST, False
    for letter in text:
        if letter in "()":
            within = letter == "("
            day += dt.timedelta(days=0 if within else 1)
            continue
        tries.append(Try(day, OUTCOMES[letter]))
        said = health_after(tries, said)
        day += dt.timedelta(days=0 if within else 1)
    return said


@pytest.mark.parametrize(
    ("text", "health", "since"),
    [
        ("+", LinkHealth.OK, None),
        ("4", LinkHealth.UNREACHABLE, None),
        ("-", LinkHealth.UNREACHABLE, None),
        ("r", LinkHealth.UNREACHABLE, None),
        ("n", LinkHealth.UNCHECKED, None),
        ("44", LinkHealth.GONE, 0),
        ("+44", LinkHealth.GONE, 1),
        ("(44)", LinkHealth.UNREACHABLE, None),
        ("--", LinkHealth.UNREACHABLE, None),
        ("---", LinkHealth.GONE, 0),
        ("(---)", LinkHealth.UNREACHABLE, None),
        ("-4-", LinkHealth.GONE, 0),
        ("-4", LinkHealth.UNREACHABLE, None),
        ("4+4", LinkHealth.UNREACHABLE, None),
        ("--+-", LinkHealth.UNREACHABLE, None),
        ("4+", LinkHealth.OK, None),
        ("rrrr", LinkHealth.UNREACHABLE, None),
        ("4r4", LinkHealth.GONE, 0),
        ("4n4", LinkHealth.GONE, 0),
        ("+n", LinkHealth.OK, None),
        ("44n", LinkHealth.GONE, 0),
        ("444", LinkHealth.GONE, 0),
        ("44+", LinkHealth.OK, None),
        ("44+4", LinkHealth.UNREACHABLE, None),
        ("44r", LinkHealth.GONE, 0),
    ],
)
def test_an_address_is_gone_only_after_failures_on_different_days(
    text: str, health: LinkHealth, since: int | None
) -> None:
    day = None if since is None else FIRST + dt.timedelta(days=since)

    assert history(text) == Health(health, day)


@pytest.mark.parametrize("letters", ["+", "4", "---", "44", "+++"])
def test_what_an_editor_called_gone_stays_gone(letters: str) -> None:
    said = Health(LinkHealth.GONE, dt.date(2025, 2, 1))
    tries: list[Try] = []
    for number, letter in enumerate(letters):
        tries.append(Try(FIRST + dt.timedelta(days=number), OUTCOMES[letter]))
        assert health_after(tries, said) == said
