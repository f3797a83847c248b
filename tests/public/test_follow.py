"""Readers follow a list or a commitment, without an account: by e-mail with a confirmation, or by a webhook."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from commitments.actions import subscriptions
from commitments.codelists import Frequency, Publication
from commitments.following import addresses
from commitments.following.sending import Sender
from commitments.models import Delivery, Subscription
from tests.factories import make_commitment, make_country, make_party, make_subscription
from tests.following.test_delivering import HOOK, Taking
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db
MOST_AN_HOUR = 10
FORM = "application/x-www-form-urlencoded"
ASKED = {"address": "reader@example.org", "frequency": "daily", "website": ""}


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def post(client: Client, page: str, /, **fields: str) -> Any:
    # Every form of a browser has at least its token.
    return client.post(page, urlencode({"csrfmiddlewaretoken": "", **fields}), content_type=FORM)


def ask(client: Client, **changes: str) -> Any:
    make_country("KZ")
    return post(client, "/follow/?country=KZ", **{**ASKED, **changes})


def path_of(url: str) -> str:
    return urlsplit(url).path


# --- by e-mail --------------------------------------------------------------------------------------------------------


def test_every_list_and_every_commitment_lead_to_the_form(client: Client) -> None:
    make_commitment("F-01", title="Build a railway")

    assert "/follow/?country=KZ" in read(client, "/commitments/?country=KZ").links
    assert "/follow/?commitment=F-01" in read(client, "/commitments/F-01/").links
    assert "Commitments, with Kazakhstan." in read(client, "/follow/?country=KZ").words
    page = read(client, "/follow/?commitment=f-01")
    assert "F-01: Build a railway." in page.words
    assert "/commitments/F-01/" in page.links
    assert "colour" in read(client, "/follow/?colour=red").words


def test_it_begins_when_the_holder_of_the_address_presses_the_button(client: Client) -> None:
    assert "Look into your mailbox" in Markup.of(ask(client)).words
    Sender().send_waiting()
    (link,) = re.findall(r"http://\S+/follow/confirm/\S+", str(mail.outbox[0].body))

    page = read(client, path_of(link))
    assert "Commitments, with Kazakhstan." in page.words
    assert Subscription.objects.active().count() == 0  # to read is not to confirm
    confirmed = post(client, path_of(link))

    subscription = Subscription.objects.active().get()
    assert (subscription.query, subscription.frequency) == ("country=KZ", "daily")
    assert confirmed.url == f"/follow/{subscription.token}/"
    assert "Active since" in read(client, confirmed.url).words
    assert client.get(path_of(link))["Location"] == confirmed.url


def test_it_answers_the_same_whoever_follows_already(client: Client) -> None:
    make_subscription("country=KZ", address="known@example.org")
    answers = [ask(client, address=address) for address in ("known@example.org", "new@example.org", "new@example.org")]

    assert len({body(answer) for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {200}
    assert Subscription.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"address": ""}, "This field is required."),
        ({"address": "nobody"}, "Enter a valid email address."),
        ({"address": "a@example.org\nBcc: b@example.org"}, "Enter a valid email address."),
        ({"address": "a@example.org,b@example.org"}, "Enter a valid email address."),
        ({"address": f"{'a' * 60}@{'b.' * 120}org"}, "at most 254 characters"),
        ({"address": "a\x00@example.org"}, "Null characters are not allowed."),
        ({"frequency": "hourly"}, "Select a valid choice."),
        ({"website": "https://spam.example/"}, "it is there for robots only"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, changes: dict[str, str], said: str) -> None:
    response = ask(client, **changes)

    page = Markup.of(response)
    assert said in page.words
    ids = {element.attributes.get("id") for element in page.elements}
    assert {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")} <= ids
    assert not Subscription.objects.exists()


def test_what_is_not_public_or_too_long_cannot_be_followed(client: Client) -> None:
    make_commitment("F-02", publication=Publication.DRAFT)
    make_commitment("F-03", publication=Publication.RETRACTED)

    for query in ("commitment=F-02", "commitment=F-03", "commitment=F-99", "commitment=%00"):
        for address in ("/follow/", "/follow/webhook/"):
            response = client.get(f"{address}?{query}")
            assert response.status_code == 400, query
            assert "no public commitment" in body(response)
    long = urlencode([("party", make_party(f"{'x' * 40} {number}").slug) for number in range(45)])
    assert "too long to be followed" in body(client.get(f"/follow/?{long}"))


def test_it_takes_its_own_form_alone_and_not_without_its_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = make_subscription().token
    for address in ("/follow/", "/follow/webhook/", f"/follow/{token}/"):
        assert post(strict, address, **ASKED).status_code == 403
        assert client.post(address, "{}", content_type="application/json").status_code == 415
        assert post(client, address, **{**ASKED, "address": "x" * 50_000}).status_code == 413
    assert Subscription.objects.count() == 1


def test_only_so_much_is_taken_from_one_place(client: Client) -> None:
    answers = [ask(client, address=f"reader{number}@example.org") for number in range(MOST_AN_HOUR + 1)]

    assert [answer.status_code for answer in answers] == [200] * MOST_AN_HOUR + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert Markup.of(answers[-1]).one("input", name="address")["value"] == f"reader{MOST_AN_HOUR}@example.org"


# --- changing and ending ----------------------------------------------------------------------------------------------


def test_one_click_ends_it_without_a_cookie_and_deletes_the_address() -> None:
    client = Client(enforce_csrf_checks=True)
    one, other = make_subscription(), make_subscription()
    address = path_of(addresses.unsubscribing(one))

    assert "Stop following this?" in read(client, address).words
    assert Subscription.objects.count() == 2
    ended = post(client, address, **{"List-Unsubscribe": "One-Click"})

    assert ended.status_code == 200
    assert list(Subscription.objects.all()) == [other]
    again = client.post(address, {"List-Unsubscribe": "One-Click"})  # as multipart, as some send it
    assert again.status_code == 200
    assert "You no longer follow this" in read(client, address).words


def test_a_signed_address_does_what_it_was_signed_for_and_nothing_else(client: Client) -> None:
    subscription = make_subscription(is_confirmed=False)
    other = make_subscription()
    confirming, ending = (path_of(of(subscription)) for of in (addresses.confirming, addresses.unsubscribing))
    to_confirm, to_end = (address.rstrip("/").rpartition("/")[2] for address in (confirming, ending))

    one_click = {"List-Unsubscribe": "One-Click"}
    assert post(client, f"/follow/unsubscribe/{to_confirm}/", **one_click).status_code == 404
    assert post(client, f"/follow/confirm/{to_end}/").status_code == 410
    forged = to_end.replace(str(subscription.pk), str(other.pk), 1)
    assert post(client, f"/follow/unsubscribe/{forged}/", **one_click).status_code == 404
    assert post(client, ending).status_code == 400
    assert Subscription.objects.count() == 2
    assert Subscription.objects.active().count() == 1


def test_a_link_to_confirm_is_good_for_seven_days(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    link = path_of(addresses.confirming(make_subscription(is_confirmed=False)))
    monkeypatch.setattr(addresses, "UNCONFIRMED_FOR", -subscriptions.UNCONFIRMED_FOR)

    assert client.get(link).status_code == 410
    assert post(client, link).status_code == 410


def test_how_often_is_changed_on_its_own_page(client: Client) -> None:
    subscription = make_subscription("country=KZ")
    address = f"/follow/{subscription.token}/"

    page = read(client, address)
    assert page.one("input", value="at_once").attributes.get("checked") is not None
    assert subscription.address not in page.words
    assert post(client, address, frequency="weekly").status_code == 302
    assert "Select a valid choice" in body(post(client, address, frequency="never"))

    subscription.refresh_from_db()
    assert subscription.frequency == Frequency.WEEKLY
    assert client.get(address)["X-Robots-Tag"] == "noindex"
    assert "You no longer follow this" in body(post(client, address, end="1"))
    assert client.get(address).status_code == 404
    assert not Subscription.objects.exists()


# --- by webhook -------------------------------------------------------------------------------------------------------


def test_a_webhook_shows_its_secret_once_and_begins_with_a_ping(client: Client) -> None:
    answered = post(client, "/follow/webhook/", **{**ASKED, "address": HOOK})

    subscription = Subscription.objects.get()
    page = Markup.of(answered)
    (secret,) = re.findall(r"whsec_\S+", page.words)
    manage = f"/follow/{subscription.token}/"
    assert manage in page.links
    assert secret not in body(client.get(manage))
    assert "Not begun" in read(client, manage).words
    assert post(client, manage, ping="1").status_code == 302
    Sender(poster=Taking(200)).send_waiting()

    page = read(client, manage)
    assert "Active since" in page.words
    assert str(Delivery.objects.get().identifier) in page.words
    assert "HTTP 200" in page.words


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://hooks.example/", "begin with https://"),
        ("https://hooks.example:444/", "at port 443"),
        ("https://me:secret@hooks.example/", "without a name or password"),
        ("https://127.0.0.1/", "not public"),
        ("https://[::1]/", "not public"),
        ("ftp://hooks.example/", "Enter a valid URL."),
        ("javascript:alert(1)", "Enter a valid URL."),
        ("", "This field is required."),
    ],
)
def test_a_webhook_goes_to_the_public_internet_over_https_alone(client: Client, address: str, said: str) -> None:
    assert said in Markup.of(post(client, "/follow/webhook/", **{**ASKED, "address": address})).words
    assert not Subscription.objects.exists()


def test_one_that_nobody_confirmed_makes_place_and_one_that_runs_does_not(client: Client) -> None:
    hook = {**ASKED, "address": HOOK}
    post(client, "/follow/webhook/", **hook)
    first = Subscription.objects.get()
    post(client, "/follow/webhook/", **hook)
    second = Subscription.objects.get()
    subscriptions.confirm(subscription=second)

    assert first.secret != second.secret
    assert "follows this already" in Markup.of(post(client, "/follow/webhook/", **hook)).words
    assert Subscription.objects.get().secret == second.secret
