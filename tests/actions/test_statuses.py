"""The status log: derived from developments by rule v1, kept by two clocks, never rewritten."""

import datetime as dt
from collections.abc import Sequence

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import statuses
from commitments.codelists import DevelopmentKind, Role, Status
from commitments.models import Commitment, CommitmentParty, Development, Evidence, Party, StatusChange
from commitments.readings import Reading
from commitments.rules import Segment, status_on
from commitments.timelines import Timelines, derived_timelines, logged_timelines, timelines_if_published
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_summit,
    make_user,
)

START = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
IN_PROGRESS, STALLED, DELIVERED = Status.IN_PROGRESS, Status.STALLED, Status.DELIVERED
NOT_ASSESSED, PARTIALLY = Status.NOT_ASSESSED, Status.PARTIALLY_DELIVERED


def moment(day: int) -> dt.datetime:
    return START + dt.timedelta(days=day)


def log(commitment: Commitment, party: Party | None = None) -> list[tuple[str, str, str]]:
    """The lines of one subject in the order in which they were recorded: effective, from, to."""
    lines = commitment.status_changes.filter(party=party).order_by("recorded_at", "pk")
    return [(line.effective.iso, line.from_status, line.to_status) for line in lines]


def said(commitment: Commitment, day: str, *, known: dt.datetime) -> Status:
    """The status on a day as it was known at a moment, from the log alone."""
    lines = commitment.status_changes.filter(recorded_at__lte=known).order_by("recorded_at", "pk")
    return status_on(dt.date.fromisoformat(day), logged_timelines(lines).get(None, []))


def correct(development: Development, *, at: dt.datetime, **changes: object) -> Development:
    correction = development_actions.draft_correction(
        by=make_user("contributor"), development=development, note="Misread", at=at
    )
    for name, value in changes.items():
        setattr(correction, name, value)
    development_actions.edit_draft(by=make_user("contributor"), development=correction, version=correction.version)
    return development_actions.publish(by=make_user("reviewer"), development=correction, at=at)


# --- overall from parties ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_overall_status_follows_from_the_makers() -> None:
    kazakhstan, uzbekistan = make_country("KZ"), make_country("UZ")
    commitment = make_commitment(makers=(kazakhstan, uzbekistan))

    make_development(commitment, party=kazakhstan, status=DELIVERED, happened="2024-02-01")
    commitment.refresh_from_db()
    assert (commitment.status, commitment.status_since) == (PARTIALLY, UncertainDate.parse("2024-02-01"))
    assert {row.party: row.status for row in commitment.parties.all()} == {
        kazakhstan: DELIVERED,
        uzbekistan: NOT_ASSESSED,
    }

    make_development(commitment, party=uzbekistan, status=DELIVERED, happened="2024-03")
    commitment.refresh_from_db()
    assert (commitment.status, commitment.status_since) == (DELIVERED, UncertainDate.parse("2024-03"))
    assert log(commitment) == [
        ("2024-02-01", NOT_ASSESSED, PARTIALLY),
        ("2024-03", PARTIALLY, DELIVERED),
    ]
    assert log(commitment, uzbekistan) == [("2024-03", NOT_ASSESSED, DELIVERED)]


@pytest.mark.django_db
def test_a_status_of_the_whole_stands_until_a_maker_s_is_later() -> None:
    kazakhstan = make_country("KZ")
    commitment = make_commitment(makers=(kazakhstan, make_country("UZ")))
    make_development(commitment, party=kazakhstan, status=IN_PROGRESS, happened="2024-01-01")

    make_development(commitment, status=STALLED, happened="2024-02-01")
    assert Commitment.objects.get().status == STALLED
    assert commitment.parties.get(party=kazakhstan).status == IN_PROGRESS

    make_development(commitment, party=kazakhstan, status=IN_PROGRESS, happened="2024-03-01")
    assert Commitment.objects.get().status == IN_PROGRESS


@pytest.mark.django_db
def test_a_maker_who_leaves_takes_its_status_out_of_the_whole() -> None:
    kazakhstan, uzbekistan = make_country("KZ"), make_country("UZ")
    commitment = make_commitment(makers=(kazakhstan, uzbekistan))
    make_development(commitment, party=kazakhstan, status=DELIVERED, happened="2024-02-01")
    make_development(commitment, party=uzbekistan, status=STALLED, happened="2024-02-01")
    assert Commitment.objects.get().status == PARTIALLY

    commitment_actions.edit(
        by=make_user("editor"),
        commitment=commitment,
        version=commitment.version,
        reason="It never took part",
        write=commitment.parties.get(party=uzbekistan).delete,
    )

    assert Commitment.objects.get().status == DELIVERED
    assert log(commitment, uzbekistan)[-1] == ("2024-02-01", STALLED, NOT_ASSESSED)
    assert log(commitment)[-1] == ("2024-02-01", PARTIALLY, DELIVERED)


# --- two clocks -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_happened_earlier_and_was_logged_later_changes_the_past_only() -> None:
    commitment = make_commitment(at=moment(0))
    make_development(commitment, status=DELIVERED, happened="2024-05-01", at=moment(1))

    make_development(commitment, status=IN_PROGRESS, happened="2024-02-01", at=moment(5))

    commitment.refresh_from_db()
    assert (commitment.status, commitment.status_since) == (DELIVERED, UncertainDate.parse("2024-05-01"))
    assert said(commitment, "2024-03-01", known=moment(4)) == NOT_ASSESSED
    assert said(commitment, "2024-03-01", known=moment(5)) == IN_PROGRESS
    assert said(commitment, "2024-05-01", known=moment(4)) == DELIVERED
    assert said(commitment, "2024-01-31", known=moment(5)) == NOT_ASSESSED
    assert log(commitment) == [
        ("2024-05-01", NOT_ASSESSED, DELIVERED),
        ("2024-02-01", NOT_ASSESSED, IN_PROGRESS),
    ]


@pytest.mark.django_db
def test_a_correction_adds_lines_and_what_we_had_said_stays_known() -> None:
    commitment = make_commitment(at=moment(0))
    wrong = make_development(commitment, status=IN_PROGRESS, happened="2024-02-01", at=moment(1))
    before = list(StatusChange.objects.order_by("pk").values())

    correct(wrong, at=moment(3), happened=UncertainDate.parse("2024-04-01"))

    assert said(commitment, "2024-03-01", known=moment(2)) == IN_PROGRESS
    assert said(commitment, "2024-03-01", known=moment(3)) == NOT_ASSESSED
    assert said(commitment, "2024-04-01", known=moment(3)) == IN_PROGRESS
    assert list(StatusChange.objects.order_by("pk").values())[: len(before)] == before
    assert log(commitment) == [
        ("2024-02-01", NOT_ASSESSED, IN_PROGRESS),
        ("2024-02-01", IN_PROGRESS, NOT_ASSESSED),
        ("2024-04-01", NOT_ASSESSED, IN_PROGRESS),
    ]


@pytest.mark.django_db
def test_nothing_is_logged_when_nothing_changed() -> None:
    commitment = make_commitment()
    make_development(commitment, status=IN_PROGRESS, happened="2024-02-01")
    before = StatusChange.objects.count()

    make_development(commitment, status=IN_PROGRESS, happened="2024-03-01")

    assert StatusChange.objects.count() == before
    assert Commitment.objects.get().status_since == UncertainDate.parse("2024-02-01")


@pytest.mark.django_db
def test_a_typo_put_right_does_not_overtake_what_was_published_after_it_of_the_same_day() -> None:
    commitment = make_commitment(at=moment(0))
    with_a_typo = make_development(commitment, status=IN_PROGRESS, happened="2024-02-01", at=moment(1))
    make_development(commitment, status=STALLED, happened="2024-02-01", at=moment(2))
    lines = StatusChange.objects.count()

    correct(with_a_typo, at=moment(3), summary="Spelled right.")

    assert Commitment.objects.get().status == STALLED
    assert StatusChange.objects.count() == lines


@pytest.mark.django_db
def test_a_clock_that_was_set_back_does_not_unsettle_the_log() -> None:
    commitment = make_commitment(at=moment(0))
    make_development(commitment, status=IN_PROGRESS, happened="2024-02-01", at=moment(5))
    wrong = Development.objects.get()

    correct(wrong, at=moment(4), status=STALLED)

    assert Commitment.objects.get().status == STALLED
    lines = commitment.status_changes.order_by("recorded_at", "pk")
    assert spoken(logged_timelines(lines)) == spoken(derived_timelines(commitment))
    assert [line.recorded_at for line in lines] == sorted(
        line.recorded_at for line in commitment.status_changes.order_by("pk")
    )


@pytest.mark.django_db
def test_it_is_worked_out_too_as_it_was_known_once_and_as_it_would_be() -> None:
    commitment = make_commitment()
    make_development(commitment, status=IN_PROGRESS, happened="2024-01-01")
    between = timezone.now()
    make_development(commitment, status=STALLED, happened="2024-02-01")
    draft = make_draft_development(commitment, status=DELIVERED, happened="2024-03-01")
    draft.published_at = timezone.now()

    def overall(timelines: Timelines) -> list[Status]:
        return [Status(segment.status) for segment in timelines[None]]

    assert overall(derived_timelines(commitment, known_before=between)) == [IN_PROGRESS]
    assert overall(derived_timelines(commitment)) == [IN_PROGRESS, STALLED]
    assert overall(timelines_if_published(commitment, [draft])) == [IN_PROGRESS, STALLED, DELIVERED]
    draft.refresh_from_db()
    assert not draft.is_published


@pytest.mark.django_db
def test_a_development_without_a_status_and_a_draft_do_not_count() -> None:
    commitment = make_commitment()
    make_development(commitment)
    make_draft_development(commitment, status=DELIVERED)
    make_development(commitment, kind=DevelopmentKind.REPLY, party=make_country(), documents=())

    assert statuses.rewrite(reading=Reading([commitment]), at=START) == []
    assert Commitment.objects.get().status == NOT_ASSESSED


# --- for any sequence -------------------------------------------------------------------------------------------------


def spoken(timelines: Timelines) -> dict[int | None, list[tuple[dt.date, Status]]]:
    """When each subject's status changed to what, without lines that repeat the one before, or subjects without any."""
    spoken_of: dict[int | None, list[tuple[dt.date, Status]]] = {}
    for subject, segments in timelines.items():
        for segment in segments:
            runs = spoken_of.setdefault(subject, [])
            if segment.status != (runs[-1][1] if runs else NOT_ASSESSED):
                runs.append((segment.effective.start, segment.status))
    return {subject: runs for subject, runs in spoken_of.items() if runs}


DAYS = st.sampled_from(
    [UncertainDate.parse(text) for text in ("2024", "2024-01-01", "2024-02", "2024-02-08", "2024-Q2")]
)
SUBJECTS = st.sampled_from(["", "KZ", "UZ"])
WHICH = st.integers(0, 5)
ANY_STATUS = st.sampled_from([*Status, ""])
STEPS = st.one_of(
    st.tuples(st.just("publish"), SUBJECTS, DAYS, ANY_STATUS),
    st.tuples(st.just("correct"), WHICH, DAYS, ANY_STATUS),
    st.tuples(st.just("leave or join"), st.sampled_from(["KZ", "UZ"]), st.none(), st.none()),
)


class Ledger:
    """One commitment to which things happen, past the rules of publication: the log must hold whatever they allow."""

    def __init__(self) -> None:
        self.parties = {alpha2: make_country(alpha2) for alpha2 in ("KZ", "UZ")}
        self.commitment = Commitment(
            code="ANY-1",
            title="Any",
            summary="Any",
            summit=make_summit(),
            kind="event",
            strength="announced",
            collectivity="joint",
        )
        self.commitment.made = UncertainDate.parse("2023")
        self.commitment.save()
        self.document = make_document()
        self.people = make_user("contributor"), make_user("reviewer")
        self.standing: list[Development] = []
        self.now = START
        for alpha2 in self.parties:
            self.leave_or_join(alpha2)

    def step(self, kind: str, which: str | int, day: UncertainDate | None, status: str | None) -> None:
        self.now += dt.timedelta(hours=1)
        if kind == "publish" and day is not None:
            self.publish(self.parties.get(str(which)), day, status or "")
        elif kind == "correct" and day is not None and self.standing:
            wrong = self.standing.pop(int(which) % len(self.standing))
            self.publish(wrong.party, day, status or "", kind="correction", corrects=wrong, note="Misread")
        elif kind == "leave or join":
            self.leave_or_join(str(which))
        statuses.rewrite(reading=Reading([self.commitment]), at=self.now)

    def publish(self, party: Party | None, day: UncertainDate, status: str, **fields: object) -> None:
        contributor, reviewer = self.people
        development = Development(
            commitment=self.commitment, party=party, status=status, summary="Any", entered_by=contributor, **fields
        )
        development.happened, development.entered_at = day, self.now
        development.save()
        Evidence.objects.create(development=development, document=self.document)
        Development.objects.filter(pk=development.pk).update(published_at=self.now, approved_by=reviewer)
        self.standing.append(development)

    def leave_or_join(self, alpha2: str) -> None:
        row = CommitmentParty(commitment=self.commitment, party=self.parties[alpha2], role=Role.MAKER)
        if not self.commitment.parties.filter(party=row.party).delete()[0]:
            row.save()

    def logged(self, known: dt.datetime) -> Timelines:
        return logged_timelines(
            self.commitment.status_changes.filter(recorded_at__lte=known).order_by("recorded_at", "pk")
        )


@pytest.mark.django_db
@given(st.lists(STEPS, max_size=7))
@settings(max_examples=15, deadline=None)
def test_the_log_says_at_every_moment_what_the_developments_said_then(
    steps: Sequence[tuple[str, str | int, UncertainDate | None, str | None]],
) -> None:
    with transaction.atomic():
        ledger = Ledger()
        derived = {}
        for step in steps:
            ledger.step(*step)
            derived[ledger.now] = spoken(derived_timelines(ledger.commitment))
            assert cached(ledger.commitment) == latest(derived_timelines(ledger.commitment)[None])

        for then, timelines in derived.items():
            assert spoken(ledger.logged(then)) == timelines
        assert statuses.rewrite(reading=Reading([ledger.commitment]), at=ledger.now) == []
        transaction.set_rollback(True)


def cached(commitment: Commitment) -> tuple[str, UncertainDate | None]:
    stored = Commitment.objects.get(pk=commitment.pk)
    return stored.status, stored.status_since


def latest(segments: Sequence[Segment]) -> tuple[str, UncertainDate | None]:
    return (segments[-1].status, segments[-1].effective) if segments else (NOT_ASSESSED, None)
