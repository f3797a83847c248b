"""Every form of a list holds the same rows, and says which list it is, seen from when, and under which licence."""

import io
import json
import re
import zipfile
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pyarrow.parquet
import pytest
from django.test import Client
from django.utils import timezone

from commitments.codelists import CODEBOOK_VERSION, Publication, Status
from commitments.exports import formats, parquet, xlsx
from commitments.exports.about import LICENCE
from commitments.exports.formats import FORMATS
from commitments.filters import MOMENTS
from commitments.models import Amount
from tests.exports.reading import READERS, content, of_csv, of_json, of_parquet, of_xlsx, of_zip
from tests.factories import make_commitment, make_country, make_development, make_party
from tests.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow")]
PAGES = ("commitments", "matrix", "developments", "commitments/parties", "commitments/developments")


@pytest.fixture
def world() -> None:
    kazakhstan, agency = make_country("KZ"), make_party("Agency, the")
    commitment = make_commitment(
        "FORM-01", title="=Kept, “said”", summary='Two\nlines, "quoted"', makers=(kazakhstan, agency), due="2024-Q1"
    )
    Amount.objects.create(commitment=commitment, stage="announced", value="1234567.50", currency="USD")
    make_development(commitment, happened="2024-03", party=kazakhstan, status=Status.IN_PROGRESS)
    make_commitment("FORM-02", makers=(make_country("US"),))
    make_commitment("FORM-03", title="Secret", publication=Publication.DRAFT)


def taken(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of a file, by the form in its name."""
    response = client.get(address)
    assert response.status_code == 200, content(response)
    return READERS[address.partition("?")[0].rpartition(".")[2]](content(response))


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("page", PAGES)
def test_every_form_has_the_same_rows_in_the_same_order(client: Client, page: str) -> None:
    key = "id" if "developments" in page else "code"
    expected = [str(row[key]) for row in taken(client, f"/{page}.csv")]

    assert expected
    for ending in FORMATS:
        assert [str(row[key]) for row in taken(client, f"/{page}.{ending}")] == expected, ending


@pytest.mark.usefixtures("world")
def test_a_cell_means_the_same_in_every_form(client: Client) -> None:
    query = "?country=KZ"
    (plain,) = taken(client, f"/commitments.json{query}")
    (cells,) = taken(client, f"/commitments.csv{query}")
    (sheet,) = taken(client, f"/commitments.xlsx{query}")
    (table,) = taken(client, f"/commitments.parquet{query}")

    assert plain["title"] == table["title"] == "=Kept, “said”"
    # Safe to open in a spreadsheet.
    assert cells["title"] == sheet["title"] == "'=Kept, “said”"
    assert plain["summary"] == cells["summary"] == sheet["summary"] == 'Two\nlines, "quoted"'
    assert plain["makers"] == table["makers"] == ["Agency, the", "Kazakhstan"]
    assert cells["makers"] == sheet["makers"] == "Agency, the; Kazakhstan"
    assert plain["maker_codes"] == ["agency,-the", "KAZ"]
    assert (plain["due"], plain["due_start"], plain["due_end"], plain["due_precision"]) == (
        "2024-Q1",
        "2024-01-01",
        "2024-03-31",
        "quarter",
    )
    assert (cells["due_end"], str(sheet["due_end"].date()), str(table["due_end"])) == ("2024-03-31",) * 3
    assert plain["amount_values"] == ["1234567.50"]
    assert cells["amount_values"] == "1234567.50"
    assert (plain["amount_currencies"], plain["amount_stages"]) == (["USD"], ["announced"])
    assert (plain["overdue"], cells["overdue"], sheet["overdue"], table["overdue"]) == (True, "1", 1, True)


@pytest.mark.usefixtures("world")
def test_a_file_says_which_list_it_is(client: Client) -> None:
    query = "?country=KZ&as_of=2024-06-30"
    said = json.loads(content(client.get(f"/commitments.json{query}")))

    assert said["count"] == len(said["results"]) == 1
    about = said["about"]
    assert about["query"] == "Commitments, with Kazakhstan, as they stood on 2024-06-30, newest first."
    today = timezone.localdate().isoformat()
    assert about["address"] == f"http://testserver/commitments/?country=KZ&as_of=2024-06-30&as_known={today}"
    assert (about["as_of"], about["as_known"], about["count"]) == ("2024-06-30", today, 1)
    assert (about["licence"], about["codebook_version"]) == (LICENCE, CODEBOOK_VERSION)
    assert about["citation"] == client.get(f"/commitments/cite.txt{query}").content.decode().strip()
    assert about["address"] in about["citation"]

    metadata = pyarrow.parquet.read_metadata(io.BytesIO(content(client.get(f"/commitments.parquet{query}")))).metadata
    assert {name: metadata[name.encode()].decode() for name in about} == {
        name: str(value) for name, value in about.items()
    }
    book = openpyxl.load_workbook(io.BytesIO(content(client.get(f"/commitments.xlsx{query}"))))
    assert book.sheetnames == ["Rows", "About", "Columns"]
    assert {str(name): value for name, value in book["About"].values} == {
        name: str(value) for name, value in about.items()
    }
    archive = zipfile.ZipFile(io.BytesIO(content(client.get(f"/commitments.zip{query}"))))
    readme = archive.read("README.txt").decode()
    assert all(f"{name}: {value}\n" in readme for name, value in about.items())
    dictionary = of_csv(archive.read("columns.csv"))
    assert [row["name"] for row in dictionary] == list(said["results"][0])


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("file", "query", "page", "asked"),
    [
        ("commitments", "?country=KZ&sort=title", "/commitments/", "?country=KZ&{days}&sort=title"),
        ("commitments/parties", "?country=KZ", "/commitments/", "?country=KZ&{days}"),
        ("commitments/developments", "", "/commitments/", "?{days}"),
        ("commitments/status-changes", "", "/commitments/", "?{days}"),
        ("matrix", "?country=KZ", "/matrix/", "?country=KZ&{days}"),
        ("developments", "?country=KZ&entry=development", "/developments/", "?country=KZ&{days}&entry=development"),
        ("scores", "?by=summit&verdicts=1", "/scores/", "?{days}&by=summit&verdicts=1"),
    ],
)
def test_what_a_file_cites_leads_back_to_its_rows(client: Client, file: str, query: str, page: str, asked: str) -> None:
    said = json.loads(content(client.get(f"/{file}.json{query}")))
    today = timezone.localdate().isoformat()

    fixed = asked.format(days=f"as_of={today}&as_known={today}")
    assert said["about"]["address"] == f"http://testserver{page}{fixed}"
    assert f" {said['count']} " in said["about"]["citation"]
    assert f"http://testserver{page}{fixed} (read " in said["about"]["citation"]
    # The days are asked for now, and stand in the rows: they alone differ.
    again = json.loads(content(client.get(f"/{file}.json{fixed}")))
    assert without_days(again["results"], today) == without_days(said["results"], today)
    assert again["about"]["address"] == said["about"]["address"]


def without_days(rows: list[dict[str, Any]], today: str) -> list[dict[str, Any]]:
    """The rows without the days that they are seen from, in columns and addresses of their own."""
    text = json.dumps([{name: cell for name, cell in row.items() if name not in MOMENTS} for row in rows])
    found: list[dict[str, Any]] = json.loads(text.replace(f"?as_of={today}&as_known={today}", ""))
    return found


def test_a_file_of_nothing_is_whole(client: Client) -> None:
    for ending, reader in READERS.items():
        assert reader(content(client.get(f"/commitments.{ending}"))) == [], ending


def test_what_asks_for_the_headers_alone_gets_them(client: Client) -> None:
    for ending, form in FORMATS.items():
        response = client.head(f"/commitments.{ending}?as_of=2024")
        assert response["Content-Type"] == form.media_type
        assert "as_of-2024-12-31" in response["Content-Disposition"]
        assert response["Content-Disposition"].endswith(f'.{ending}"')
        assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("commitments.csv", "commitments"),
        (
            "commitments.csv?country=kz&country=US&topics=1&as_of=2024",
            "commitments-country-KZ-US-topics-1-as_of-2024-12-31",
        ),
        ("commitments/parties.jsonl?country=KZ", "parties-country-KZ"),
        ("matrix.csv?country=KZ&sort=-due", "matrix-country-KZ-sort--due"),
        ("developments.csv?entry=check", "developments-entry-check"),
        ("scores.csv?by=sector&country=KZ", "scores-country-KZ-role-maker-by-sector"),
    ],
)
@pytest.mark.usefixtures("world")
def test_the_name_of_a_file_says_what_was_asked_for(client: Client, file: str, said: str) -> None:
    assert named(client, f"/{file}") == f"{said}-{timezone.localdate()}.{file.partition('?')[0].rpartition('.')[2]}"


def test_no_text_searched_for_makes_a_name_that_a_system_refuses(client: Client) -> None:
    asked = ["железная дорога", "железные дороги", '../"a b"\r\n', "C51-2023-01", "long " * 12, "long " * 13]
    names = [named(client, f"/commitments.csv?{urlencode({'q': text})}") for text in asked]

    assert names[3] == f"commitments-q-C51-2023-01-{timezone.localdate()}.csv"
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"commitments-q[A-Za-z0-9._-]{0,130}\.csv", name), name


def named(client: Client, address: str) -> str:
    """The name that a file is to be kept under."""
    found = re.fullmatch(r'attachment; filename="([^"]+)"', client.head(address)["Content-Disposition"])
    assert found
    return found[1]


@pytest.mark.parametrize("page", PAGES)
def test_no_form_ignores_a_part_of_the_query(client: Client, page: str) -> None:
    for ending in FORMATS:
        response = client.get(f"/{page}.{ending}?colour=red")
        assert response.status_code == 400
        assert "colour=red: There is no such filter." in response.content.decode()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("page", [*PAGES, "scores"])
def test_a_file_has_no_pages_and_says_so(client: Client, page: str) -> None:
    for number in ("1", "2"):
        response = client.get(f"/{page}.csv?page={number}")
        assert response.status_code == 400
        assert response.content.decode() == (
            f"page={number}: A file holds the whole list: ask for it without a page.\n"
        )
    assert client.get(f"/{page}.csv?page=").status_code == 200


def test_without_its_package_parquet_is_refused_and_not_offered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_commitment("FORM-01")
    assert "/commitments.parquet" in read(client, "/data/").links
    monkeypatch.setattr(parquet, "pyarrow", None)

    response = client.get("/commitments.parquet")

    assert response.status_code == 501
    assert "This server does not write Parquet." in response.content.decode()
    for page in ("/data/", "/commitments/", "/matrix/"):
        assert not [link for link in read(client, page).links if "parquet" in link]


def test_a_workbook_that_cannot_hold_the_list_says_what_can(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_commitment("FORM-01")
    make_commitment("FORM-02")
    small = formats.Format("xlsx", "Excel", "application/x", xlsx.stream, most_rows=1)
    monkeypatch.setitem(FORMATS, "xlsx", small)

    response = client.get("/commitments.xlsx")

    assert response.status_code == 400
    assert "Narrow the list, or ask for CSV" in response.content.decode()


def test_a_text_longer_than_a_cell_of_a_workbook_is_cut_and_says_so(client: Client) -> None:
    make_commitment("FORM-01", summary="long " * 10_000)

    (row,) = of_xlsx(content(client.get("/commitments.xlsx")))

    assert len(row["summary"]) <= xlsx.MOST_CHARACTERS
    assert row["summary"].endswith("have all of it)")


def test_a_page_filtered_three_ways_exports_exactly_what_it_shows(client: Client) -> None:
    shown = make_commitment("FORM-01", title="Mine", makers=(make_country("KZ"),), due="2023-12")
    make_development(shown, status=Status.IN_PROGRESS)
    make_commitment("FORM-02", title="Mine", makers=(make_country("KZ"),), due="2023-12")
    make_commitment("FORM-03", title="Mine", makers=(make_country("UZ"),))
    page = read(client, "/commitments/?country=KZ&status=in_progress&overdue=1")
    links = [element["href"] for element in page.all("a") if "download" in element.attributes]

    assert page.rows == ["Mine"]
    assert len(links) == len(FORMATS) + 3
    assert all(link.endswith("?country=KZ&status=in_progress&overdue=1") for link in links)
    for link in links[: len(FORMATS)]:
        assert [row["code"] for row in taken(client, link)] == ["FORM-01"]
    for link in links[len(FORMATS) :]:
        assert {row["code"] for row in taken(client, link)} == {"FORM-01"}


def test_readers_of_the_forms_are_all_there() -> None:
    assert set(READERS) == set(FORMATS)
    assert of_json is READERS["json"]
    assert of_parquet is READERS["parquet"]
    assert of_zip is READERS["zip"]
