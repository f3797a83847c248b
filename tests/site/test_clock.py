"""What depends on the day and the hour holds at a leap day, when summer time begins and ends, and at the year's end."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from commitments import limits
from commitments.actions import developments as development_actions
from commitments.models import Commitment
from tests.factories import make_commitment, make_development, make_user
from tests.site.addresses import World, addresses

BERLIN = "Europe/Berlin"
MOMENTS = (
    "2028-02-28T23:59:59.999999", "2028-02-29T00:00:00", "2028-02-29T23:59:59.999999", "2028-03-01T00:00:00",
    # In Berlin, 02:00 is 03:00 on the first of these days, and the hour from 02:00 comes twice on the second.
    "2026-03-29T00:59:59", "2026-03-29T01:00:00", "2026-10-25T00:30:00", "2026-10-25T01:30:00",
    "2026-12-31T22:59:59", "2026-12-31T23:30:00", "2026-12-31T23:59:59.999999", "2027-01-01T00:00:00",
)  # fmt: skip
# Those whose content depends on the day, and one of each kind of file.
NAMES = (
    "home", "commitments", "commitment", "revision", "summit", "country", "sector", "developments", "calendar", "map",
    "matrix", "compare", "scores", "feed", "feed_json", "commitment_feed", "deadlines", "cite", "cite_list",
    "catalogue", "card", "embed", "suggest", "follow", "security_txt", "sitemap_index",
)  # fmt: skip

type At = Callable[[str], None]


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Sets the clock of the site to a moment of UTC."""

    def set_(text: str) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment(text))

    return set_


@contextmanager
def in_berlin() -> Iterator[None]:
    with override_settings(TIME_ZONE=BERLIN), timezone.override(ZoneInfo(BERLIN)):
        yield


@pytest.mark.parametrize("zone", ["UTC", BERLIN])
@pytest.mark.parametrize("when", MOMENTS)
def test_every_kind_of_page_answers(shared_world: World, client: Client, at: At, when: str, zone: str) -> None:
    at(when)
    found = addresses(shared_world)
    with override_settings(TIME_ZONE=zone):
        faults = {
            address: answer.status_code
            for name in NAMES
            for address in found[name][:2]
            if (answer := client.get(address)).status_code != 200
        }

    assert faults == {}


@pytest.mark.parametrize(
    ("due", "last", "first"),
    [
        ("2028-02-29", "2028-02-29T23:59:59", "2028-03-01T00:00:00"),
        ("2028-02", "2028-02-29T23:59:59", "2028-03-01T00:00:00"),
        ("2027-02", "2027-02-28T23:59:59", "2027-03-01T00:00:00"),
        ("2026", "2026-12-31T23:59:59", "2027-01-01T00:00:00"),
        ("2026-Q4", "2026-12-31T23:59:59", "2027-01-01T00:00:00"),
    ],
)
@pytest.mark.django_db
def test_it_is_overdue_when_its_last_day_is_over(client: Client, at: At, due: str, last: str, first: str) -> None:
    make_commitment("DUE-1", due=due)

    at(last)
    assert "DUE-1" not in client.get("/commitments/?overdue=1").content.decode()
    at(first)
    assert "DUE-1" in client.get("/commitments/?overdue=1").content.decode()


@pytest.mark.parametrize(
    ("due", "last", "first"),
    [
        # Summer time since this morning: the day ends an hour earlier, as the world counts, than that before it.
        ("2026-03-29", "2026-03-29T21:59:59", "2026-03-29T22:00:00"),
        ("2026-10-25", "2026-10-25T22:59:59", "2026-10-25T23:00:00"),
        ("2026", "2026-12-31T22:59:59", "2026-12-31T23:00:00"),
    ],
)
@pytest.mark.django_db
def test_a_day_ends_where_the_site_is(client: Client, at: At, due: str, last: str, first: str) -> None:
    make_commitment("DUE-1", due=due)

    with in_berlin():
        at(last)
        assert not Commitment.objects.overdue(timezone.localdate()).exists()
        at(first)
        assert Commitment.objects.overdue(timezone.localdate()).exists()


@pytest.mark.parametrize(
    ("checked", "last", "first"),
    [
        ("2028-02-01", "2028-03-02T23:59:59", "2028-03-03T00:00:00"),
        ("2027-02-01", "2027-03-03T23:59:59", "2027-03-04T00:00:00"),
        ("2026-12-15", "2027-01-14T23:59:59", "2027-01-15T00:00:00"),
    ],
)
@pytest.mark.django_db
def test_it_is_to_be_checked_again_so_many_days_later(at: At, checked: str, last: str, first: str) -> None:
    commitment = make_commitment(review_interval_days=30)
    at(f"{checked}T12:00:00")
    development_actions.record_check(
        by=make_user("editor"), commitment=commitment, searched="Papers", on=dt.date.fromisoformat(checked)
    )

    at(last)
    assert not Commitment.objects.stale(timezone.localdate()).exists()
    at(first)
    assert Commitment.objects.stale(timezone.localdate()).exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_was_kept_yesterday_is_not_todays(client: Client, at: At) -> None:
    make_commitment("DUE-1", due="2026")

    for when, is_overdue in (("2026-12-31T23:59:59", False), ("2027-01-01T00:00:00", True)):
        at(when)
        made, kept = (client.get("/commitments/?overdue=1") for _ in range(2))
        # Both are the page that is kept: it alone has an ETag.
        assert made["ETag"] == kept["ETag"]
        assert ("DUE-1" in kept.content.decode()) == is_overdue


@pytest.mark.django_db
def test_in_the_hour_that_comes_twice_a_feed_tells_what_came_later(client: Client, at: At) -> None:
    with in_berlin():
        # A quarter past two, and an hour later a quarter past two again.
        at("2026-10-25T00:15:00")
        commitment = make_commitment("HOUR-1")
        at("2026-10-25T00:45:00")
        first = client.get("/commitments.atom")
        at("2026-10-25T01:15:00")
        make_development(commitment, happened="2026-10", summary="It came later.")
        at("2026-10-25T01:45:00")
        second = client.get("/commitments.atom", headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 200
    assert "It came later." in second.content.decode()


@pytest.mark.parametrize("midnight", ["2028-02-29", "2028-03-01", "2027-01-01"])
def test_after_midnight_an_address_is_another(rf: RequestFactory, at: At, midnight: str) -> None:
    cache.clear()
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    yesterday = dt.date.fromisoformat(midnight) - dt.timedelta(days=1)

    at(f"{yesterday}T23:59:59")
    assert [limits.seconds_to_wait(request, what="x", most=1, within=60) for _ in range(2)] == [0, 1]
    at(f"{midnight}T00:00:00")
    assert [limits.seconds_to_wait(request, what="x", most=1, within=60) for _ in range(2)] == [0, 60]


@pytest.mark.parametrize("zone", ["UTC", BERLIN])
@pytest.mark.parametrize("when", MOMENTS)
def test_the_jobs_run_and_the_record_agrees_with_itself(shared_world: World, at: At, when: str, zone: str) -> None:
    at(when)
    with override_settings(TIME_ZONE=zone):
        for job in ("retention", "deliver", "check_history"):
            call_command(job, stdout=io.StringIO(), stderr=io.StringIO())
