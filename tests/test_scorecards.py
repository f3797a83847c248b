"""Scorecards: every figure with its denominator and the list that it counts."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict

from commitments.codelists import Classification, PartyKind, Role, Status
from commitments.filters import CommitmentFilter
from commitments.models import CommitmentParty, Party
from commitments.scorecards import (
    ASSESSED,
    LABELS,
    STATUSES_BY_FIGURE,
    Tally,
    left_unsettled,
    narrowed,
    scorecard,
    shares,
)
from tests.factories import make_bloc, make_commitment, make_country, make_development, make_party, make_summit

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 1, 1)


def asked(query: str = "") -> CommitmentFilter:
    return CommitmentFilter(QueryDict(query.removeprefix("?")), today=TODAY)


def make_standing(*statuses: Status, **fields: Any) -> None:
    """A commitment for each status."""
    for status in statuses:
        commitment = make_commitment(**fields)
        if status != Status.NOT_ASSESSED:
            make_development(commitment, status=status, happened="2024-02-08")


def test_the_parts_of_those_assessed_make_the_whole_of_them() -> None:
    parts = [status for name, statuses in STATUSES_BY_FIGURE.items() if name != "assessed" for status in statuses]

    assert sorted(parts) == sorted(ASSESSED)
    assert {*ASSESSED, Status.NOT_ASSESSED} == set(Status)
    assert set(LABELS) == {"identified", *STATUSES_BY_FIGURE}
    assert set(LABELS) == set(Tally.__dataclass_fields__)


def test_nothing_at_all_is_zero_everywhere() -> None:
    assert scorecard(asked()).tally == Tally()


def test_each_figure_counts_its_statuses() -> None:
    counts = {status.value: place for place, status in enumerate(Status, start=1)}

    found = Tally.of(counts)

    assert found.identified == sum(counts.values())
    assert found.assessed == found.identified - counts["not_assessed"]
    assert found.delivered == counts["delivered"]
    assert found.under_way == counts["not_started"] + counts["in_progress"] + counts["stalled"]
    assert found.undecided == counts["no_evidence"] + counts["not_verifiable"]
    parts = [getattr(found, name) for name in STATUSES_BY_FIGURE if name != "assessed"]
    assert sum(parts) == found.assessed


def test_what_nobody_assessed_is_in_no_denominator_and_topics_are_left_out() -> None:
    make_standing(Status.DELIVERED, Status.STALLED, Status.NOT_ASSESSED, Status.NOT_ASSESSED)
    make_standing(Status.NOT_ASSESSED, classification=Classification.TOPIC)

    assert scorecard(asked()).tally == Tally(identified=4, assessed=2, delivered=1, under_way=1)


def test_every_number_is_that_of_its_list() -> None:
    make_standing(Status.DELIVERED, Status.STALLED, Status.NO_EVIDENCE, Status.NOT_ASSESSED)
    make_standing(Status.DELIVERED, makers=(make_country("US"),))

    for query in ("", "?country=KZ&role=maker"):
        for figure in scorecard(asked(query)).by_name.values():
            assert asked(figure.query).qs.count() == figure.number, figure
            assert not asked(figure.query).ignored


def test_a_scorecard_is_of_the_day_asked_for() -> None:
    make_standing(Status.DELIVERED)

    assert scorecard(asked("as_of=2024-01-01")).tally == Tally(identified=1)
    assert scorecard(asked("as_of=2024-03-01")).tally == Tally(identified=1, assessed=1, delivered=1)


def test_a_share_counts_what_a_country_made_itself_through_a_bloc_and_through_a_body() -> None:
    kazakhstan, usa, uzbekistan = make_country("KZ"), make_country("US"), make_country("UZ")
    bloc = make_bloc("C5", kazakhstan)
    agency = make_party("Agency", PartyKind.INSTITUTION, country=usa)
    summit = make_summit("S-01")
    make_standing(Status.DELIVERED, summit=summit, makers=(kazakhstan, usa))
    make_standing(Status.NOT_ASSESSED, summit=summit, makers=(bloc, agency))
    make_standing(Status.NOT_ASSESSED, makers=(usa,))
    make_standing(Status.NOT_ASSESSED, summit=summit, makers=(usa,), addressees=(uzbekistan,))

    found = {share.party: share for share in shares(asked("summit=S-01"), Party.objects.all())}

    assert {party: share.made for party, share in found.items()} == {
        kazakhstan: 2,
        usa: 3,
        uzbekistan: 0,
        bloc: 1,
        agency: 1,
    }
    assert found[kazakhstan].scorecard.tally == Tally(identified=2, assessed=1, delivered=1)
    for share in found.values():
        for figure in share.scorecard.compared:
            assert asked(figure.query).qs.count() == figure.number, (share.party, figure)


def test_shares_of_a_day_are_of_that_day() -> None:
    make_standing(Status.DELIVERED, summit=make_summit("S-01"))

    (then,) = shares(asked("summit=S-01&as_of=2024-01-01"), [make_country("KZ")])

    assert then.scorecard.tally == Tally(identified=1)
    assert then.query == "?summit=S-01&as_of=2024-01-01&country=KZ&role=maker"


@pytest.mark.parametrize("number", [1, 6])
def test_shares_ask_the_database_twice_for_any_number_of_parties(number: int, django_assert_num_queries: Any) -> None:
    parties = [make_country(code) for code in ("KZ", "KG", "TJ", "TM", "UZ", "US")[:number]]
    parties += [make_party() for _ in range(number)]
    listed = asked()
    assert listed.values

    with django_assert_num_queries(2):
        assert len(shares(listed, parties)) == 2 * number


def test_an_abolished_body_leaves_what_it_answers_for_and_did_not_settle() -> None:
    agency = make_party("Agency", abolished_on=dt.date(2025, 7, 1))
    make_standing(Status.NOT_ASSESSED, Status.IN_PROGRESS, Status.DELIVERED, makers=(agency,))
    make_standing(Status.NOT_ASSESSED, addressees=(agency,))
    carried_out = make_commitment()
    CommitmentParty.objects.create(commitment=carried_out, party=agency, role=Role.IMPLEMENTER)

    found = left_unsettled(asked("status_group=open&status_group=unknown"), [agency])

    assert [(left.role, left.number) for left in found] == [(Role.IMPLEMENTER, 1), (Role.MAKER, 2)]
    assert {left.query: asked(left.query).qs.count() for left in found} == {left.query: left.number for left in found}
    assert left_unsettled(asked(), []) == []


def test_a_query_is_narrowed_and_its_statuses_are_replaced() -> None:
    assert narrowed("", None) == ""
    assert narrowed("?status=stalled&country=KZ", [Status.DELIVERED], role="maker") == (
        "?status=delivered&country=KZ&role=maker"
    )
