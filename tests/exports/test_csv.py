"""The download is exactly the list, documented column by column, and safe to open in a spreadsheet."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from commitments.codelists import Publication, Status
from commitments.exports import csv as csv_export
from commitments.exports.columns import COLUMNS, ExportContext
from commitments.filters import CommitmentFilter
from commitments.models import Amount, Commitment
from tests.factories import make_bloc, make_commitment, make_country, make_development, make_sector, make_summit

pytestmark = pytest.mark.django_db
CONTEXT = ExportContext(site="https://tracker.example", today=dt.date(2024, 6, 1))


def rows(query: str = "") -> list[dict[str, str]]:
    listed = CommitmentFilter(QueryDict(query), today=CONTEXT.today).rows
    return list(csv.DictReader(io.StringIO("".join(csv_export.stream(listed, CONTEXT)))))


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
        "countries": "KAZ; USA",
        "summit": "S-ONE",
        "summit_name": "The summit",
        "made": "2023-09-19",
        "due": "2024-03",
        "due_basis": "stated",
        "sectors": "32210",
        "sector_labels": "Mining",
        "amounts": "USD 3.00–5.00 (announced, range)",
        "last_checked_on": "",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    make_commitment("C-ONE", title=f"{start}1+1", summary=f'{start}HYPERLINK("http://example.org")')
    (row,) = rows()
    assert row["title"] == f"'{start}1+1"
    assert row["summary"].startswith(f"'{start}")


def test_every_column_has_a_name_of_its_own_a_label_and_a_definition() -> None:
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    for column in COLUMNS:
        assert str(column.label)
        assert str(column.definition).endswith(".")
        assert (column.datatype == "code" and column.name != "code" and column.name != "summit") == bool(
            column.codelist
        )


def test_the_number_of_queries_is_that_of_a_batch() -> None:
    def spent() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(csv_export.stream(Commitment.objects.published(), CONTEXT))
        return len(queries)

    for _ in range(3):
        make_commitment(sectors=(make_sector(),))
    few = spent()
    for _ in range(27):
        make_commitment(sectors=(make_sector(),))
    # the rows, their sectors, SDG targets, amounts, parties and countries
    assert spent() == few == 6
