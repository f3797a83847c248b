"""Two records of one commitment become one, keep everything, and can be parted again."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from commitments import guards
from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import merges, replay
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import Publication, RelationKind, Role, Status
from commitments.models import (
    Commitment,
    CommitmentParty,
    Development,
    Distinction,
    Merge,
    Relation,
    Revision,
    Wording,
)
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_suggestion,
    make_user,
    merge,
)

pytestmark = pytest.mark.django_db


def stand(commitment: Commitment) -> str:
    commitment.refresh_from_db()
    return commitment.status


def said_last(commitment: Commitment) -> Revision:
    return commitment.revisions.order_by("-number")[0]


def nothing_is_wrong() -> None:
    assert [str(finding) for finding in replay.findings(Commitment.objects.all())] == []


def test_what_one_record_holds_goes_over_to_the_other() -> None:
    kept, absorbed = make_commitment(), make_commitment(makers=(make_country("UZ"),))
    published = make_development(absorbed, status=Status.IN_PROGRESS)
    draft = make_draft_development(absorbed)
    suggestion = make_suggestion(absorbed)
    wording = absorbed.wordings.get()

    row = merge(absorbed, kept)

    for held in (published, draft, suggestion, wording):
        held.refresh_from_db()
        assert held.commitment_id == kept.pk
    absorbed.refresh_from_db()
    assert (absorbed.publication, absorbed.merged_into) == (Publication.MERGED, kept)
    assert stand(kept) == Status.IN_PROGRESS
    assert {maker.party.alpha2 for maker in kept.parties.all()} == {"KZ", "UZ"}
    assert row.moved["developments"] == sorted([published.pk, draft.pk])
    nothing_is_wrong()


def test_both_records_say_that_they_were_merged() -> None:
    kept, absorbed = make_commitment(), make_commitment()

    merge(absorbed, kept)

    last, gone = said_last(kept), said_last(absorbed)
    assert last.snapshot["absorbed"] == [absorbed.code]
    assert gone.snapshot["merged_into"] == kept.code
    assert last.reason == gone.reason == f"{absorbed.code} merged into {kept.code}: The same pledge."


def test_a_draft_that_is_merged_into_a_public_record_is_not_named_to_readers() -> None:
    kept, absorbed = make_commitment(), make_commitment("SECRET-1", publication=Publication.DRAFT)

    merge(absorbed, kept)

    assert not kept.revisions.filter(reason__contains="SECRET-1").exists()
    assert "SECRET-1" not in str(list(kept.revisions.values_list("snapshot", flat=True)))


def test_a_merge_is_undone_to_what_there_was() -> None:
    kept, absorbed = make_commitment(), make_commitment(makers=(make_country("UZ"),))
    make_development(kept, status=Status.STALLED, happened="2024-01-05")
    make_development(absorbed, status=Status.IN_PROGRESS, happened="2024-03-05")
    before = {one.pk: said_last(one).snapshot for one in (kept, absorbed)}

    row = merge(absorbed, kept)
    assert stand(kept) == Status.IN_PROGRESS
    merges.undo(by=make_user("reviewer"), merge=row, reason="They differ.")

    for one in (kept, absorbed):
        one.refresh_from_db()
        assert said_last(one).snapshot == before[one.pk]
    assert (stand(kept), stand(absorbed)) == (Status.STALLED, Status.IN_PROGRESS)
    nothing_is_wrong()


@pytest.mark.parametrize("before", [None, dt.date(2024, 1, 5)])
def test_the_day_of_the_last_check_goes_back_with_the_record_that_was_checked(before: dt.date | None) -> None:
    kept, absorbed = make_commitment(), make_commitment()
    for commitment, day in ((kept, before), (absorbed, dt.date(2024, 3, 5))):
        if day is not None:
            development_actions.record_check(
                by=make_user("editor"), commitment=commitment, searched="The ministry's news", on=day
            )
    row = merge(absorbed, kept)
    kept.refresh_from_db()
    assert kept.last_checked_on == dt.date(2024, 3, 5)

    merges.undo(by=make_user("reviewer"), merge=row, reason="They differ.")

    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.last_checked_on, absorbed.last_checked_on) == (before, dt.date(2024, 3, 5))
    nothing_is_wrong()


def test_what_was_logged_after_a_merge_stays_and_a_correction_goes_back_with_what_it_corrects() -> None:
    kept, absorbed = make_commitment(), make_commitment()
    wrong = make_development(absorbed, status=Status.IN_PROGRESS)
    row = merge(absorbed, kept)
    wrong.refresh_from_db()
    correction = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Wrong day.")
    development_actions.publish(by=make_user("reviewer"), development=correction)
    later = make_development(kept, status=Status.STALLED, happened="2024-05-05")

    merges.undo(by=make_user("reviewer"), merge=row, reason="They differ.")

    assert set(absorbed.developments.all()) == {wrong, correction}
    assert set(kept.developments.all()) == {later}
    nothing_is_wrong()


def test_twins_stay_where_they_are() -> None:
    kept, absorbed = make_commitment(), make_commitment()
    twin = kept.wordings.get()
    Wording.objects.filter(commitment=absorbed).update(document=twin.document)

    row = merge(absorbed, kept)

    assert kept.wordings.count() == 1
    assert absorbed.parties.get().party.alpha2 == "KZ"
    assert (row.moved["wordings"], row.moved["parties"]) == ([], [])


def test_relations_go_over_but_none_is_to_itself() -> None:
    kept, absorbed, third = make_commitment(), make_commitment(), make_commitment()
    between = Relation.objects.create(source=absorbed, kind=RelationKind.RESTATES, target=kept)
    outgoing = Relation.objects.create(source=absorbed, kind=RelationKind.PART_OF, target=third)
    incoming = Relation.objects.create(source=third, kind=RelationKind.DEPENDS_ON, target=absorbed)

    merge(absorbed, kept)

    for relation in (between, outgoing, incoming):
        relation.refresh_from_db()
    assert (between.source, outgoing.source, incoming.target) == (absorbed, kept, kept)
    assert said_last(third).snapshot["relations"] == [{"kind": "depends_on", "target": kept.code}]
    nothing_is_wrong()


def test_what_was_merged_before_goes_along_and_the_later_merge_is_undone_first() -> None:
    first, second, third = make_commitment(), make_commitment(), make_commitment()
    early = merge(first, second)

    late = merge(second, third)

    first.refresh_from_db()
    assert first.merged_into == third
    assert said_last(first).snapshot["merged_into"] == third.code
    nothing_is_wrong()
    with pytest.raises(Refused, match="undo that first"):
        merges.undo(by=make_user("editor"), merge=early, reason="They differ.")
    merges.undo(by=make_user("editor"), merge=late, reason="They differ.")
    first.refresh_from_db()
    assert first.merged_into == second
    merges.undo(by=make_user("editor"), merge=early, reason="They differ.")
    assert stand(first) == Status.NOT_ASSESSED
    assert Commitment.objects.published().count() == 3
    nothing_is_wrong()


@pytest.mark.parametrize("publication", [Publication.RETRACTED, Publication.MERGED])
def test_what_was_taken_back_or_merged_takes_part_in_no_merge(publication: Publication) -> None:
    gone, there = make_commitment(publication=publication), make_commitment()

    for kept, absorbed in ((gone, there), (there, gone)):
        with pytest.raises(Refused, match="takes part in no merge"):
            merge(absorbed, kept)


def test_a_public_record_does_not_vanish_into_a_draft() -> None:
    with pytest.raises(Refused, match="is public and"):
        merge(make_commitment(), make_commitment(publication=Publication.DRAFT))


def test_one_record_is_not_merged_into_itself_and_a_reason_is_given() -> None:
    one = make_commitment()

    with pytest.raises(Refused, match="these are one"):
        merge(one, one)
    with pytest.raises(Refused, match="Say why"):
        merges.merge(
            by=make_user("editor"),
            kept=make_commitment(),
            absorbed=one,
            kept_version=1,
            absorbed_version=1,
            reason=" ",
        )


def test_a_record_that_was_saved_since_it_was_read_is_not_merged() -> None:
    kept, absorbed = make_commitment(), make_commitment()

    with pytest.raises(Conflict):
        merges.merge(
            by=make_user("editor"),
            kept=kept,
            absorbed=absorbed,
            kept_version=kept.version,
            absorbed_version=absorbed.version - 1,
            reason="The same.",
        )
    assert not Merge.objects.exists()


def test_a_merge_is_undone_once_and_with_a_reason() -> None:
    row = merge(make_commitment(), make_commitment())

    with pytest.raises(Refused, match="Say why"):
        merges.undo(by=make_user("editor"), merge=row, reason="")
    merges.undo(by=make_user("editor"), merge=row, reason="They differ.")
    with pytest.raises(Conflict):
        merges.undo(by=make_user("editor"), merge=row, reason="They differ.")


def test_a_merged_record_is_neither_edited_nor_written_about() -> None:
    kept, absorbed = make_commitment(), make_commitment()
    merge(absorbed, kept)
    absorbed.refresh_from_db()

    with pytest.raises(Refused, match="edit that one"):
        commitment_actions.edit(by=make_user("editor"), commitment=absorbed, version=absorbed.version, reason="Typo")
    with pytest.raises(Refused, match="log it there"):
        make_draft_development(absorbed)
    with pytest.raises(ValidationError):
        commitment_actions.publish(by=make_user("editor"), commitment=absorbed)


def test_a_published_development_goes_over_in_no_other_way() -> None:
    kept, absorbed = make_commitment(), make_commitment()
    development = make_development(absorbed)
    merge(absorbed, kept)

    def hang(**fields: object) -> None:
        with transaction.atomic():
            Development.objects.filter(pk=development.pk).update(**fields)

    with pytest.raises(IntegrityError):
        hang(commitment=absorbed)
    with pytest.raises(IntegrityError):
        hang(commitment=kept, summary="Something else")


def test_the_guard_of_developments_knows_all_their_columns() -> None:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, Development._meta.db_table)
    assert {column.name for column in columns} == {*guards.DEVELOPMENT_COLUMNS, "commitment_id"}


def test_a_draft_that_went_over_is_not_saved_or_published_where_it_was() -> None:
    kept, absorbed = make_commitment(), make_commitment()
    draft = make_draft_development(absorbed, status=Status.IN_PROGRESS)
    opened = Development.objects.select_related("commitment").get(pk=draft.pk)
    merge(absorbed, kept)

    with pytest.raises(Conflict):
        development_actions.edit_draft(by=make_user("editor"), development=opened, version=opened.version)
    with pytest.raises(Conflict):
        development_actions.publish(by=make_user("editor"), development=opened)
    draft.refresh_from_db()
    assert (draft.commitment, draft.is_published) == (kept, False)


def test_what_has_a_twin_by_then_stays_where_it_is_when_a_merge_is_undone() -> None:
    kept, absorbed, other = make_commitment(), make_commitment(), make_commitment()
    relation = Relation.objects.create(source=other, kind=RelationKind.RESTATES, target=absorbed)
    row = merge(absorbed, kept)
    Relation.objects.create(source=other, kind=RelationKind.RESTATES, target=absorbed)

    merges.undo(by=make_user("editor"), merge=row, reason="They differ.")

    relation.refresh_from_db()
    assert relation.target == kept


def test_undoing_a_merge_is_a_write_to_both_records() -> None:
    kept, absorbed = make_commitment(), make_commitment()
    row = merge(absorbed, kept)
    kept.refresh_from_db()

    merges.undo(by=make_user("editor"), merge=row, reason="They differ.")

    with pytest.raises(Conflict):
        commitment_actions.edit(by=make_user("editor"), commitment=kept, version=kept.version, reason="Typo")


def test_two_that_only_look_alike_are_told_apart_once() -> None:
    one, other = make_commitment(), make_commitment()

    first = merges.tell_apart(by=make_user("editor"), one=other, other=one)
    again = merges.tell_apart(by=make_user("editor"), one=one, other=other)

    assert first == again == Distinction.objects.get(first=one, second=other)
    with pytest.raises(Refused):
        merges.tell_apart(by=make_user("editor"), one=one, other=one)


def test_a_maker_who_goes_over_keeps_its_own_status() -> None:
    kept, absorbed = make_commitment(), make_commitment(makers=(make_country("UZ"),))
    make_development(absorbed, party=make_country("UZ"), status=Status.DELIVERED)

    merge(absorbed, kept)

    maker = CommitmentParty.objects.get(commitment=kept, party=make_country("UZ"), role=Role.MAKER)
    assert maker.status == Status.DELIVERED
    nothing_is_wrong()


def test_a_missing_number_of_a_paragraph_is_the_same_place_as_none() -> None:
    kept, absorbed = make_commitment(), make_commitment()
    absorbed.wordings.update(document=kept.wordings.get().document)
    kept.wordings.update(paragraph=0)

    merge(absorbed, kept)

    assert (kept.wordings.count(), absorbed.wordings.count()) == (1, 1)


@pytest.mark.parametrize("is_first_undone_first", [True, False])
def test_no_day_of_a_check_stays_of_two_records_that_were_parted_in_whichever_order(
    is_first_undone_first: bool,
) -> None:
    kept, first, second = make_commitment(), make_commitment(), make_commitment()
    by = make_user("editor")
    for one, day in ((first, 5), (second, 6)):
        development_actions.record_check(by=by, commitment=one, searched="The Gazette", on=dt.date(2024, 5, day))
    rows = [merge(first, kept), merge(second, kept)]

    for row in rows if is_first_undone_first else reversed(rows):
        merges.undo(by=by, merge=row, reason="They are two.")

    kept.refresh_from_db()
    assert (kept.last_checked_on, kept.next_check_on) == (None, None)
    nothing_is_wrong()


def test_its_own_day_of_a_check_stays_with_a_record_from_which_others_are_parted() -> None:
    kept, first, second = make_commitment(), make_commitment(), make_commitment()
    by = make_user("editor")
    for one, day in ((kept, 5), (first, 4), (second, 6)):
        development_actions.record_check(by=by, commitment=one, searched="The Gazette", on=dt.date(2024, 5, day))
    kept.refresh_from_db()

    for row in [merge(first, kept), merge(second, kept)]:
        merges.undo(by=by, merge=row, reason="They are two.")

    kept.refresh_from_db()
    assert kept.last_checked_on == dt.date(2024, 5, 5)
    nothing_is_wrong()
