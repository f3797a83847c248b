"""Logging what happened: drafts, publication, a second person for verdicts, corrections and checks."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as actions
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import (
    VERDICTS,
    Confidence,
    DevelopmentKind,
    EvidenceRole,
    Publication,
    RelationKind,
    Role,
    SourceKind,
    Status,
)
from commitments.models import Commitment, Development, Evidence, Relation, Revision, StatusChange, User
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_user,
)

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
TODAY = MOMENT.date()


@pytest.fixture
def contributor() -> User:
    return make_user("contributor")


@pytest.fixture
def reviewer() -> User:
    return make_user("reviewer")


def unsaved(commitment: Commitment, **fields: Any) -> Development:
    """A development as a form hands it over."""
    development = Development(commitment=commitment, **{"summary": "Tariffs were cut.", **fields})
    development.happened = UncertainDate.parse("2024-02-08")
    return development


def stored(development: Development) -> dict[str, Any]:
    return dict(Development.objects.values().get(pk=development.pk))


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_changes_nothing_that_the_public_sees(contributor: User) -> None:
    commitment = make_commitment()
    before = Commitment.objects.values().get()

    make_draft_development(commitment, by=contributor, status=Status.IN_PROGRESS)

    assert Commitment.objects.values().get() == before
    assert not Development.objects.published().exists()
    assert not StatusChange.objects.exists()
    assert commitment.revisions.count() == 1


def test_a_draft_keeps_who_entered_it_when_and_on_which_evidence(contributor: User) -> None:
    document = make_document()

    draft = make_draft_development(make_commitment(), by=contributor, documents=(document,), at=MOMENT)

    assert (draft.entered_by, draft.entered_at, draft.approved_by, draft.published_at) == (
        contributor,
        MOMENT,
        None,
        None,
    )
    assert [row.document for row in draft.evidence.all()] == [document]


def test_a_draft_is_never_published_by_the_way(contributor: User) -> None:
    development = unsaved(make_commitment(), published_at=MOMENT, approved_by=contributor)

    actions.draft(by=contributor, development=development)

    assert not Development.objects.published().exists()
    assert (development.published_at, development.approved_by) == (None, None)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"summary": ""}, "cannot be blank"),
        ({"status": "nonsense"}, "not a valid choice"),
        ({"kind": DevelopmentKind.CHECK}, "says where somebody looked"),
        ({"kind": DevelopmentKind.REPLY}, "names the party"),
        ({"kind": DevelopmentKind.CORRECTION}, "names what it corrects"),
        ({"kind": DevelopmentKind.CHECK, "searched": "News", "status": Status.STALLED}, "supports no status"),
    ],
)
def test_a_wrong_draft_is_refused_with_its_reason(contributor: User, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        actions.draft(by=contributor, development=unsaved(make_commitment(), **fields))

    assert not Development.objects.exists()


def test_evidence_that_is_wrong_takes_its_draft_with_it(contributor: User) -> None:
    evidence = [Evidence(document=make_document()), Evidence(document=make_document(), role="nonsense")]

    with pytest.raises(ValidationError, match="not a valid choice"):
        actions.draft(by=contributor, development=unsaved(make_commitment()), evidence=evidence)

    assert not Development.objects.exists()
    assert not Evidence.objects.exists()


def test_whoever_edits_a_draft_becomes_the_one_who_entered_it(contributor: User, reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor)
    draft.summary = "Tariffs were cut by half."

    actions.edit_draft(by=reviewer, development=draft, version=draft.version)

    draft.refresh_from_db()
    assert (draft.summary, draft.entered_by, draft.version) == ("Tariffs were cut by half.", reviewer, 2)


def test_the_second_of_two_who_edit_a_draft_overwrites_nothing(contributor: User, reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor)
    first, second = Development.objects.get(), Development.objects.get()
    first.summary, second.summary = "The first's", "The second's"
    actions.edit_draft(by=contributor, development=first, version=draft.version)

    with pytest.raises(Conflict):
        actions.edit_draft(by=reviewer, development=second, version=draft.version)

    assert (stored(draft)["summary"], stored(draft)["entered_by_id"]) == ("The first's", contributor.pk)


def test_nobody_publishes_what_they_have_not_read(contributor: User, reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor)
    read = draft.version
    edited = Development.objects.get()
    edited.summary = "Something else."
    actions.edit_draft(by=contributor, development=edited, version=read)

    with pytest.raises(Conflict):
        actions.publish(by=reviewer, development=draft, version=read)

    assert not Development.objects.published().exists()


def test_an_edit_of_a_draft_does_not_publish_it(contributor: User, reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor)
    draft.published_at, draft.approved_by = MOMENT, reviewer

    actions.edit_draft(by=contributor, development=draft, version=draft.version)

    assert not Development.objects.published().exists()


def test_what_was_published_meanwhile_is_neither_edited_nor_deleted(contributor: User, reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor)
    in_the_form = Development.objects.get()
    actions.publish(by=reviewer, development=draft)
    before = stored(draft)

    with pytest.raises(Conflict, match="corrected, never edited"):
        actions.edit_draft(by=contributor, development=in_the_form, version=in_the_form.version)
    with pytest.raises(Conflict, match="corrected, never edited"):
        actions.delete_draft(by=contributor, development=in_the_form, version=in_the_form.version)

    assert stored(draft) == before


def test_publishing_counts_as_a_write_so_that_an_edit_that_began_before_comes_too_late(reviewer: User) -> None:
    draft = make_draft_development(make_commitment())

    published = actions.publish(by=reviewer, development=draft)

    assert published.version == draft.version + 1


def test_a_draft_that_was_saved_since_it_was_read_is_not_deleted(contributor: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor)
    in_the_form = Development.objects.get()
    actions.edit_draft(by=contributor, development=draft, version=draft.version)
    before = stored(draft)

    with pytest.raises(Conflict, match="Somebody else saved this record"):
        actions.delete_draft(by=contributor, development=in_the_form, version=in_the_form.version)

    assert stored(draft) == before


def test_a_deleted_draft_is_gone_with_its_evidence_and_cannot_be_published(contributor: User, reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor)
    in_the_form = Development.objects.get()

    actions.delete_draft(by=contributor, development=draft, version=draft.version)

    assert not Development.objects.exists()
    assert not Evidence.objects.exists()
    with pytest.raises(Conflict, match="deleted"):
        actions.publish(by=reviewer, development=in_the_form)
    with pytest.raises(Conflict, match="deleted"):
        actions.edit_draft(by=reviewer, development=in_the_form, version=in_the_form.version)


# --- publish ----------------------------------------------------------------------------------------------------------


def test_publishing_moves_the_status_and_makes_a_revision(contributor: User, reviewer: User) -> None:
    commitment = make_commitment()
    draft = make_draft_development(commitment, by=contributor, status=Status.IN_PROGRESS)

    published = actions.publish(by=reviewer, development=draft, at=MOMENT)

    commitment.refresh_from_db()
    assert (published.published_at, published.approved_by, published.entered_by) == (MOMENT, reviewer, contributor)
    assert (commitment.status, commitment.status_since) == (Status.IN_PROGRESS, draft.happened)
    (line,) = commitment.status_changes.filter(party=None)
    assert (line.to_status, line.recorded_at, line.development) == (Status.IN_PROGRESS, MOMENT, published)
    revision = commitment.revisions.get(number=2)
    assert (revision.by, revision.reason, revision.recorded_at) == (reviewer, "Development", MOMENT)


def test_publishing_without_a_status_makes_a_revision_and_moves_nothing(reviewer: User) -> None:
    commitment = make_commitment()

    make_development(commitment)

    assert not StatusChange.objects.exists()
    assert commitment.revisions.count() == 2


def test_it_lists_every_reason_why_it_may_not_be_published(contributor: User) -> None:
    commitment = make_commitment(due="2024-12")
    draft = make_draft_development(
        commitment,
        by=contributor,
        status=Status.NOT_DELIVERED,
        happened="2024-07-01",
        party=make_party("A bystander"),
        documents=(),
    )

    with pytest.raises(Refused) as refusal:
        actions.publish(by=contributor, development=draft, at=MOMENT)

    assert [message.split(":")[0] for message in refusal.value.messages] == [
        "Add a source",
        "It cannot have happened after today.",
        "Only a maker bears a status of its own",
        "“Not delivered” is refused before the due date has ended (December 2024), unless the maker withdrew.",
        "“Not delivered” is a verdict",
    ]
    assert stored(draft)["published_at"] is None


def test_what_is_wrong_can_be_asked_without_writing_anything(contributor: User, reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor, status=Status.DELIVERED)
    before = stored(draft)

    assert len(actions.problems_with(draft, by=contributor, today=TODAY)) == 1
    assert actions.problems_with(draft, by=reviewer, today=TODAY) == []
    assert stored(draft) == before


def superseded(commitment: Commitment) -> None:
    Relation.objects.create(source=make_commitment(), kind=RelationKind.SUPERSEDES, target=commitment)


def noted(commitment: Commitment) -> None:
    Commitment.objects.filter(pk=commitment.pk).update(verifiability_note="The contract is secret.")


def co_made(commitment: Commitment) -> None:
    commitment.parties.update(role=Role.CO_MAKER)


@pytest.mark.parametrize(
    ("fields", "put_right"),
    [
        ({"status": Status.SUPERSEDED}, superseded),
        ({"status": Status.NOT_VERIFIABLE}, noted),
    ],
)
def test_some_statuses_need_something_of_the_commitment(
    reviewer: User, fields: dict[str, Any], put_right: Callable[[Commitment], None]
) -> None:
    commitment = make_commitment()
    draft = make_draft_development(commitment, **fields)
    assert len(actions.problems_with(draft, by=reviewer, today=TODAY)) == 1
    put_right(commitment)

    actions.publish(by=reviewer, development=Development.objects.get(pk=draft.pk))

    commitment.refresh_from_db()
    assert commitment.status == fields["status"]


def test_a_co_maker_bears_a_status_of_its_own(reviewer: User) -> None:
    commitment = make_commitment()
    co_made(commitment)

    make_development(commitment, party=make_country(), status=Status.IN_PROGRESS)

    assert commitment.parties.get().status == Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("document", "evidence"),
    [
        ({"source_kind": SourceKind.OPINION}, {}),
        ({}, {"confidence": Confidence.MEDIUM}),
        ({}, {"role": EvidenceRole.CONTRADICTS}),
    ],
)
def test_no_status_stands_on_an_opinion_a_doubt_or_an_objection(
    reviewer: User, document: dict[str, Any], evidence: dict[str, Any]
) -> None:
    draft = make_draft_development(make_commitment(), status=Status.IN_PROGRESS, documents=())
    Evidence.objects.create(development=draft, document=make_document(**document), **evidence)

    with pytest.raises(Refused, match="needs a source of high confidence"):
        actions.publish(by=reviewer, development=draft)


@pytest.mark.parametrize("status", sorted(VERDICTS))
def test_a_verdict_needs_a_second_person(contributor: User, reviewer: User, status: Status) -> None:
    draft = make_draft_development(make_commitment(due="2024-01"), by=contributor, status=status)

    with pytest.raises(Refused, match="somebody other than you must publish it"):
        actions.publish(by=contributor, development=draft)

    actions.publish(by=reviewer, development=draft)
    assert Commitment.objects.get().status == status


def test_the_reviewer_who_last_edited_a_verdict_is_no_second_person(contributor: User, reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), by=contributor, status=Status.DELIVERED)
    actions.edit_draft(by=reviewer, development=draft, version=draft.version)

    with pytest.raises(Refused, match="somebody other than you must publish it"):
        actions.publish(by=reviewer, development=draft)

    assert actions.publish(by=contributor, development=draft).approved_by == contributor


@pytest.mark.parametrize("status", sorted(set(Status) - VERDICTS - {Status.NOT_VERIFIABLE, Status.SUPERSEDED}))
def test_whatever_is_no_verdict_needs_one_person(contributor: User, status: Status) -> None:
    draft = make_draft_development(make_commitment(), by=contributor, status=status)

    assert actions.publish(by=contributor, development=draft).approved_by == contributor


def test_of_two_who_publish_one_draft_the_second_learns_that_it_is_done(reviewer: User) -> None:
    draft = make_draft_development(make_commitment(), status=Status.IN_PROGRESS)
    seen_by_both = Development.objects.get()
    actions.publish(by=reviewer, development=draft, at=MOMENT)

    with pytest.raises(Conflict, match="already published"):
        actions.publish(by=make_user("other"), development=seen_by_both)

    assert (stored(draft)["published_at"], stored(draft)["approved_by_id"]) == (MOMENT, reviewer.pk)
    assert Revision.objects.count() == 2


def test_publishing_says_when_somebody_last_looked(reviewer: User) -> None:
    commitment = make_commitment(review_interval_days=10)
    for checked_on in (dt.date(2024, 5, 20), dt.date(2024, 5, 1)):
        draft = make_draft_development(commitment)
        actions.publish(by=reviewer, development=draft, checked_on=checked_on)

    commitment.refresh_from_db()
    assert (commitment.last_checked_on, commitment.next_check_on) == (dt.date(2024, 5, 20), dt.date(2024, 5, 30))


def test_nobody_can_have_looked_tomorrow(reviewer: User) -> None:
    draft = make_draft_development(make_commitment())

    with pytest.raises(Refused, match="after today"):
        actions.publish(by=reviewer, development=draft, at=MOMENT, checked_on=TODAY + dt.timedelta(days=1))

    assert stored(draft)["published_at"] is None


def test_what_happens_to_a_draft_stays_out_of_the_public_record(reviewer: User) -> None:
    commitment = make_commitment(publication=Publication.DRAFT)

    make_development(commitment, status=Status.IN_PROGRESS)

    assert not Revision.objects.exists()
    assert not Development.objects.published().exists()


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_begins_with_everything_that_it_corrects(contributor: User) -> None:
    wrong = make_development(
        make_commitment(), status=Status.IN_PROGRESS, happened="2024-02", party=make_country(), reason_code="unknown"
    )

    correction = actions.draft_correction(by=contributor, development=wrong, note="It was March.", at=MOMENT)

    same = ("commitment", "summary", "party", "status", "reason_code", "searched", "happened")
    assert {name: getattr(correction, name) for name in same} == {name: getattr(wrong, name) for name in same}
    assert (correction.kind, correction.corrects, correction.note) == ("correction", wrong, "It was March.")
    assert (correction.entered_by, correction.published_at) == (contributor, None)
    copied = ("document_id", "locator", "quotation", "role", "provenance", "confidence")
    assert list(correction.evidence.values(*copied)) == list(wrong.evidence.values(*copied))


def test_a_correction_of_a_check_keeps_where_somebody_looked(contributor: User) -> None:
    check = actions.record_check(by=contributor, commitment=make_commitment(), searched="Newspapers", on=TODAY)

    correction = actions.draft_correction(by=contributor, development=check, note="Another day.")

    assert correction.searched == "Newspapers"


def test_a_published_correction_takes_the_place_of_what_it_corrects(contributor: User, reviewer: User) -> None:
    commitment = make_commitment()
    wrong = make_development(commitment, status=Status.IN_PROGRESS, happened="2024-02-08")
    correction = actions.draft_correction(by=contributor, development=wrong, note="It had stalled by then.")
    correction.status = Status.STALLED
    actions.edit_draft(by=contributor, development=correction, version=correction.version)
    assert Commitment.objects.get().status == Status.IN_PROGRESS

    actions.publish(by=reviewer, development=correction)

    assert Commitment.objects.get().status == Status.STALLED
    assert commitment.revisions.latest("number").reason == "Correction: It had stalled by then."
    assert stored(wrong)["status"] == Status.IN_PROGRESS


def test_a_correction_can_take_the_status_back(contributor: User, reviewer: User) -> None:
    commitment = make_commitment()
    wrong = make_development(commitment, status=Status.IN_PROGRESS)
    correction = actions.draft_correction(by=contributor, development=wrong, note="It was another project.")
    correction.status = ""
    actions.edit_draft(by=contributor, development=correction, version=correction.version)

    actions.publish(by=reviewer, development=correction)

    commitment.refresh_from_db()
    assert (commitment.status, commitment.status_since) == (Status.NOT_ASSESSED, None)


def test_a_correction_can_be_corrected(contributor: User, reviewer: User) -> None:
    commitment = make_commitment()
    development = make_development(commitment, status=Status.IN_PROGRESS)
    for status in (Status.STALLED, Status.NOT_STARTED):
        correction = actions.draft_correction(by=contributor, development=development, note="Read again.")
        correction.status = status
        actions.edit_draft(by=contributor, development=correction, version=correction.version)
        development = actions.publish(by=reviewer, development=correction)

    assert Commitment.objects.get().status == Status.NOT_STARTED


def test_a_draft_is_edited_not_corrected(contributor: User) -> None:
    draft = make_draft_development(make_commitment())

    with pytest.raises(Refused, match="edited, not corrected"):
        actions.draft_correction(by=contributor, development=draft, note="Why")


def test_nothing_is_corrected_twice(contributor: User) -> None:
    wrong = make_development(make_commitment())
    actions.draft_correction(by=contributor, development=wrong, note="Why")

    with pytest.raises(Refused, match="has a correction already"):
        actions.draft_correction(by=contributor, development=wrong, note="Why again")


def test_nothing_is_corrected_without_a_reason(contributor: User) -> None:
    wrong = make_development(make_commitment())

    with pytest.raises(ValidationError, match="says why"):
        actions.draft_correction(by=contributor, development=wrong, note="")


def test_a_correction_stays_with_its_commitment(contributor: User, reviewer: User) -> None:
    wrong = make_development(make_commitment())
    draft = make_draft_development(
        make_commitment(), kind=DevelopmentKind.CORRECTION, corrects=wrong, note="Wrong record"
    )

    with pytest.raises(Refused, match="of another commitment"):
        actions.publish(by=reviewer, development=draft)


def test_only_what_is_published_is_corrected(reviewer: User) -> None:
    commitment = make_commitment()
    draft = make_draft_development(commitment)
    correction = make_draft_development(commitment, kind=DevelopmentKind.CORRECTION, corrects=draft, note="Why")

    with pytest.raises(Refused, match="not published"):
        actions.publish(by=reviewer, development=correction)


def test_the_correction_of_a_verdict_needs_a_second_person_too(contributor: User) -> None:
    wrong = make_development(make_commitment(), status=Status.DELIVERED, happened="2024-02")
    correction = actions.draft_correction(by=contributor, development=wrong, note="It was March.")

    with pytest.raises(Refused, match="somebody other than you"):
        actions.publish(by=contributor, development=correction)


# --- checks -----------------------------------------------------------------------------------------------------------


def test_a_check_is_public_and_moves_the_dates_not_the_status(contributor: User) -> None:
    commitment = make_commitment(review_interval_days=30)

    check = actions.record_check(
        by=contributor, commitment=commitment, searched="The ministry's news", on=dt.date(2024, 5, 1), at=MOMENT
    )

    commitment.refresh_from_db()
    assert list(Development.objects.published()) == [check]
    assert (check.searched, check.happened.start) == ("The ministry's news", dt.date(2024, 5, 1))
    assert (commitment.last_checked_on, commitment.next_check_on) == (dt.date(2024, 5, 1), dt.date(2024, 5, 31))
    assert commitment.status == Status.NOT_ASSESSED
    assert commitment.revisions.count() == 2


def test_an_earlier_check_that_is_logged_late_leaves_the_last_one_last(contributor: User) -> None:
    commitment = make_commitment()
    for day in (dt.date(2024, 5, 1), dt.date(2024, 4, 1)):
        actions.record_check(by=contributor, commitment=commitment, searched="Newspapers", on=day)

    commitment.refresh_from_db()
    assert commitment.last_checked_on == dt.date(2024, 5, 1)


@pytest.mark.parametrize("kind", [DevelopmentKind.CHECK, DevelopmentKind.CORRECTION])
def test_a_check_of_a_year_that_goes_on_is_refused(contributor: User, kind: DevelopmentKind) -> None:
    commitment = make_commitment()
    check = Development(commitment=commitment, kind=DevelopmentKind.CHECK, summary="Looked.", searched="Newspapers")
    if kind == DevelopmentKind.CORRECTION:
        said = actions.record_check(by=contributor, commitment=commitment, searched="Radio", on=TODAY, at=MOMENT)
        check = actions.draft_correction(by=contributor, development=said, note="The day is not known.")
    check.happened = UncertainDate.parse(str(TODAY.year))
    check.entered_by, check.entered_at = contributor, MOMENT
    check.save()

    with pytest.raises(Refused, match="ends after today"):
        actions.publish(by=contributor, development=check, at=MOMENT)


def test_a_check_counts_at_the_latest_on_the_day_on_which_it_was_published(
    contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As it was published before its date was asked about.
    monkeypatch.setattr("commitments.actions.developments.rule_problems", lambda _development, today: [])
    commitment = make_commitment()
    check = Development(commitment=commitment, kind=DevelopmentKind.CHECK, summary="Looked.", searched="Newspapers")
    check.happened = UncertainDate.parse(str(TODAY.year))
    actions.draft(by=contributor, development=check)

    actions.publish(by=contributor, development=check, at=MOMENT)

    commitment.refresh_from_db()
    assert commitment.last_checked_on == TODAY


def test_a_check_says_where(contributor: User) -> None:
    with pytest.raises(ValidationError, match="says where somebody looked"):
        actions.record_check(by=contributor, commitment=make_commitment(), searched="", on=TODAY)

    assert not Development.objects.exists()


def test_a_check_of_tomorrow_is_refused_and_leaves_no_draft(contributor: User) -> None:
    with pytest.raises(Refused, match="after today"):
        actions.record_check(
            by=contributor,
            commitment=make_commitment(),
            searched="Newspapers",
            on=TODAY + dt.timedelta(days=1),
            at=MOMENT,
        )

    assert not Development.objects.exists()


# --- all or nothing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["countries.rewrite", "statuses.rewrite", "revisions.record"])
def test_what_fails_half_way_leaves_nothing(reviewer: User, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    commitment = make_commitment()
    draft = make_draft_development(commitment, status=Status.IN_PROGRESS)
    before, commitment_before = stored(draft), Commitment.objects.values().get()

    def interrupted(**_: object) -> None:
        raise KeyError

    monkeypatch.setattr(f"commitments.actions.{step}", interrupted)
    with pytest.raises(KeyError):
        actions.publish(by=reviewer, development=draft)

    assert stored(draft) == before
    assert Commitment.objects.values().get() == commitment_before
    assert not StatusChange.objects.exists()
    assert Revision.objects.count() == 1


def test_a_check_recorded_by_mistake_is_taken_back(contributor: User) -> None:
    commitment = make_commitment(review_interval_days=30)
    actions.record_check(
        by=contributor, commitment=commitment, searched="Newspapers", on=dt.date(2024, 2, 1), at=MOMENT
    )
    wrong = actions.record_check(
        by=contributor, commitment=commitment, searched="Newspapers", on=dt.date(2024, 5, 1), at=MOMENT
    )
    correction = actions.draft_correction(by=contributor, development=wrong, note="It was April.", at=MOMENT)
    correction.happened = UncertainDate(dt.date(2024, 4, 1))
    actions.edit_draft(by=contributor, development=correction, version=correction.version)

    # It needs no source, as the check did not.
    actions.publish(by=contributor, development=correction, at=MOMENT)

    commitment.refresh_from_db()
    assert (commitment.last_checked_on, commitment.next_check_on) == (dt.date(2024, 4, 1), dt.date(2024, 5, 1))


def test_a_check_that_is_taken_back_leaves_the_day_that_was_given_with_an_edit(contributor: User) -> None:
    commitment = make_commitment()
    days = iter(MOMENT + dt.timedelta(hours=hour) for hour in range(-9, 0))
    actions.record_check(by=contributor, commitment=commitment, searched="Radio", on=dt.date(2024, 1, 1), at=next(days))
    commitment.refresh_from_db()
    commitment_actions.edit(
        by=contributor,
        commitment=commitment,
        version=commitment.version,
        reason="Looked again",
        checked_on=dt.date(2024, 2, 1),
        at=next(days),
    )
    wrong = actions.record_check(
        by=contributor, commitment=commitment, searched="Radio", on=dt.date(2024, 5, 1), at=next(days)
    )

    correct_check(contributor, wrong, dt.date(2024, 1, 15), at=next(days))

    commitment.refresh_from_db()
    assert commitment.last_checked_on == dt.date(2024, 2, 1)


def test_checks_that_are_taken_back_one_after_the_other_leave_nothing(contributor: User) -> None:
    commitment = make_commitment()
    days = iter(MOMENT + dt.timedelta(hours=hour) for hour in range(-9, 0))
    first, second = (
        actions.record_check(by=contributor, commitment=commitment, searched="Radio", on=day, at=next(days))
        for day in (dt.date(2024, 3, 1), dt.date(2024, 5, 1))
    )

    correct_check(contributor, first, dt.date(2024, 1, 1), at=next(days))
    correct_check(contributor, second, dt.date(2024, 1, 2), at=next(days))

    commitment.refresh_from_db()
    assert commitment.last_checked_on == dt.date(2024, 1, 2)


def correct_check(by: User, check: Development, day: dt.date, *, at: dt.datetime) -> None:
    """Say in public that somebody looked on another day than the check says."""
    correction = actions.draft_correction(by=by, development=check, note="It was another day.", at=at)
    correction.happened = UncertainDate(day)
    actions.edit_draft(by=by, development=correction, version=correction.version)
    actions.publish(by=by, development=correction, at=at)


def test_a_correction_of_a_check_takes_no_status_without_a_source(contributor: User) -> None:
    check = actions.record_check(
        by=contributor, commitment=make_commitment(), searched="Newspapers", on=dt.date(2024, 5, 1), at=MOMENT
    )
    correction = actions.draft_correction(by=contributor, development=check, note="It was more.", at=MOMENT)
    correction.status = Status.IN_PROGRESS
    actions.edit_draft(by=contributor, development=correction, version=correction.version)

    with pytest.raises(Refused, match="Add a source"):
        actions.publish(by=contributor, development=correction, at=MOMENT)
