"""What is deleted because its time is over. The privacy page says the same times."""

import datetime as dt
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commitments.actions import subscriptions
from commitments.codelists import SuggestionState
from commitments.models import FormDraft, Suggestion

# Days.
TASKS_FOR, FORMS_FOR, DECLINED_FOR, NAMES_FOR = 30, 90, 365, 365
# A name to thank stands in the note of the entry that was made, for everybody to read, and nowhere else after this.
_NO_NAME = ""


@transaction.atomic
def retain(*, at: dt.datetime | None = None, dry_run: bool = False) -> dict[str, int]:
    """Delete what is past its time. How many rows, by what they are; with `dry_run` how many there would be."""
    at = at or timezone.now()
    found = _past(at)
    counts = {name: rows.count() for name, rows in found.items()}
    names = Suggestion.objects.filter(decided_at__lt=at - dt.timedelta(days=NAMES_FOR)).exclude(credit=_NO_NAME)
    counts["names to thank"] = names.count()
    if dry_run:
        return counts
    for rows in found.values():
        rows.delete()
    names.update(credit=_NO_NAME)
    return counts


def _past(at: dt.datetime) -> dict[str, Any]:
    """The rows that go, by what they are."""

    def before(days: int) -> dt.datetime:
        return at - dt.timedelta(days=days)

    done = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    unconfirmed, stopped, deliveries = subscriptions.past(at)
    live = Session.objects.filter(expire_date__gt=at).values("session_key")
    return {
        # Before the sessions: it is those that are left that count.
        "places of log-in": UserSession.objects.exclude(session_key__in=live),
        "sessions": Session.objects.filter(expire_date__lte=at),
        "finished tasks": DBTaskResult.objects.filter(status__in=done, finished_at__lt=before(TASKS_FOR)),
        "unsaved forms": FormDraft.objects.filter(saved_at__lt=before(FORMS_FOR)),
        "declined suggestions": Suggestion.objects.filter(
            state=SuggestionState.DECLINED, decided_at__lt=before(DECLINED_FOR)
        ),
        "addresses never confirmed": unconfirmed,
        "followers not reached": stopped,
        "old messages": deliveries,
    }
