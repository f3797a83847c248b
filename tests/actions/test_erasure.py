"""Erasing what is kept of a person: afterwards their address is nowhere."""

import datetime as dt
import io
import json
import logging
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from commitments import tasks
from commitments.actions import accounts, deliveries, erasure, form_drafts, subscriptions
from commitments.actions.retention import retain
from commitments.codelists import DeliveryState, Frequency, SuggestionState
from commitments.models import Delivery, FormDraft, Subscription, Suggestion, User
from tests.accounts.people import give_password, make_account, with_app
from tests.factories import make_commitment, make_draft_development, make_subscription, make_suggestion, make_user

pytestmark = pytest.mark.django_db
CANARY = "canary.bird@example.org"


def dump() -> str:
    """Every cell of every table, whatever Django knows of it."""
    out = io.StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                out.write(f"{table} {[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]}\n")
    return out.getvalue().lower()


def plant(by: User) -> User:
    """A person who follows, suggested something, worked at the desk, and stands wherever words may be typed."""
    commitment = make_commitment("ERASE-1")
    user = with_app(make_account(username="canary.bird"))
    user.first_name = CANARY
    user.save()
    make_subscription("country=KZ", address=CANARY.title())
    asked = make_subscription("commitment=ERASE-1", address=CANARY, is_confirmed=False)
    subscriptions.follow_by_mail(address=CANARY, query=asked.query, frequency=Frequency(asked.frequency))
    make_suggestion(commitment, text=f"Write to {CANARY.upper()} for more.", credit="C. Bird")
    form_drafts.keep(by=by, address="/admin/x/", content={"note": [f"ask {CANARY}"]})
    EmailAddress.objects.create(user=user, email=CANARY)
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=CANARY,
        action_flag=CHANGE,
        change_message=f"Changed {CANARY}",
    )
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        tasks.tell_account.enqueue(user=user.pk, what="password_changed", at=f"typed by hand: {CANARY}")
    client = Client()
    give_password(client, "canary.bird")
    session = client.session
    session["noted"] = CANARY
    session.save()
    return user


def test_after_it_the_address_is_in_no_table_no_queue_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    by = make_user("dina")
    user = plant(by)
    assert dump().count(CANARY) >= 8
    caplog.clear()
    out = StringIO()

    call_command("erase_person", CANARY, by="dina", stdout=out)

    left = dump()
    assert [line for line in left.splitlines() if CANARY in line] == []
    # In no cell that has to be opened first, either.
    assert erasure.where_it_stands(CANARY) == {}
    assert not Subscription.objects.exists()
    assert erasure.ERASED in Suggestion.objects.get().text
    user.refresh_from_db()
    assert (user.username, user.email, user.first_name, user.is_active) == (f"erased-{user.pk}", "", "", False)
    assert accounts.sessions_of(user) == []
    logged = LogEntry.objects.get(user=by, object_repr="A person")
    assert logged.get_change_message() == "What was kept of a person was erased on request."
    assert CANARY not in caplog.text.lower()
    assert CANARY not in str(getattr(cache, "_cache", "")).lower()
    assert "subscriptions: 2" in out.getvalue()


def test_whoever_is_logged_in_is_logged_out_and_nobody_else_is() -> None:
    """What allauth notes of a session holds no address, so it is found by the account."""
    make_account(username="canary.bird")
    colleague = make_account()
    theirs, another = Client(), Client()
    give_password(theirs, "canary.bird")
    give_password(another)
    assert theirs.get("/admin/").status_code == 200

    erasure.erase(by=make_user("dina"), address=CANARY)

    assert theirs.get("/admin/").status_code == 302
    assert another.get("/admin/").status_code == 200
    # Where and with what they logged in, too.
    assert [session.user for session in UserSession.objects.all()] == [colleague]


@pytest.mark.parametrize("spelled", ["vogel@m\u00f6we.example", "Vogel@M\u00d6WE.example"])
def test_an_address_of_other_letters_is_found_in_any_case_and_in_json(spelled: str) -> None:
    """SQLite knows the case of ASCII letters alone and keeps others in JSON as escapes."""
    address, by = "vogel@m\u00f6we.example", make_user("dina")
    make_subscription("country=KZ", address=spelled)
    form_drafts.keep(by=by, address="/admin/x/", content={"note": [f"ask {spelled}"]})
    make_suggestion(make_commitment("ERASE-1"), text=f"Write to {spelled} for more.")
    content_type = ContentType.objects.get_for_model(User)
    said = json.dumps([{"changed": {"name": "person", "object": spelled}}])
    log = LogEntry.objects.create(user=by, content_type=content_type, action_flag=CHANGE, change_message=said)
    neighbour = make_subscription("country=KZ", address="vogel@mowe.example")
    assert len(erasure.where_it_stands(address)) == 4

    erased = erasure.erase(by=by, address=address)

    assert erased.done == {"subscriptions": 1, "unsaved forms": 1, "words": 2}
    assert not erased.left
    log.refresh_from_db()
    assert json.loads(log.change_message)[0]["changed"]["object"] == erasure.ERASED
    assert Subscription.objects.get() == neighbour


def test_whoever_has_a_longer_address_is_another() -> None:
    other = make_subscription("country=KZ", address=f"b{CANARY}")

    assert not erasure.erase(by=make_user("dina"), address=CANARY).done
    assert Subscription.objects.get() == other


@pytest.mark.parametrize(
    "text",
    [
        f"Write to b.{CANARY} or b{CANARY}.",
        *(f"Write to {CANARY}{more}." for more in ("anisation", ".uk", "-mail.net", "5")),
    ],
)
def test_what_is_kept_of_whoever_has_a_longer_address_stays(text: str) -> None:
    by = make_user("dina")
    form_drafts.keep(by=by, address="/admin/x/", content={"note": [text]})
    suggestion = make_suggestion(make_commitment("ERASE-1"), text=text)

    erased = erasure.erase(by=by, address=CANARY)

    assert (erased.done, erased.left) == ({}, {})
    suggestion.refresh_from_db()
    assert suggestion.text == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"Write to {CANARY}{after}"
            for after in ("\n", "\u00a0", "\u00bb", ">", "...", ". He", " - he", "_", '"', "")
        ),
        *(f"Write to{before}{CANARY}." for before in ("\n", "\t", "\u00a0", "\u00ab", "<", "mailto:", "=")),
        f"{CANARY} wrote.",
    ],
)
def test_it_is_found_beside_whatever_is_no_part_of_an_address(text: str) -> None:
    by = make_user("dina")
    form_drafts.keep(by=by, address="/admin/x/", content={"note": [text]})
    suggestion = make_suggestion(make_commitment("ERASE-1"), text=text)
    content_type = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=by, content_type=content_type, action_flag=CHANGE, change_message=json.dumps([text]))

    erased = erasure.erase(by=by, address=CANARY)

    assert (erased.done, erased.left) == ({"unsaved forms": 1, "words": 2}, {})
    suggestion.refresh_from_db()
    assert CANARY not in suggestion.text


def test_the_dump_finds_a_planted_canary() -> None:
    make_subscription("country=KZ", address=CANARY)

    assert CANARY in dump()
    assert erasure.where_it_stands(CANARY) == {"commitments_subscription.address": 1}


def test_it_is_safe_to_repeat_and_touches_nobody_else() -> None:
    by = make_user("dina")
    other = make_subscription("country=KZ", address="other@example.org")
    plant(by)
    erasure.erase(by=by, address=CANARY)

    again = erasure.erase(by=by, address=CANARY)

    assert (again.done, again.left) == ({}, {})
    assert Subscription.objects.get() == other


def test_what_stands_where_history_is_kept_is_named_and_not_touched() -> None:
    make_draft_development(make_commitment(), by=make_user("aida"), note=f"Told by {CANARY}.")

    with pytest.raises(CommandError, match=r"commitments_development\.note: 1 rows"):
        call_command("erase_person", CANARY, stdout=StringIO())


def test_a_slip_of_the_hand_erases_nothing() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("erase_person", "canary")
    with pytest.raises(CommandError, match="nobody who is active"):
        call_command("erase_person", CANARY, by="nobody")


def test_no_address_comes_into_the_published_record_by_the_name_to_thank(client: Client) -> None:
    make_commitment("ERASE-1")
    sent = {
        "kind": "happened",
        "text": "It was opened.",
        "url": "https://example.org/",
        "credit": CANARY,
        "website": "",
    }

    answer = client.post("/commitments/ERASE-1/suggest/", "&".join(f"{k}={v}" for k, v in sent.items()),
                         content_type="application/x-www-form-urlencoded")  # fmt: skip

    assert "Give a name, not an address" in answer.content.decode()
    assert not Suggestion.objects.exists()


# --- what goes by itself ----------------------------------------------------------------------------------------------


def decided(state: SuggestionState, days: int, by: User) -> Suggestion:
    suggestion = make_suggestion(make_commitment(), credit="C. Bird")
    at = timezone.now() - dt.timedelta(days=days)
    Suggestion.objects.filter(pk=suggestion.pk).update(state=state, decided_by=by, decided_at=at, outcome="So it is.")
    return suggestion


def test_a_short_address_in_a_full_column_is_erased_too() -> None:
    by = make_user()
    content_type = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=by, content_type=content_type, action_flag=CHANGE, object_repr=f"{'x' * 193} a@b.co")
    suggestion = make_suggestion(make_commitment("ERASE-1"), text=f"{'y' * 1993} a@b.co")

    erased = erasure.erase(by=by, address="a@b.co")

    suggestion.refresh_from_db()
    assert suggestion.text == f"{'y' * 1993} [erase"
    assert not erased.left


def test_what_is_past_its_time_goes_and_the_rest_stays() -> None:
    by = make_account()
    client = Client()
    give_password(client)
    old, young = (decided(SuggestionState.DECLINED, days, by) for days in (366, 364))
    accepted = decided(SuggestionState.ACCEPTED, 366, by)
    for days in (89, 91):
        at = timezone.now() - dt.timedelta(days=days)
        form_drafts.keep(by=by, address=f"/admin/{days}/", content={}, at=at)
    tried: Any = retain(dry_run=True)
    assert Suggestion.objects.count() == 3

    done = retain()

    assert {name: count for name, count in done.items() if count} == {
        "unsaved forms": 1,
        "declined suggestions": 1,
        "names to thank": 2,
    }
    assert {name: done[name] for name in tried} == tried
    assert set(Suggestion.objects.all()) == {young, accepted}
    accepted.refresh_from_db()
    assert accepted.credit == ""
    assert FormDraft.objects.get().address == "/admin/89/"
    assert not Suggestion.objects.filter(pk=old.pk).exists()
    assert len(accounts.sessions_of(by)) == 1


def said(**options: Any) -> str:
    out = StringIO()
    call_command("retention", stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_says_of_every_kind_what_would_go_and_deletes_nothing() -> None:
    long_ago = timezone.now() - dt.timedelta(days=31)
    asked = make_subscription("country=KZ", is_confirmed=False, at=long_ago)
    lost, kept = make_subscription("country=KG", at=long_ago), make_subscription("country=TJ", at=long_ago)
    Subscription.objects.filter(pk=lost.pk).update(stopped_at=long_ago)
    old, waiting = (deliveries.put(subscription=kept, content={"kind": "ping"}, at=long_ago) for _ in range(2))
    Delivery.objects.filter(pk=old.pk).update(state=DeliveryState.SENT, sent_at=long_ago)

    would_go = said(dry_run=True)

    assert set(Subscription.objects.all()) == {asked, lost, kept}
    assert set(Delivery.objects.all()) == {old, waiting}
    for one in ("addresses never confirmed: 1", "followers not reached: 1", "old messages: 1", "marks of changes: "):
        assert one in would_go
    went = said()
    assert [line.split(": ")[0] for line in went.splitlines()] == [
        line.split(": ")[0] for line in would_go.splitlines()
    ]
    assert went.splitlines()[:-1] == would_go.splitlines()[:-1]
    assert list(Subscription.objects.all()) == [kept]
    assert list(Delivery.objects.all()) == [waiting]


def test_sessions_that_are_over_go_with_the_places_they_were_opened_at() -> None:
    make_account()
    give_password(Client())

    done = retain(at=timezone.now() + dt.timedelta(hours=3))

    assert (done["sessions"], done["places of log-in"]) == (1, 1)
    assert "sessions: 0" in said(dry_run=True)
