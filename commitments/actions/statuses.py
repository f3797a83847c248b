"""The status log: from published developments to status changes and the cached status. Nothing else writes them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from commitments.codelists import Status
from commitments.models import Commitment, CommitmentParty, StatusChange
from commitments.readings import Reading
from commitments.rules import Segment, status_on, timelines
from commitments.timelines import Subject, Timelines, events, logged_timelines
from commitments.uncertain_dates import UncertainDate


@transaction.atomic(savepoint=False)
def rewrite(*, reading: Reading, at: dt.datetime) -> list[StatusChange]:
    """Add to the log what makes it say what the developments say, and cache the latest; return the lines added."""
    added: list[StatusChange] = []
    for commitment in reading.commitments:
        published = reading.developments.get(commitment.pk, ())
        makers = [row for row in reading.parties.get(commitment.pk, ()) if row.is_maker]
        derived: Timelines = timelines(events(published), {row.party_id for row in makers})  # type: ignore[assignment]
        added += _lines(commitment, derived, reading.status_changes.get(commitment.pk, ()), at)
        _cache(commitment, derived[None])
        for row in makers:
            _cache(row, derived[row.party_id])
    StatusChange.objects.bulk_create(added)
    return added


def _lines(
    commitment: Commitment, derived: Timelines, changes: Sequence[StatusChange], at: dt.datetime
) -> list[StatusChange]:
    logged = logged_timelines(changes)
    # The log is read in the order of its clock, which therefore never goes back, whatever the machine's does.
    at = max([at, *(change.recorded_at for change in changes[-1:])])
    lines: list[StatusChange] = []
    for subject in sorted(derived.keys() | logged.keys(), key=lambda subject: (subject is not None, subject or 0)):
        lines += _missing_lines(commitment, subject, derived.get(subject, []), logged.get(subject, []), at)
    return lines


def _missing_lines(
    commitment: Commitment, subject: Subject, derived: Sequence[Segment], logged: Sequence[Segment], at: dt.datetime
) -> list[StatusChange]:
    """The lines that turn the logged timeline of one subject into the derived one, walking both day by day."""
    supports = {segment.effective.start: segment for segment in derived}
    days = {segment.effective.start: segment.effective for segment in (*logged, *derived)}
    standing = list(logged)
    lines = []
    for day in sorted(days):
        before, after = status_on(day, standing), status_on(day, derived)
        if before == after:
            continue
        segment = supports.get(day)
        effective = segment.effective if segment else days[day]
        standing = sorted(
            [other for other in standing if other.effective.start != day] + [Segment(effective, after, 0)],
            key=lambda other: other.effective.start,
        )
        line = StatusChange(
            commitment=commitment,
            party_id=subject,
            from_status=before,
            to_status=after,
            recorded_at=at,
            development_id=segment.development if segment else None,
        )
        line.effective = effective
        lines.append(line)
    return lines


def _cache(row: Commitment | CommitmentParty, segments: Sequence[Segment]) -> None:
    # Written past `save()`: the log is the history of a status, the record's own history need not repeat it.
    before = _status_columns(row)
    row.status, row.status_since = _current(segments)
    if _status_columns(row) != before:
        type(row)._default_manager.filter(pk=row.pk).update(**_status_columns(row))


def _status_columns(row: Commitment | CommitmentParty) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("status", *type(row).status_since.columns)}


def _current(segments: Sequence[Segment]) -> tuple[Status, UncertainDate | None]:
    return (segments[-1].status, segments[-1].effective) if segments else (Status.NOT_ASSESSED, None)
