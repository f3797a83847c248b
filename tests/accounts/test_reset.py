"""A new password by a link: for whoever has the address, and without telling anybody who that is."""

import datetime as dt
import re
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commitments.accounts import notices
from commitments.models import User
from tests.accounts.people import PASSWORD, give_password, is_logged_in, make_account, with_app
from tests.accounts.test_login import without_tokens
from tests.markup import body

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"
NEW = "eight pears on a plate"
in_database = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})


@pytest.fixture
def inside() -> Client:
    """Somebody's browser, who is logged in."""
    make_account()
    client = Client()
    give_password(client)
    return client


@pytest.fixture
def link(client: Client, inside: Client, django_capture_on_commit_callbacks: Any) -> str:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(RESET, {"email": "Aida@Example.org"})
    found = re.search(r"http://localhost:8000(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert found
    return found[1]


def follow(client: Client, link: str) -> Any:
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(address, {"password1": NEW, "password2": NEW})


def test_the_link_sets_a_new_password_once_and_ends_every_session(
    client: Client, inside: Client, link: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert follow(client, link).status_code == 302

    assert not is_logged_in(client)
    assert inside.get("/admin/").status_code == 302
    assert give_password(Client(), password=PASSWORD).status_code == 200
    assert give_password(Client(), password=NEW).status_code == 302
    assert "set anew by a link" in mail.outbox[-1].body
    assert "This link is over" in body(Client().get(link, follow=True))


def test_the_link_is_over_after_an_hour(client: Client, link: str) -> None:
    later = timezone.now().replace(tzinfo=None) + dt.timedelta(hours=1, minutes=1)
    with mock.patch("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", return_value=later):
        assert "This link is over" in body(client.get(link, follow=True))


def test_the_second_factor_stays(client: Client, link: str) -> None:
    with_app(User.objects.get())
    follow(client, link)

    assert give_password(Client(), password=NEW).url.startswith("/accounts/2fa/authenticate/")


@in_database
def test_known_and_unknown_are_answered_alike_with_as_much_work(django_capture_on_commit_callbacks: Any) -> None:
    make_account()
    gone = make_account(username="gone")
    gone.is_active = False
    gone.save()
    answers, queries, tasks = [], [], []
    for name in ("aida", "nobody", "gone"):
        with (
            CaptureQueriesContext(
                connection,
            ) as found,
            django_capture_on_commit_callbacks(execute=True),
        ):
            answers.append(Client().post(RESET, {"email": f"{name}@example.org"}, follow=True))
        queries.append([re.sub(r"'[^']*'", "?", one["sql"])[:60] for one in found.captured_queries])
        tasks.append(DBTaskResult.objects.count())

    assert {without_tokens(body(answer)) for answer in answers} == {without_tokens(body(answers[0]))}
    assert queries[0] == queries[1] == queries[2]
    assert tasks == [1, 2, 3]
    # Nothing is sent within the request, and the queue names nobody.
    assert mail.outbox == []
    assert not any("@" in str(task.args_kwargs) for task in DBTaskResult.objects.all())


@override_settings(LOGINS_PER_HOUR=3)
def test_links_are_not_asked_for_without_end(client: Client) -> None:
    answers = [client.post(RESET, {"email": "aida@example.org"}).status_code for _ in range(2)]

    assert answers == [302, 429]


def test_a_mail_server_that_refuses_names_no_address_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    user = make_account()
    refusal = OSError("550 aida@example.org unknown")
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=refusal):
        notices.tell(user, "password_changed", timezone.now())

    assert "was not taken: OSError" in caplog.text
    assert "aida@" not in caplog.text
