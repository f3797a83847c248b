"""Logging what happened: drafts, publication, corrections and checks."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.errors import Conflict, Refused
from commitments.actions.saving import Write, claim_version, create_valid, nothing, save_valid
from commitments.actions.settling import lock, settle
from commitments.codelists import (
    MAKER_ROLES,
    Confidence,
    DevelopmentKind,
    EvidenceRole,
    Provenance,
    Publication,
    RelationKind,
    ReviewKind,
    SourceKind,
    Status,
)
from commitments.models import Commitment, Development, Evidence, Review, Revision, User
from commitments.rules import DevelopmentFacts, EvidenceFacts, needs_second_person, publication_problems
from commitments.uncertain_dates import UncertainDate


@transaction.atomic
def draft(
    *,
    by: User,
    development: Development,
    evidence: Sequence[Evidence] = (),
    write: Write = nothing,
    at: dt.datetime | None = None,
) -> Development:
    """Save a new development as a draft, with its evidence (unsaved rows, or by `write`). Nothing public changes.

    Raises `ValidationError` when a field is wrong, `Refused` when the commitment was retracted or merged into another.
    """
    refuse_gone(lock(development.commitment))
    development.entered_by = by
    development.entered_at = at or timezone.now()
    development.published_at = development.approved_by = None
    save_valid(development, by, known=("commitment", "entered_by"))
    for row in evidence:
        row.development = development
    create_valid(evidence, by, known=("development",))
    write()
    return development


@transaction.atomic
def edit_draft(*, by: User, development: Development, version: int, write: Write = nothing) -> Development:
    """Save a changed draft, and by `write` its evidence, if nobody was quicker. It stays a draft.

    Whoever edits a draft becomes the one who entered it: a second person is someone else than the last to touch it.
    Raises `Conflict` when it was saved or published since `version` was read.
    """
    refuse_published(development)
    claim_version(development, version)
    development.entered_by = by
    development.published_at = development.approved_by = None
    save_valid(development, by, known=("entered_by",))
    write()
    return development


@transaction.atomic
def delete_draft(*, by: User, development: Development, version: int) -> None:
    """Throw a draft away. Raises `Conflict` when it was saved or published since `version` was read.

    Nobody throws away what they have not seen, and what is published is corrected, never deleted. Raises `Refused` when
    somebody submitted it once: what was said in its review is kept.
    """
    refuse_published(development)
    if Review.objects.filter(development=development).exists():
        raise Refused(_("It was submitted, and what was said of it is kept: a reviewer rejects it instead."))
    claim_version(development, version)
    development.delete()


@transaction.atomic
def publish(
    *,
    by: User,
    development: Development,
    version: int | None = None,
    at: dt.datetime | None = None,
    checked_on: dt.date | None = None,
) -> Development:
    """Publish a draft: it joins the record for good, moves the status if it supports one, and makes a revision.

    `version` is the one that was read, where a person read it: nobody publishes what they have not seen. `checked_on`
    is the day on which its editor looked for news, where that is known. Raises `Refused` with every reason why it may
    not be published, `Conflict` when it is published already or was saved since.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    commitment = lock(development.commitment)
    development = _stored(development)
    if version is not None:
        _refuse_if_published(development)
        if development.version != version:
            raise Conflict
    if development.commitment_id != commitment.pk:
        raise Conflict(_("Its commitment was merged with another meanwhile; nothing was changed."))
    development.commitment = commitment
    problems = problems_with(development, by=by, today=today)
    if checked_on is not None and checked_on > today:
        problems.append(_("Nobody can have looked for news after today."))
    if problems:
        raise Refused(problems)
    # Counted as a write, so that an edit which began before finds that it comes too late.
    claimed = Development.objects.filter(pk=development.pk, published_at__isnull=True, version=development.version)
    if not claimed.update(published_at=at, approved_by=by, version=F("version") + 1):
        raise Conflict(_("It is already published; nothing was changed."))
    development.published_at, development.approved_by = at, by
    development.version += 1
    if checked_on is not None:
        commitment.last_checked_on = max(checked_on, commitment.last_checked_on or checked_on)
    taken_back = _last_check_taken_back(development, commitment)
    if taken_back is not None:
        # Settled anew from the checks that still count, and from a day that an editor gave with an edit.
        days = checked_on, _checked_before(taken_back)
        commitment.last_checked_on = max(filter(None, days), default=None)
    is_rechecked = taken_back is not None or checked_on is not None
    settle(by=by, commitment=commitment, reason=_reason(development), at=at, is_rechecked=is_rechecked)
    return development


def problems_with(development: Development, *, by: User, today: dt.date) -> list[str]:
    """Every reason why `by` may not publish this draft, as sentences; an empty list means they may. Writes nothing."""
    return rule_problems(development, today=today) + bars(development, by=by)


def bars(development: Development, *, by: User) -> list[str]:
    """The reasons why `by` may not publish this draft that lie in its review and in who they are, as sentences."""
    problems = []
    last = Review.objects.last_kind(development)
    if last == ReviewKind.REJECTED:
        problems.append(_("It was rejected: mend it and submit it again."))
    if needs_second_person(development.status) and development.entered_by_id == by.pk:
        if last == ReviewKind.SUBMITTED:
            said = _("“%(status)s” is a verdict, and you saved it last: a reviewer other than you must approve it.")
        else:
            said = _("“%(status)s” is a verdict: somebody other than you must publish it. Submit it for review.")
        problems.append(said % {"status": Status(development.status).label})
    return problems


def rule_problems(development: Development, *, today: dt.date) -> list[str]:
    """Every reason why nobody may publish this draft as it is, whoever they are. Writes nothing."""
    gone = why_nothing_is_logged(development.commitment)
    problems = publication_problems(_facts(development), today=today) + _correction_problems(development)
    return [gone, *problems] if gone else problems


@transaction.atomic
def draft_correction(*, by: User, development: Development, note: str, at: dt.datetime | None = None) -> Development:
    """Begin a correction: a draft with everything the published development says, to be put right, and the reason.

    Raises `Refused` when the development is a draft or is corrected already.
    """
    if not development.is_published:
        raise Refused(_("A draft is edited, not corrected."))
    if Development.objects.filter(corrects=development).exists():
        raise Refused(_("It has a correction already: open that one."))
    correction = Development(
        commitment=development.commitment,
        kind=DevelopmentKind.CORRECTION,
        summary=development.summary,
        party=development.party,
        status=development.status,
        reason_code=development.reason_code,
        searched=development.searched,
        note=note,
        corrects=development,
    )
    correction.happened = development.happened
    evidence = [
        Evidence(
            document=row.document,
            locator=row.locator,
            quotation=row.quotation,
            role=row.role,
            provenance=row.provenance,
            confidence=row.confidence,
        )
        for row in development.evidence.select_related("document")
    ]
    return draft(by=by, development=correction, evidence=evidence, at=at)


@transaction.atomic
def record_check(
    *, by: User, commitment: Commitment, searched: str, on: dt.date, at: dt.datetime | None = None
) -> Development:
    """Say in public that somebody looked on a day, where, and found nothing new.

    Raises `ValidationError` when `searched` is empty, `Refused` when the day lies ahead.
    """
    check = Development(
        commitment=commitment,
        kind=DevelopmentKind.CHECK,
        summary=_("Looked for news and found nothing new."),
        searched=searched,
    )
    check.happened = UncertainDate(on)
    draft(by=by, development=check, at=at)
    return publish(by=by, development=check, at=at)


def _stored(development: Development) -> Development:
    """The row as it is in the database: the one in hand may be older than its publication or deletion."""
    stored = Development.objects.select_related("party", "corrects", "entered_by").filter(pk=development.pk).first()
    if stored is None:
        raise Conflict(_("The draft was deleted meanwhile."))
    return stored


def why_nothing_is_logged(commitment: Commitment) -> str:
    """Why nothing is logged or published for a commitment, as a sentence; empty where something may be."""
    if commitment.publication == Publication.MERGED:
        return _("The commitment was merged into another record: log it there.")
    if commitment.publication == Publication.RETRACTED:
        return _("The commitment was retracted: nothing is logged for it unless it is published again.")
    return ""


def refuse_gone(commitment: Commitment) -> None:
    """Raise `Refused` if it is retracted or merged into another by now."""
    why = why_nothing_is_logged(commitment)
    if why:
        raise Refused(why)


def refuse_published(development: Development) -> None:
    """Raise `Conflict` if it is published by now."""
    _refuse_if_published(_stored(development))


def _refuse_if_published(stored: Development) -> None:
    if stored.is_published:
        raise Conflict(_("It was published meanwhile. A published development is corrected, never edited."))


def _last_check_taken_back(development: Development, commitment: Commitment) -> Development | None:
    """The check that a correction corrects, if it gave the commitment the day of its last."""
    corrected = development.corrects
    if corrected is None or not corrected.searched or corrected.published_at is None:
        return None
    # As settling counts it; before, the end of its date counted even where that lay ahead.
    return corrected if commitment.last_checked_on in (corrected.happened_end, corrected.looked_on) else None


def _checked_before(check: Development) -> dt.date | None:
    """The day of the last check as the record had it before this one was published, unless that was taken back too."""
    earlier = Revision.objects.filter(commitment=check.commitment_id, recorded_at__lt=check.published_at)
    said = earlier.order_by("-number").values_list("snapshot__last_checked_on", flat=True).first()
    if said is None:
        return None
    day = dt.date.fromisoformat(said)
    corrected = Development.objects.filter(
        commitment=check.commitment_id, published_at__isnull=False, correction__published_at__isnull=False
    ).exclude(searched="")
    return None if any(day in (one.happened_end, one.looked_on) for one in corrected) else day


def _correction_problems(development: Development) -> list[str]:
    corrected = development.corrects
    if corrected is None:
        return []
    problems = []
    if not corrected.is_published:
        problems.append(_("It corrects a development that is not published."))
    if corrected.commitment_id != development.commitment_id:
        problems.append(_("It corrects a development of another commitment."))
    return problems


def _facts(development: Development) -> DevelopmentFacts:
    commitment = development.commitment
    # Asked only where a rule asks: each is a query.
    is_of_one = bool(development.status) and development.party_id is not None
    makers = commitment.parties.filter(role__in=MAKER_ROLES, party=development.party_id)
    is_superseding = development.status == Status.SUPERSEDED
    superseding = commitment.inverse_relations.filter(kind=RelationKind.SUPERSEDES)
    corrected = development.corrects
    return DevelopmentFacts(
        kind=DevelopmentKind(development.kind),
        status=Status(development.status) if development.status else None,
        happened=development.happened,
        made=commitment.made,
        due=commitment.due,
        has_reason_code=bool(development.reason_code),
        has_what_is_missing=bool(commitment.verifiability_note),
        is_superseded=is_superseding and superseding.exists(),
        party_is_maker=not is_of_one or makers.exists(),
        corrects_without_evidence=corrected is not None and not corrected.evidence.exists(),
        is_look=development.is_look,
        evidence=[
            EvidenceFacts(
                role=EvidenceRole(row.role),
                provenance=Provenance(row.provenance),
                confidence=Confidence(row.confidence),
                source_kind=SourceKind(row.document.source_kind),
            )
            for row in development.evidence.select_related("document")
        ],
    )


def _reason(development: Development) -> str:
    if development.kind == DevelopmentKind.CORRECTION:
        return _("Correction: %(note)s") % {"note": development.note[:200]}
    return str(DevelopmentKind(development.kind).label)
