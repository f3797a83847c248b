"""What readers suggest: sent by anybody, decided on by an editor, once."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import developments
from commitments.actions.errors import Conflict, Refused
from commitments.actions.saving import Write, nothing
from commitments.actions.settling import lock
from commitments.codelists import SuggestionKind, SuggestionState
from commitments.models import Commitment, Development, Evidence, Suggestion, User
from commitments.uncertain_dates import UncertainDate


@transaction.atomic
def send(
    *,
    commitment: Commitment,
    kind: SuggestionKind,
    text: str,
    url: str,
    happened: UncertainDate | None = None,
    credit: str = "",
    at: dt.datetime | None = None,
) -> Suggestion:
    """Put a reader's suggestion into the queue. By nobody: who sent it is not known here and not asked.

    It waits at the record into which the commitment was merged, if it was since the sender read it. Raises `Refused`
    when the commitment is not public, `ValidationError` when a field is wrong.
    """
    commitment = _as_it_is_now(commitment)
    if not commitment.is_public:
        raise Refused(_("This commitment is not public."))
    suggestion = Suggestion(
        commitment=commitment, kind=kind, text=text, url=url, credit=credit, created_at=at or timezone.now()
    )
    suggestion.happened = happened
    suggestion.full_clean()
    suggestion.save()
    return suggestion


def _as_it_is_now(commitment: Commitment) -> Commitment:
    """The commitment read anew and held, or the one into which it was merged: no merge leaves the suggestion behind."""
    held = lock(commitment)
    return held if held.merged_into is None else lock(held.merged_into)


@transaction.atomic
def accept(
    *,
    by: User,
    suggestion: Suggestion,
    development: Development,
    evidence: Sequence[Evidence] = (),
    write: Write = nothing,
    with_credit: bool = False,
    outcome: str = "",
    at: dt.datetime | None = None,
) -> Development:
    """Take a suggestion up: `development` is saved as a draft of its commitment, with its evidence.

    `write` runs before, for a source that is new. The draft's note names the sender if that is wished. Raises
    `Conflict` when somebody else decided before, `ValidationError` when a field of the draft is wrong.
    """
    development.commitment = lock(suggestion.commitment)
    _decide(by, suggestion, SuggestionState.ACCEPTED, outcome, at)
    write()
    if with_credit and suggestion.credit:
        thanks = _("Suggested by %(name)s.") % {"name": suggestion.credit}
        development.note = f"{development.note}\n\n{thanks}".strip()
    developments.draft(by=by, development=development, evidence=evidence, at=at)
    Suggestion.objects.filter(pk=suggestion.pk).update(development=development)
    suggestion.refresh_from_db()
    return development


@transaction.atomic
def decline(*, by: User, suggestion: Suggestion, outcome: str, at: dt.datetime | None = None) -> Suggestion:
    """Decide against a suggestion, and tell its sender why.

    Raises `Conflict` when somebody else decided before, `Refused` without a reason.
    """
    if not outcome.strip():
        raise Refused(_("Say why it is declined: the sender reads it."))
    _decide(by, suggestion, SuggestionState.DECLINED, outcome, at)
    suggestion.refresh_from_db()
    return suggestion


def _decide(by: User, suggestion: Suggestion, state: SuggestionState, outcome: str, at: dt.datetime | None) -> None:
    # A conditional update, so that of two who decide at once exactly one gets through.
    decided = Suggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.NEW).update(
        state=state, decided_by=by, decided_at=at or timezone.now(), outcome=outcome
    )
    if not decided:
        raise Conflict(_("Somebody else decided on this suggestion meanwhile. Nothing was changed."))
