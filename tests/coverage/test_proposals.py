"""What the rules make of a sentence, and how they do on the whole."""

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.codelists import Classification, Strength
from commitments.coverage.proposals import Proposal, propose
from commitments.coverage.sentences import split
from tests.benchmarks import coverage as benchmark

SENTENCES = Path(__file__).parent / "sentences.csv"
TODAY = dt.date(2026, 3, 15)


def proposed(text: str) -> Proposal:
    return propose(split(text)[-1], reference=TODAY)


@pytest.mark.parametrize("part", ["tuning", "held out", "last"])
def test_the_rules_do_no_worse_than_the_documented_figures(part: str) -> None:
    figures = benchmark.measure(benchmark.cases_of_sentences(SENTENCES, part))

    assert figures.recall >= 0.94
    assert figures.precision >= 0.95
    assert figures.accuracy >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "We will pay 5 million Uſ$ by ſeptember 2030.",
        "We will pay ıNR 5 million by 2030.",
        "Мы построим его до ᲃентября 2030.",
    ],
)
def test_letters_of_old_and_foreign_forms_are_read_as_ours(text: str) -> None:
    found = proposed(text)

    assert found.classification == Classification.COMMITMENT
    assert found.signals.deadline is not None
    assert found.signals.deadline.date is not None


@pytest.mark.parametrize(
    ("text", "classification"),
    [
        # The first verb governs what hangs on it …
        ("We welcome the plan of Norvania to build a port.", "position"),
        ("We urge all members to commit to clear rules.", "advocacy"),
        ("The leaders discussed plans to build a port.", "topic"),
        # … and not what stands in a clause of its own.
        ("He thanked the host and pledged further aid.", "commitment"),
        ("We welcome the report and will publish it.", "commitment"),
        ("The leaders met in Portville and agreed to trade.", "commitment"),
        # Who does it decides what “will” means.
        ("We will help the islands.", "commitment"),
        ("This will help the islands.", "position"),
        ("The United States will contribute to the fund.", "commitment"),
        ("Trade between our countries will contribute to peace.", "position"),
        # What was before, or was not done.
        ("Last year the Union pledged ten ships.", "context"),
        ("The Sides did not agree to anything.", "context"),
        # Preambles, with and without an act.
        ("Recalling the decisions of the last summit,", "context"),
        ("Recalling those decisions, we agreed to build a port;", "commitment"),
        ("Trade and Energy", "context"),
    ],
)
def test_precedence(text: str, classification: str) -> None:
    assert proposed(text).classification == classification


def test_an_item_says_what_its_lead_begins() -> None:
    proposal = proposed("The participants intend to work on:\n• strengthening trust;")

    assert (proposal.classification, proposal.strength) == (Classification.COMMITMENT, Strength.INTENDED)
    assert any("leads into its list" in reason for reason in proposal.reasons)


def test_two_undertakings_are_proposed_to_be_split() -> None:
    proposal = proposed("We will not raise tariffs, and we will also publish the duties that we apply.")

    assert proposal.parts == ["We will not raise tariffs", "and we will also publish the duties that we apply."]


def test_actors_dates_and_sums_make_a_proposal_surer_and_hedges_less_sure() -> None:
    bare = proposed("It was agreed to build a port.").score
    full = proposed("The Sides agreed to build a port for $5 million by 2030.").score
    hedged = proposed("The Sides agreed to build a port for $5 million by 2030 where appropriate.").score

    assert bare < hedged < full


def test_every_proposal_gives_its_reasons() -> None:
    for case in benchmark.cases_of_sentences(SENTENCES):
        reasons = propose(case.sentence).reasons
        assert reasons
        assert all(reason and "%(" not in reason for reason in reasons)


@given(st.text(max_size=500))
@settings(max_examples=60)
def test_any_text_gets_a_proposal_for_each_sentence(text: str) -> None:
    for sentence in split(text):
        assert propose(sentence, reference=TODAY).reasons


@pytest.mark.parametrize("piece", ["will ", "1 ", "the a ", "said ", "and ", "$1 ", "Стороны ", ", ", "по "])
def test_a_hostile_sentence_is_read_in_time(piece: str) -> None:
    text = "We " + piece * (100_000 // len(piece))
    begun = time.monotonic()

    for sentence in split(text):
        propose(sentence, reference=TODAY)

    assert time.monotonic() - begun < 5
