"""What readers suggest: put into the queue by anybody, decided on once."""

import pytest
from django.core.exceptions import ValidationError

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import suggestions as suggestion_actions
from commitments.actions.errors import Conflict, Refused
from commitments.codelists import EvidenceRole, Publication, SuggestionKind, SuggestionState
from commitments.models import Commitment, Development, Evidence, Suggestion
from commitments.uncertain_dates import UncertainDate
from tests.factories import make_commitment, make_document, make_suggestion, make_user, merge

pytestmark = pytest.mark.django_db


def a_draft(summary: str = "It met.") -> Development:
    development = Development(summary=summary)
    development.happened = UncertainDate.parse("2024-05")
    return development


def test_a_suggestion_waits_under_a_reference_that_nobody_guesses() -> None:
    first, second = make_suggestion(happened="2024-05"), make_suggestion()

    assert first.state == SuggestionState.NEW
    assert str(first.happened) == "May 2024"
    assert len(first.reference) == 32
    assert first.reference != second.reference
    assert list(Suggestion.objects.waiting()) == [first, second]


def test_nothing_is_kept_of_who_sent_it() -> None:
    names = {field.name for field in Suggestion._meta.get_fields()}

    assert not [name for name in names if {"ip", "address", "email", "agent", "sender"} & set(name.split("_"))]


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.RETRACTED])
def test_nothing_can_be_suggested_to_what_is_not_public(publication: Publication) -> None:
    commitment = make_commitment(publication=publication)

    with pytest.raises(Refused):
        make_suggestion(commitment)


def test_what_is_suggested_to_a_record_that_was_merged_meanwhile_waits_at_the_one_that_was_kept() -> None:
    read, kept, last = make_commitment(), make_commitment(), make_commitment()
    merge(Commitment.objects.get(pk=read.pk), kept)
    merge(Commitment.objects.get(pk=kept.pk), last)

    suggestion = make_suggestion(read)

    assert suggestion.commitment == last
    development = suggestion_actions.accept(by=make_user(), suggestion=suggestion, development=a_draft())
    assert development.commitment == last


def test_what_was_taken_back_meanwhile_takes_no_suggestion() -> None:
    read = make_commitment()
    taken_back = Commitment.objects.get(pk=read.pk)
    commitment_actions.retract(by=make_user(), commitment=taken_back, reason="It was never said.")

    with pytest.raises(Refused):
        make_suggestion(read)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 2001},
        {"url": "ftp://example.org/"},
        {"url": "javascript:alert(1)"},
        {"url": ""},
        {"kind": "praise"},
        {"credit": "x" * 101},
    ],
)
def test_what_is_wrong_is_refused(wrong: dict[str, str]) -> None:
    commitment = make_commitment()

    with pytest.raises(ValidationError):
        make_suggestion(commitment, **wrong)

    assert not Suggestion.objects.exists()


def test_accepting_makes_a_draft_with_its_source_and_thanks_the_sender() -> None:
    editor, suggestion, document = make_user(), make_suggestion(credit="A. Reader"), make_document()

    development = suggestion_actions.accept(
        by=editor,
        suggestion=suggestion,
        development=a_draft(),
        evidence=[Evidence(document=document, role=EvidenceRole.SHOWS_PROGRESS)],
        with_credit=True,
        outcome="Thank you.",
    )

    assert development.commitment == suggestion.commitment
    assert not development.is_published
    assert development.entered_by == editor
    assert development.note == "Suggested by A. Reader."
    assert development.evidence.get().document == document
    assert (suggestion.state, suggestion.decided_by, suggestion.outcome) == ("accepted", editor, "Thank you.")
    assert suggestion.decided_at is not None
    assert suggestion.development == development
    assert suggestion.commitment.revisions.count() == 1


def test_nobody_is_thanked_who_does_not_wish_it() -> None:
    development = suggestion_actions.accept(
        by=make_user(), suggestion=make_suggestion(credit="A. Reader"), development=a_draft()
    )

    assert development.note == ""


def test_a_draft_that_is_wrong_leaves_the_suggestion_waiting() -> None:
    suggestion = make_suggestion()

    with pytest.raises(ValidationError):
        suggestion_actions.accept(by=make_user(), suggestion=suggestion, development=a_draft(""))

    assert list(Suggestion.objects.waiting()) == [suggestion]
    assert not Development.objects.exists()


def test_declining_says_why() -> None:
    suggestion = make_suggestion()
    for empty in ("", "  "):
        with pytest.raises(Refused, match="Say why"):
            suggestion_actions.decline(by=make_user(), suggestion=suggestion, outcome=empty)

    suggestion_actions.decline(by=make_user(), suggestion=suggestion, outcome="The source says otherwise.")

    assert (suggestion.state, suggestion.outcome) == ("declined", "The source says otherwise.")


def test_of_two_who_decide_the_second_changes_nothing() -> None:
    suggestion, other = make_suggestion(), make_user()
    stale = Suggestion.objects.get()
    suggestion_actions.decline(by=make_user(), suggestion=suggestion, outcome="No.")

    with pytest.raises(Conflict, match="Somebody else decided"):
        suggestion_actions.accept(by=other, suggestion=stale, development=a_draft())
    with pytest.raises(Conflict):
        suggestion_actions.decline(by=other, suggestion=stale, outcome="Otherwise.")

    suggestion.refresh_from_db()
    assert suggestion.outcome == "No."
    assert not Development.objects.exists()


def test_a_draft_that_is_thrown_away_leaves_the_decision() -> None:
    suggestion, by = make_suggestion(kind=SuggestionKind.WRONG), make_user()
    development = suggestion_actions.accept(by=by, suggestion=suggestion, development=a_draft())

    development_actions.delete_draft(by=by, development=development, version=development.version)

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.development) == ("accepted", None)
