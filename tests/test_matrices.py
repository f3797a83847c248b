"""Commitments × parties: which columns there are, what each cell says, and what the columns sum to."""

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from commitments import matrices
from commitments.actions import developments as development_actions
from commitments.codelists import Classification, Publication, Role, Status
from commitments.filters import CommitmentFilter
from commitments.matrices import Cell, Columns, Row
from commitments.models import Commitment, CommitmentParty, Development
from commitments.timetravel import as_they_stood
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_party,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 6, 1)


def asked(query: str = "") -> CommitmentFilter:
    return CommitmentFilter(QueryDict(query), today=TODAY)


def names(columns: Columns) -> list[str]:
    return [party.name for party in columns.parties]


def rows(query: str = "sort=code") -> list[Row]:
    commitment_filter = asked(query)
    stood = as_they_stood(commitment_filter.rows, commitment_filter.moment)
    return matrices.rows(stood, matrices.columns(commitment_filter).parties, commitment_filter.moment)


def cells(query: str = "sort=code") -> dict[tuple[str, str], Cell]:
    return {(row.commitment.code, cell.party.name): cell for row in rows(query) for cell in row.cells if cell}


def numbers(query: str) -> dict[tuple[str, str], tuple[int, str | None]]:
    """Every number by status and party, with its query."""
    commitment_filter = asked(query)
    return {
        (one.status or "", party.name): (number.count, number.query)
        for one in matrices.sums(commitment_filter, matrices.columns(commitment_filter).parties)
        for number, party in one.by_party
    }


@pytest.fixture
def railway() -> Commitment:
    """Made by two: Kazakhstan is on its way, the United States have not been looked at. Uzbekistan receives it."""
    kazakhstan, usa = make_country("KZ"), make_country("US")
    commitment = make_commitment(
        "MX-01", title="Build a railway", makers=(kazakhstan, usa), addressees=(make_country("UZ"),)
    )
    make_development(commitment, party=kazakhstan, status=Status.IN_PROGRESS, happened="2024-03")
    return Commitment.objects.get(pk=commitment.pk)


def test_the_columns_are_the_makers_those_of_most_commitments_first(railway: Commitment) -> None:
    make_commitment(makers=(make_country("US"),))
    make_commitment(makers=(make_party("Agency"),), publication=Publication.DRAFT)

    assert names(matrices.columns(asked())) == ["United States of America", "Kazakhstan"]
    assert names(matrices.columns(asked("party=kazakhstan"))) == ["Kazakhstan", "United States of America"]


def test_too_many_makers_are_left_out_and_counted(railway: Commitment) -> None:
    make_commitment(makers=(make_country("US"),))

    found = matrices.columns(asked(), most=1)

    assert names(found) == ["United States of America"]
    assert found.left_out == 1
    assert matrices.columns(asked(), most=None).left_out == 0


def test_a_maker_s_cell_says_its_own_status_since_when_and_on_what(railway: Commitment) -> None:
    cell = cells()["MX-01", "Kazakhstan"]
    development = railway.developments.get()

    assert cell.standing is not None
    assert (cell.standing.status, str(cell.standing.since)) == (Status.IN_PROGRESS, "March 2024")
    assert cell.evidence == f"/commitments/MX-01/#development-{development.pk}"
    assert not cell.only_the_whole


def test_a_maker_without_a_status_of_its_own_says_so_where_the_whole_has_one(railway: Commitment) -> None:
    cell = cells()["MX-01", "United States of America"]

    assert cell.only_the_whole
    assert cell.evidence == ""


def test_where_nobody_has_looked_nobody_is_singled_out() -> None:
    make_commitment("MX-02", makers=(make_country("KZ"),))

    cell = cells()["MX-02", "Kazakhstan"]

    assert cell.standing is not None
    assert cell.standing.status == Status.NOT_ASSESSED
    assert not cell.only_the_whole


def test_another_role_is_the_role_s_word_and_no_status(railway: Commitment) -> None:
    make_commitment("MX-02", makers=(make_country("UZ"),))
    CommitmentParty.objects.create(commitment=railway, party=make_country("KZ"), role=Role.HOST)

    found = cells()

    assert found["MX-01", "Uzbekistan"].roles == (Role.ADDRESSEE,)
    assert found["MX-01", "Uzbekistan"].standing is None
    assert found["MX-01", "Kazakhstan"].other_roles == (Role.HOST,)
    assert found["MX-01", "Kazakhstan"].standing is not None
    assert ("MX-02", "Kazakhstan") not in found


def test_the_status_of_the_whole_leads_to_the_development_that_gave_it(railway: Commitment) -> None:
    whole = make_development(railway, status=Status.DELIVERED, happened="2024-06-01")

    (row,) = rows()

    assert row.commitment.status == Status.DELIVERED
    assert row.evidence == whole.get_absolute_url()


def test_a_cell_leads_to_the_correction_of_what_gave_its_status(railway: Commitment) -> None:
    wrong = railway.developments.get()
    correction = development_actions.draft_correction(
        by=make_user("contributor"), development=wrong, note="A word was wrong."
    )
    assert cells()["MX-01", "Kazakhstan"].evidence == wrong.get_absolute_url()

    development_actions.publish(by=make_user("reviewer"), development=correction)

    later = Development.objects.get(corrects=wrong)
    assert cells()["MX-01", "Kazakhstan"].evidence == later.get_absolute_url()


def test_a_draft_fills_no_cell(railway: Commitment) -> None:
    make_draft_development(railway, party=make_country("US"), status=Status.STALLED, happened="2024-04")

    assert cells()["MX-01", "United States of America"].only_the_whole


def test_the_cells_are_those_of_the_day(railway: Commitment) -> None:
    later = make_development(railway, party=make_country("KZ"), status=Status.STALLED, happened="2025-01-10")

    then = cells("as_of=2024-12-31")["MX-01", "Kazakhstan"]
    before = cells("as_of=2024-02-29")["MX-01", "Kazakhstan"]
    now = cells()["MX-01", "Kazakhstan"]

    assert then.standing
    assert before.standing
    assert now.standing
    assert (then.standing.status, str(then.standing.since)) == (Status.IN_PROGRESS, "March 2024")
    assert then.evidence.startswith("/commitments/MX-01/?as_of=2024-12-31#development-")
    assert before.standing.status == Status.NOT_ASSESSED
    assert now.standing.status == Status.STALLED
    assert now.evidence == later.get_absolute_url()


def test_a_column_sums_to_the_commitments_that_name_its_party(railway: Commitment) -> None:
    make_commitment("MX-02", makers=(make_country("UZ"),))
    make_commitment("MX-03", makers=(make_country("UZ"),), classification=Classification.TOPIC)

    found = numbers("")

    assert found["", "Kazakhstan"] == (1, "?party=kazakhstan")
    # One it makes, one it receives; the topic is not in the list.
    assert found["", "Uzbekistan"] == (2, "?party=uzbekistan")
    assert found[Status.IN_PROGRESS, "Uzbekistan"] == (1, "?party=uzbekistan&status=in_progress")
    assert found[Status.NOT_ASSESSED, "Kazakhstan"][0] == 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=in_progress&status=not_assessed",
        "status_group=open",
        "country=KZ&role=maker",
        "role=addressee",
        "party=uzbekistan",
        "party=kazakhstan&party=uzbekistan",
        "q=railway",
        "topics=1&sort=title",
        "as_of=2024-01-01",
        "as_known=2024-01-01",
    ],
)
def test_every_number_is_that_of_its_list_whatever_the_filters(railway: Commitment, query: str) -> None:
    usa, uzbekistan, kazakhstan = make_country("US"), make_country("UZ"), make_country("KZ")
    make_development(
        make_commitment("MX-02", title="Railway of two", makers=(uzbekistan, usa), addressees=(kazakhstan,)),
        status=Status.DELIVERED,
        happened="2024-05",
    )
    make_commitment("MX-03", makers=(make_bloc("C5", kazakhstan, uzbekistan), kazakhstan))
    CommitmentParty.objects.create(commitment=railway, party=uzbekistan, role=Role.RECIPIENT)

    found = {where: number for where, number in numbers(query).items() if number[1] is not None}

    if query.count("party") < 2:
        assert found or query == "as_known=2024-01-01"
    for where, (count, link) in found.items():
        assert asked((link or "").removeprefix("?")).qs.count() == count, (where, link)
    for one in matrices.sums(asked(query), []):
        assert asked((one.whole.query or "").removeprefix("?")).qs.count() == one.whole.count


def test_a_column_that_cannot_be_asked_for_has_no_list(railway: Commitment) -> None:
    found = numbers("party=kazakhstan")

    assert found["", "Kazakhstan"] == (1, "?party=kazakhstan")
    assert found["", "United States of America"] == (1, None)


@pytest.mark.parametrize("query", ["", "as_of=2024-12-31"])
def test_thirty_commitments_cost_as_many_queries_as_three(query: str) -> None:
    def spent() -> int:
        commitment_filter = asked(query)
        with CaptureQueriesContext(connection) as captured:
            columns = matrices.columns(commitment_filter)
            found = as_they_stood(commitment_filter.rows, commitment_filter.moment)
            matrices.rows(found, columns.parties, commitment_filter.moment)
            matrices.sums(commitment_filter, columns.parties)
        return len(captured)

    def make(number: int) -> None:
        for _ in range(number):
            party = make_party()
            make_development(
                make_commitment(makers=(party, make_country("KZ"))), party=party, status=Status.IN_PROGRESS
            )

    make(3)
    few = spent()
    make(27)
    assert spent() == few
