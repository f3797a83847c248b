"""The desk: what to look at next, checked in place, and numbers that are lists."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments import standing, triage
from commitments.actions import imports
from commitments.actions.suggestions import decline
from commitments.codelists import DevelopmentKind, EvidenceRole, Flag, ImportKind, LinkHealth, Publication, Status
from commitments.models import Commitment, Development, Remit, User
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.admin.world import submitted
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_suggestion,
    make_user,
)
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
OF_REVIEWERS = set(
    "overdue due_soon stale contested orphaned to_review mine suggestions dead_links imports imports_to_mend".split()
)


@pytest.fixture
def reviewer(db: None) -> User:
    return make_member(DeskRole.REVIEWER, "rosa")


def make_trouble(reviewer: User, number: int) -> None:
    """So many of everything that the desk counts, and some of what it does not."""
    today = timezone.localdate()
    for place in range(number):
        make_commitment(due="2024-01", at=LONG_AGO)
        make_commitment(due=(today + dt.timedelta(days=30 + place)).isoformat())
        stale = make_commitment(at=LONG_AGO)
        make_development(
            stale,
            kind=DevelopmentKind.CHECK,
            searched="Papers",
            happened="2024-03-01",
            documents=(),
            at=LONG_AGO,
        )
        make_development(make_commitment(), role=EvidenceRole.CONTRADICTS)
        reply = make_commitment()
        make_development(reply, kind=DevelopmentKind.REPLY, party=make_country(), documents=())
        make_commitment(makers=(make_party(abolished_on=dt.date(2025, 1, 1)),))
        submitted(stale)
        make_draft_development(stale, by=reviewer)
        make_document(link_health=LinkHealth.GONE)
        make_suggestion(stale)
        decline(by=reviewer, suggestion=make_suggestion(stale), outcome="No.")
        imports.give(by=reviewer, kind=ImportKind.PARTIES, file_name="parties.csv", content=b"slug")
        imports.give(by=reviewer, kind=ImportKind.PARTIES, file_name="parties.csv", content=b"slug", faults=1)
        imports.give(by=reviewer, kind=ImportKind.PARTIES, file_name="parties.csv", content=b"slug", writes=0)
        make_commitment(due="2024-01", publication=Publication.CLOSED)
        make_commitment(due="2024-01", publication=Publication.DRAFT)


def figures(page: Markup) -> dict[str, tuple[int, str]]:
    """By name: the number, and the list that it links to."""
    links = [link.attributes for link in page.all("a") if "data-figure" in link.attributes]
    return {link["data-figure"]: (int(link["data-count"]), link["href"]) for link in links}


def listed(client: Client, address: str) -> int:
    """How many rows the list at an address has."""
    return int(client.get(address).context["cl"].result_count)


def test_every_number_is_a_list_of_exactly_as_many(reviewer: User) -> None:
    make_trouble(reviewer, 2)
    client = logged_in(reviewer)

    found = figures(read(client, "/admin/"))

    assert found.keys() == OF_REVIEWERS
    assert {name: listed(client, address) for name, (_count, address) in found.items()} == {
        name: count for name, (count, _address) in found.items()
    }
    assert {name: count for name, (count, _address) in found.items()} == {
        "overdue": 2,
        "due_soon": 2,
        "stale": 2,
        "contested": 4,
        "orphaned": 2,
        "to_review": 2,
        "mine": 2,
        "suggestions": 2,
        "dead_links": 2,
        "imports": 2,
        "imports_to_mend": 2,
    }


def test_the_list_of_contested_is_what_the_pages_call_contested(reviewer: User) -> None:
    make_trouble(reviewer, 1)
    corrected = make_commitment()
    wrong = make_development(corrected, role=EvidenceRole.CONTRADICTS)
    make_development(corrected, kind=DevelopmentKind.CORRECTION, corrects=wrong, note="It did not.")
    settled = make_commitment()
    make_development(settled, kind=DevelopmentKind.REPLY, party=make_country(), happened="2024-01", documents=())
    make_development(settled, status=Status.IN_PROGRESS, happened="2024-02-08")

    by_page = {
        commitment.code
        for commitment in triage.followed().prefetch_related("parties__party")
        if Flag.CONTESTED
        in standing.page_flags(
            commitment,
            list(Development.objects.published().with_evidence().filter(commitment=commitment)),
            today=timezone.localdate(),
        )
    }

    assert set(standing.contested(triage.followed()).values_list("code", flat=True)) == by_page
    assert by_page


def test_a_contributor_sees_the_queue_and_no_reviews(reviewer: User) -> None:
    make_trouble(reviewer, 1)
    client = logged_in(make_member(DeskRole.CONTRIBUTOR))

    page = read(client, "/admin/")

    assert figures(page).keys() == OF_REVIEWERS - {"to_review", "imports", "imports_to_mend"}
    assert "Look at these first" in page.words
    assert not [form for form in page.all("form") if "queue__check" in form.classes]


def test_a_contributor_with_a_remit_is_told_of_no_suggestion_outside_of_it(reviewer: User) -> None:
    make_trouble(reviewer, 1)
    contributor = make_member(DeskRole.CONTRIBUTOR)
    # All that is in trouble is Kazakhstan's.
    Remit.objects.create(user=contributor).parties.add(make_country("UZ"))

    assert figures(read(logged_in(contributor), "/admin/"))["suggestions"][0] == 0


def test_staff_without_a_role_see_nothing(reviewer: User) -> None:
    make_trouble(reviewer, 1)

    page = read(logged_in(make_user("newcomer")), "/admin/")

    assert figures(page) == {}
    assert "Look at these first" not in page.words


def test_one_click_records_that_one_looked(desk: Client, editor: User) -> None:
    commitment = make_commitment("RAIL-1", at=LONG_AGO)
    address = url("commitment", "check_from_desk", commitment.pk)
    assert [form["action"] for form in read(desk, "/admin/").all("form") if "queue__check" in form.classes] == [address]

    response = desk.post(address, {"searched": "The gazette"}, follow=True)

    check = Development.objects.get()
    assert (check.kind, check.searched, check.approved_by) == (DevelopmentKind.CHECK, "The gazette", editor)
    assert check.happened_start == timezone.localdate()
    page = Markup.of(response)
    assert "RAIL-1 is checked" in page.words
    assert "Everything was looked at today" in page.words
    assert "The gazette" in read(Client(), commitment.get_absolute_url()).words


def test_after_a_check_the_next_row_stands_ready(desk: Client) -> None:
    first, second = (make_commitment(code, at=LONG_AGO) for code in ("A-1", "B-1"))

    response = desk.post(url("commitment", "check_from_desk", first.pk), {"searched": "Papers"}, follow=True)

    focused = [field["id"] for field in Markup.of(response).all("input") if "autofocus" in field.attributes]
    assert focused == [f"id_{second.pk}_searched"]


@pytest.mark.parametrize("typed", ["", "  ", "x" * 1001])
def test_a_check_that_says_nothing_is_refused_in_its_row(desk: Client, typed: str) -> None:
    commitment = make_commitment("RAIL-1", at=LONG_AGO)
    make_commitment("PORT-1", at=LONG_AGO)

    response = desk.post(url("commitment", "check_from_desk", commitment.pk), {"searched": typed})

    page = Markup.of(response)
    wrong = page.one("input", id=f"id_{commitment.pk}_searched")
    assert wrong.attributes.get("aria-invalid") == "true"
    assert wrong.attributes.get("value", "") == typed
    assert not Development.objects.exists()


def test_a_draft_commitment_is_in_no_queue(desk: Client) -> None:
    make_commitment("DRAFT-1", publication=Publication.DRAFT, at=LONG_AGO)

    assert "DRAFT-1" not in read(desk, "/admin/").words


def test_the_desk_asks_as_much_for_30_as_for_three(reviewer: User) -> None:
    client, found = logged_in(reviewer), []
    for number in (1, 6):
        make_trouble(reviewer, number)
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/")
        found.append(len(captured))

    assert found[0] == found[1]


def test_reading_the_desk_writes_nothing(desk: Client) -> None:
    make_commitment("RAIL-1", at=LONG_AGO)
    before = list(Commitment.objects.values())

    desk.get("/admin/?checked=RAIL-1")

    assert list(Commitment.objects.values()) == before
    assert filled(desk.get("/admin/"))
