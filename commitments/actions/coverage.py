"""Reading a document sentence by sentence: what an editor decides on each becomes a passage, and maybe a draft.

Nothing here publishes anything.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import commitments
from commitments.actions.errors import Conflict, Refused
from commitments.actions.saving import save_valid
from commitments.codelists import RECORD_CLASSIFICATIONS, Classification, MoneyStage, Role
from commitments.coverage.amounts import Money
from commitments.models import (
    Amount,
    Commitment,
    CommitmentParty,
    CoverageSession,
    Document,
    Party,
    Passage,
    Summit,
    User,
    Wording,
)

# A working copy that nobody came back to is emptied when another is begun.
KEPT = dt.timedelta(days=30)


@dataclass(frozen=True)
class Draft:
    """The record that a sentence becomes: its fields, and the rows that hang on it."""

    commitment: Commitment
    verb: str = ""
    language: str = "en"
    parties: list[tuple[Party, Role]] = field(default_factory=list)
    amounts: list[Money] = field(default_factory=list)


@dataclass(frozen=True)
class Decision:
    """What an editor says of one sentence, in the editor's own words; with `draft`, what it becomes."""

    paragraph: int
    sentence: int
    classification: Classification
    summary: str
    reason: str
    draft: Draft | None = None


@transaction.atomic
def begin(*, by: User, document: Document, summit: Summit, text: str, at: dt.datetime | None = None) -> CoverageSession:
    """Keep a working copy of a document's text until it is read; one that was emptied is filled again.

    Raises `Conflict` when somebody is reading it already, `Refused` when there is nothing to read.
    """
    at = at or timezone.now()
    if not text.strip():
        raise Refused(_("There is nothing to read: the text is empty."))
    _empty_forgotten(before=at - KEPT)
    begun = {"summit": summit, "text": text, "started_by": by, "started_at": at}
    if CoverageSession.objects.filter(document=document, text="").update(**begun):
        return CoverageSession.objects.get(document=document)
    try:
        with transaction.atomic():
            return CoverageSession.objects.create(document=document, **begun)
    except IntegrityError as error:
        raise Conflict(_("Somebody is reading this document already: go on with what they began.")) from error


def _empty_forgotten(*, before: dt.datetime) -> None:
    """Empty the text of readings that were begun before this moment and in which nothing was decided since.

    A decided sentence changes no column of the reading: the history of its passage says when that was.
    """
    recent = Passage.history.filter(history_type="+", history_date__gte=before)
    decided = Passage.objects.filter(reading=OuterRef("pk"), pk__in=recent.values("id"))
    CoverageSession.objects.filter(~Exists(decided), started_at__lt=before).update(text="")


@transaction.atomic
def decide(
    *, by: User, session: CoverageSession, decisions: Iterable[Decision], at: dt.datetime | None = None
) -> list[Passage]:
    """Make a passage of every decided sentence, and a draft commitment of each that is to become one.

    All or none. Raises `Conflict` when one was decided meanwhile or the reading is finished, `ValidationError` when a
    field is wrong.
    """
    at = at or timezone.now()
    held = CoverageSession.objects.select_for_update(of=("self",)).filter(pk=session.pk).first()
    if held is None:
        raise Conflict(_("Somebody finished reading this document meanwhile. Nothing was saved."))
    return [_decide(by, session, decision, at) for decision in decisions]


@transaction.atomic
def finish(*, by: User, session: CoverageSession) -> None:
    """Delete the working copy; from now on the public sees the sentences that were decided."""
    CoverageSession.objects.filter(pk=session.pk).delete()


def _decide(by: User, session: CoverageSession, decision: Decision, at: dt.datetime) -> Passage:
    place = {"paragraph": decision.paragraph, "sentence": decision.sentence}
    if Passage.objects.filter(document=session.document, **place).exists():
        raise Conflict(
            _("Sentence %(paragraph)d.%(sentence)d was decided meanwhile. Nothing was saved; look at it again.") % place
        )
    if decision.draft is not None and decision.classification not in RECORD_CLASSIFICATIONS:
        raise Refused(_("Only commitments, requests, reaffirmations, advocacy and topics become records."))
    commitment = _create(by, session, decision, decision.draft, at) if decision.draft else None
    passage = Passage(
        document=session.document,
        **place,
        classification=decision.classification,
        summary=decision.summary,
        reason=decision.reason,
        commitment=commitment,
        reading=session,
    )
    save_valid(passage, by)
    return passage


def _create(by: User, session: CoverageSession, decision: Decision, draft: Draft, at: dt.datetime) -> Commitment:
    commitment = draft.commitment
    commitment.summit = session.summit
    commitment.classification = decision.classification

    def write() -> None:
        wording = Wording(
            commitment=commitment,
            document=session.document,
            paragraph=decision.paragraph,
            sentence=decision.sentence,
            verb=draft.verb,
            strength=commitment.strength,
            language=draft.language,
        )
        parties = [CommitmentParty(commitment=commitment, party=party, role=role) for party, role in draft.parties]
        amounts = [
            Amount(
                commitment=commitment,
                stage=MoneyStage.ANNOUNCED,
                qualifier=money.qualifier,
                value=money.value,
                value_max=money.value_max,
                currency=money.currency,
            )
            for money in draft.amounts
        ]
        for row in (wording, *parties, *amounts):
            save_valid(row, by)

    return commitments.create(by=by, commitment=commitment, write=write, at=at)
