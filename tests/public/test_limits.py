"""How much one visitor may ask of the public site: beyond it, a page that says when to try again."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings

from commitments.limits import client_address
from commitments.roles import DeskRole
from tests.admin.cast import filled, logged_in, make_member
from tests.factories import make_commitment, make_subscription
from tests.markup import body, read

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def asked(client: Client, address: str, times: int) -> list[int]:
    return [client.get(address).status_code for _ in range(times)]


@override_settings(SEARCHES_PER_MINUTE=2)
@pytest.mark.parametrize("address", ["/commitments/", "/developments/", "/matrix/", "/calendar/", "/commitments.atom"])
def test_searching_for_words_is_limited_and_reading_is_not(client: Client, address: str) -> None:
    make_commitment("L-01")

    assert asked(client, f"{address}?q=railway", 3) == [200, 200, 429]
    answer = client.get(f"{address}?q=railway")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["Cache-Control"] == "no-store"
    assert re.search(r"Try again in 1 minute\b", body(answer))
    assert asked(client, address, 3) == [200, 200, 200]
    assert asked(Client(headers={"X-Forwarded-For": "198.51.100.7"}), f"{address}?q=railway", 1) == [200]


@override_settings(EXPORTS_PER_HOUR=2)
def test_downloads_are_limited_together(client: Client) -> None:
    make_commitment("L-01")

    answers = [client.get(f"/{name}.csv").status_code for name in ("commitments", "matrix", "scores")]

    assert answers == [200, 200, 429]
    refused = client.get("/commitments/parties.json")
    assert (refused.status_code, refused["Content-Type"]) == (429, "text/plain; charset=utf-8")
    assert 0 < int(refused["Retry-After"]) <= 60 * 60
    assert re.fullmatch(r"That was asked more often than .* Try again in \d+ minutes?\.\n", refused.content.decode())
    assert "As many as 2 files an hour" in read(client, "/data/").words


@override_settings(SEARCHES_PER_MINUTE=1)
@pytest.mark.parametrize("address", ["/commitments.atom", "/commitments.ics", "/commitments/cite.txt"])
def test_feeds_and_citations_of_words_say_in_plain_text_that_it_was_too_often(client: Client, address: str) -> None:
    assert asked(client, f"{address}?q=railway", 1) == [200]

    refused = client.get(f"{address}?q=roads")

    assert (refused.status_code, refused["Content-Type"]) == (429, "text/plain; charset=utf-8")
    assert "Retry-After" in refused


@override_settings(CHANGES_PER_HOUR=2, FOLLOWS_PER_HOUR=1)
def test_one_subscription_is_changed_so_often_and_ended_at_any_time() -> None:
    found = make_subscription("country=KZ")
    address = f"/follow/{found.token}/"
    # From another place each time: it is the subscription that is counted.
    browsers = [Client(headers={"X-Forwarded-For": f"198.51.100.{number}"}) for number in range(4)]

    answers = [one.post(address, "frequency=weekly", content_type=FORM) for one in browsers[:3]]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Retry-After" in answers[-1].headers
    assert browsers[3].post(address, "end=1", content_type=FORM).status_code == 200
    assert browsers[3].get(address).status_code == 404


@override_settings(IMPORTS_PER_HOUR=1)
def test_one_account_gives_so_many_files_and_loses_nothing() -> None:
    desk, other = logged_in(make_member(DeskRole.EDITOR)), logged_in(make_member(DeskRole.REVIEWER))
    address = "/admin/commitments/import/add/"

    def give(client: Client) -> int:
        file = SimpleUploadedFile("p.csv", b"slug,kind,name\nport-fund,institution,Port Fund\n")
        status: int = client.post(address, filled(client.get(address), kind="parties", file=file)).status_code
        return status

    assert [give(desk), give(desk), give(other)] == [302, 429, 302]


@pytest.mark.parametrize(
    ("connects", "forwarded", "counted"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        # What stands before the proxy's own word anybody may have written.
        ("127.0.0.1", "203.0.113.1, 203.0.113.9", "203.0.113.9"),
        # A stranger's word is not taken.
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("198.51.100.7", "", "198.51.100.7"),
        ("127.0.0.1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("127.0.0.1", "no address", ""),
        # As a socket for both kinds of addresses writes those of IPv4.
        ("::ffff:198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "::ffff:cb00:7109", "203.0.113.9"),
    ],
)
def test_a_proxys_word_is_taken_from_those_that_the_settings_name_alone(
    connects: str, forwarded: str, counted: str
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=connects, HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == counted
