"""Signed requests: what is in them, how a receiver checks them, and where they never go."""

import base64
import datetime as dt
import json
import re
import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from commitments.actions import subscriptions
from commitments.codelists import Status
from commitments.following import webhooks
from commitments.following.composing import compose_due
from commitments.following.sending import Sender
from commitments.links.opening import NotAllowed
from commitments.links.posting import NotSent, Poster
from commitments.models import Delivery, Subscription
from tests.factories import make_commitment, make_development, make_subscription
from tests.following.test_delivering import HOOK, Taking
from tests.links.servers import LoopbackPolicy, answer, serving

pytestmark = pytest.mark.django_db
EXAMPLE = Path(settings.BASE_DIR) / "docs" / "following.md"


def composed() -> Delivery:
    subscription = make_subscription("status=in_progress", address=HOOK)
    make_development(make_commitment("A-01"), status=Status.IN_PROGRESS, summary="Work has begun. Работа.")
    compose_due()
    return subscription.deliveries.select_related("subscription").get()


def test_the_body_says_what_changed() -> None:
    delivery = composed()

    body = json.loads(webhooks.body_of(delivery))

    (change,) = body["data"]["changes"]
    assert body["type"] == "commitments.changed"
    assert body["data"]["query"] == "status=in_progress"
    assert (change["code"], change["kind"]) == ("A-01", "published")
    assert change["url"] == "http://localhost:8000/commitments/A-01/"


def test_a_receiver_checks_the_signature_as_the_documentation_says(tmp_path: Path) -> None:
    delivery = composed()
    body = webhooks.body_of(delivery)
    now = timezone.now()
    headers = webhooks.headers_of(delivery, body, now)
    secret = webhooks.shown_secret(delivery.subscription)
    (code,) = re.findall(r"```python\n(.*?)```", EXAMPLE.read_text(encoding="utf-8"), re.DOTALL)
    example = tmp_path / "example.py"
    example.write_text(code, encoding="utf-8")
    is_ours = runpy.run_path(str(example))["is_ours"]

    assert is_ours(secret, headers, body)
    assert is_ours(secret, {name.lower(): value for name, value in headers.items()}, body)
    assert not is_ours(secret, headers, body + b" ")
    assert not is_ours(secret, {**headers, "Webhook-Id": "another"}, body)
    assert not is_ours(secret, {**headers, "Webhook-Timestamp": "1700000000"}, body)
    assert not is_ours("whsec_" + base64.b64encode(b"x" * 32).decode(), headers, body)
    old = webhooks.headers_of(delivery, body, now - dt.timedelta(minutes=10))
    assert not is_ours(secret, old, body)
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32


def test_it_begins_when_its_address_answers_a_ping() -> None:
    subscription = make_subscription(address=HOOK, is_confirmed=False)
    make_commitment()
    subscriptions.ping(subscription=subscription)
    subscriptions.ping(subscription=subscription)

    assert Sender(poster=Taking(404)).send_waiting() == {"failed": 1}
    unconfirmed = Subscription.objects.get()
    assert (unconfirmed.confirmed_at, unconfirmed.failures) == (None, 0)
    subscriptions.ping(subscription=subscription)
    poster = Taking(204)
    assert Sender(poster=poster).send_waiting() == {"sent": 1}

    subscription.refresh_from_db()
    assert subscription.confirmed_at is not None
    assert json.loads(poster.taken[0][1])["type"] == "ping"
    assert compose_due() == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/in",
        "https://hooks.example:8443/in",
        "https://user:secret@hooks.example/in",
        "ftp://hooks.example/in",
        "https://",
        "http://127.0.0.1:9000/",
        "https://[::1",
    ],
)
def test_it_posts_over_https_alone(url: str) -> None:
    with pytest.raises(NotAllowed):
        webhooks.poster_for(url).target(url)
    with pytest.raises(NotSent):
        webhooks.poster_for(url).post(url, b"{}", {})


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "https://[::ffff:10.0.0.1]/",
    ],
)
def test_it_reaches_nothing_within_private_networks(url: str) -> None:
    assert webhooks.leads_inwards(url)
    with pytest.raises(NotSent, match="not public"):
        Poster().post(url, b"{}", {})


def test_a_name_that_leads_inwards_is_not_posted_to_either() -> None:
    with pytest.raises(NotSent, match="not public"):
        Poster().post("https://localhost/", b"{}", {})
    assert not webhooks.leads_inwards("https://hooks.example/")


def test_with_debug_on_it_posts_to_this_machine_and_follows_no_redirect() -> None:
    with serving(answer(204)) as server, override_settings(DEBUG=True):
        assert webhooks.poster_for(server.url).post(server.url, b"{}", {"Webhook-Id": "x"}) == 204
        assert webhooks.poster_for("http://10.0.0.1/").schemes == {"https"}
    assert [(path, headers["Webhook-Id"]) for path, headers in server.asked] == [("/", "x")]
    with serving(answer(302, Location="http://127.0.0.1:1/")) as server:
        policy = LoopbackPolicy(ports=frozenset({server.port}))
        assert Poster(policy=policy, schemes=frozenset({"http"})).post(server.url, b"{}", {}) == 302
        assert len(server.asked) == 1


def test_a_repeat_is_the_same_but_for_its_time() -> None:
    delivery = composed()
    again = Delivery.objects.select_related("subscription").get(pk=delivery.pk)

    assert webhooks.body_of(delivery) == webhooks.body_of(again)
