"""One valid row of every model that has something to hold together."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils import timezone

from commitments.actions import developments as development_actions
from commitments.actions import suggestions as suggestion_actions
from commitments.codelists import (
    AmountQualifier,
    Classification,
    DevelopmentKind,
    LinkOutcome,
    MoneyStage,
    Publication,
    RelationKind,
    ReviewKind,
    Status,
)
from commitments.models import (
    Activity,
    Amount,
    Assessment,
    Capture,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    CoverageSession,
    Delivery,
    Development,
    Distinction,
    Document,
    Evidence,
    FormDraft,
    FormKey,
    Import,
    LinkCheck,
    Membership,
    Merge,
    Participation,
    Party,
    Passage,
    Relation,
    Release,
    Remit,
    Review,
    Revision,
    Sector,
    SeedRow,
    StatusChange,
    StatusWord,
    Subscription,
    Suggestion,
    Summit,
    Wording,
)
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_sector,
    make_suggestion,
    make_summit,
    make_user,
)


def a_membership() -> Membership:
    """Kazakhstan in a bloc, for as long as anybody knows."""
    return make_bloc("A bloc", make_country()).memberships.get()


def a_dated_membership() -> Membership:
    """Kazakhstan in a bloc from a day on."""
    return make_bloc("A bloc", make_country(), joined_on=dt.date(2023, 1, 1)).memberships.get()


def a_participation() -> Participation:
    return Participation.objects.create(summit=make_summit(), party=make_country())


def a_passage() -> Passage:
    return Passage.objects.create(
        document=make_document(), paragraph=1, sentence=1, classification=Classification.CONTEXT, summary="Who met."
    )


def a_commitment() -> Commitment:
    """A draft, due in June 2024."""
    return make_commitment(due="2024-06", publication=Publication.DRAFT)


def a_maker() -> CommitmentParty:
    return a_commitment().parties.get()


def a_country_of_a_commitment() -> CommitmentCountry:
    return a_commitment().countries.get()


def an_amount() -> Amount:
    return Amount.objects.create(
        commitment=a_commitment(),
        stage=MoneyStage.ANNOUNCED,
        qualifier=AmountQualifier.EXACT,
        value=25_000_000,
        currency="USD",
    )


def a_range() -> Amount:
    return Amount.objects.create(
        commitment=a_commitment(),
        stage=MoneyStage.ANNOUNCED,
        qualifier=AmountQualifier.RANGE,
        value=20,
        value_max=30,
        currency="USD",
    )


def a_relation() -> Relation:
    return Relation.objects.create(source=a_commitment(), kind=RelationKind.RESTATES, target=a_commitment())


def a_wording() -> Wording:
    """Without a paragraph: somewhere in its document."""
    return a_commitment().wordings.get()


def a_development() -> Development:
    """A draft with its evidence."""
    return make_draft_development(a_commitment())


def a_verdict() -> Development:
    """A draft that says “delivered”, with its evidence."""
    return make_draft_development(a_commitment(), status=Status.DELIVERED)


def a_check() -> Development:
    return make_draft_development(
        a_commitment(), kind=DevelopmentKind.CHECK, searched="The ministry's news", documents=()
    )


def a_reply() -> Development:
    return make_draft_development(a_commitment(), kind=DevelopmentKind.REPLY, party=make_party(), documents=())


def a_correction() -> Development:
    """The draft of a correction of a published development."""
    return development_actions.draft_correction(
        by=make_user("contributor"), development=make_development(a_commitment()), note="The day was wrong."
    )


def an_evidence() -> Evidence:
    return a_development().evidence.get()


def a_status_change() -> StatusChange:
    commitment = a_commitment()
    make_development(commitment, status=Status.IN_PROGRESS)
    return commitment.status_changes.get(party=None)


def a_revision() -> Revision:
    return make_commitment().revisions.get()


def a_review() -> Review:
    return Review.objects.create(
        development=a_development(),
        kind=ReviewKind.SUBMITTED,
        by=make_user(),
        recorded_at=timezone.now(),
        comment="New",
    )


def a_link_check() -> LinkCheck:
    document = make_document()
    return LinkCheck.objects.create(
        document=document, url=document.url or "", checked_at=timezone.now(), outcome=LinkOutcome.ANSWERED
    )


def a_suggestion() -> Suggestion:
    """One that waits, of something in May 2024."""
    return make_suggestion(make_commitment(), happened="2024-05")


def a_declined_suggestion() -> Suggestion:
    return suggestion_actions.decline(by=make_user(), suggestion=a_suggestion(), outcome="It is older.")


def an_accepted_suggestion() -> Suggestion:
    """One of which a draft was made."""
    suggestion = a_suggestion()
    development = Development(summary="It met.")
    development.happened = UncertainDate.parse("2024-05")
    suggestion_actions.accept(by=make_user(), suggestion=suggestion, development=development)
    return suggestion


def a_purpose() -> Sector:
    """A sector of the lower level, in its category."""
    return make_sector("32210")


def a_reading() -> CoverageSession:
    return CoverageSession.objects.create(
        document=make_document(),
        summit=make_summit(),
        text="We met.",
        started_by=make_user(),
        started_at=timezone.now(),
    )


def a_seed_row() -> SeedRow:
    return SeedRow.objects.create(file="parties.csv", key="KZ", sha256="a" * 64, object_id=1, loaded_at=timezone.now())


def a_merge() -> Merge:
    """One in force, without the records knowing of it."""
    return Merge.objects.create(
        kept=a_commitment(),
        absorbed=a_commitment(),
        reason="The same pledge.",
        moved={},
        by=make_user(),
        recorded_at=timezone.now(),
    )


def a_distinction() -> Distinction:
    first, second = a_commitment(), a_commitment()
    return Distinction.objects.create(first=first, second=second, by=make_user(), recorded_at=timezone.now())


def a_capture() -> Capture:
    document = make_document()
    return Capture.objects.create(
        document=document,
        url=document.url or "",
        captured_at=timezone.now(),
        media_type="text/html",
        size=20,
        sha256="a" * 64,
        warc=f"{document.pk}.warc.gz",
        text="We met.",
    )


def a_form_key(digit: str = "a") -> FormKey:
    return FormKey.objects.create(digest=digit * 64, used_at=timezone.now())


def a_form_draft() -> FormDraft:
    return FormDraft.objects.create(
        editor=make_user(), address="/admin/", content={"summary": "It met."}, saved_at=timezone.now()
    )


def an_import() -> Import:
    """One that waits."""
    return Import.objects.create(
        kind="documents",
        file_name="sources.csv",
        content=b"x",
        sha256="a" * 64,
        by=make_user(),
        given_at=timezone.now(),
    )


def a_status_word() -> StatusWord:
    return StatusWord.objects.create(word="kept", status=Status.DELIVERED)


def an_assessment() -> Assessment:
    """Of Kazakhstan, by the first of two assessors."""
    return Assessment.objects.create(
        commitment=a_commitment(),
        party=make_country(),
        assessor=make_user(),
        place=1,
        score="partial",
        note="A first meeting was held.",
        recorded_at=timezone.now(),
    )


def a_subscription() -> Subscription:
    return Subscription.objects.create(
        channel="email", address="reader@example.org", query="country=KZ", frequency="daily", created_at=timezone.now()
    )


def a_webhook() -> Subscription:
    return Subscription.objects.create(
        channel="webhook",
        address="https://example.org/hook",
        secret="s" * 43,
        frequency="at_once",
        created_at=timezone.now(),
    )


def a_delivery() -> Delivery:
    """One that waits."""
    subscription = Subscription.objects.first() or a_subscription()
    now = timezone.now()
    return Delivery.objects.create(
        subscription=subscription, identifier=uuid.uuid4(), content={}, created_at=now, due_at=now
    )


def a_release(version: str = "2026.11") -> Release:
    return Release.objects.create(
        version=version,
        known_at=timezone.now(),
        released_at=timezone.now(),
        by=make_user(),
        codebook_version="1.2",
        counts={},
        manifest=[],
    )


def an_activity() -> Activity:
    return Activity.objects.create(commitment=a_commitment(), identifier="US-GOV-1-12345")


def a_remit(username: str = "contributor") -> Remit:
    return Remit.objects.create(user=make_user(username))


ROWS: dict[type[Model], Callable[[], Model]] = {
    Party: make_party,
    Summit: make_summit,
    Participation: a_participation,
    Document: make_document,
    Passage: a_passage,
    Commitment: a_commitment,
    CommitmentParty: a_maker,
    CommitmentCountry: a_country_of_a_commitment,
    Amount: an_amount,
    Relation: a_relation,
    Wording: a_wording,
    Development: a_development,
    Evidence: an_evidence,
    StatusChange: a_status_change,
    Revision: a_revision,
    Review: a_review,
    LinkCheck: a_link_check,
    Suggestion: a_suggestion,
    Assessment: an_assessment,
    Subscription: a_subscription,
    Delivery: a_delivery,
    Import: an_import,
    StatusWord: a_status_word,
}


def column(model: type[Model], name: str) -> str:
    """The column of a field."""
    found: Any = model._meta.get_field(name)
    return str(found.column)
