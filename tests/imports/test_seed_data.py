"""The project's own seed data, loaded: what a reader of a fresh installation finds."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from commitments.codelists import (
    MAKER_ROLES,
    Classification,
    Confidence,
    DevelopmentKind,
    DueBasis,
    Durability,
    EvidenceRole,
    Flag,
    Provenance,
    SourceKind,
    Status,
)
from commitments.imports.seeds.ledger import Outcome
from commitments.imports.seeds.load import load_seeds
from commitments.models import Commitment, Development, Document, Evidence, Membership, Party, Sector, Summit
from commitments.rules import EvidenceFacts
from commitments.standing import page_flags
from commitments.uncertain_dates import UncertainDate

pytestmark = pytest.mark.django_db

FOLDER = Path(settings.BASE_DIR) / "seeds"
TODAY = dt.date(2026, 3, 5)
ARTICLE = "https://astanatimes.com/2023/09/president-tokayev-participates-in-c51-summit-with-central-asian-leaders-and-president-biden"
READOUT = "Readout of President Biden's Meeting with the C5+1 Leaders at UNGA"
SIX = {"KZ", "KG", "TJ", "TM", "UZ", "US"}
# Restated by the White House readout, and so no records of their own.
RESTATED = ("C51-2023-01", "C51-2023-02", "C51-2023-04")


@pytest.fixture(scope="module", autouse=True)
def _seeds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The seeds, loaded once for this module: that takes seconds. Each test runs in a savepoint of this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_seeds(FOLDER)
        yield
        transaction.set_rollback(True)


def commitment(code: str) -> Commitment:
    return Commitment.objects.for_detail().get(code=code)


def listed(query: str) -> set[str]:
    """The codes of the list that this query gives a visitor."""
    response = Client().get(f"/commitments.csv?{query}")
    assert response.status_code == 200
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return {row["code"] for row in csv.DictReader(io.StringIO(content))}


def flags(code: str, *, on: dt.date = TODAY) -> list[Flag]:
    found = commitment(code)
    return page_flags(found, list(found.developments.published().with_evidence()), today=on)


# --- the load itself ------------------------------------------------------------------------------------------------


def test_a_second_load_has_nothing_to_do() -> None:
    report = load_seeds(FOLDER)

    assert {outcome for _file, outcome in report.outcomes} == {Outcome.UNCHANGED}
    assert report.notices == []


def test_the_record_is_what_its_history_says(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_history")

    assert capsys.readouterr().out.startswith("OK: 84 commitments")


def test_everything_is_public() -> None:
    assert Commitment.objects.published().count() == Commitment.objects.count()
    assert Development.objects.published().count() == Development.objects.count()


# --- the article ----------------------------------------------------------------------------------------------------


def test_every_sentence_of_the_article_is_classified() -> None:
    passages = Document.objects.get(url=ARTICLE).passages.order_by("paragraph", "sentence")

    places = [(passage.paragraph, passage.sentence) for passage in passages]
    per_paragraph = (2, 1, 1, 2, 2, 1, 2, 2, 2, 1, 1, 1)
    assert places == [
        (paragraph, sentence)
        for paragraph, sentences in enumerate(per_paragraph, start=1)
        for sentence in range(1, sentences + 1)
    ]
    assert Counter(passage.classification for passage in passages) == {
        Classification.COMMITMENT: 4,
        Classification.REQUEST: 1,
        Classification.REAFFIRMATION: 1,
        Classification.ADVOCACY: 1,
        Classification.TOPIC: 5,
        Classification.POSITION: 2,
        Classification.CONTEXT: 4,
    }
    assert all(passage.reason and passage.summary for passage in passages)


def test_the_sentences_that_could_be_followed_became_records_of_their_class() -> None:
    passages = Document.objects.get(url=ARTICLE).passages.filter(commitment__isnull=False)

    assert {passage.commitment.code for passage in passages if passage.commitment} == {
        *(f"C51-2023-0{number}" for number in range(1, 8)),
        *(f"C51-2023-T{number}" for number in range(1, 6)),
    }
    for passage in passages.select_related("commitment"):
        assert passage.commitment is not None
        assert passage.classification == passage.commitment.classification, passage
        wording = passage.commitment.wordings.get(document=passage.document)
        assert (wording.paragraph, wording.sentence) == (passage.paragraph, passage.sentence)


# --- the commitments ------------------------------------------------------------------------------------------------


def test_every_summit_has_its_commitments() -> None:
    counts = Counter(Commitment.objects.values_list("summit__code", flat=True))

    assert counts == {
        "C51-2023-NEW-YORK": 25,
        "C51-2023-SAMARKAND": 4,
        "B51-2024-ALMATY": 6,
        "EUCA-2025-SAMARKAND": 16,
        "C51-2025-WASHINGTON": 31,
        "B51-2026-BISHKEK": 2,
    }


def test_every_commitment_says_who_what_and_where_it_is_written() -> None:
    for found in Commitment.objects.for_detail():
        assert [row for row in found.parties.all() if row.role in MAKER_ROLES], found
        assert list(found.wordings.all()), found
        assert list(found.sectors.all()), found
        assert found.summary, found
        assert found.success_criterion or found.is_topic, found
        assert found.verifiability == "yes" or found.verifiability_note, found


@pytest.mark.parametrize("code", RESTATED)
def test_what_the_readout_restates_is_a_wording_and_no_double(code: str) -> None:
    titles = set(commitment(code).wordings.values_list("document__title", flat=True))

    assert titles == {Document.objects.get(url=ARTICLE).title, READOUT}


@pytest.mark.parametrize(
    ("code", "qualifier", "value", "currency"),
    [
        ("C51-2023-S03", "exact", 14_300_000, "USD"),
        ("C51-2023-S04", "exact", 10_800_000, "USD"),
        ("EUCA-2025-02", "exact", 12_000_000_000, "EUR"),
        ("C51-2025-08", "up_to", 3_700_000_000, "USD"),
        ("C51-2025-12", "almost", 35_000_000_000, "USD"),
        ("C51-2025-13", "over", 100_000_000_000, "USD"),
    ],
)
def test_sums_stand_as_the_source_gives_them(code: str, qualifier: str, value: int, currency: str) -> None:
    amount = commitment(code).amounts.get()

    assert (amount.qualifier, int(amount.value), amount.currency) == (qualifier, value, currency)


@pytest.mark.parametrize(
    ("code", "due", "basis"),
    [
        ("C51-2023-01", "2023-10", DueBasis.STATED),
        ("C51-2025-20", "2026-02-06", DueBasis.STATED),
        ("EUCA-2025-10", "2025", DueBasis.STATED),
        ("EUCA-2025-11", "2027", DueBasis.STATED),
        ("C51-2025-04", "2030-11-06", DueBasis.IMPLIED),
        ("C51-2025-24", "2026-11-05", DueBasis.IMPLIED),
    ],
)
def test_deadlines_are_as_exact_as_the_text(code: str, due: str, basis: DueBasis) -> None:
    found = commitment(code)

    assert found.due == UncertainDate.parse(due)
    assert found.due_basis == basis


def test_kazakhstan_lists_what_it_promised_alone_and_with_others() -> None:
    found = listed("country=KZ")

    assert {"C51-2023-01", "C51-2023-02", "C51-2023-06", "C51-2025-01", "EUCA-2025-01", "B51-2024-02"} <= found
    assert {"C51-2025-14", "C51-2025-15"}.isdisjoint(found), "airlines of two other countries"
    assert Client().get("/commitments/?country=KZ").status_code == 200


def test_a_member_of_the_union_lists_what_the_union_promised() -> None:
    assert "EUCA-2025-02" in listed("country=LV")


def test_mining_finds_the_minerals_dialogue() -> None:
    assert "C51-2023-02" in listed("sector=322")
    assert "C51-2023-02" in listed("sector=32210")
    assert "C51-2023-02" in listed("q=minerals")
    assert "C51-2023-02" not in listed("sector=210")


def test_topics_are_kept_out_of_the_list_until_asked_for() -> None:
    topics = {f"C51-2023-T{number}" for number in range(1, 6)}

    assert topics.isdisjoint(listed(""))
    assert topics <= listed("topics=1")


# --- what came of them ----------------------------------------------------------------------------------------------


def test_the_ministerial_was_delivered_on_time() -> None:
    found = commitment("C51-2023-01")

    assert (found.status, found.status_since) == (Status.DELIVERED, UncertainDate.parse("2023-10-24"))
    assert flags("C51-2023-01") == []
    changes = found.status_changes.filter(party__isnull=True)
    assert [(change.to_status, change.effective.iso) for change in changes] == [
        (Status.IN_PROGRESS, "2023-10-22"),
        (Status.DELIVERED, "2023-10-24"),
    ]


def test_the_minerals_dialogue_has_its_history() -> None:
    found = commitment("C51-2023-02")

    assert (found.status, found.status_since) == (Status.DELIVERED, UncertainDate.parse("2024-02-08"))
    assert found.durability == Durability.IN_FORCE
    history = found.developments.order_by("happened_start", "pk")
    assert [development.happened.iso for development in history] == [
        "2024-02-08",
        "2024-02-10",
        "2024-09-16",
        "2024-09-27",
        "2025-09-05",
        "2025-11-06",
        "2025-11-06",
        "2026-02-04",
        "2026-02-19",
        "2026-03-04",
    ]
    assert [relation.source.code for relation in found.inverse_relations.all()] == ["C51-2025-21"]


def test_the_agency_is_abolished_and_succeeded() -> None:
    agency = Party.objects.get(slug="usaid")

    assert agency.abolished_on == dt.date(2025, 7, 1)
    assert agency.successor == Party.objects.get(slug="us-department-of-state")
    assert agency.successor.abolished_on is None


@pytest.mark.parametrize("code", [f"C51-2023-S0{number}" for number in range(1, 5)])
def test_what_the_agency_left_undone_is_orphaned(code: str) -> None:
    assert Flag.ORPHANED in flags(code)
    assert Flag.ORPHANED not in flags(code, on=dt.date(2025, 6, 30))
    assert "2025-07-01" in [development.happened.iso for development in commitment(code).developments.all()]


def test_nothing_else_is_orphaned() -> None:
    orphaned = {found.code for found in Commitment.objects.all() if Flag.ORPHANED in flags(found.code)}

    assert orphaned == {f"C51-2023-S0{number}" for number in range(1, 5)}


@pytest.mark.parametrize(
    ("code", "status", "since"),
    [
        ("C51-2023-03", Status.PARTIALLY_DELIVERED, "2023-10-24"),
        ("C51-2023-04", Status.IN_PROGRESS, "2023-10-24"),
        ("C51-2023-05", Status.PARTIALLY_DELIVERED, "2025-03-04"),
        ("C51-2023-06", Status.NOT_VERIFIABLE, "2023-09-21"),
        ("C51-2023-07", Status.STALLED, "2025-07-01"),
        ("C51-2023-18", Status.DELIVERED, "2024-03-13"),
        ("B51-2024-05", Status.PARTIALLY_DELIVERED, "2026-02-04"),
        ("C51-2025-20", Status.DELIVERED, "2026-02-04"),
    ],
)
def test_where_it_stands_and_since_when(code: str, status: Status, since: str) -> None:
    found = commitment(code)

    assert (found.status, found.status_since) == (status, UncertainDate.parse(since))


def test_topics_and_what_nobody_looked_at_have_no_status() -> None:
    topics = Commitment.objects.filter(classification=Classification.TOPIC)
    silent = Commitment.objects.filter(developments__isnull=True)

    assert {found.status for found in (*topics, *silent)} == {Status.NOT_ASSESSED}


def test_every_status_rests_on_evidence_that_can_carry_it() -> None:
    assessed = Development.objects.exclude(status="")

    assert assessed.exists()
    for development in assessed:
        facts = [_facts(row) for row in development.evidence.select_related("document")]
        assert any(evidence.carries_a_status for evidence in facts), development
        if development.status == Status.DELIVERED:
            assert any(evidence.role == EvidenceRole.VERIFIES_DELIVERY for evidence in facts), development


def _facts(evidence: Evidence) -> EvidenceFacts:
    return EvidenceFacts(
        role=EvidenceRole(evidence.role),
        provenance=Provenance(evidence.provenance),
        confidence=Confidence(evidence.confidence),
        source_kind=SourceKind(evidence.document.source_kind),
    )


def test_a_development_has_a_source_and_a_check_says_where_somebody_looked() -> None:
    for development in Development.objects.all():
        if development.kind == DevelopmentKind.CHECK:
            assert development.searched, development
        else:
            assert development.evidence.exists(), development


# --- the lists ------------------------------------------------------------------------------------------------------


def test_countries_sectors_and_targets_are_whole() -> None:
    assert Party.objects.countries().count() == 249
    assert Sector.objects.categories().count() == 44
    assert Sector.objects.exclude(parent=None).count() == 325


@pytest.mark.parametrize(("bloc", "members"), [("c5", 5), ("c5-plus-1", 6), ("eu", 27)])
def test_blocs_have_their_members(bloc: str, members: int) -> None:
    assert Membership.objects.filter(bloc__slug=bloc).on(dt.date(2025, 4, 4)).count() == members


def test_all_six_leaders_were_in_new_york() -> None:
    summit = Summit.objects.get(code="C51-2023-NEW-YORK")

    assert {party.alpha2 for party in summit.participants.all()} == SIX
    assert all(row.representative for row in summit.participations.all())
    assert {follow_up.code for follow_up in summit.follow_ups.all()} == {"C51-2023-SAMARKAND", "C51-CMD-2024"}
