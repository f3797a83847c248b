"""Creating, editing, publishing, closing and retracting a commitment."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from commitments.actions import commitments as actions
from commitments.actions import developments as development_actions
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import (
    Collectivity,
    DueBasis,
    Kind,
    Publication,
    RelationKind,
    Role,
    Status,
    Strength,
)
from commitments.models import (
    Amount,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Relation,
    Revision,
    SearchEntry,
    StatusChange,
    User,
    Wording,
)
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_party,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
LATER = MOMENT + dt.timedelta(days=1)


@pytest.fixture
def editor() -> User:
    return make_user("editor")


def unsaved(**fields: Any) -> Commitment:
    """A commitment as a form hands it over."""
    defaults = {
        "code": "C51-2023-01",
        "title": "Connect the regional grids",
        "summary": "The grids of five countries are to be connected.",
        "summit": make_summit(),
        "kind": Kind.PROGRAMME,
        "strength": Strength.ANNOUNCED,
        "collectivity": Collectivity.JOINT,
    }
    commitment = Commitment(**{**defaults, **fields})
    commitment.made = UncertainDate.parse("2023-09-19")
    return commitment


# --- create -----------------------------------------------------------------------------------------------------------


def test_a_new_commitment_is_a_draft_that_says_nothing_in_public(editor: User) -> None:
    commitment = actions.create(by=editor, commitment=unsaved())

    commitment.refresh_from_db()
    assert (commitment.publication, commitment.published_at, commitment.version) == (Publication.DRAFT, None, 1)
    assert (commitment.status, commitment.status_since) == (Status.NOT_ASSESSED, None)
    assert not Commitment.objects.published().exists()
    assert not Revision.objects.exists()


def test_its_history_names_who_created_it(editor: User) -> None:
    commitment = actions.create(by=editor, commitment=unsaved())

    assert [row.history_user for row in commitment.history.all()] == [editor]


def test_it_is_found_under_the_countries_of_the_rows_that_were_saved_with_it(editor: User) -> None:
    commitment = unsaved()

    def write() -> None:
        CommitmentParty.objects.create(commitment=commitment, party=make_country(), role=Role.MAKER)

    actions.create(by=editor, commitment=commitment, write=write)

    assert [(row.country, row.role) for row in commitment.countries.all()] == [(make_country(), Role.MAKER)]


def test_it_cannot_be_created_as_anything_but_a_draft(editor: User) -> None:
    with pytest.raises(Refused, match="begins as a draft"):
        actions.create(by=editor, commitment=unsaved(publication=Publication.PUBLISHED))

    assert not Commitment.objects.exists()


def test_what_other_actions_write_cannot_be_brought_along(editor: User) -> None:
    commitment = unsaved(status=Status.DELIVERED, published_at=MOMENT, published_by=editor)
    commitment.status_since = UncertainDate.parse("2024")

    actions.create(by=editor, commitment=commitment)

    stored = Commitment.objects.get()
    assert (stored.status, stored.status_since) == (Status.NOT_ASSESSED, None)
    assert (stored.published_at, stored.published_by) == (None, None)
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "lower-case"}, "capital letters"),
        ({"title": ""}, "cannot be blank"),
        ({"kind": "nonsense"}, "not a valid choice"),
        ({"due_basis": DueBasis.STATED}, "without one its basis is none"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_saved(editor: User, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        actions.create(by=editor, commitment=unsaved(**fields))

    assert not Commitment.objects.exists()


def test_a_code_is_given_once(editor: User) -> None:
    actions.create(by=editor, commitment=unsaved())

    with pytest.raises(ValidationError, match="already exists"):
        actions.create(by=editor, commitment=unsaved())


# --- edit -------------------------------------------------------------------------------------------------------------


def test_an_edit_saves_counts_and_says_why(editor: User) -> None:
    commitment = make_commitment(by=editor)
    commitment.title = "A better title"

    edited = actions.edit(by=editor, commitment=commitment, version=commitment.version, reason="Clearer", at=LATER)

    stored = Commitment.objects.get()
    assert (stored.title, stored.version) == ("A better title", edited.version)
    assert edited.version == commitment.history.count()
    last = stored.revisions.get(number=2)
    assert (last.reason, last.by, last.recorded_at) == ("Clearer", editor, LATER)
    assert last.snapshot["title"] == "A better title"


def test_what_a_public_record_needs_is_not_taken_from_it(editor: User) -> None:
    public, draft = make_commitment("A-1"), make_commitment("A-2", publication=Publication.DRAFT)

    def strip(commitment: Commitment) -> None:
        def write() -> None:
            commitment.parties.all().delete()
            commitment.wordings.all().delete()

        actions.edit(by=editor, commitment=commitment, version=commitment.version, reason="Why", write=write)

    strip(draft)
    with pytest.raises(Refused, match=r"add a maker.*Add a wording"):
        strip(public)

    assert (public.parties.count(), public.wordings.count()) == (1, 1)
    assert (draft.parties.count(), draft.wordings.count()) == (0, 0)


def test_the_second_of_two_editors_overwrites_nothing(editor: User) -> None:
    commitment = make_commitment()
    first, second = Commitment.objects.get(), Commitment.objects.get()
    first.title, second.title = "The first's", "The second's"
    actions.edit(by=editor, commitment=first, version=commitment.version, reason="First")

    with pytest.raises(Conflict, match="Nothing of theirs or yours was overwritten"):
        actions.edit(by=make_user("other"), commitment=second, version=commitment.version, reason="Second")

    assert Commitment.objects.get().title == "The first's"
    assert Commitment.objects.get().revisions.count() == 2


@pytest.mark.parametrize("reason", ["", "  \n"])
@pytest.mark.parametrize("publication", [Publication.PUBLISHED, Publication.CLOSED])
def test_what_the_public_reads_changes_for_a_reason_only(editor: User, publication: Publication, reason: str) -> None:
    commitment = make_commitment(publication=publication)
    title, commitment.title = commitment.title, "Another"

    with pytest.raises(Refused, match="Say why"):
        actions.edit(by=editor, commitment=commitment, version=commitment.version, reason=reason)

    assert Commitment.objects.get().title == title


def test_whether_a_reason_is_needed_is_asked_of_the_database(editor: User) -> None:
    commitment = make_commitment()
    commitment.publication = Publication.DRAFT

    with pytest.raises(Refused, match="Say why"):
        actions.edit(by=editor, commitment=commitment, version=commitment.version, reason="")


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.RETRACTED])
def test_what_the_public_does_not_read_changes_without_a_reason(editor: User, publication: Publication) -> None:
    commitment = make_commitment(publication=publication)
    revisions = commitment.revisions.count()
    commitment.title = "Another"

    actions.edit(by=editor, commitment=commitment, version=commitment.version, reason="")

    assert Commitment.objects.get().title == "Another"
    assert commitment.revisions.count() == revisions


def test_a_reason_longer_than_the_record_keeps_is_refused_not_cut(editor: User) -> None:
    commitment = make_commitment()
    commitment.title = "Another"

    with pytest.raises(ValidationError, match="at most 300 characters"):
        actions.edit(by=editor, commitment=commitment, version=commitment.version, reason="x" * 301)

    assert Commitment.objects.get().title != "Another"


def test_an_edit_overwrites_nothing_that_other_actions_wrote_since(editor: User) -> None:
    commitment = make_commitment(due="2024-01")
    in_the_form = Commitment.objects.get()
    make_development(commitment, status=Status.IN_PROGRESS, happened="2024-02")
    development_actions.record_check(by=editor, commitment=commitment, searched="Newspapers", on=dt.date(2024, 2, 20))
    in_the_form.title = "A better title"

    edited = actions.edit(by=editor, commitment=in_the_form, version=in_the_form.version, reason="Clearer")

    assert (edited.title, edited.status) == ("A better title", Status.IN_PROGRESS)
    assert edited.status_since == UncertainDate.parse("2024-02")
    assert edited.last_checked_on == dt.date(2024, 2, 20)


def test_an_edit_neither_publishes_nor_assesses(editor: User) -> None:
    commitment = make_commitment(publication=Publication.DRAFT)
    commitment.publication, commitment.published_at, commitment.published_by = Publication.PUBLISHED, MOMENT, editor
    commitment.status, commitment.status_since = Status.DELIVERED, UncertainDate.parse("2024")
    commitment.next_check_on = commitment.last_checked_on = dt.date(2024, 1, 1)

    actions.edit(by=editor, commitment=commitment, version=commitment.version, reason="All at once")

    stored = Commitment.objects.get()
    assert (stored.publication, stored.published_at, stored.published_by) == (Publication.DRAFT, None, None)
    assert (stored.status, stored.status_since) == (Status.NOT_ASSESSED, None)
    assert (stored.last_checked_on, stored.next_check_on) == (None, None)


def test_a_longer_review_interval_moves_the_next_check(editor: User) -> None:
    commitment = make_commitment(review_interval_days=30)
    development_actions.record_check(by=editor, commitment=commitment, searched="Newspapers", on=dt.date(2024, 5, 1))
    commitment.refresh_from_db()
    assert commitment.next_check_on == dt.date(2024, 5, 31)
    commitment.review_interval_days = 60

    edited = actions.edit(by=editor, commitment=commitment, version=commitment.version, reason="Slower")

    assert edited.next_check_on == dt.date(2024, 6, 30)


def test_a_maker_who_becomes_an_addressee_bears_no_status_any_more(editor: User) -> None:
    kazakhstan, uzbekistan = make_country("KZ"), make_country("UZ")
    commitment = make_commitment(makers=(kazakhstan, uzbekistan))
    make_development(commitment, party=kazakhstan, status=Status.IN_PROGRESS)
    row = commitment.parties.get(party=kazakhstan)

    def write() -> None:
        row.role = Role.ADDRESSEE
        row.save()

    edited = actions.edit(
        by=editor, commitment=commitment, version=commitment.version, reason="It was addressed", write=write
    )

    row.refresh_from_db()
    assert (row.status, row.status_since) == (Status.NOT_ASSESSED, None)
    assert edited.status == Status.NOT_ASSESSED


# --- publish ----------------------------------------------------------------------------------------------------------


def test_publishing_makes_it_public_with_its_first_revision(editor: User) -> None:
    draft = make_commitment(publication=Publication.DRAFT)

    published = actions.publish(by=editor, commitment=draft, at=MOMENT)

    assert list(Commitment.objects.published()) == [published]
    assert (published.published_at, published.published_by) == (MOMENT, editor)
    revision = published.revisions.get()
    assert (revision.number, revision.previous_sha256, revision.recorded_at) == (1, "", MOMENT)
    assert revision.snapshot["code"] == draft.code


def test_it_lists_every_reason_why_it_cannot_be_published(editor: User) -> None:
    commitment = actions.create(by=editor, commitment=unsaved())

    with pytest.raises(Refused) as refusal:
        actions.publish(by=editor, commitment=commitment)

    assert refusal.value.messages == [
        "Say who makes the commitment: add a maker.",
        "Add a wording: a commitment rests on a document that words it.",
    ]
    assert Commitment.objects.get().publication == Publication.DRAFT


def test_what_lies_ahead_cannot_have_been_made(editor: User) -> None:
    day = dt.datetime(2024, 5, 31, 12, tzinfo=dt.UTC)
    commitment = make_commitment(made="2024-06-01", publication=Publication.DRAFT)

    with pytest.raises(Refused, match="cannot have been made after today"):
        actions.publish(by=editor, commitment=commitment, at=day)
    actions.publish(by=editor, commitment=commitment, at=day + dt.timedelta(days=1))
    commitment.refresh_from_db()
    commitment.made = UncertainDate.parse("2024-06-03")

    with pytest.raises(Refused, match="cannot have been made after today"):
        actions.edit(
            by=editor,
            commitment=commitment,
            version=commitment.version,
            reason="Mistyped",
            at=day + dt.timedelta(days=2),
        )


def test_an_addressee_does_not_make_it(editor: User) -> None:
    commitment = make_commitment(makers=(), addressees=(make_country(),), publication=Publication.DRAFT)

    with pytest.raises(Refused, match="add a maker"):
        actions.publish(by=editor, commitment=commitment)


def test_publishing_counts_as_a_write_so_that_an_open_form_cannot_undo_it(editor: User) -> None:
    draft = make_commitment(publication=Publication.DRAFT)
    in_the_form = Commitment.objects.get()
    actions.publish(by=editor, commitment=draft)

    with pytest.raises(Conflict):
        actions.edit(by=editor, commitment=in_the_form, version=in_the_form.version, reason="")

    assert Commitment.objects.get().publication == Publication.PUBLISHED


def test_what_is_published_is_not_published_again(editor: User) -> None:
    draft = make_commitment(publication=Publication.DRAFT)
    actions.publish(by=editor, commitment=draft, at=MOMENT)

    with pytest.raises(Conflict, match="already “Published”"):
        actions.publish(by=make_user("other"), commitment=draft, at=LATER)

    stored = Commitment.objects.get()
    assert (stored.published_at, stored.published_by) == (MOMENT, editor)
    assert stored.revisions.count() == 1


def test_publishing_brings_its_developments_along(editor: User) -> None:
    draft = make_commitment(publication=Publication.DRAFT)
    development = make_development(draft, status=Status.IN_PROGRESS)

    published = actions.publish(by=editor, commitment=draft)

    assert published.status == Status.IN_PROGRESS
    assert [row["id"] for row in published.revisions.get().snapshot["developments"]] == [development.pk]


# --- close and retract ------------------------------------------------------------------------------------------------


def test_what_is_closed_stays_public_and_says_so(editor: User) -> None:
    commitment = make_commitment()

    closed = actions.close(by=editor, commitment=commitment, reason="Followed to its end", at=LATER)

    assert list(Commitment.objects.published()) == [closed]
    last = closed.revisions.get(number=2)
    assert (last.snapshot["publication"], last.reason) == (Publication.CLOSED, "Followed to its end")


def test_what_is_retracted_leaves_the_public_and_says_no_more_than_that(editor: User) -> None:
    commitment = make_commitment()

    retracted = actions.retract(by=editor, commitment=commitment, reason="It was never promised", at=LATER)

    assert not Commitment.objects.published().exists()
    last = retracted.revisions.get(number=2)
    assert last.snapshot == {"schema": 1, "code": commitment.code, "publication": "retracted"}
    assert last.reason == "It was never promised"


def test_what_is_retracted_is_not_found_by_its_words(editor: User) -> None:
    commitment = make_commitment()
    assert SearchEntry.objects.filter(commitment=commitment).exists()

    actions.retract(by=editor, commitment=commitment, reason="It was never promised")

    assert not SearchEntry.objects.filter(commitment=commitment).exists()


@pytest.mark.parametrize("leave", [actions.close, actions.retract])
@pytest.mark.parametrize("reason", ["", " "])
def test_it_leaves_for_a_reason_only(editor: User, leave: Any, reason: str) -> None:
    commitment = make_commitment()

    with pytest.raises(Refused, match="Say why"):
        leave(by=editor, commitment=commitment, reason=reason)

    assert Commitment.objects.get().publication == Publication.PUBLISHED


@pytest.mark.parametrize(
    ("leave", "publication"),
    [
        (actions.close, Publication.DRAFT),
        (actions.close, Publication.CLOSED),
        (actions.close, Publication.RETRACTED),
        (actions.retract, Publication.DRAFT),
        (actions.retract, Publication.RETRACTED),
    ],
)
def test_it_leaves_only_from_where_one_can(editor: User, leave: Any, publication: Publication) -> None:
    commitment = make_commitment(publication=publication)
    revisions = commitment.revisions.count()

    with pytest.raises(Conflict, match="nothing was changed"):
        leave(by=editor, commitment=commitment, reason="Once more")

    assert Commitment.objects.get().publication == publication
    assert commitment.revisions.count() == revisions


def test_what_was_retracted_returns_with_the_day_of_its_first_publication(editor: User) -> None:
    commitment = make_commitment(by=editor, at=MOMENT)
    actions.retract(by=editor, commitment=commitment, reason="A mistake", at=LATER)

    back = actions.publish(by=make_user("other"), commitment=commitment, at=LATER + dt.timedelta(days=1))

    assert (back.published_at, back.published_by) == (MOMENT, editor)
    first, gone, again = back.revisions.order_by("number")
    assert again.snapshot == first.snapshot
    assert (gone.previous_sha256, again.previous_sha256) == (first.sha256, gone.sha256)
    assert SearchEntry.objects.filter(commitment=commitment).exists()


def test_what_relates_to_it_says_so_only_while_it_is_public(editor: User) -> None:
    earlier, later = make_commitment(publication=Publication.DRAFT), make_commitment()
    Relation.objects.create(source=later, kind=RelationKind.RESTATES, target=earlier)

    def said() -> list[dict[str, str]]:
        relations: list[dict[str, str]] = later.revisions.order_by("-number")[0].snapshot["relations"]
        return relations

    assert said() == []
    actions.publish(by=editor, commitment=earlier)
    assert said() == [{"kind": "restates", "target": earlier.code}]
    actions.retract(by=editor, commitment=earlier, reason="A mistake")
    assert said() == []
    assert later.revisions.count() == 3


# --- all or nothing ---------------------------------------------------------------------------------------------------


class Interrupted(Exception):
    """Something goes wrong half-way."""


def counts() -> dict[str, int]:
    models = (Commitment, CommitmentParty, CommitmentCountry, Wording, Amount, StatusChange, Revision, SearchEntry)
    return {model.__name__: model._default_manager.count() for model in models}


def test_what_fails_half_way_leaves_nothing_of_a_creation(editor: User) -> None:
    commitment = unsaved()
    before = counts()

    def write() -> None:
        CommitmentParty.objects.create(commitment=commitment, party=make_party(), role=Role.MAKER)
        Wording.objects.create(commitment=commitment, document=make_document(), strength=Strength.ANNOUNCED)
        raise Interrupted

    with pytest.raises(Interrupted):
        actions.create(by=editor, commitment=commitment, write=write)

    assert counts() == before
    assert not Commitment.history.exists()


def test_what_fails_half_way_leaves_nothing_of_an_edit(editor: User) -> None:
    commitment = make_commitment()
    before, stored = counts(), Commitment.objects.values().get()
    version, commitment.title = commitment.version, "Another"

    def write() -> None:
        commitment.parties.all().delete()
        raise Interrupted

    with pytest.raises(Interrupted):
        actions.edit(by=editor, commitment=commitment, version=version, reason="Why", write=write)

    assert counts() == before
    assert Commitment.objects.values().get() == stored


def test_what_fails_at_the_last_step_leaves_nothing_of_a_publication(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    commitment = make_commitment(publication=Publication.DRAFT)
    before, stored = counts(), Commitment.objects.values().get()

    def interrupted(**_: object) -> None:
        raise Interrupted

    monkeypatch.setattr("commitments.actions.revisions.record", interrupted)
    with pytest.raises(Interrupted):
        actions.publish(by=editor, commitment=commitment)

    assert counts() == before
    assert Commitment.objects.values().get() == stored
