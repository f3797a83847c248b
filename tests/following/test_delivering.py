"""From a change to a message: who is told when, once, and what becomes of a message that nobody takes."""

import datetime as dt
import inspect
import smtplib
from collections.abc import Mapping
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection
from django.tasks import default_task_backend
from django.utils import timezone

from commitments import tasks
from commitments.actions import commitments as commitment_actions
from commitments.actions import deliveries, subscriptions
from commitments.actions.subscriptions import follow_by_mail, last_revision
from commitments.changes import Change, since
from commitments.codelists import DeliveryState, Frequency, Status
from commitments.following.composing import compose_due
from commitments.following.sending import Sender
from commitments.models import Delivery, Subscription
from tests.factories import make_commitment, make_country, make_development, make_subscription, make_user

pytestmark = pytest.mark.django_db
HOOK = "https://hooks.example/in"


class Taking:
    """A poster that answers with these statuses in turn, the last of them for ever, and keeps what it was given."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.taken: list[tuple[str, bytes, dict[str, str]]] = []

    def __call__(self, _url: str) -> "Taking":
        return self

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.taken.append((url, body, dict(headers)))
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


def send(poster: Taking | None = None, after: dt.timedelta = dt.timedelta()) -> dict[str, int]:
    return Sender(poster=poster or Taking(204), clock=lambda: timezone.now() + after).send_waiting()


# --- composing --------------------------------------------------------------------------------------------------------


def test_whoever_follows_at_once_gets_one_message_with_what_changed() -> None:
    commitment = make_commitment("A-01", title="Build a railway")
    make_subscription("country=KZ", address="reader@example.org")
    make_development(commitment, status=Status.IN_PROGRESS, summary="Rails were <b>laid</b>.")

    assert compose_due() == 1
    assert compose_due() == 0
    assert send() == {"sent": 1}
    assert send() == {}

    (message,) = mail.outbox
    delivery = Delivery.objects.get()
    assert isinstance(message, EmailMultiAlternatives)
    assert (message.to, message.subject) == (["reader@example.org"], "A-01: Not assessed → In progress")
    for text in ("Not assessed → In progress", "Why: Rails were <b>laid</b>.", "Commitments, with Kazakhstan."):
        assert text in message.body
    assert "http://localhost:8000/commitments/A-01/" in message.body
    (html,) = [str(alternative[0]) for alternative in message.alternatives]
    assert "Rails were &lt;b&gt;laid&lt;/b&gt;." in html
    assert "<img" not in html
    headers = message.message()
    assert headers["Message-ID"] == f"<{delivery.identifier}@localhost>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http://localhost:8000/follow/unsubscribe/")
    assert delivery.state == DeliveryState.SENT


@pytest.mark.parametrize(("frequency", "days"), [(Frequency.DAILY, 1), (Frequency.WEEKLY, 7)])
def test_a_digest_waits_for_its_time_and_tells_everything_at_once(frequency: Frequency, days: int) -> None:
    one, other = make_commitment(), make_commitment()
    make_subscription(frequency=frequency)
    make_development(one)
    make_development(other, status=Status.STALLED)
    now = timezone.now()

    assert compose_due(at=now + dt.timedelta(days=days, minutes=-5)) == 0
    assert compose_due(at=now + dt.timedelta(days=days, minutes=1)) == 1
    assert [change["code"] for change in Delivery.objects.get().content["changes"]] == [one.code, other.code]
    send(after=dt.timedelta(days=days, minutes=2))
    assert mail.outbox[0].subject == "2 commitments changed"


def test_nothing_is_written_for_what_does_not_matter_and_it_is_not_looked_at_again() -> None:
    make_country("US")
    subscription = make_subscription("country=US")
    make_commitment()

    assert compose_due() == 0
    subscription.refresh_from_db()
    assert subscription.seen == last_revision()


def test_nobody_is_told_before_they_confirm_nor_of_what_was_before() -> None:
    make_commitment()
    make_subscription(is_confirmed=False)
    make_subscription()

    assert compose_due() == 0
    assert Delivery.objects.count() == 0


def test_two_who_compose_at_once_write_one_message() -> None:
    subscription = make_subscription()
    make_commitment()
    content = {"until": last_revision(), "changes": []}

    written = [
        deliveries.compose(subscription=subscription, until=last_revision(), content=content) for _twice in range(2)
    ]

    assert written == [True, False]
    assert Delivery.objects.count() == 1


def test_much_is_composed_portion_by_portion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since.last_of, "__kwdefaults__", {"most": 2})
    make_subscription()
    codes = [make_commitment().code for _ in range(3)]

    assert compose_due() == 2
    told = [change["code"] for row in Delivery.objects.order_by("pk") for change in row.content["changes"]]
    assert told == codes


def test_what_is_retracted_before_it_is_sent_is_not_said() -> None:
    commitment = make_commitment("A-01")
    make_subscription()
    make_subscription(address=HOOK)
    make_development(commitment, summary="A zebra came.")
    compose_due()
    commitment_actions.retract(by=make_user("editor"), commitment=commitment, reason="No")
    poster = Taking(200)

    send(poster)

    assert "zebra" not in mail.outbox[0].body + str(mail.outbox[0].message())
    assert "Retracted." in mail.outbox[0].body
    assert b"zebra" not in poster.taken[0][1]


# --- sending ----------------------------------------------------------------------------------------------------------


def waiting(address: str = HOOK) -> Delivery:
    subscription = make_subscription(address=address)
    change = Change("A-01", "published", 1, "2024-06-01T12:00:00+00:00", title="Build a railway", status="delivered")
    content = {"kind": deliveries.CHANGES, "until": 0, "changes": [change.as_json()]}
    return deliveries.put(subscription=subscription, content=content, at=timezone.now())


def test_of_two_workers_one_gets_the_message_until_its_claim_lapses() -> None:
    waiting()
    now = timezone.now()

    first = deliveries.claim_next(at=now)
    assert first is not None
    assert deliveries.claim_next(at=now) is None
    second = deliveries.claim_next(at=now + deliveries.LEASE + dt.timedelta(seconds=1))
    assert second is not None

    assert (second.pk, second.identifier, second.attempts) == (first.pk, first.identifier, 2)
    # The first wakes up too late.
    assert not deliveries.record_sent(delivery=first)
    assert deliveries.record_sent(delivery=second)


@pytest.mark.parametrize("how", ["claimed", "deleted"])
def test_what_is_gone_at_the_last_moment_is_left_and_the_next_one_taken(how: str) -> None:
    """Between looking for what is free and claiming it, or right after."""
    gone, free = waiting(), waiting("https://example.org/other")
    now = timezone.now()
    done: list[str] = []

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if done or not sql.startswith("UPDATE"):
            return execute(sql, params, many, context)
        done.append(sql)
        if how == "claimed":
            assert deliveries.claim_next(at=now) == gone
            return execute(sql, params, many, context)
        answer = execute(sql, params, many, context)
        Delivery.objects.filter(pk=gone.pk).delete()
        return answer

    with connection.execute_wrapper(meanwhile):
        claimed = deliveries.claim_next(at=now)

    assert claimed == free
    assert done


def test_where_all_are_claimed_meanwhile_it_looks_again() -> None:
    waiting()
    now = timezone.now()

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE"):
            Delivery.objects.all().delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert deliveries.claim_next(at=now) is None


def test_a_webhook_that_fails_is_tried_again_with_pauses_under_the_same_id() -> None:
    delivery = waiting()
    poster = Taking(500, 302, 200)

    assert send(poster) == {"failed": 1}
    assert send(poster) == {}
    assert send(poster, after=dt.timedelta(minutes=2)) == {"failed": 1}
    assert send(poster, after=dt.timedelta(hours=1)) == {"sent": 1}

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.outcome) == ("sent", 3, "HTTP 200")
    assert {headers["Webhook-Id"] for _url, _body, headers in poster.taken} == {str(delivery.identifier)}
    assert len({body for _url, body, _headers in poster.taken}) == 1
    assert Subscription.objects.get().failures == 0


def test_a_message_is_given_up_in_the_end_and_a_webhook_that_always_fails_is_stopped() -> None:
    first = waiting()
    subscription = first.subscription
    second = deliveries.put(subscription=subscription, content=first.content, at=timezone.now())
    third = deliveries.put(subscription=subscription, content=first.content, at=timezone.now() + dt.timedelta(days=30))
    for day in range(40):
        send(Taking(500), after=dt.timedelta(days=day))

    states = {pk: (state, attempts) for pk, state, attempts in Delivery.objects.values_list("pk", "state", "attempts")}
    subscription.refresh_from_db()
    assert states == {first.pk: ("failed", 8), second.pk: ("failed", 8), third.pk: ("waiting", 0)}
    assert subscription.stopped_at is not None
    # What was not sent waits for the day on which it answers again.
    subscriptions.ping(subscription=subscription)
    assert send(Taking(200), after=dt.timedelta(days=41)) == {"sent": 2}


def test_whoever_says_that_it_is_gone_is_stopped_at_once() -> None:
    delivery = waiting()

    send(Taking(410))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    assert Subscription.objects.active().count() == 0


@pytest.mark.parametrize(
    ("error", "attempts", "failures"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no")}), 1, 2),
        (ConnectionRefusedError(), 1, 0),
        (smtplib.SMTPServerDisconnected(), 1, 0),
    ],
)
def test_a_mail_server_that_is_down_is_nobody_elses_fault(error: Exception, attempts: int, failures: int) -> None:
    for number in range(2):
        waiting(f"reader{number}@example.org")

    with mock.patch.object(EmailMultiAlternatives, "send", side_effect=error):
        send()

    assert sum(Subscription.objects.values_list("failures", flat=True)) == failures
    # The second is not even tried while the server is down; nothing is lost.
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [attempts - (failures == 0), attempts]
    assert send(after=dt.timedelta(minutes=2)) == {"sent": 2}


# --- asking -----------------------------------------------------------------------------------------------------------


def asked(query: str = "", address: str = "reader@example.org", minutes: int = 0) -> None:
    follow_by_mail(
        address=address,
        query=query,
        frequency=Frequency.DAILY,
        at=timezone.now() + dt.timedelta(minutes=minutes),
    )


def test_an_address_gets_one_message_an_hour_whatever_is_asked_of_it() -> None:
    for query in ("country=KZ", "country=KZ", "country=UZ", "status=stalled"):
        asked(query)
    asked("country=KZ", address="Reader@example.org", minutes=10)

    counts = [send(after=dt.timedelta(minutes=minutes)).get("sent", 0) for minutes in (0, 30, 61, 90, 121, 200, 300)]

    assert counts[:5] == [1, 0, 1, 0, 1]
    assert sum(counts) <= 4
    assert {message.subject for message in mail.outbox} == {"Confirm that you want to follow commitments"}


def test_what_would_be_asked_only_after_it_had_lapsed_is_not_asked_at_all() -> None:
    asked("country=KZ")
    Delivery.objects.update(due_at=timezone.now() + subscriptions.UNCONFIRMED_FOR)

    asked("country=UZ")

    assert Subscription.objects.count() == 2
    assert Delivery.objects.count() == 1


def test_nobody_is_flooded_by_what_is_never_confirmed() -> None:
    for number in range(20):
        asked(f"q={number}")

    assert Subscription.objects.count() == subscriptions.MOST_UNCONFIRMED


def test_the_first_message_repeats_no_words_of_a_stranger() -> None:
    asked("q=BUY+NOW")
    send()

    (message,) = mail.outbox
    assert "BUY" not in str(message.message())
    assert "/follow/confirm/" in message.body
    assert "List-Unsubscribe" not in message.message()


def test_who_follows_it_already_is_told_so_and_nothing_changes() -> None:
    subscription = make_subscription("country=KZ", address="reader@example.org", frequency=Frequency.WEEKLY)
    make_country("KZ")
    asked("country=KZ")
    send()

    subscription.refresh_from_db()
    assert subscription.frequency == Frequency.WEEKLY
    assert mail.outbox[0].subject == "You follow these commitments already"
    assert f"/follow/{subscription.token}/" in mail.outbox[0].body


# --- the run ----------------------------------------------------------------------------------------------------------


def test_deliver_does_everything_once_and_deletes_what_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    def ago(days: int) -> dt.datetime:
        return timezone.now() - dt.timedelta(days=days)

    make_subscription(is_confirmed=False, at=ago(8))
    kept = make_subscription(is_confirmed=False, at=ago(6))
    stopped = make_subscription(address=HOOK)
    Subscription.objects.filter(pk=stopped.pk).update(stopped_at=ago(31))
    follower = make_subscription(at=ago(40))
    old = deliveries.put(subscription=follower, content={"kind": "changes"}, at=ago(31))
    Delivery.objects.filter(pk=old.pk).update(state=DeliveryState.SENT, sent_at=ago(31))
    make_commitment()

    call_command("deliver")
    call_command("deliver")

    said = capsys.readouterr().out.splitlines()
    assert said == [
        "Written: 1. Sent: 1. Not taken: 0.",
        "Deleted: 1 never confirmed, 1 stopped, 1 old messages.",
        "Written: 0. Sent: 0. Not taken: 0.",
    ]
    assert set(Subscription.objects.all()) == {kept, follower}


def test_the_task_does_the_same() -> None:
    make_subscription()
    make_commitment()

    assert tasks.deliver.call() == {"composed": 1, "sent": 1, "failed": 0}


def test_a_publication_puts_one_task_into_the_queue_if_somebody_wants_to_know_at_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    backend: Any = default_task_backend
    backend.clear()
    with django_capture_on_commit_callbacks(execute=True) as nobody:
        make_commitment()
    make_subscription(frequency=Frequency.DAILY)
    with django_capture_on_commit_callbacks(execute=True):
        make_commitment()
    assert backend.results == []
    # Beside it, on PostgreSQL, only a turn that ends with the transaction.
    assert sum(map(inspect.isfunction, nobody)) == 1

    make_subscription()
    # The test's own transaction never commits, so that what was announced within it is still there.
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        make_development(make_commitment(), status=Status.STALLED)

    assert [result.task for result in backend.results] == [tasks.deliver]
    backend.clear()
