"""The matrix: who stands where with what, on the list's filters, on the page and in the file."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments import matrices
from commitments.codelists import Publication, Status
from commitments.exports.columns import PARTIES
from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from tests.factories import make_commitment, make_country, make_development, make_party
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def railway() -> Commitment:
    """Kazakhstan is on its way since March 2024, the United States were not looked at, Uzbekistan receives it."""
    entered = dt.datetime(2024, 4, 1, 12, tzinfo=dt.UTC)
    kazakhstan, usa, uzbekistan = make_country("KZ"), make_country("US"), make_country("UZ")
    commitment = make_commitment(
        "MX-01", title="Build a railway", makers=(kazakhstan, usa), addressees=(uzbekistan,), at=entered
    )
    make_development(commitment, party=kazakhstan, status=Status.IN_PROGRESS, happened="2024-03", at=entered)
    make_commitment("MX-02", title="=Grow cotton", makers=(uzbekistan,), at=entered)
    return Commitment.objects.get(pk=commitment.pk)


def table(page: Markup) -> list[list[str]]:
    """The words of the rows of the matrix, cell by cell, empty cells too."""
    found: list[list[str]] = []
    for element in page.elements:
        if element.tag == "tr":
            found.append([])
        elif element.tag in ("th", "td"):
            found[-1].append(" ".join(element.text.split()))
    return found


def lines(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client.get(address)))))


OLDER = "A maker's status may be another than the commitment's and older"


@pytest.mark.parametrize(
    ("status", "happened", "is_said"),
    [
        (Status.DELIVERED, "2024-03-13", True),
        # The same of both, or of the maker the later.
        (Status.IN_PROGRESS, "2024-03-13", False),
        (Status.NOT_STARTED, "2023-10-01", False),
    ],
)
def test_a_maker_that_stands_elsewhere_since_before_the_commitment_did_is_explained(
    client: Client, status: Status, happened: str, is_said: bool
) -> None:
    usa = make_country("US")
    commitment = make_commitment("MX-01", makers=(make_country("KZ"), usa))
    make_development(commitment, status=status, happened=happened)
    make_development(commitment, party=usa, status=Status.IN_PROGRESS, happened="2023-11-16")
    if is_said:
        assert Commitment.objects.get(pk=commitment.pk).status == status

    # Twice: what is kept of the rows says it too.
    for _time in range(2):
        page = read(client, "/matrix/")
        assert (OLDER in page.words) == is_said
        assert ("/method/#rule" in page.links) == is_said


@pytest.mark.usefixtures("railway")
def test_where_no_maker_s_status_is_older_nothing_is_explained(client: Client) -> None:
    assert OLDER not in read(client, "/matrix/").words
    assert "data-older" not in body(client.get("/matrix/"))


@pytest.mark.usefixtures("railway")
def test_a_cell_says_the_maker_s_status_a_role_or_nothing(client: Client) -> None:
    page = read(client, "/matrix/?sort=code")

    header, first, second, *_sums = table(page)
    assert header == ["Commitment", "Overall", "Kazakhstan", "United States of America", "Uzbekistan"]
    assert first == [
        "Build a railway MX-01",
        "Overall In progress since March 2024",
        "Kazakhstan In progress since March 2024",
        "United States of America Not assessed on its own",
        "Uzbekistan Addressee",
    ]
    assert second == ["=Grow cotton MX-02", "Overall Not assessed", "", "", "Uzbekistan Not assessed"]
    assert page.total == 2


def test_a_status_leads_to_the_entry_that_gave_it(client: Client, railway: Commitment) -> None:
    page = read(client, "/matrix/")

    link = railway.developments.get().get_absolute_url()
    assert link in page.links
    anchor = link.partition("#")[2]
    assert len(read(client, link).all("li", id=anchor)) == 1


@pytest.mark.usefixtures("railway")
def test_the_last_rows_sum_each_column_and_every_number_leads_to_its_list(client: Client) -> None:
    page = read(client, "/matrix/?country=UZ")

    total = next(row for row in table(page) if row[0] == "Commitments in the list")
    assert total[1:] == ["All 2", "Kazakhstan 1", "United States of America 1", "Uzbekistan 2"]
    assert page.linked_counts["/commitments/?country=UZ&party=kazakhstan"] == 1
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


@pytest.mark.usefixtures("railway")
def test_it_takes_the_filters_of_the_list_and_says_them(client: Client) -> None:
    page = read(client, "/matrix/?country=KZ&colour=red")

    assert page.total == 1
    assert "=Grow cotton" not in page.words
    assert "colour=red was ignored" in page.words
    assert "Commitments, with Kazakhstan, newest first." in page.words
    assert {element["href"] for element in page.all("a") if "chip" in element.classes} == {"/matrix/"}
    assert page.one("form", id="filters-form")["action"] == "/matrix/"
    assert {"/commitments/?country=KZ", "/matrix.csv?country=KZ"} <= set(page.links)


def test_empty_values_of_the_form_leave_the_address(client: Client) -> None:
    response = client.get("/matrix/?q=&country=KZ")

    assert (response.status_code, response["Location"]) == (302, "/matrix/?country=KZ")


def test_an_empty_matrix_says_what_to_do(client: Client) -> None:
    page = read(client, "/matrix/?status=withdrawn")

    assert "No commitment matches all of this." in page.words
    assert not page.all("table")


@pytest.mark.usefixtures("railway")
def test_the_list_leads_to_the_matrix_of_the_same_commitments(client: Client) -> None:
    links = set(read(client, "/commitments/?country=KZ").links)

    assert {"/matrix/?country=KZ", "/compare/?country=KZ"} <= links


@pytest.mark.usefixtures("railway")
def test_the_table_can_be_read_by_its_headers_and_scrolled_by_keyboard(client: Client) -> None:
    page = read(client, "/matrix/")

    assert page.one("caption").text.strip()
    assert {element.attributes.get("scope") for element in page.all("th")} == {"row", "col"}
    (region,) = [element for element in page.all("div") if "matrix" in element.classes]
    assert (region["tabindex"], region["role"]) == ("0", "group")
    assert region["aria-label"]


@pytest.mark.usefixtures("railway")
def test_makers_without_room_are_counted_and_it_says_how_to_narrow(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrices.columns, "__kwdefaults__", {"most": 2})

    page = read(client, "/matrix/")

    assert "One more maker has no column here" in page.words
    assert "Narrow the list" in page.words
    assert len(lines(client, "/matrix.csv")) == 4


def test_a_long_matrix_comes_in_pages_whose_columns_stay(client: Client) -> None:
    for number in range(51):
        make_commitment(f"PAGE-{number:02}", makers=(make_country("KZ" if number else "UZ"),))

    first, second = read(client, "/matrix/?sort=-made"), read(client, "/matrix/?sort=code&page=2")

    assert table(first)[0] == table(second)[0]
    assert sum(row[0].startswith("Commitment PAGE") or "PAGE-" in row[0] for row in table(first)) == 50
    assert sum("PAGE-" in row[0] for row in table(second)) == 1
    assert "There is no page" in read(client, "/matrix/?page=9").words


@pytest.mark.usefixtures("railway")
def test_looking_back_shows_the_cells_of_that_day(client: Client) -> None:
    page = read(client, "/matrix/?sort=code&as_of=2024-02-29")

    assert table(page)[1] == [
        "Build a railway MX-01",
        "Overall Not assessed",
        "Kazakhstan Not assessed",
        "United States of America Not assessed",
        "Uzbekistan Addressee",
    ]
    assert "You are looking back" in page.words
    assert "/commitments/MX-01/?as_of=2024-02-29" in page.links
    assert "/matrix/?sort=code" in [
        f"/matrix/{element['href']}" for element in page.all("a") if element.text == "Back to today"
    ]
    assert all("as_of=2024-02-29" in link for link in page.linked_counts)
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


@pytest.mark.usefixtures("railway")
def test_what_this_site_did_not_know_yet_is_not_in_its_cells(client: Client) -> None:
    make_development(
        Commitment.objects.get(code="MX-01"), party=make_country("KZ"), status=Status.STALLED, happened="2024-03-20"
    )

    (cell,) = [line for line in lines(client, "/matrix.csv?as_known=2024-04-01") if line["evidence"]]

    assert (cell["status"], cell["status_since"]) == ("in_progress", "2024-03")


def test_the_file_has_a_line_for_each_commitment_and_party(client: Client, railway: Commitment) -> None:
    response = client.get("/matrix.csv?sort=code")
    found = list(csv.DictReader(io.StringIO(body(response))))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (f'attachment; filename="matrix-sort-code-{timezone.localdate()}.csv"')
    assert [(line["code"], line["party"], line["roles"]) for line in found] == [
        ("MX-01", "kazakhstan", "maker"),
        ("MX-01", "united-states-of-america", "maker"),
        ("MX-01", "uzbekistan", "addressee"),
        ("MX-02", "uzbekistan", "maker"),
    ]
    assert found[0] == {
        "code": "MX-01",
        "address": "http://testserver/commitments/MX-01/",
        "title": "Build a railway",
        "summit": railway.summit.code,
        "commitment_status": "in_progress",
        "commitment_status_label": "In progress",
        "commitment_status_since": "2024-03",
        "commitment_status_since_start": "2024-03-01",
        "commitment_status_since_end": "2024-03-31",
        "commitment_status_since_precision": "month",
        "party": "kazakhstan",
        "party_name": "Kazakhstan",
        "party_country": "KAZ",
        "roles": "maker",
        "role_labels": "Maker",
        "status": "in_progress",
        "status_label": "In progress",
        "status_since": "2024-03",
        "status_since_start": "2024-03-01",
        "status_since_end": "2024-03-31",
        "status_since_precision": "month",
        "only_the_whole": "0",
        "evidence": f"http://testserver{railway.developments.get().get_absolute_url()}",
    }
    assert (found[1]["status"], found[1]["only_the_whole"]) == ("not_assessed", "1")
    assert (found[2]["status"], found[2]["status_label"], found[2]["evidence"]) == ("", "", "")
    # Safe to open in a spreadsheet.
    assert found[3]["title"] == "'=Grow cotton"


@pytest.mark.usefixtures("railway")
def test_the_file_is_of_the_day_asked_for_and_says_so_in_its_name(client: Client) -> None:
    response = client.get("/matrix.csv?as_of=2024-02-29")

    statuses = {line["status"] for line in csv.DictReader(io.StringIO(body(response)))}
    assert statuses == {"", "not_assessed"}
    assert "matrix-as_of-2024-02-29" in response["Content-Disposition"]


def test_a_file_is_refused_when_a_part_of_the_query_would_have_to_be_ignored(client: Client) -> None:
    response = client.get("/matrix.csv?country=KZ&colour=red")

    assert response.status_code == 400
    assert "colour=red: There is no such filter." in response.content.decode()


def test_the_data_page_documents_every_column_of_the_file(client: Client) -> None:
    page = read(client, "/data/")

    assert {column.name for column in PARTIES.columns} <= {element.text for element in page.all("code")}
    assert "/matrix.csv" in page.links


@pytest.mark.usefixtures("railway")
def test_drafts_are_in_neither(client: Client) -> None:
    make_commitment("MX-03", title="Secret", makers=(make_party("Hidden"),), publication=Publication.DRAFT)

    assert "Hidden" not in read(client, "/matrix/?topics=1").words
    assert "Secret" not in body(client.get("/matrix.csv?topics=1"))


# The commitments, their parties, their corrections and the lines of their log; which makers there are, and the makers.
TABLE = 6
# The keys of the commitments come before the commitments.
FILE = TABLE + 1
# The table, the keys of its commitments, their sectors and makers; the sums of its columns; the codes of the
# commitments' own columns, counted at once; country, sector, category, summit and sums, and the summits.
PAGE = TABLE + 3 + 1 + 1 + 5 + 1


@pytest.mark.parametrize(("address", "budget"), [("/matrix/", PAGE), ("/matrix.csv", FILE)])
def test_thirty_commitments_cost_as_many_queries_as_three(client: Client, address: str, budget: int) -> None:
    def spent() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            body(client.get(address))
        return [query["sql"] for query in captured]

    def make(number: int) -> None:
        for _ in range(number):
            party = make_party()
            make_development(make_commitment(makers=(party,)), party=party, status=Status.IN_PROGRESS)

    make(3)
    few = spent()
    make(27)
    many = spent()
    assert len(few) == len(many) == budget, "\n".join(many)


_PARAMETERS = st.sampled_from([*CommitmentFilter.base_filters, "page", "x"])
_VALUES = st.text(max_size=30) | st.sampled_from(
    ["KZ", "kazakhstan", "maker", "delivered", "-1", "\x00", "2023-13", "2024", "9" * 30]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(_PARAMETERS, st.lists(_VALUES, min_size=1, max_size=3), max_size=4))
def test_no_query_breaks_the_matrix_or_its_file(
    client: Client, railway: Commitment, query: dict[str, list[str]]
) -> None:
    page = client.get("/matrix/", query, follow=True)
    assert page.status_code == 200
    Markup.of(page)
    file = client.get("/matrix.csv", query)
    assert file.status_code in (200, 400)
    body(file)
