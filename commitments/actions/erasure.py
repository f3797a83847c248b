"""Erasing what is kept of a person, on their request, wherever their e-mail address stands.

What nobody needs goes: what they follow, messages to them, unsaved forms, queued tasks, sessions. Whoever worked at the
desk stays in the history as a number. Words that they sent stay, without the address. The published record and its
history are append-only and hold no addresses by themselves: forms take none there. Should an editor have typed one, it
is named and not touched, for a person to decide on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from commitments.models import FormDraft, Subscription, Suggestion, User

ERASED = "[erased]"
# Where words are kept that others may change.
_WORDS: dict[type[models.Model], tuple[str, ...]] = {
    Suggestion: ("text", "url", "credit", "outcome"),
    LogEntry: ("object_repr", "change_message"),
}
_TEXTS = (models.CharField, models.TextField, models.JSONField)


@dataclass(frozen=True)
class Erased:
    """How many rows were changed or deleted, by what they are; and the columns in which the address still stands."""

    done: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def erase(*, by: User, address: str) -> Erased:
    """Erase what is kept of whoever has this e-mail address. Safe to repeat. It is logged, but not for whom."""
    users = list(User.objects.filter(Q(email__iexact=address) | Q(username__iexact=address)))
    done = {
        "subscriptions": _delete(Subscription.objects.filter(address__iexact=address)),
        "unsaved forms": _delete(FormDraft.objects.filter(_holds(FormDraft, address))),
        "tasks": _delete(DBTaskResult.objects.filter(_holds(DBTaskResult, address))),
        "addresses of accounts": _delete(EmailAddress.objects.filter(email__iexact=address)),
        "sessions": _end_sessions(address),
        "accounts": sum(_make_nobody(user) for user in users),
        "words": sum(_blank(model, columns, address) for model, columns in _WORDS.items()),
    }
    erased = Erased({name: count for name, count in done.items() if count}, where_it_stands(address))
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(User),
        action_flag=CHANGE,
        object_repr=_("A person"),
        change_message=_("What was kept of a person was erased on request."),
    )
    return erased


def where_it_stands(address: str) -> dict[str, int]:
    """Every column of every table in which the address stands, in any case of letters, and in how many rows."""
    found = {}
    for model, column in _columns():
        rows = model._base_manager.filter(**{f"{column}__icontains": address}).count()
        if rows:
            found[f"{model._meta.db_table}.{column}"] = rows
    return found


def _columns() -> Iterator[tuple[Any, str]]:
    for model in apps.get_models(include_auto_created=True):
        yield from ((model, one.attname) for one in model._meta.concrete_fields if isinstance(one, _TEXTS))


def _holds(model: Any, address: str) -> Q:
    texts = [one.attname for one in model._meta.concrete_fields if isinstance(one, _TEXTS)]
    holds = Q(pk__in=())
    for column in texts:
        holds |= Q(**{f"{column}__icontains": address})
    return holds


def _delete(rows: Any) -> int:
    count: int = rows.count()
    rows.delete()
    return count


def _end_sessions(address: str) -> int:
    """Sessions say what they hold only when they are opened one by one."""
    holding = [one.pk for one in Session.objects.iterator() if address.lower() in str(one.get_decoded()).lower()]
    return _delete(Session.objects.filter(pk__in=holding))


def _make_nobody(user: User) -> int:
    """Leave of an account what the history points at."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    Authenticator.objects.filter(user=user).delete()
    FormDraft.objects.filter(editor=user).delete()
    names = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User, for_concrete_model=True), object_id=str(user.pk)
    )
    user.username, user.first_name, user.last_name, user.email = f"erased-{user.pk}", "", "", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    names.update(object_repr=user.username)
    return 1


def _blank(model: Any, columns: tuple[str, ...], address: str) -> int:
    """Put a mark in the place of the address."""
    pattern = re.compile(re.escape(address), re.IGNORECASE)
    count = 0
    for row in model.objects.filter(_holds(model, address)):
        for column in columns:
            # The mark may be longer than what it stands for.
            text = pattern.sub(ERASED, getattr(row, column))
            setattr(row, column, text[: model._meta.get_field(column).max_length])
        row.save(update_fields=columns)
        count += 1
    return count
