"""Putting a record back to what it was, at the desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commitments.models import Commitment, Party
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.factories import make_commitment, make_party, make_series
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db


def save(desk: Client, noun: str, record: Any, **changes: Any) -> None:
    address = url(noun, "change", record.pk)
    assert desk.post(address, filled(desk.get(address), **changes)).status_code == 302


def back_to_first(noun: str, record: Any) -> str:
    entry = record.history.earliest("history_id")
    return reverse(f"admin:commitments_{noun}_revert", args=[record.pk, entry.pk])


def test_an_editor_reads_the_difference_says_why_and_puts_it_back(desk: Client) -> None:
    commitment = make_commitment("BACK-1", title="Build a road", due="2024-06")
    save(desk, "commitment", commitment, title="Build two roads", due="2025", reason="More")
    address = back_to_first("commitment", commitment)

    page = read(desk, address)
    response = desk.post(address, filled(desk.get(address), reason="One is what they said."), follow=True)

    assert "Due 2025 June 2024 Title Build two roads Build a road" in page.words
    assert "Parties to the commitment" in page.words
    assert "It is put back to what it was" in Markup.of(response).words
    commitment.refresh_from_db()
    assert commitment.title == "Build a road"
    # The public record says why.
    assert commitment.revisions.latest("number").reason == "One is what they said."
    history = read(desk, url("commitment", "history", commitment.pk))
    assert "One is what they said." in history.words


def test_the_history_leads_there_from_every_state_but_the_latest(desk: Client) -> None:
    party = make_party("The agency", note="One.")
    save(desk, "party", party, note="Two.")
    first, latest = party.history.order_by("history_id")
    address = back_to_first("party", party)

    links = [
        link["href"] for link in read(desk, url("party", "history", party.pk)).all("a") if "revert" in link["href"]
    ]

    assert links == [address]
    for entry, leads in ((first, True), (latest, False)):
        shown = read(desk, reverse("admin:commitments_party_simple_history", args=[party.pk, entry.pk]))
        assert bool(shown.all("a", href=address)) is leads


def test_whoever_may_not_change_it_sees_no_way_and_goes_none(desk: Client) -> None:
    party = make_party("The agency", note="One.")
    save(desk, "party", party, note="Two.")
    contributor = logged_in(make_member(DeskRole.CONTRIBUTOR))

    history = read(contributor, url("party", "history", party.pk))

    assert "Put it back" not in history.words
    assert contributor.get(back_to_first("party", party)).status_code == 403
    assert contributor.post(back_to_first("party", party), {"reason": "Mine."}).status_code == 403


def test_a_conflict_is_said_with_the_difference_as_it_is_now(desk: Client) -> None:
    party = make_party("The agency", note="One.")
    save(desk, "party", party, note="Two.")
    typed = filled(desk.get(back_to_first("party", party)), reason="It was right.")
    save(desk, "party", party, note="Three.")

    response = desk.post(back_to_first("party", party), typed)

    page = Markup.of(response)
    assert "Somebody else saved this record" in page.one("div", role="alert").text
    assert "Note Three. One." in page.words
    assert "It was right." in page.one("textarea", name="reason").text
    assert Party.objects.get().note == "Three."
    # Read once more, it is done as it stands.
    assert desk.post(back_to_first("party", party), filled(response)).status_code == 302
    assert Party.objects.get().note == "One."


def test_what_is_wrong_is_said_and_nothing_is_written(desk: Client) -> None:
    party = make_party("The agency", note="One.")
    save(desk, "party", party, note="Two.")
    address = back_to_first("party", party)

    for typed in ({"reason": ""}, {"reason": "x" * 101}, {"reason": "Right.", "version": "x"}):
        assert desk.post(address, filled(desk.get(address), **typed)).status_code == 200
    assert Party.objects.get().note == "Two."
    assert desk.put(address).status_code == 405


def test_rows_that_its_history_does_not_hold_are_named(desk: Client) -> None:
    series = make_series()
    save(desk, "summitseries", series, summary="It meets.")

    assert "and they stay: Members." in read(desk, back_to_first("summitseries", series)).words


def test_an_entry_of_another_record_is_none_of_this(desk: Client) -> None:
    one, other = make_commitment(), make_commitment()
    entry = other.history.latest("history_id")

    address = reverse("admin:commitments_commitment_revert", args=[one.pk, entry.pk])

    assert desk.get(address).status_code == 404
    assert desk.get("/admin/commitments/commitment/99999999999999999999/history/1/revert/").status_code == 404
    assert Commitment.objects.count() == 2
