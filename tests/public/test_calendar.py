"""Deadlines by month: on their day, or in the list of the span that is known, with the list's own filters."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from commitments.codelists import DueBasis, Publication, Status
from commitments.models import Commitment
from tests.factories import make_commitment, make_country, make_development, make_sector
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db


def days_of(page: Markup) -> dict[str, str]:
    """What each day of the grid says, of those that have anything."""
    cells = [cell for cell in page.all("td") if "calendar__day" in cell.classes]
    busy = [cell for cell in cells if not {"calendar__day--free", "calendar__day--other"} & cell.classes]
    return dict(" ".join(cell.text.split()).split(" ", 2)[1:] for cell in busy)


def groups_of(page: Markup) -> dict[str, int]:
    """The headings of the lists and how many rows each has."""
    found: dict[str, int] = {}
    for element in page.elements:
        if element.tag == "h2" and element.attributes.get("id") in {"due-day", "due-month", "due-quarter", "due-year"}:
            found[" ".join(element.text.split())] = 0
        if element.tag == "h3" and "row__title" in element.classes:
            found[list(found)[-1]] += 1
    return found


def test_a_deadline_known_to_the_day_stands_on_its_day(client: Client) -> None:
    make_commitment("CAL-01", title="Open the office", due="2098-11-12")

    page = read(client, "/calendar/?month=2098-11")

    assert days_of(page) == {"12": "Open the office"}
    assert groups_of(page) == {"On a day of November 2098": 1}
    assert "/commitments/CAL-01/" in page.links


def test_an_uncertain_deadline_stands_on_no_day_but_in_the_list_of_its_span(client: Client) -> None:
    for number, due in enumerate(["2098-11", "2098-Q4", "2098", "2098-11-30"]):
        make_commitment(f"CAL-{number}", title=f"Due {due}", due=due)

    page = read(client, "/calendar/?month=2098-11")

    assert days_of(page) == {"30": "Due 2098-11-30"}
    assert groups_of(page) == {
        "On a day of November 2098": 1,
        "Some time in November 2098": 1,
        "Some time in Q4 2098": 1,
        "Some time in 2098": 1,
    }
    october = read(client, "/calendar/?month=2098-10")
    assert groups_of(october) == {"Some time in Q4 2098": 1, "Some time in 2098": 1}


def test_the_grid_is_a_table_of_weeks_from_monday_with_named_columns(client: Client) -> None:
    page = read(client, "/calendar/?month=2026-11")

    headings = [element.text for element in page.all("th", scope="col")]
    assert [heading.split()[0] for heading in headings] == [
        "MonMonday", "TueTuesday", "WedWednesday", "ThuThursday", "FriFriday", "SatSaturday", "SunSunday",
    ]  # fmt: skip
    days = [element["datetime"] for element in page.all("time") if element.attributes.get("class") == "calendar__date"]
    assert days == [f"2026-11-{day:02}" for day in range(1, 31)]
    assert "November 2026" in page.one("caption").text


def test_without_a_month_it_is_this_one_and_today_is_marked(client: Client) -> None:
    today = timezone.localdate()

    page = read(client, "/calendar/")

    assert page.one("input", id="month")["value"] == f"{today:%Y-%m}"
    (cell,) = [cell for cell in page.all("td") if "calendar__day--today" in cell.classes]
    assert f"{today.day} today" in cell.text


def test_the_months_before_and_after_keep_the_filters(client: Client) -> None:
    make_country("KZ")

    page = read(client, "/calendar/?month=2026-12&country=KZ&status=stalled")

    links = {element.attributes.get("rel"): element["href"] for element in page.all("a")}
    assert links["prev"] == "?month=2026-11&country=KZ&status=stalled"
    assert links["next"] == "?month=2027-01&country=KZ&status=stalled"


def test_the_filters_are_those_of_the_list_and_its_number_leads_to_the_same_rows(client: Client) -> None:
    make_country("US")
    mining = make_sector("32210")
    make_commitment("CAL-01", title="Ours", due="2098-11-12", sectors=(mining,))
    make_commitment("CAL-02", title="Theirs", due="2098-11-12", makers=(make_country("US"),))
    make_commitment("CAL-03", title="Of the year", due="2098", sectors=(mining,))
    make_commitment("CAL-04", title="Of another", due="2097", sectors=(mining,))

    page = read(client, "/calendar/?month=2098-11&country=KZ&sector=322")

    assert page.rows == ["Ours", "Of the year"]
    assert page.linked_counts == {
        "/commitments/?country=KZ&sector=322&due_after=2098-11-01&due_before=2098-11-30&sort=due": 2
    }
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_a_window_of_due_dates_narrows_the_month(client: Client) -> None:
    make_commitment("CAL-01", title="Early", due="2098-11-02")
    make_commitment("CAL-02", title="Late", due="2098-11-20")

    page = read(client, "/calendar/?month=2098-11&due_after=2098-11-10")

    assert page.rows == ["Late"]
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_filters_in_force_can_be_removed_one_by_one(client: Client) -> None:
    make_country("KZ")

    page = read(client, "/calendar/?month=2098-11&country=KZ&overdue=1")

    chips = {" ".join(chip.text.split()): chip["href"] for chip in page.all("a") if "chip" in chip.classes}
    assert chips == {
        "Remove the filter Country: Kazakhstan ×": "?month=2098-11&overdue=1",
        "Remove the filter Overdue: yes ×": "?month=2098-11&country=KZ",
        "Remove all filters": "?month=2098-11",
    }


def test_the_form_keeps_what_it_has_no_control_for(client: Client) -> None:
    make_commitment("CAL-01", due="2098-11-12", sectors=(make_sector("32210"),))

    page = read(client, "/calendar/?month=2098-11&overdue=0&country=KZ&status=stalled&status=delivered")

    hidden = [(field["name"], field["value"]) for field in page.all("input", type="hidden")]
    assert hidden == [("status", "stalled"), ("status", "delivered"), ("overdue", "0")]
    chosen = [option["value"] for option in page.all("option") if "selected" in option.attributes]
    assert chosen == ["KZ"]


@pytest.mark.parametrize("address", ["/calendar/", "/map/"])
def test_the_empty_fields_of_a_form_do_not_stay_in_the_address(client: Client, address: str) -> None:
    response = client.get(f"{address}?status=stalled&sector=&topics=")

    assert (response.status_code, response["Location"]) == (302, f"{address}?status=stalled")


def test_what_is_overdue_is_marked_and_what_was_delivered_is_not(client: Client) -> None:
    make_commitment("CAL-01", title="Open", due="2023-12-12")
    make_development(make_commitment("CAL-02", title="Done", due="2023-12-13"), status=Status.DELIVERED)

    page = read(client, "/calendar/?month=2023-12")

    assert days_of(page) == {"12": "Open overdue", "13": "Done"}
    assert page.words.count("Overdue") == 2  # the flag, and the note that explains it


def test_an_implied_deadline_is_marked_as_such(client: Client) -> None:
    implied = make_commitment("CAL-01", title="Implied one", due="2098-11-12")
    Commitment.objects.filter(pk=implied.pk).update(due_basis=DueBasis.IMPLIED)
    make_commitment("CAL-02", title="Stated one", due="2098-11-13")

    page = read(client, "/calendar/?month=2098-11")

    assert days_of(page) == {"12": "Implied one implied", "13": "Stated one"}
    assert "computed from the text by the editors" in page.words
    assert "stated in the text" in page.words


def test_an_empty_month_says_when_the_next_deadline_is_and_the_last_one_was(client: Client) -> None:
    make_commitment("CAL-01", due="2098-03")
    make_commitment("CAL-02", due="2096-Q4")
    make_commitment("CAL-03", due="2097-06-30", makers=(make_country("US"),))

    page = read(client, "/calendar/?month=2097-05&country=KZ")

    assert "No deadline falls in May 2097 with these filters." in page.words
    assert "The next one is in March 2098" in page.words
    assert "The last one before was in December 2096" in page.words
    assert page.total == 0
    links = [element["href"] for element in page.all("a")]
    assert "?month=2098-03&country=KZ" in links
    assert "?month=2096-12&country=KZ" in links


def test_an_empty_calendar_says_that_nothing_comes(client: Client) -> None:
    assert "None comes later." in read(client, "/calendar/?month=2026-11").words


@pytest.mark.parametrize("month", ["soon", "2026", "2026-11-05", "2026-13", "1066-10", "9999-12", "2026-11\x00", "０"])
def test_what_is_no_month_is_ignored_and_said_so(client: Client, month: str) -> None:
    page = read(client, f"/calendar/?month={month}")

    assert "was ignored: Write a month as" in page.words
    assert page.one("input", id="month")["value"] == f"{timezone.localdate():%Y-%m}"


@pytest.mark.parametrize(("month", "missing"), [("1900-01", "prev"), ("2199-12", "next")])
def test_the_calendar_ends_somewhere(client: Client, month: str, missing: str) -> None:
    page = read(client, f"/calendar/?month={month}")

    assert missing not in {element.attributes.get("rel") for element in page.all("a")}


def test_unknown_parameters_are_named_and_the_rest_is_applied(client: Client) -> None:
    page = read(client, "/calendar/?month=2097-11&month=2098-11&colour=red&country=QQ&page=x")

    assert "colour=red was ignored" in page.words
    assert "country=QQ was ignored" in page.words
    assert "month=2097-11 was ignored: It was given more than once; the last one counts." in page.words


def test_a_day_with_many_deadlines_names_some_and_leads_to_the_rest(client: Client) -> None:
    for number in range(5):
        make_commitment(f"CAL-{number}", title=f"Number {number}", due="2098-11-12")

    page = read(client, "/calendar/?month=2098-11")

    assert days_of(page) == {"12": "Number 0 Number 1 Number 2 2 more"}
    assert len(page.rows) == 5


def test_drafts_and_retracted_records_have_no_deadline(client: Client) -> None:
    make_commitment("CAL-01", due="2098-11-12", publication=Publication.DRAFT)
    make_commitment("CAL-02", due="2098-11", publication=Publication.RETRACTED)

    page = read(client, "/calendar/?month=2098-11")

    assert page.rows == []
    assert "None comes later." in page.words


def test_it_can_be_looked_at_from_another_day(client: Client) -> None:
    commitment = make_commitment("CAL-01", title="Open", made="2023-09-19", due="2023-12-12")
    make_development(commitment, status=Status.DELIVERED, happened="2024-02-08")

    then = read(client, f"/calendar/?month=2023-12&as_of={dt.date(2024, 1, 1)}")

    assert days_of(then) == {"12": "Open overdue"}
    assert "You are looking back" in then.words
    assert days_of(read(client, "/calendar/?month=2023-12")) == {"12": "Open"}


def test_looking_back_no_day_is_called_today(client: Client) -> None:
    page = read(client, "/calendar/?month=2024-01&as_of=2024-01-01")

    (here,) = [element for element in page.all("span") if "calendar__today" in element.classes]
    assert here.text == "seen from here"
