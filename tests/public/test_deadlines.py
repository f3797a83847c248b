"""The deadlines of a list as a calendar: whole days, stable names, and what is implied or taken off says so."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from commitments import deadlines
from commitments.codelists import DueBasis, Publication, Status
from commitments.models import Commitment
from tests.factories import make_commitment, make_country, make_development

pytestmark = pytest.mark.django_db
EARLY = dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC)


def calendar(client: Client, query: str = "") -> Any:
    response = client.get(f"/commitments.ics{query}")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(map(len, response.content.split(b"\r\n"))) <= 75
    return Calendar.from_ical(response.content)


def events(client: Client, query: str = "") -> dict[str, Any]:
    return {str(event["uid"]): event for event in calendar(client, query).walk("VEVENT")}


def test_an_event_is_the_whole_day_on_which_it_falls_due(client: Client, settings: Any) -> None:
    settings.TAG_AUTHORITY = "tracker.example,2026"
    commitment = make_commitment("DUE-01", title="Open a dialogue; soon, \x07", due="2024-03-15", at=EARLY)
    make_development(commitment, status=Status.IN_PROGRESS, happened="2023-12", at=EARLY + dt.timedelta(days=1))
    make_commitment("DUE-02", due="2024-02")
    make_commitment("DUE-03")

    found = events(client)

    assert set(found) == {"deadline-DUE-01@tracker.example", "deadline-DUE-02@tracker.example"}
    event = found["deadline-DUE-01@tracker.example"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(2024, 3, 15), dt.date(2024, 3, 16))
    assert event["summary"] == "Due: Open a dialogue; soon, (DUE-01)"
    assert event["url"] == "http://testserver/commitments/DUE-01/"
    assert event["sequence"] == commitment.revisions.count() - 1
    assert event["last-modified"].dt == event["dtstamp"].dt == EARLY + dt.timedelta(days=1)
    assert event["status"] == "CONFIRMED"
    assert "Status: In progress." in event["description"]
    # Some time in February: it falls due at the end of it.
    month = found["deadline-DUE-02@tracker.example"]
    assert month["dtstart"].dt == dt.date(2024, 2, 29)
    assert "Due some time in February 2024; it falls due on the last day of it." in month["description"]


def test_the_last_day_that_there_is_has_an_event_too(client: Client) -> None:
    make_commitment("LAST-1", due="9999")

    (event,) = events(client).values()

    assert event["dtstart"].dt == dt.date.max


def test_what_is_implied_or_taken_off_says_so(client: Client) -> None:
    implied = make_commitment("DUE-01", due="2024-03-15")
    Commitment.objects.filter(pk=implied.pk).update(due_basis=DueBasis.IMPLIED)
    off = make_commitment("DUE-02", due="2099")
    make_development(off, status=Status.WITHDRAWN)

    first, second = (events(client)[uid] for uid in sorted(events(client)))

    assert first["summary"].startswith("Due (implied): ")
    assert first["status"] == "TENTATIVE"
    assert "The deadline is implied" in first["description"]
    assert second["status"] == "CANCELLED"


def test_it_has_the_deadlines_of_exactly_the_list(client: Client) -> None:
    make_commitment("DUE-01", due="2024-03", makers=(make_country("KZ"),))
    make_commitment("DUE-02", due="2024-04", makers=(make_country("UZ"),))
    make_commitment("DUE-03", due="2024-04", publication=Publication.DRAFT)
    make_commitment("DUE-04", due="2024-04", publication=Publication.RETRACTED)

    assert len(events(client)) == 2
    assert len(events(client, "?country=KZ")) == 1
    written = client.get("/commitments.ics?country=KZ").content.decode()
    assert r"NAME:Deadlines: Commitments\, with Kazakhstan" in written


def test_of_too_many_it_has_the_nearest_and_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "MOST_EVENTS", 2)
    for number, due in enumerate(("2024", "2025", "2098", "2099")):
        make_commitment(f"DUE-{number:02}", due=due)

    shown = calendar(client)

    assert [event["dtstart"].dt.year for event in shown.walk("VEVENT")] == [2098, 2099]
    assert "Of 4 deadlines the 2 nearest are here, those still to come first: narrow the list." in shown["description"]


def test_it_is_the_same_byte_by_byte_while_nothing_changes(client: Client) -> None:
    make_commitment("DUE-01", due="2024-03")

    assert client.get("/commitments.ics").content == client.get("/commitments.ics").content


def test_it_asks_the_database_as_often_for_many_as_for_few(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/commitments.ics")
        return len(queries)

    make_commitment(due="2024")
    few = asked()
    make_commitment(due="2099")
    make_commitment(due="2098")

    # How many, those to come and those passed, the sectors and makers of each, their revisions, and the last of all.
    assert few <= 9
    assert asked() <= 9
