"""How often the pages ask the database where the index answers, and that no question goes through a big table."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from commitments.bitmaps.keeping import current
from commitments.models import Commitment, Sector, Summit

pytestmark = pytest.mark.django_db(transaction=True)

BIG = (
    "commitments_commitment",
    "commitments_commitment_sectors",
    "commitments_commitmentcountry",
    "commitments_commitmentparty",
    "commitments_development",
    "commitments_evidence",
    "commitments_revision",
    "commitments_searchentry",
    "commitments_statuschange",
    "commitments_wording",
)
# By page, how often it asks the second time it is asked for. Rows of lists are kept. A country and a sector asked for
# are looked up.
BUDGETS = {
    "/commitments/": 1,
    "/commitments/?sort=title&page=2": 1,
    "/commitments/?country={country}&sector={sector}": 3,
    "/commitments/?q=loans": 1,
    "/commitments/?as_of=2024-06-30": 1,
    "/matrix/": 1,
    "/countries/{country}/": 10,
    "/summits/{summit}/": 7,
    "/": 4,
}


def addresses() -> dict[str, str]:
    """The pages above with a country, a sector and a summit of the record."""
    one = Commitment.objects.published().order_by("pk")[0]
    names = {
        "country": one.countries.order_by("pk")[0].country.alpha2,
        "sector": Sector.objects.filter(commitments=one)[0].code,
        "summit": Summit.objects.get(pk=one.summit_id).code,
    }
    return {page: page.format(**names) for page in BUDGETS}


@pytest.fixture(autouse=True)
def _large(record: None) -> None:
    """Let SQLite plan as for tables of a size that it does not know, not as for these forty."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def scans(statement: str) -> Iterator[str]:
    """The big tables that a query would go through from end to end, though it has no need to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table as small as these is read whole, unless that is forbidden; what still is has no index.
            cursor.execute("SET enable_seqscan = off")
            cursor.execute(f"EXPLAIN {statement}")
            found = re.findall(r"Seq Scan on (\w+)", "\n".join(line for (line,) in cursor.fetchall()))
            cursor.execute("RESET enable_seqscan")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plan = [line[-1] for line in cursor.fetchall()]
            found = [line.split()[1] for line in plan if re.match(r"SCAN \w+$", line)]
    yield from (table for table in found if table in BIG)


@override_settings(KEEP_PAGES=False)
def test_pages_ask_seldom_and_go_through_no_big_table() -> None:
    client, found = Client(), {}
    for page, address in addresses().items():
        asked(client, address)
        if index := current(connection.alias):
            index.pieces.clear()
        # Once more with no row of a list at hand, then with all of them.
        anew, statements = asked(client, address), asked(client, address)
        found[page] = len(statements)
        for statement in anew + statements:
            assert list(scans(statement)) == [], statement
    assert found == BUDGETS


def test_a_query_without_an_index_is_found_out() -> None:
    """The control."""
    with CaptureQueriesContext(connection) as captured:
        list(Commitment.objects.filter(note="nothing").order_by())
    assert list(scans(captured[0]["sql"])) == ["commitments_commitment"]
