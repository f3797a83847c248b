"""How looks of Lighthouse are judged. The looks themselves take minutes: `make check-trust`."""

from collections.abc import Iterator

import pytest

from tests.trust import lighthouse
from tests.trust.lighthouse import GOALS, Scores

PERFECT = dict.fromkeys(GOALS, 100)
SLOW = {**PERFECT, "performance": 60}
FAULTY = dict.fromkeys(GOALS, 50)


def looks(monkeypatch: pytest.MonkeyPatch, *given: Scores) -> Iterator[Scores]:
    coming = iter(given)
    monkeypatch.setattr(lighthouse, "scores", lambda _url, is_hidden, into: next(coming))
    return coming


def test_one_look_is_enough_for_a_page_that_meets_every_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    left = looks(monkeypatch, PERFECT, FAULTY)

    assert lighthouse.judged("https://a.example/", is_hidden=False) == PERFECT
    assert list(left) == [FAULTY]


def test_of_a_page_that_misses_one_the_middle_of_three_looks_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    looks(monkeypatch, SLOW, PERFECT, PERFECT)
    assert lighthouse.judged("https://a.example/", is_hidden=False) == PERFECT

    looks(monkeypatch, SLOW, PERFECT, SLOW)
    assert lighthouse.judged("https://a.example/", is_hidden=False) == SLOW


def test_it_is_met_by_every_page_and_where_the_planted_page_misses_every_goal() -> None:
    assert lighthouse.row({"home": PERFECT, "map": PERFECT}, FAULTY).met
    short = lighthouse.row({"home": PERFECT, "map": SLOW}, FAULTY)
    assert not short.met
    assert "1 of 2 pages meet all" in short.measured
    assert "short: map" in short.measured
    assert not lighthouse.row({"home": PERFECT}, {**FAULTY, "seo": 100}).met
    assert not lighthouse.row({}, FAULTY).met
