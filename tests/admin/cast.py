"""The people of these tests, and how they fill in a form as a browser would."""

import time
from typing import Any

from allauth.account.internal.flows import login
from django.http import HttpResponseBase
from django.test import Client

from commitments.actions import editors
from commitments.models import User
from commitments.roles import DeskRole
from tests.factories import make_user
from tests.forms import filled_text
from tests.markup import body


def make_member(role: DeskRole, username: str = "") -> User:
    """Somebody with the rights of a role, named after it unless said otherwise."""
    user = make_user(username or role.value)
    user.groups.add(editors.group(role))
    return user


def make_editor(username: str = "aida") -> User:
    """Somebody with an editor's rights."""
    return make_member(DeskRole.EDITOR, username)


def logged_in(user: User, **given: Any) -> Client:
    """Somebody's browser, logged in as `log_in` does it."""
    return log_in(Client(), user, **given)


def log_in(client: Client, user: User, *, by: tuple[str, ...] = ("password", "mfa"), at: float | None = None) -> Client:
    """Log somebody in, who gave password and second factor, or what `by` says, just now or at `at`."""
    client.force_login(user)
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": one, "at": at or time.time()} for one in by]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.update({"began_at": time.time(), "seen_at": time.time()})
    session.save()
    return client


def filled(response: HttpResponseBase, **changes: Any) -> dict[str, Any]:
    """What a page's form holds, with these fields changed; `__` in a name stands for a hyphen."""
    return filled_text(body(response), **changes)
