"""One event that concerns several commitments, or several makers of one: an entry for each, all of them or none."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import developments, reviews, shared_records
from commitments.actions.errors import Refused
from commitments.actions.settling import lock_all
from commitments.codelists import DevelopmentKind
from commitments.models import Commitment, Development, Document, Evidence, Party, User
from commitments.uncertain_dates import UncertainDate

# Whoever presses a button twice within it logs the event once.
MOMENT = dt.timedelta(seconds=30)
MOST_ITEMS = 50


class Step(StrEnum):
    """How far the entries go at once."""

    DRAFT = "draft"
    SUBMIT = "submit"
    PUBLISH = "publish"


@dataclass(frozen=True)
class Event:
    """What happened, when, and the sources for it. Documents that are not saved yet are saved with it."""

    summary: str
    happened: UncertainDate
    evidence: Sequence[Evidence] = ()
    kind: str = DevelopmentKind.DEVELOPMENT
    reason_code: str = ""
    note: str = ""


@dataclass(frozen=True)
class Item:
    """What the event means for one commitment, or for one party to it; what is empty is as the event has it."""

    commitment: Commitment
    party: Party | None = None
    status: str = ""
    summary: str = ""
    role: str = ""

    def __str__(self) -> str:
        return f"{self.commitment.code}, {self.party}" if self.party else self.commitment.code


class ItemsRefused(Refused):
    """Some of the items may not be written, so none was. `reasons` has the sentences by the item's place."""

    def __init__(self, items: Sequence[Item], reasons: Mapping[int, list[str]]) -> None:
        self.reasons = reasons
        super().__init__([f"{items[place]}: {reason}" for place, found in reasons.items() for reason in found])


@transaction.atomic
def log_event(
    *, by: User, event: Event, items: Sequence[Item], step: Step = Step.DRAFT, at: dt.datetime | None = None
) -> list[Development]:
    """Log the event for every item: drafts, submitted or published as `step` says, each with evidence of its own.

    Pressed twice within a moment, it is logged once, and the entries of the first time come back. Raises `Refused`
    when there is no item, too many or one twice, and `ItemsRefused` with every reason of every item that is refused;
    then nothing is written.
    """
    at = at or timezone.now()
    _refuse_wrong(items)
    lock_all({item.commitment.pk for item in items})
    logged = [_just_logged(by, event, item, step, at) for item in items]
    if all(logged):
        return [development for development in logged if development is not None]
    _save_documents(by, event.evidence, at)
    written: list[Development] = []
    reasons: dict[int, list[str]] = {}
    for place, item in enumerate(items):
        try:
            with transaction.atomic():
                written.append(_log(by, event, item, step, at))
        except ValidationError as refusal:
            reasons[place] = refusal.messages
    if reasons:
        raise ItemsRefused(items, reasons)
    return written


def _refuse_wrong(items: Sequence[Item]) -> None:
    if not items:
        raise Refused(_("Pick a commitment that it concerns."))
    if len(items) > MOST_ITEMS:
        raise Refused(_("At most %(number)d entries are logged at once.") % {"number": MOST_ITEMS})
    seen: set[tuple[int, int | None]] = set()
    for item in items:
        key = (item.commitment.pk, item.party.pk if item.party else None)
        if key in seen:
            raise Refused(_("%(item)s is named twice.") % {"item": item})
        seen.add(key)


def _just_logged(by: User, event: Event, item: Item, step: Step, at: dt.datetime) -> Development | None:
    """The same entry, taken as far by the same user a moment ago."""
    found = Development.objects.select_related("commitment").filter(
        commitment=item.commitment,
        entered_by=by,
        entered_at__gte=at - MOMENT,
        published_at__isnull=step != Step.PUBLISH,
        reviews__isnull=step != Step.SUBMIT,
        summary=item.summary or event.summary,
        party=item.party,
        status=item.status,
        kind=event.kind,
        happened_start=event.happened.start,
        happened_precision=event.happened.precision,
        reason_code=event.reason_code,
        note=event.note,
    )
    sources = said_by(_evidence(event, item))
    return next((one for one in found if said_by(one.evidence.select_related("document")) == sources), None)


def said_by(evidence: Iterable[Evidence]) -> "Counter[tuple[str, ...]]":
    """All that rows of evidence say, saved or not: the same for the same rows in any order."""
    return Counter(
        (row.document.url or row.document.title, row.locator, row.quotation, row.role, row.provenance, row.confidence)
        for row in evidence
    )


def _evidence(event: Event, item: Item) -> list[Evidence]:
    return [
        Evidence(
            document=row.document,
            locator=row.locator,
            quotation=row.quotation,
            role=item.role or row.role,
            provenance=row.provenance,
            confidence=row.confidence,
        )
        for row in event.evidence
    ]


def _save_documents(by: User, evidence: Sequence[Evidence], at: dt.datetime) -> None:
    """Save the documents that are new; two sources of one new document are one."""
    new: list[Document] = []
    for row in evidence:
        if row.document._state.adding and not any(row.document is document for document in new):
            new.append(row.document)
    for document in new:
        shared_records.save(by=by, record=document, at=at)


def _log(by: User, event: Event, item: Item, step: Step, at: dt.datetime) -> Development:
    development = Development(
        commitment=item.commitment,
        kind=event.kind,
        summary=item.summary or event.summary,
        party=item.party,
        status=item.status,
        reason_code=event.reason_code,
        note=event.note,
    )
    development.happened = event.happened
    developments.draft(by=by, development=development, evidence=_evidence(event, item), at=at)
    if step == Step.SUBMIT:
        reviews.submit(by=by, development=development, version=development.version, at=at)
    elif step == Step.PUBLISH:
        return reviews.publish(by=by, development=development, version=development.version, at=at)
    return development
