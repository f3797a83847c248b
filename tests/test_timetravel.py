"""The record as it stood: what had happened by a day, and what this site had said by another."""

import datetime as dt
from collections import Counter

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.actions import developments as development_actions
from commitments.codelists import Status
from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from commitments.timetravel import CHANGED_THEN, STATUS_THEN, Moment, as_they_stood, at, makers_as_they_stood, status_at
from commitments.uncertain_dates import UncertainDate
from tests.factories import make_commitment, make_country, make_development, make_draft_development, make_user

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 6, 1)


def noon(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), tzinfo=dt.UTC)


def moment(as_of: str = "", as_known: str = "") -> Moment:
    return Moment(
        dt.date.fromisoformat(as_of) if as_of else None, dt.date.fromisoformat(as_known) if as_known else None
    )


def asked(query: str) -> CommitmentFilter:
    return CommitmentFilter(QueryDict(query), today=TODAY)


@pytest.fixture
def dialogue() -> Commitment:
    """Proposed in September, begun on 1 November but logged in January, delivered and logged in February."""
    commitment = make_commitment("TT-01", made="2023-09-19", at=noon("2023-09-20"))
    make_development(commitment, status=Status.IN_PROGRESS, happened="2023-11-01", at=noon("2024-01-10"))
    make_development(commitment, status=Status.DELIVERED, happened="2024-02-08", at=noon("2024-02-09"))
    return Commitment.objects.get(pk=commitment.pk)


@pytest.mark.parametrize(
    ("as_of", "as_known", "status"),
    [
        ("2023-10-31", "", Status.NOT_ASSESSED),
        ("2023-11-01", "", Status.IN_PROGRESS),
        ("2024-02-07", "", Status.IN_PROGRESS),
        ("2024-02-08", "", Status.DELIVERED),
        # On New Year's Eve nobody here knew yet of what had begun in November.
        ("", "2023-12-31", Status.NOT_ASSESSED),
        ("2023-11-15", "2023-12-31", Status.NOT_ASSESSED),
        ("2023-11-15", "2024-01-10", Status.IN_PROGRESS),
        # Known on the day it was logged, until the day's end.
        ("", "2024-01-10", Status.IN_PROGRESS),
        ("", "2024-02-08", Status.IN_PROGRESS),
        ("", "2024-02-09", Status.DELIVERED),
    ],
)
def test_each_clock_answers_its_own_question(dialogue: Commitment, as_of: str, as_known: str, status: Status) -> None:
    then = moment(as_of, as_known)

    found = at(Commitment.objects.published(), then).get()

    assert getattr(found, STATUS_THEN) == status
    assert status_at(dialogue, then)[0] == status
    assert as_they_stood([dialogue], then)[0].status == status


def test_the_status_has_the_date_since_which_it_held_then(dialogue: Commitment) -> None:
    (then,) = as_they_stood([dialogue], moment("2024-01-20"))

    assert str(then.status_since) == "1 November 2023"


def test_nobody_travels_without_a_day(dialogue: Commitment, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        (same,) = as_they_stood([dialogue], Moment())

    assert same.status == Status.DELIVERED


def test_what_was_made_later_or_not_known_yet_is_not_there(dialogue: Commitment) -> None:
    assert not at(Commitment.objects.published(), moment("2023-09-18")).exists()
    assert not at(Commitment.objects.published(), moment(as_known="2023-09-19")).exists()
    assert at(Commitment.objects.published(), moment(as_known="2023-09-20")).exists()


def test_each_maker_has_the_status_it_had() -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    commitment = make_commitment(makers=(kazakhstan, usa))
    make_development(commitment, status=Status.IN_PROGRESS, happened="2024-01-01", party=kazakhstan)
    make_development(commitment, status=Status.DELIVERED, happened="2024-03-01", party=usa)
    found = Commitment.objects.for_detail().get(pk=commitment.pk)

    makers_as_they_stood(found, moment("2024-02-01"))

    assert {row.party.alpha2: row.status for row in found.parties.all()} == {
        "KZ": Status.IN_PROGRESS,
        "US": Status.NOT_ASSESSED,
    }


def test_a_correction_changes_what_is_known_and_not_what_was_known() -> None:
    commitment = make_commitment(at=noon("2023-09-20"))
    wrong = make_development(commitment, status=Status.STALLED, happened="2023-12-01", at=noon("2023-12-02"))
    correction = development_actions.draft_correction(
        by=make_user("contributor"), development=wrong, note="It went on.", at=noon("2024-01-05")
    )
    correction.status = Status.IN_PROGRESS
    development_actions.edit_draft(by=make_user("contributor"), development=correction, version=correction.version)
    development_actions.publish(by=make_user("reviewer"), development=correction, at=noon("2024-01-06"))

    assert status_at(commitment, moment("2023-12-15"))[0] == Status.IN_PROGRESS
    assert status_at(commitment, moment("2023-12-15", "2023-12-15"))[0] == Status.STALLED


def checked(commitment: Commitment, then: Moment) -> dt.date | None:
    """The day of the last check as it stood."""
    return as_they_stood([Commitment.objects.get(pk=commitment.pk)], then)[0].last_checked_on


def test_a_check_is_known_from_the_day_on_which_it_was_logged() -> None:
    commitment = make_commitment(at=noon("2023-09-20"))
    for on, at_ in (("2023-12-01", "2023-12-02"), ("2024-03-01", "2024-06-01")):
        development_actions.record_check(
            by=make_user("editor"), commitment=commitment, searched="Papers", on=dt.date.fromisoformat(on), at=noon(at_)
        )

    assert checked(commitment, moment(as_known="2023-12-01")) is None
    assert checked(commitment, moment(as_known="2024-04-01")) == dt.date(2023, 12, 1)
    assert checked(commitment, moment("2024-04-01", "2024-05-31")) == dt.date(2023, 12, 1)
    assert checked(commitment, moment("2024-02-01", "2024-06-01")) == dt.date(2023, 12, 1)
    assert checked(commitment, moment(as_known="2024-06-01")) == dt.date(2024, 3, 1)
    assert checked(commitment, moment("2024-04-01")) == dt.date(2024, 3, 1)


def test_a_check_that_was_put_at_a_later_day_no_longer_counts_before_it() -> None:
    editor = make_user("editor")
    commitment = make_commitment(at=noon("2023-09-20"))
    check = development_actions.record_check(
        by=editor, commitment=commitment, searched="Papers", on=dt.date(2024, 1, 1), at=noon("2024-01-02")
    )
    correction = development_actions.draft_correction(by=editor, development=check, note="It was June.")
    correction.happened = UncertainDate(dt.date(2024, 6, 1))
    development_actions.edit_draft(by=editor, development=correction, version=correction.version)
    development_actions.publish(by=editor, development=correction, at=noon("2024-06-02"))

    assert checked(commitment, moment("2024-03-01")) is None
    assert checked(commitment, moment("2024-06-01")) == dt.date(2024, 6, 1)
    # Nobody knew of the correction then.
    assert checked(commitment, moment("2024-03-01", "2024-06-01")) == dt.date(2024, 1, 1)


def test_a_check_that_came_with_a_publication_is_known_from_then_on() -> None:
    commitment = make_commitment(at=noon("2023-09-20"))
    development_actions.publish(
        by=make_user("reviewer"),
        development=make_draft_development(commitment, happened="2023-11-01"),
        checked_on=dt.date(2023, 12, 1),
        at=noon("2024-01-10"),
    )

    assert checked(commitment, moment(as_known="2024-01-09")) is None
    assert checked(commitment, moment(as_known="2024-01-10")) == dt.date(2023, 12, 1)


def test_a_day_ahead_is_ignored_and_said() -> None:
    future = asked("as_of=2030&as_known=2024-05")

    assert future.moment == moment(as_known="2024-05-31")
    assert [(one.parameter, one.value) for one in future.ignored] == [("as_of", "2030-12-31")]


def test_the_filter_and_its_counts_are_of_that_day(dialogue: Commitment) -> None:
    then = asked("status=in_progress&as_of=2023-12-31")

    assert [row.code for row in as_they_stood(then.rows, then.moment)] == ["TT-01"]
    assert not asked("status=in_progress").qs.exists()
    assert then.sentence == "Commitments, with status In progress, as they stood on 2023-12-31, newest first."
    assert then.query == "?status=in_progress&as_of=2023-12-31"


def test_the_latest_change_is_the_day_since_which_the_status_held_today_and_then() -> None:
    """A line that says again what held already, or that takes a status back, is no change of status."""
    for code, days in (("TT-AGAIN", ("2024-01-10", "2023-11-01")), ("TT-ONCE", ("2023-12-01",))):
        commitment = make_commitment(code, at=noon("2023-10-01"))
        for day in days:
            make_development(commitment, status=Status.IN_PROGRESS, happened=day, at=noon("2024-01-20"))
    back = make_commitment("TT-BACK", at=noon("2023-10-01"))
    wrong = make_development(back, status=Status.STALLED, happened="2024-01-15", at=noon("2024-01-20"))
    correction = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Not so.")
    correction.status = ""
    development_actions.edit_draft(by=make_user("contributor"), development=correction, version=correction.version)
    development_actions.publish(by=make_user("reviewer"), development=correction, at=noon("2024-01-25"))

    for query in ("sort=-changed", "sort=-changed&as_of=2024-05-01", "sort=-changed&as_known=2024-05-01"):
        assert [row.code for row in asked(query).rows] == ["TT-ONCE", "TT-AGAIN", "TT-BACK"], query


def test_what_is_assessed_no_more_stands_so_since_the_same_day_today_and_then() -> None:
    """By rule v1 a maker of whom nothing can be told puts the whole back to “Not assessed”."""
    kazakhstan, usa = make_country("KZ"), make_country("US")
    commitment = make_commitment(
        makers=(kazakhstan, usa), verifiability_note="Nobody counts them.", at=noon("2023-10-01")
    )
    make_development(commitment, status=Status.IN_PROGRESS, happened="2023-11-01", at=noon("2024-01-20"))
    make_development(
        commitment, status=Status.NOT_VERIFIABLE, happened="2024-01-10", party=kazakhstan, at=noon("2024-01-20")
    )
    commitment.refresh_from_db()
    assert (commitment.status, str(commitment.status_since)) == (Status.NOT_ASSESSED, "10 January 2024")

    (then,) = as_they_stood([Commitment.objects.get(pk=commitment.pk)], moment("2024-05-01", "2024-05-01"))

    assert (then.status, then.status_since) == (commitment.status, commitment.status_since)
    columns = at(Commitment.objects.all(), moment("2024-05-01")).values_list(STATUS_THEN, CHANGED_THEN)
    assert list(columns) == [(Status.NOT_ASSESSED, dt.date(2024, 1, 10))]


def test_overdue_is_judged_by_that_day() -> None:
    commitment = make_commitment("TT-DUE", due="2023-12")
    make_development(commitment, status=Status.DELIVERED, happened="2024-03-01")

    assert not asked("overdue=1&as_of=2023-12-31").qs.exists()
    assert asked("overdue=1&as_of=2024-01-01").qs.exists()
    assert not asked("overdue=0&as_of=2024-01-01").qs.exists()
    assert not asked("overdue=1&as_of=2024-03-01").qs.exists()


def test_drafts_stay_out_of_the_past_too() -> None:
    commitment = make_commitment(at=noon("2023-09-20"))
    make_draft_development(commitment, status=Status.IN_PROGRESS, happened="2023-10-01")

    assert status_at(commitment, moment("2024-01-01"))[0] == Status.NOT_ASSESSED


_EVENTS = st.lists(
    st.tuples(
        st.dates(dt.date(2023, 9, 19), dt.date(2023, 12, 31)),
        st.sampled_from([Status.NOT_STARTED, Status.IN_PROGRESS, Status.STALLED, Status.PARTIALLY_DELIVERED]),
        st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=_EVENTS, day=st.dates(dt.date(2023, 9, 19), dt.date(2024, 1, 31)), known=st.integers(0, 6))
def test_the_column_and_the_row_agree_on_every_day(
    events: list[tuple[dt.date, Status, bool]], day: dt.date, known: int
) -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    commitment = make_commitment(makers=(kazakhstan, usa), at=noon("2024-01-01"))
    for number, (happened, status, is_whole) in enumerate(events, start=1):
        make_development(
            commitment,
            status=status,
            happened=happened.isoformat(),
            party=None if is_whole else kazakhstan,
            at=noon(f"2024-01-{number:02}"),
        )
    then = Moment(day, dt.date(2024, 1, 1) + dt.timedelta(days=known))
    found = at(Commitment.objects.filter(pk=commitment.pk), then).values_list(STATUS_THEN, CHANGED_THEN).first()
    column, changed = found or (None, None)

    row = as_they_stood([Commitment.objects.get(pk=commitment.pk)], then)[0]
    assert (column or Status.NOT_ASSESSED) == row.status
    assert changed == row.status_since_start
    assert Counter([row.status_since is None]) == Counter([row.status == Status.NOT_ASSESSED])
