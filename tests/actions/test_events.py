"""One event for several commitments or makers: all of its entries or none."""

from dataclasses import replace
from typing import Any

import pytest

from commitments.actions.errors import Refused
from commitments.actions.events import Event, Item, ItemsRefused, Step, log_event
from commitments.codelists import Confidence, EvidenceRole, ReviewKind, Status
from commitments.models import Commitment, Development, Document, Evidence, Review, User
from commitments.roles import DeskRole
from commitments.uncertain_dates import UncertainDate
from tests.admin.cast import make_editor, make_member
from tests.factories import make_commitment, make_country, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_editor("aida")


@pytest.fixture
def railway() -> Commitment:
    return make_commitment("RAIL-1", makers=(make_country("KZ"), make_country("UZ")))


@pytest.fixture
def port() -> Commitment:
    return make_commitment("PORT-1")


def event(document: Document | None = None, **changes: Any) -> Event:
    evidence = Evidence(document=document or make_document(), role=EvidenceRole.SHOWS_PROGRESS, quotation="They met.")
    met = Event(summary="They met.", happened=UncertainDate.parse("2024-02-08"), evidence=[evidence])
    return replace(met, **changes)


def test_every_commitment_gets_an_entry_with_evidence_of_its_own(
    editor: User, railway: Commitment, port: Commitment
) -> None:
    items = [Item(railway, status=Status.IN_PROGRESS), Item(port, summary="The port was spoken of.")]

    written = log_event(by=editor, event=event(), items=items)

    assert [(one.commitment, one.status, one.summary) for one in written] == [
        (railway, Status.IN_PROGRESS, "They met."),
        (port, "", "The port was spoken of."),
    ]
    assert [one.is_published for one in written] == [False, False]
    assert Evidence.objects.filter(development__in=written).count() == 2
    assert {row.quotation for row in Evidence.objects.all()} == {"They met."}


def test_makers_move_each_to_a_status_of_its_own(editor: User, railway: Commitment) -> None:
    kazakhstan, uzbekistan = make_country("KZ"), make_country("UZ")
    items = [
        Item(railway, party=kazakhstan, status=Status.PARTIALLY_DELIVERED),
        Item(railway, party=uzbekistan, status=Status.STALLED),
    ]

    log_event(by=editor, event=event(), items=items, step=Step.PUBLISH)

    statuses = dict(railway.parties.values_list("party__name", "status"))
    assert statuses == {"Kazakhstan": Status.PARTIALLY_DELIVERED, "Uzbekistan": Status.STALLED}
    railway.refresh_from_db()
    assert railway.status == Status.PARTIALLY_DELIVERED


def test_a_new_document_is_saved_once(editor: User, railway: Commitment, port: Commitment) -> None:
    new = Document(title="Rail", publisher="The Gazette", kind="news_report", source_kind="secondary", language="en")

    log_event(by=editor, event=event(new), items=[Item(railway), Item(port)])

    assert Evidence.objects.filter(document=Document.objects.get(title="Rail")).count() == 2


def test_all_are_submitted(editor: User, railway: Commitment, port: Commitment) -> None:
    items = [Item(railway, status=Status.IN_PROGRESS), Item(port)]

    log_event(by=editor, event=event(), items=items, step=Step.SUBMIT)

    assert Review.objects.filter(kind=ReviewKind.SUBMITTED, by=editor).count() == 2


def test_one_refused_means_that_none_is_written(editor: User, railway: Commitment, port: Commitment) -> None:
    items = [Item(railway, status=Status.IN_PROGRESS), Item(port, status=Status.DELIVERED)]
    new = Document(title="Rail", publisher="The Gazette", kind="news_report", source_kind="secondary", language="en")

    with pytest.raises(ItemsRefused) as refusal:
        log_event(by=editor, event=event(new), items=items, step=Step.PUBLISH)

    assert list(refusal.value.reasons) == [1]
    # That it lacks a verifying source, and that a verdict needs a second person.
    assert len(refusal.value.messages) == 2
    assert all(message.startswith("PORT-1: ") for message in refusal.value.messages)
    assert not Development.objects.exists()
    assert not Document.objects.filter(title="Rail").exists()
    railway.refresh_from_db()
    assert (railway.status, railway.revisions.count()) == (Status.NOT_ASSESSED, 1)


def test_the_role_of_the_source_may_differ(editor: User, railway: Commitment, port: Commitment) -> None:
    items = [Item(railway, status=Status.DELIVERED, role=EvidenceRole.VERIFIES_DELIVERY), Item(port)]

    first, second = log_event(by=editor, event=event(), items=items, step=Step.SUBMIT)

    assert first.evidence.get().role == EvidenceRole.VERIFIES_DELIVERY
    assert second.evidence.get().role == EvidenceRole.SHOWS_PROGRESS


@pytest.mark.parametrize("step", Step)
def test_pressed_twice_it_is_logged_once(editor: User, railway: Commitment, port: Commitment, step: Step) -> None:
    same, items = event(), [Item(railway, status=Status.IN_PROGRESS), Item(port)]

    first = log_event(by=editor, event=same, items=items, step=step)
    second = log_event(by=editor, event=same, items=items, step=step)

    assert first == second
    assert Development.objects.count() == 2


def test_a_draft_of_a_moment_ago_is_no_submission(editor: User, port: Commitment) -> None:
    same = event()
    log_event(by=editor, event=same, items=[Item(port)])

    log_event(by=editor, event=same, items=[Item(port)], step=Step.SUBMIT)

    assert Review.objects.count() == 1


def test_logged_again_with_other_words_for_its_evidence_it_is_another_entry(editor: User, port: Commitment) -> None:
    document = make_document()
    row: dict[str, Any] = {"document": document, "role": EvidenceRole.SHOWS_PROGRESS, "quotation": "They met."}
    rows = [row, {**row, "role": EvidenceRole.CONTRADICTS}, {**row, "confidence": Confidence.MEDIUM}]
    for said in [*rows, *rows]:
        log_event(by=editor, event=event(evidence=[Evidence(**said)]), items=[Item(port)])
    for role in [EvidenceRole.ESTABLISHES, EvidenceRole.ESTABLISHES]:
        log_event(by=editor, event=event(evidence=[Evidence(**row)]), items=[Item(port, role=role)])

    found = Evidence.objects.order_by("pk").values_list("role", "confidence")
    assert list(found) == [
        ("shows_progress", "high"),
        ("contradicts", "high"),
        ("shows_progress", "medium"),
        ("establishes", "high"),
    ]


def test_what_concerns_nothing_or_one_thing_twice_is_refused(editor: User, port: Commitment) -> None:
    for items in ([], [Item(port), Item(port)], [Item(port)] * 51):
        with pytest.raises(Refused):
            log_event(by=editor, event=event(), items=items)

    assert not Development.objects.exists()


def test_a_contributor_publishes_nothing(port: Commitment) -> None:
    cara = make_member(DeskRole.CONTRIBUTOR)

    with pytest.raises(ItemsRefused):
        log_event(by=cara, event=event(), items=[Item(port)], step=Step.PUBLISH)

    assert not Development.objects.exists()
