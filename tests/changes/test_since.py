"""What is told of what changed since a revision: to whom it matters, with the reason, and never what is not public."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import merges as merge_actions
from commitments.actions.subscriptions import last_revision
from commitments.changes import Change, Followed, changes_since, last_of
from commitments.codelists import Publication, Status
from commitments.models import Commitment, Revision
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_user,
    merge,
)

pytestmark = pytest.mark.django_db


def told(query: str, seen: int, until: int | None = None) -> list[Change]:
    followed = Followed(query, today=dt.date(2024, 6, 1))
    return changes_since(followed, seen, last_revision() if until is None else until)


def edit(commitment: Commitment, reason: str, **fields: str) -> Commitment:
    commitment = Commitment.objects.get(pk=commitment.pk)
    for name, value in fields.items():
        setattr(commitment, name, value)
    return commitment_actions.edit(
        by=make_user("editor"), commitment=commitment, version=commitment.version, reason=reason
    )


def retract(commitment: Commitment) -> Commitment:
    return commitment_actions.retract(by=make_user("editor"), commitment=commitment, reason="Nothing was promised")


def test_a_status_is_told_from_what_to_what_with_the_entry_as_its_reason() -> None:
    commitment = make_commitment("A-01")
    seen = last_revision()
    entry = make_development(commitment, status=Status.IN_PROGRESS, summary="Work has begun.")

    (change,) = told("country=KZ", seen)

    (move,) = change.moves
    assert (move.before, move.after, move.why, move.entry) == (
        "not_assessed",
        "in_progress",
        "Work has begun.",
        entry.pk,
    )
    assert (change.code, change.kind, move.since_text) == ("A-01", "changed", "8 February 2024")
    assert [one.summary for one in change.entries] == ["Work has begun."]
    assert (change.edits, change.reasons) == ([], [])
    assert Change.of_json(change.as_json()) == change


def test_of_several_makers_each_status_that_moved_is_told() -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    commitment = make_commitment(makers=(kazakhstan, usa))
    seen = last_revision()
    make_development(commitment, status=Status.STALLED, party=usa, summary="It stands still.")

    (change,) = told("", seen)

    assert [(move.party, move.after) for move in change.moves if move.party] == [
        ("United States of America", "stalled")
    ]


def test_a_correction_is_labelled_and_says_why() -> None:
    commitment = make_commitment()
    wrong = make_development(commitment, status=Status.STALLED)
    seen = last_revision()
    draft = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Misread.")
    development_actions.publish(by=make_user("reviewer"), development=draft)

    ((entry,),) = [change.entries for change in told("", seen)]

    assert (entry.is_correction, entry.corrects, entry.note) == (True, wrong.pk, "Misread.")


def test_an_edit_of_the_record_is_told_with_its_reason() -> None:
    commitment = make_commitment(title="Build a rail")
    seen = last_revision()
    make_development(commitment)
    edit(commitment, "As the text has it", title="Build a railway")

    (change,) = told("", seen)

    assert [(one.label, one.before, one.after) for one in change.edits] == [
        ("Title", "Build a rail", "Build a railway")
    ]
    assert change.reasons == ["As the text has it"]


def test_what_is_published_anew_or_again_is_told() -> None:
    seen = last_revision()
    commitment = make_commitment("A-01")
    (first,) = told("", seen)
    retract(commitment)
    seen = last_revision()
    commitment_actions.publish(by=make_user("editor"), commitment=commitment)
    (again,) = told("", seen)

    assert (first.kind, first.is_again, first.title) == ("published", False, "Commitment A-01")
    assert (again.kind, again.is_again) == ("published", True)


def test_of_a_retraction_only_that_it_was_is_told_and_only_to_whom_it_mattered() -> None:
    make_country("US")
    commitment = make_commitment("A-01", title="A zebra")
    seen = last_revision()
    make_development(commitment, summary="A zebra came.")
    between = last_revision()
    retract(commitment)

    (change,) = told("country=KZ&q=zebra", seen)

    assert (change.code, change.kind) == ("A-01", "retracted")
    assert "zebra" not in str(change.as_json()).lower()
    assert told("country=US", seen) == []
    # Nor is what came before it told, to those who are slow.
    assert told("", seen, until=between) == []
    assert [one.kind for one in told("", between)] == ["retracted"]


def test_what_was_public_only_between_is_not_told() -> None:
    seen = last_revision()
    retract(make_commitment())

    assert told("", seen) == []


def test_back_after_a_retraction_nothing_of_before_is_told() -> None:
    commitment = make_commitment("A-01", title="A zebra")
    seen = last_revision()
    retract(commitment)
    edit(commitment, "", title="A horse")
    commitment_actions.publish(by=make_user("editor"), commitment=commitment)

    (change,) = told("", seen)

    assert (change.kind, change.is_again, change.title) == ("published", True, "A horse")
    assert "zebra" not in str(change.as_json()).lower()
    kept = make_commitment("B-01")
    merge(commitment, kept)
    assert "zebra" not in str([one.as_json() for one in told("", seen)]).lower()


def test_a_merge_says_where_it_leads_and_parting_again_is_told() -> None:
    absorbed, kept = make_commitment("A-01"), make_commitment("B-01")
    seen = last_revision()
    row = merge(absorbed, kept)
    changes = {change.code: change for change in told("", seen)}
    seen = last_revision()
    merge_actions.undo(by=make_user("editor"), merge=row, reason="Two after all.")

    assert (changes["A-01"].kind, changes["A-01"].merged_into) == ("merged", "B-01")
    assert changes["A-01"].reasons == ["A-01 merged into B-01: The same pledge."]
    assert {change.code: change.kind for change in told("", seen)}["A-01"] == "published"


def test_a_commitment_that_leaves_the_list_is_told_once() -> None:
    commitment = make_commitment()
    make_development(commitment, status=Status.IN_PROGRESS)
    seen = last_revision()
    make_development(commitment, status=Status.STALLED, happened="2024-03-01")
    left = last_revision()
    edit(commitment, "Clearer", title="Other words")

    assert len(told("status=in_progress", seen, until=left)) == 1
    assert told("status=in_progress", left) == []
    assert len(told("status=stalled", seen)) == 1


def test_drafts_are_never_told() -> None:
    draft = make_commitment(publication=Publication.DRAFT)
    public = make_commitment()
    seen = last_revision()
    make_draft_development(public, status=Status.IN_PROGRESS)
    make_development(draft)

    assert last_revision() == seen
    assert told("", seen) == []


def test_one_commitment_is_followed_by_its_code_through_a_merge() -> None:
    absorbed, kept = make_commitment("A-01"), make_commitment("B-01")
    make_commitment("C-01")
    seen = last_revision()
    merge(absorbed, kept)
    merged = {change.code for change in told("commitment=a-01", seen)}
    seen = last_revision()
    make_development(kept)
    followed = Followed("commitment=A-01", today=dt.date(2024, 6, 1))

    assert merged == {"A-01", "B-01"}
    assert [change.code for change in told("commitment=A-01", seen)] == ["B-01"]
    assert followed.sentence == "A-01: Commitment B-01."
    assert not Followed("commitment=NO-1", today=dt.date(2024, 6, 1)).exists


def test_days_to_look_back_to_order_and_page_are_not_followed() -> None:
    query = "page=3&sort=title&country=kz&as_of=2024-01-01&as_known=2024&colour=red"
    followed = Followed(query, today=dt.date(2024, 6, 1))
    make_country("KZ")

    assert followed.canonical == "country=KZ"
    assert followed.sentence == "Commitments, with Kazakhstan."


def test_words_of_a_stranger_can_be_left_out_of_the_sentence() -> None:
    followed = Followed("q=BUY+NOW", today=dt.date(2024, 6, 1))

    assert "BUY" in followed.sentence
    assert "BUY" not in followed.sentence_without_text
    assert "certain words" in followed.sentence_without_text


def test_much_is_told_in_portions_that_leave_nothing_out() -> None:
    seen = last_revision()
    codes = [make_commitment().code for _ in range(3)]
    portions = []
    while (until := last_of(seen, most=2)) != seen:
        portions.append([change.code for change in told("", seen, until=until)])
        seen = until

    assert portions == [codes[:2], codes[2:]]


def test_it_asks_the_same_of_the_database_for_one_and_for_many() -> None:
    seen = last_revision()
    counts = []
    for _ in range(2):
        make_development(make_commitment(), status=Status.IN_PROGRESS)
        make_development(make_commitment())
        with CaptureQueriesContext(connection) as queries:
            told("country=KZ", seen)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert Revision.objects.count() == 8
