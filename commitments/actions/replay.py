"""Proof that the record is what its history says: everything derived is derived again, every hash is taken again.

Reads only. `manage.py check_history` prints what is found.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Model, QuerySet

from commitments.codelists import Status
from commitments.found_under import resolve
from commitments.models import Commitment, CommitmentParty, Development, Merge, Revision, StatusChange
from commitments.rules import Segment, status_on
from commitments.snapshots import Snapshot, digest, public_record
from commitments.timelines import Timelines, derived_timelines, logged_timelines


@dataclass(frozen=True)
class Finding:
    """One row that does not agree with its history: which, and how."""

    row: str
    problem: str

    def __str__(self) -> str:
        return f"{self.row}: {self.problem}"


def findings(queryset: QuerySet[Commitment]) -> Iterator[Finding]:
    """Every disagreement in these commitments' records, commitment by commitment."""
    for commitment in queryset.select_related("summit").order_by("pk").iterator(chunk_size=500):
        yield from _status_findings(commitment)
        yield from _country_findings(commitment)
        yield from _revision_findings(commitment)


def _status_findings(commitment: Commitment) -> Iterator[Finding]:
    changes = list(commitment.status_changes.select_related("development").order_by("recorded_at", "pk"))
    yield from _log_findings(changes)
    derived = derived_timelines(commitment)
    logged = logged_timelines(changes)
    for subject in derived.keys() | logged.keys():
        if _runs(logged.get(subject, [])) != _runs(derived.get(subject, [])):
            whose = f"party {subject}" if subject else "the whole"
            yield Finding(_name(commitment), f"the status log of {whose} disagrees with the published developments")
    yield from _cache_findings(commitment, derived)


def _log_findings(changes: list[StatusChange]) -> Iterator[Finding]:
    """Lines that contradict the lines recorded before them, or the development that they rest on."""
    for position, change in enumerate(changes):
        basis = change.development
        if basis and not (basis.happened == change.effective and _bears_out(basis, change)):
            yield Finding(_name(change), f"rests on a development that does not bear it out ({_name(basis)})")
        earlier = logged_timelines(changes[:position]).get(change.party_id, [])
        said = status_on(change.effective_start, earlier)
        if said != change.from_status:
            yield Finding(_name(change), f"says the status was {change.from_status}, the log before it says {said}")


def _bears_out(basis: Development, change: StatusChange) -> bool:
    """Whether a line's development belongs to its commitment, or did before the two were merged or parted again."""
    pair = (basis.commitment_id, change.commitment_id)
    return pair[0] == pair[1] or Merge.objects.filter(kept__in=pair, absorbed__in=pair).exists()


def _runs(segments: list[Segment]) -> list[tuple[dt.date, Status]]:
    """When the status changed to what, without lines that repeat the one before."""
    runs: list[tuple[dt.date, Status]] = []
    for segment in segments:
        if segment.status != (runs[-1][1] if runs else Status.NOT_ASSESSED):
            runs.append((segment.effective.start, segment.status))
    return runs


def _cache_findings(commitment: Commitment, derived: Timelines) -> Iterator[Finding]:
    rows: list[tuple[Commitment | CommitmentParty, int | None]] = [(commitment, None)]
    rows += [(row, row.party_id) for row in commitment.parties.all() if row.is_maker]
    for row, subject in rows:
        segments = derived[subject]
        expected = (segments[-1].status, segments[-1].effective) if segments else (Status.NOT_ASSESSED, None)
        if (row.status, row.status_since) != expected:
            yield Finding(_name(row), f"shows {row.status} since {row.status_since}, its history gives {expected[0]}")


def _country_findings(commitment: Commitment) -> Iterator[Finding]:
    stored = set(commitment.countries.values_list("country_id", "role"))
    if stored != resolve(commitment):
        yield Finding(_name(commitment), "is found under other countries than its parties give")


def _revision_findings(commitment: Commitment) -> Iterator[Finding]:
    revisions = list(commitment.revisions.order_by("number"))
    for revision in revisions:
        if _digest_of(commitment, revision) != revision.sha256:
            yield Finding(_name(revision), "its content does not give its hash")
    for earlier, later in pairwise(revisions):
        if later.number != earlier.number + 1 or later.previous_sha256 != earlier.sha256:
            yield Finding(_name(later), "it is not chained to the revision before it")
    if commitment.published_at is not None and not revisions:
        yield Finding(_name(commitment), "was published without a revision")
    elif revisions and revisions[0].number != 1:
        yield Finding(_name(revisions[0]), "the revisions before it are missing")
    if revisions:
        yield from _record_findings(commitment, revisions[-1].snapshot)


def _record_findings(commitment: Commitment, said: Snapshot) -> Iterator[Finding]:
    """What the record says otherwise than its last revision did, by its parts, and by each of its developments."""
    says = public_record(commitment)
    # A revision keeps the version of the codebook by which it was written; a newer one takes nothing back.
    for part in sorted((says.keys() | said.keys()) - {"developments", "codebook"}):
        if says.get(part) != said.get(part):
            yield Finding(_name(commitment), f"says something other than its last revision ({part})")
    now, then = ({row["id"]: row for row in record.get("developments", [])} for record in (says, said))
    for pk in sorted(now.keys() | then.keys()):
        if now.get(pk) != then.get(pk):
            name = f"{Development._meta.label} {pk} ({commitment.code})"
            yield Finding(name, "says something other than the last revision of its commitment")


def _digest_of(commitment: Commitment, revision: Revision) -> str:
    return digest(
        code=commitment.code,
        number=revision.number,
        previous=revision.previous_sha256,
        recorded_at=revision.recorded_at,
        by=revision.by_id,
        reason=revision.reason,
        snapshot=revision.snapshot,
    )


def _name(row: Model) -> str:
    return f"{row._meta.label} {row.pk} ({row})"
