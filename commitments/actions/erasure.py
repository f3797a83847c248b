"""Erasing what is kept of a person, on their request, wherever their e-mail address stands.

What nobody needs goes: what they follow, messages to them, unsaved forms, queued tasks, sessions. Whoever worked at the
desk stays in the history as a number. Words that they sent stay, without the address. The published record and its
history are append-only and hold no addresses by themselves: forms take none there. Should an editor have typed one, it
is named and not touched, for a person to decide on.
"""

import re
from collections.abc import Iterable
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
# Nothing that would make it a longer address, but for the escape of a line end or a sign.
_BEFORE = r"(?:(?<![\w.+-])|(?<=\\[nrtbf])|(?<=\\x[0-9a-f]{2})|(?<=\\u[0-9a-f]{4}))"
# Nor anything after it: that of ann@example.co is not that of ann@example.com, nor of ann@example.co.uk.
_AFTER = r"(?!-*[^\W_]|\.[^\W_])"
_TEXTS = (models.CharField, models.TextField, models.JSONField)


@dataclass(frozen=True)
class Erased:
    """How many rows were changed or deleted, by what they are; and the columns in which the address still stands."""

    done: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def erase(*, by: User, address: str) -> Erased:
    """Erase what is kept of whoever has this e-mail address. Safe to repeat. It is logged, but not for whom."""
    users = list(_having(User, address, "email", "username"))
    done = {
        "subscriptions": _delete(_having(Subscription, address, "address")),
        "unsaved forms": _delete(_holding(FormDraft, address)),
        "tasks": _delete(_holding(DBTaskResult, address)),
        "addresses of accounts": _delete(_having(EmailAddress, address, "email")),
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
    for model in apps.get_models(include_auto_created=True):
        for column in _texts_of(model):
            rows = _holding(model, address, [column]).count()
            if rows:
                found[f"{model._meta.db_table}.{column}"] = rows
    return found


def _texts_of(model: Any) -> list[str]:
    return [one.attname for one in model._meta.concrete_fields if isinstance(one, _TEXTS)]


def _holding(model: Any, address: str, columns: Iterable[str] = ()) -> models.QuerySet[Any]:
    """The rows in which the address stands, in any case of letters: in these columns, or in any.

    SQLite knows the case of ASCII letters alone, JSON may keep others as escapes, and the address may be a part of
    another's. A database is asked for its longest part of ASCII, and what it finds is read here.
    """
    columns = list(columns) or _texts_of(model)
    part = max(re.findall(r"[\x20-\x7e]+", address), key=len)
    holds = Q(pk__in=())
    for column in columns:
        holds |= Q(**{f"{column}__icontains": part})
    rows: models.QuerySet[Any] = model._base_manager.filter(holds)
    spelled = _spelled(address)
    read = rows.values_list("pk", *columns).iterator()
    return rows.filter(pk__in=[pk for pk, *cells in read if spelled.search(" ".join(map(str, cells)))])


def _having(model: Any, address: str, *columns: str) -> models.QuerySet[Any]:
    """The rows of which one of these columns is the address and nothing else."""
    rows = _holding(model, address, columns)
    read = rows.values_list("pk", *columns)
    return rows.filter(pk__in=[pk for pk, *cells in read if address.lower() in map(str.lower, cells)])


def _spelled(address: str) -> re.Pattern[str]:
    """Finds the address, in any case of letters, also in a column of text that holds JSON with its escapes.

    That of ann@ is not found in that of joann@, nor that of a shorter domain in that of a longer one.
    """
    return re.compile(_BEFORE + "".join(map(_letter, address)) + _AFTER, re.IGNORECASE)


def _letter(letter: str) -> str:
    if letter.isascii():
        return re.escape(letter)
    escapes = "|".join(rf"\\u{ord(one):04x}" for case in (letter.lower(), letter.upper()) for one in case)
    return f"(?:{letter}|{escapes})"


def _delete(rows: Any) -> int:
    count: int = rows.count()
    rows.delete()
    return count


def _end_sessions(address: str) -> int:
    """Sessions say what they hold only when they are opened one by one."""
    spelled = _spelled(address)
    holding = [one.pk for one in Session.objects.iterator() if spelled.search(str(one.get_decoded()))]
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
    spelled = _spelled(address)
    count = 0
    for row in _holding(model, address):
        for column in columns:
            # The mark may be longer than what it stands for.
            text = spelled.sub(ERASED, getattr(row, column))
            setattr(row, column, text[: model._meta.get_field(column).max_length])
        row.save(update_fields=columns)
        count += 1
    return count
