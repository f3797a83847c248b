"""What needs attention first: three measures, each growing with what it stands for, and their product."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments import triage
from commitments.codelists import STATUSES_BY_GROUP, Firmness, Publication, Status, StatusGroup
from commitments.triage import TriageFacts, age, nearness, public_interest, urgency
from tests.factories import make_commitment, make_country, make_development

TODAY = dt.date(2025, 6, 1)
FACTS = TriageFacts(
    looked_on=TODAY - dt.timedelta(days=180),
    review_interval_days=180,
    due=None,
    status=Status.IN_PROGRESS,
    makers=1,
    countries=1,
    firmness=Firmness.PROPOSED,
)
facts = st.builds(
    TriageFacts,
    looked_on=st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)),
    review_interval_days=st.integers(0, 3000),
    due=st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)),
    status=st.sampled_from(Status),
    makers=st.integers(0, 300),
    countries=st.integers(0, 300),
    firmness=st.sampled_from(Firmness),
)


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


@pytest.mark.parametrize(("days", "expected"), [(0, 0), (90, 0.5), (180, 1), (360, 2), (-5, 0)])
def test_age_is_counted_in_review_intervals(days: int, expected: float) -> None:
    assert age(replace(FACTS, looked_on=day(-days)), today=TODAY) == expected


@pytest.mark.parametrize(
    ("due", "expected"), [(None, 1), (day(400), 1), (day(180), 1), (day(90), 2.5), (day(0), 4), (day(-900), 4)]
)
def test_a_deadline_presses_more_the_nearer_it_is_and_does_not_let_go(due: dt.date | None, expected: float) -> None:
    assert nearness(replace(FACTS, due=due), today=TODAY) == expected


@pytest.mark.parametrize("status", STATUSES_BY_GROUP[StatusGroup.CLOSED])
def test_the_deadline_of_what_is_settled_presses_nobody(status: Status) -> None:
    assert nearness(replace(FACTS, due=day(-1), status=status), today=TODAY) == 1


def test_interest_grows_with_makers_countries_and_firmness() -> None:
    assert public_interest(FACTS) == 1
    assert public_interest(replace(FACTS, makers=2)) == 1.5
    assert public_interest(replace(FACTS, makers=2, countries=4)) == 2.5
    assert public_interest(replace(FACTS, firmness=Firmness.IN_LAW)) == 2
    weights = [triage.FIRMNESS_WEIGHTS[firmness] for firmness in Firmness]
    assert weights == sorted(set(weights))


@given(facts)
def test_no_measure_is_below_its_floor(one: TriageFacts) -> None:
    assert age(one, today=TODAY) >= 0
    assert 1 <= nearness(one, today=TODAY) <= 4
    assert public_interest(one) >= 1


@given(facts, st.integers(1, 1000))
def test_whoever_waits_longer_is_never_less_urgent(one: TriageFacts, days: int) -> None:
    earlier = replace(one, looked_on=one.looked_on - dt.timedelta(days=days))

    assert urgency(earlier, today=TODAY) >= urgency(one, today=TODAY)


@pytest.mark.django_db
def test_the_most_urgent_stands_first_and_what_was_checked_today_in_no_place() -> None:
    at = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    make_commitment("PLAIN-1", at=at)
    make_commitment("DUE-1", due="2025-06", at=at)
    make_commitment("WIDE-1", makers=(make_country("KZ"), make_country("UZ")), at=at)
    make_commitment("CLOSED-1", publication=Publication.CLOSED, at=at)
    make_commitment("DRAFT-1", publication=Publication.DRAFT, at=at)
    checked = make_commitment("CHECKED-1", at=at)
    make_development(
        checked,
        kind="check",
        searched="Papers",
        happened=TODAY.isoformat(),
        documents=(),
        at=dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC),
    )

    assert [entry.commitment.code for entry in triage.queue(today=TODAY)] == ["DUE-1", "WIDE-1", "PLAIN-1"]


@pytest.mark.django_db
def test_what_presses_is_found_among_many_that_were_looked_at_longer_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage, "CANDIDATES", 2)
    for number in range(3):
        make_commitment(f"OLD-{number}", at=dt.datetime(2024, 12, 1 + number, tzinfo=dt.UTC))
    make_commitment("DUE-1", due="2025-06", at=dt.datetime(2025, 2, 1, tzinfo=dt.UTC))

    found = [entry.commitment.code for entry in triage.queue(today=TODAY)]

    assert found == ["DUE-1", "OLD-0", "OLD-1"]


@pytest.mark.django_db
def test_the_queue_is_no_longer_than_asked_for() -> None:
    for _ in range(4):
        make_commitment(at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))

    assert len(triage.queue(today=TODAY, limit=3)) == 3
