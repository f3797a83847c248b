"""Putting a record back to what it was, by a new change."""

import datetime as dt
from typing import Any

import pytest

from commitments.actions import commitments as commitment_actions
from commitments.actions import replay, reverts, shared_records
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import LinkHealth
from commitments.models import Commitment, Document, SDGTarget, Sector, User
from commitments.models.base import VersionedModel
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_document,
    make_party,
    make_sector,
    make_series,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return make_user("editor")


def first_entry(record: VersionedModel) -> Any:
    """The record as it was at first. `history` is simple-history's own."""
    return record.history.earliest("history_id")  # type: ignore[attr-defined]


def edit(by: User, commitment: Commitment, sectors: tuple[Sector, ...] = (), **fields: Any) -> None:
    for name, value in fields.items():
        setattr(commitment, name, value)
    commitment_actions.edit(
        by=by,
        commitment=commitment,
        version=commitment.version,
        reason="Changed",
        write=lambda: commitment.sectors.set(sectors),
    )


def test_a_commitment_says_again_what_it_said_in_a_new_revision(by: User) -> None:
    mining, energy = make_sector("32210"), make_sector("23110")
    commitment = make_commitment(title="Build a road", due="2024-06", sectors=(mining,))
    was = commitment.history.latest("history_id")
    edit(by, commitment, (energy,), title="Build two roads", due=UncertainDate.parse("2025"))

    found = reverts.revert(by=by, record=commitment, entry=was, version=commitment.version, reason="It was right.")

    commitment.refresh_from_db()
    assert (commitment.title, str(commitment.due), [*commitment.sectors.all()]) == (
        "Build a road",
        "June 2024",
        [mining],
    )
    assert {change.name for change in found.changes} == {"title", "due", "sectors"}
    assert [revision.reason for revision in commitment.revisions.order_by("number")][-2:] == [
        "Changed",
        "It was right.",
    ]
    latest = commitment.history.latest("history_id")
    assert (latest.history_user, latest.history_change_reason) == (by, "It was right.")
    assert list(replay.findings(Commitment.objects.all())) == []


def test_the_entry_of_a_save_holds_the_lists_that_were_set_with_it(by: User) -> None:
    mining = make_sector("32210")
    commitment = make_commitment(title="Build a road", sectors=(mining,))
    edit(by, commitment, (mining,), title="Build two roads")

    # Written before its sectors were.
    found = reverts.plan(record=commitment, entry=first_entry(commitment))

    assert [change.name for change in found.changes] == ["title"]


def test_what_follows_from_developments_stays(by: User) -> None:
    commitment = make_commitment(title="Build a road")
    drafted = first_entry(commitment)
    edit(by, commitment, title="Build two roads")

    found = reverts.revert(by=by, record=commitment, entry=drafted, version=commitment.version, reason="Right.")

    commitment.refresh_from_db()
    # It was a draft then; it is not hidden by this.
    assert commitment.is_public
    assert {"publication", "published_at", "published_by"} <= set(found.kept)


@pytest.mark.parametrize(
    ("record", "name", "value"),
    [
        (lambda: make_document(caution="Careful."), "caution", ""),
        (lambda: make_party(note="A note."), "note", ""),
        (lambda: make_summit(place="Astana"), "place", "Samarkand"),
        (make_series, "summary", "It meets."),
    ],
)
def test_every_shared_record_is_put_back_through_its_action(by: User, record: Any, name: str, value: str) -> None:
    row = record()
    before = getattr(row, name)
    setattr(row, name, value)
    shared_records.save(by=by, record=row, version=row.version)

    reverts.revert(by=by, record=row, entry=first_entry(row), version=row.version, reason="It was right.")

    fresh = type(row).objects.get(pk=row.pk)
    assert (getattr(fresh, name), fresh.version) == (before, 3)
    assert row.history.latest("history_id").history_change_reason == "It was right."
    assert row.history.count() == 3


def test_what_checks_and_captures_wrote_stays(by: User) -> None:
    document = make_document(title="One", link_health=LinkHealth.OK)
    was = first_entry(document)
    document.title, document.captured_on, document.sha256 = "Two", dt.date(2026, 1, 1), "a" * 64
    document.link_health, document.gone_since = LinkHealth.GONE, dt.date(2026, 2, 1)
    shared_records.save(by=by, record=document, version=document.version)

    found = reverts.revert(by=by, record=document, entry=was, version=document.version, reason="Right.")

    fresh = Document.objects.get()
    assert (fresh.title, fresh.sha256, fresh.link_health) == ("One", "a" * 64, LinkHealth.GONE)
    assert set(found.kept) == {"captured_on", "sha256", "link_health", "gone_since"}


def test_what_is_gone_is_said_and_left(by: User) -> None:
    body = make_party(successor=make_party("Successor"), abolished_on=dt.date(2025, 7, 1), note="Old.")
    was = first_entry(body)
    successor, body.successor, body.note = body.successor, None, "New."
    shared_records.save(by=by, record=body, version=body.version)
    assert successor is not None
    successor.delete()
    commitment = make_commitment(sectors=(make_sector("32210"), make_sector("11110")))
    with_both = commitment.history.latest("history_id")
    edit(by, commitment, title="Another")
    Sector.objects.get(code="11110").delete()

    of_party = reverts.revert(by=by, record=body, entry=was, version=body.version, reason="Right.")
    of_commitment = reverts.revert(
        by=by, record=commitment, entry=with_both, version=commitment.version, reason="Right."
    )

    assert (of_party.lost, [change.name for change in of_party.changes]) == (["successor"], ["note"])
    assert of_commitment.lost == ["sectors"]
    assert list(commitment.sectors.values_list("code", flat=True)) == ["32210"]


def test_whoever_was_quicker_is_not_overwritten(by: User) -> None:
    party = make_party(note="One.")
    was = first_entry(party)
    party.note = "Two."
    shared_records.save(by=by, record=party, version=party.version)
    read = party.version
    party.note = "Three."
    shared_records.save(by=make_user("other"), record=party, version=party.version)

    with pytest.raises(Conflict):
        reverts.revert(by=by, record=party, entry=was, version=read, reason="Right.")

    party.refresh_from_db()
    assert party.note == "Three."


def test_it_says_why_and_changes_something(by: User) -> None:
    party = make_party(note="One.")

    for reason, why in ((" ", "Say why"), ("Right.", "nothing would change")):
        with pytest.raises(Refused, match=why):
            reverts.revert(by=by, record=party, entry=first_entry(party), version=party.version, reason=reason)


def test_targets_come_back_too(by: User) -> None:
    commitment = make_commitment()
    commitment.sdg_targets.add(SDGTarget.objects.create(code="7.1"))
    was = commitment.history.latest("history_id")
    commitment_actions.edit(
        by=by, commitment=commitment, version=commitment.version, reason="None", write=commitment.sdg_targets.clear
    )

    reverts.revert(by=by, record=commitment, entry=was, version=commitment.version, reason="Right.")

    assert commitment.sdg_targets.count() == 1
