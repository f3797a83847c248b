"""Sessions: seen, ended, over by themselves, and confirmed again before a dangerous act."""

import time
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from commitments.actions import accounts
from commitments.actions.errors import Refused
from commitments.admin.dangerous import DANGEROUS, SECRET
from commitments.models import Development
from commitments.roles import DeskRole
from tests.accounts.people import PASSWORD, give_password, is_logged_in, make_account
from tests.admin.cast import filled, logged_in, make_member
from tests.admin.test_roles import TABLE, addresses
from tests.admin.world import World
from tests.factories import make_commitment, make_draft_development, make_user
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db
SESSIONS = "/accounts/sessions/"


def two_browsers() -> tuple[Client, Client]:
    make_account()
    here, there = Client(headers={"User-Agent": "Lynx"}), Client(headers={"User-Agent": "Mosaic"})
    for one in (here, there):
        give_password(one)
    return here, there


def test_an_editor_sees_where_they_are_logged_in_and_ends_one_of_them(django_capture_on_commit_callbacks: Any) -> None:
    here, there = two_browsers()
    page = read(here, SESSIONS)
    assert {"Lynx", "Mosaic"} <= set(page.words.split())

    with django_capture_on_commit_callbacks(execute=True):
        here.post(SESSIONS, {"session": page.one("button", name="session")["value"]})

    assert there.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200
    assert "Mosaic" not in body(here.get(SESSIONS))
    assert "Sessions of your account were ended." in mail.outbox[0].body


def test_an_editor_ends_all_but_this_one() -> None:
    here, there = two_browsers()

    here.post(SESSIONS)

    assert (here.get("/admin/").status_code, there.get("/admin/").status_code) == (200, 302)


def test_what_was_sent_without_a_session_is_said_to_be_lost_where_one_logs_in() -> None:
    commitment = make_commitment("RAIL-1")
    address = reverse("admin:commitments_commitment_log", args=[commitment.pk])
    scripts = {"Sec-Fetch-Mode": "cors"}

    sent = Client().post(address, {"summary": "They met."}, follow=True)
    assert "What you sent was not saved" in Markup.of(sent).words
    for told in (
        Client().get(address, follow=True),
        Client().post(address, {"summary": "They met."}, headers=scripts, follow=True),
        Client().post("/admin/logout/", follow=True),
        logged_in(make_member(DeskRole.EDITOR)).post("/admin/logout/", follow=True),
    ):
        assert "Log in" in Markup.of(told).words
        assert "What you sent was not saved" not in Markup.of(told).words


def test_nobody_ends_anothers_session_by_its_number() -> None:
    here, _there = two_browsers()
    number = read(here, SESSIONS).one("button", name="session")["value"]
    another = Client()
    make_account(username="dina")
    give_password(another, "dina")

    another.post(SESSIONS, {"session": number})
    assert another.post(SESSIONS, {"session": "x"}).status_code == 404

    assert len(read(here, SESSIONS).all("button", name="session")) == 1


def test_an_administrator_ends_anothers_sessions() -> None:
    here, there = two_browsers()
    user = make_account(username="other")
    administrator = logged_in(make_member(DeskRole.ADMINISTRATOR))
    pk = here.session["_auth_user_id"]

    page = administrator.get(f"/admin/commitments/user/{pk}/sessions/")
    administrator.post(f"/admin/commitments/user/{pk}/sessions/", {"end": "1"})

    assert "Lynx" in body(page)
    assert here.get("/admin/").status_code == there.get("/admin/").status_code == 302
    assert administrator.get(f"/admin/commitments/user/{user.pk}/sessions/").status_code == 200


def test_a_new_password_ends_every_other_session(django_capture_on_commit_callbacks: Any) -> None:
    here, there = two_browsers()
    new = "eight pears on a plate"

    with django_capture_on_commit_callbacks(execute=True):
        here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (here.get("/admin/").status_code, there.get("/admin/").status_code) == (200, 302)
    assert "password of your account was changed" in mail.outbox[0].body


def test_a_session_gets_a_new_name_at_the_log_in_and_none_after_it(client: Client) -> None:
    client.get("/accounts/login/")
    make_account()
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies["sessionid"] = before = str(planted.session_key)

    give_password(client)
    inside = client.session.session_key
    client.post("/accounts/logout/")

    assert inside != before
    assert not is_logged_in(client)
    client.cookies["sessionid"] = str(inside)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("seen", "began", "is_in"), [(60, 60, True), (7100, 7100, True), (7201, 7201, False), (60, 43201, False)]
)
def test_a_session_is_over_without_requests_and_after_half_a_day(seen: int, began: int, is_in: bool) -> None:
    client = logged_in(make_account())
    session = client.session
    session.update({"seen_at": time.time() - seen, "began_at": time.time() - began})
    session.save()

    assert (client.get("/admin/").status_code == 200) == is_in
    assert is_logged_in(client) == is_in


def test_reading_a_page_notes_now_and_then_only_that_it_was_read() -> None:
    client = logged_in(make_account())
    noted = client.session["seen_at"]

    client.get("/admin/")

    assert client.session["seen_at"] == noted


def test_the_public_pages_look_at_no_session(client: Client) -> None:
    make_account()
    give_password(client)

    assert "Cookie" not in client.get("/about/").headers.get("Vary", "")


# --- dangerous acts ---------------------------------------------------------------------------------------------------


def test_every_dangerous_act_has_its_address() -> None:
    names = {pattern.name for pattern in addresses(get_resolver().url_patterns)}

    assert names >= DANGEROUS >= SECRET


def test_dangerous_acts_ask_again_who_it_is_and_others_do_not() -> None:
    world = World()
    world.ruler.set_password(PASSWORD)
    world.ruler.save()
    stale = logged_in(world.ruler, at=1.0)
    wrong = []
    for name, (args, _readers, _posters) in TABLE.items():
        if name == "commitments_development_review":
            continue  # Without a decision, a bad request.
        address = reverse(f"admin:{name}", args=args(world))
        answers = [getattr(stale, method)(address) for method in ("get", "post")]
        asked = [answer.headers.get("Location", "").startswith("/accounts/reauthenticate/") for answer in answers]
        if asked != [name in DANGEROUS] * 2:
            wrong.append((name, asked))

    assert wrong == []


def test_what_was_posted_is_done_when_it_is_confirmed() -> None:
    make_account()
    ruler = make_user("ruler", is_superuser=True)
    ruler.set_password(PASSWORD)
    ruler.save()
    draft = make_draft_development(make_commitment(), by=ruler)
    address = f"/admin/commitments/development/{draft.pk}/delete/"
    form = filled(logged_in(ruler).get(address))
    stale = logged_in(ruler, at=1.0)

    asked = stale.post(address, form)
    assert Development.objects.filter(pk=draft.pk).exists()
    wrong = stale.post(asked.headers["Location"], {"password": "a wrong password, this"})
    assert wrong.status_code == 200
    assert Development.objects.filter(pk=draft.pk).exists()
    stale.post(asked.headers["Location"], {"password": PASSWORD})

    assert not Development.objects.filter(pk=draft.pk).exists()


def test_a_password_waits_nowhere() -> None:
    world = World()
    world.ruler.set_password(PASSWORD)
    world.ruler.save()
    stale = logged_in(world.ruler, at=1.0)
    new = "a new password of theirs"

    stale.post(f"/admin/commitments/user/{world.user.pk}/password/", {"password1": new, "password2": new})

    assert new not in str(dict(stale.session.items()))


@override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=900)
def test_a_log_in_of_a_few_minutes_ago_is_enough() -> None:
    ruler = make_user("ruler", is_superuser=True)

    assert logged_in(ruler, at=time.time() - 880).get("/admin/commitments/user/add/").status_code == 200
    assert logged_in(ruler, at=time.time() - 920).get("/admin/commitments/user/add/").status_code == 302


def test_who_holds_an_account_is_told_of_other_rights_and_of_another_address(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user = make_account()
    ruler = logged_in(make_user("ruler", is_superuser=True))
    address = f"/admin/commitments/user/{user.pk}/change/"

    with django_capture_on_commit_callbacks(execute=True):
        response = ruler.post(address, filled(ruler.get(address), email="new@example.org", groups=[]))

    assert response.status_code == 302
    assert {(tuple(message.to), "address" in message.body.splitlines()[2]) for message in mail.outbox} == {
        (("aida@example.org",), True),
        (("new@example.org",), False),
    }


def test_the_sessions_and_factors_of_another_are_for_who_keeps_users() -> None:
    other, by = make_user("other"), make_member(DeskRole.EDITOR)

    for refused in (accounts.end_sessions, accounts.remove_factors):
        with pytest.raises(Refused, match="Only who keeps users"):
            refused(by=by, user=other)
