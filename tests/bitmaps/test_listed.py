"""The rows of a list are the same, whether what they name is read with them or was at hand."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from commitments.bitmaps import Shelf
from commitments.counts import counted
from commitments.filters import CommitmentFilter
from commitments.listed import Listed
from commitments.models import Party
from commitments.timetravel import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("record")]

type Named = tuple[str, str, list[str], list[str]]


@pytest.fixture
def shelf() -> Shelf:
    found = counted(CommitmentFilter(QueryDict(), today=dt.date(2026, 6, 1))).shelf
    assert found is not None
    return found


def rows(keys: list[int], shelf: Shelf | None) -> list[Named]:
    """Code, summit, makers and sectors of each."""
    return [
        (one.code, one.summit.name, [row.party.name for row in one.makers], [sector.label for sector in one.in_sectors])  # type: ignore[attr-defined]
        for one in Listed(keys, NOW, shelf)
    ]


def keys() -> list[int]:
    return counted(CommitmentFilter(QueryDict(), today=dt.date(2026, 6, 1))).keys[0:40]  # type: ignore[return-value]


def test_rows_name_the_same_with_and_without_a_shelf(shelf: Shelf) -> None:
    wanted = keys()

    assert rows(wanted, shelf) == rows(wanted, None)
    assert len(rows(wanted, shelf)) > 30


def test_what_is_at_hand_is_not_read_again(shelf: Shelf) -> None:
    wanted = keys()
    rows(wanted, shelf)

    with CaptureQueriesContext(connection) as captured:
        rows(wanted, shelf)

    assert len(captured) == 3
    assert not [query["sql"] for query in captured if "alpha3" in query["sql"]]


def test_a_party_that_is_not_at_hand_is_read_with_the_rows(shelf: Shelf) -> None:
    wanted = keys()

    def lacking_parties(model: type) -> object:
        return {} if model is Party else shelf.records(model)

    assert rows(wanted, replace(shelf, records=lacking_parties)) == rows(wanted, None)  # type: ignore[arg-type]
