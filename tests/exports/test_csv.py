"""The download is exactly the list, in a fixed number of queries a chunk, and safe to open in a spreadsheet."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from commitments.actions import commitments as commitment_actions
from commitments.codelists import Classification, DevelopmentKind, Publication, Status
from commitments.exports import csv as csv_export
from commitments.exports import lists, shape
from commitments.exports.columns import COMMITMENTS, LISTED
from commitments.filters import CommitmentFilter
from commitments.models import Amount, Commitment
from commitments.timetravel import as_they_stood
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_sector,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db
SITE, TODAY = "https://tracker.example", dt.date(2024, 6, 1)


def rows(query: str = "", shape: str = COMMITMENTS.name) -> list[dict[str, str]]:
    asked = CommitmentFilter(QueryDict(query), today=TODAY)
    listing = lists.listing(asked, shape, site=SITE)
    return list(csv.DictReader(io.StringIO(b"".join(csv_export.stream(listing)).decode(), newline="")))


def test_it_holds_the_rows_of_the_list_in_their_order() -> None:
    make_commitment("C-B", title="B", makers=(make_country("UZ"),))
    make_commitment("C-A", title="A")
    make_commitment("C-C", title="C", publication=Publication.DRAFT)
    assert [row["code"] for row in rows("sort=title")] == ["C-A", "C-B"]
    assert [row["code"] for row in rows("country=UZ")] == ["C-B"]


def test_a_row_says_what_the_record_says() -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    commitment = make_commitment(
        "C-ONE",
        title="Launch a dialogue",
        makers=(usa,),
        addressees=(make_bloc("C5", kazakhstan),),
        sectors=(make_sector("32210", "Mining"),),
        summit=make_summit("S-ONE", name="The summit"),
        due="2024-03",
    )
    Amount.objects.create(
        commitment=commitment, stage="announced", qualifier="range", value=3, value_max=5, currency="USD"
    )
    make_development(commitment, happened="2024-02", status=Status.IN_PROGRESS)
    (row,) = rows()
    expected = {
        "code": "C-ONE",
        "address": "https://tracker.example/commitments/C-ONE/",
        "title": "Launch a dialogue",
        "status": "in_progress",
        "status_label": "In progress",
        "status_since": "2024-02",
        "overdue": "1",
        "makers": "United States of America",
        "addressees": "C5",
        "maker_codes": "USA",
        "addressee_codes": "c5",
        "countries": "KAZ; USA",
        "country_names": "Kazakhstan; United States of America",
        "summit": "S-ONE",
        "summit_name": "The summit",
        "made": "2023-09-19",
        "due": "2024-03",
        "due_start": "2024-03-01",
        "due_end": "2024-03-31",
        "due_precision": "month",
        "due_basis": "stated",
        "sectors": "32210",
        "sector_labels": "Mining",
        "amounts": "USD 3.00–5.00 (announced, range)",
        "amount_currencies": "USD",
        "amount_values": "3.00",
        "amount_values_max": "5.00",
        "amount_stages": "announced",
        "last_checked_on": "",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    make_commitment("C-ONE", title=f"{start}1+1", summary=f'{start}HYPERLINK("http://example.org")')
    (row,) = rows()
    assert row["title"] == f"'{start}1+1"
    assert row["summary"].startswith(f"'{start}")


def test_a_row_says_what_the_record_said_on_another_day() -> None:
    commitment = make_commitment("C-ONE", makers=(make_country("KZ"),))
    make_development(commitment, happened="2024-02", status=Status.IN_PROGRESS)
    make_development(commitment, happened="2024-04-05", status=Status.DELIVERED)
    make_development(commitment, kind=DevelopmentKind.CHECK, happened="2024-05-01", searched="The press", documents=())

    for day, status in (("2024-01-31", "not_assessed"), ("2024-03-31", "in_progress"), ("2024-05-31", "delivered")):
        query = f"as_of={day}"
        (row,) = rows(query)
        asked = CommitmentFilter(QueryDict(query), today=TODAY)
        (stood,) = as_they_stood([Commitment.objects.get(code="C-ONE")], asked.moment)
        assert row["status"] == stood.status == status
        assert row["status_since"] == (stood.status_since.iso if stood.status_since else "")
        assert row["last_checked_on"] == (stood.last_checked_on.isoformat() if stood.last_checked_on else "")
        assert [party["status"] for party in rows(query, "parties")] == [status]
    assert [row["to_status"] for row in rows("as_of=2024-03", "status-changes")] == ["in_progress"] * 2
    assert [row["happened"] for row in rows("as_of=2024-04", "developments")] == ["2024-04-05", "2024-02"]


def test_each_shape_has_the_rows_of_exactly_the_list() -> None:
    kept, other = make_commitment("C-ONE", makers=(make_country("KZ"),)), make_commitment("C-TWO")
    topic = make_commitment("C-TOPIC", classification=Classification.TOPIC)
    for commitment in (kept, other, topic):
        make_development(commitment, status=Status.IN_PROGRESS)

    for one in LISTED:
        assert {row["code"] for row in rows("q=C-ONE", one.name)} == {"C-ONE"}
        assert {row["code"] for row in rows("", one.name)} == {"C-ONE", "C-TWO"}
        assert {row["code"] for row in rows("topics=1", one.name)} == {"C-ONE", "C-TWO", "C-TOPIC"}


# The keys, the rows and, each in a query, what is related to them.
BUDGETS = {
    # parties, countries, sectors, SDG targets, amounts, activities
    "commitments": 2 + 6,
    # parties, corrections, lines of the status log
    "parties": 2 + 3,
    # evidence, corrections
    "developments": 2 + 2,
    "status-changes": 2,
}


@pytest.mark.parametrize("name", BUDGETS)
def test_the_number_of_queries_is_that_of_a_chunk(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def spent() -> int:
        asked = CommitmentFilter(QueryDict(), today=TODAY)
        with CaptureQueriesContext(connection) as queries:
            list(csv_export.stream(lists.listing(asked, name, site=SITE)))
        return len(queries)

    def make(number: int) -> None:
        for _ in range(number):
            make_development(make_commitment(sectors=(make_sector(),)), status=Status.IN_PROGRESS)

    make(2)
    few = spent()
    make(8)
    assert spent() == few == BUDGETS[name]
    # Each further chunk costs as much as the first, but for the keys.
    monkeypatch.setattr(shape, "RECORDS", 5)
    chunks = 4 if name == "status-changes" else 2
    assert spent() == 1 + chunks * (BUDGETS[name] - 1)


def test_what_was_taken_back_while_the_file_was_written_is_not_in_it() -> None:
    make_commitment("C-ONE")
    second = make_commitment("C-TWO")
    listing = lists.listing(CommitmentFilter(QueryDict("sort=code"), today=TODAY), "commitments", site=SITE)
    assert len(listing.keys) == 2
    commitment_actions.retract(by=make_user("editor"), commitment=second, reason="Not a commitment")

    assert [chunk.cells[0] for chunk in listing.chunks()] == [("C-ONE",)]
