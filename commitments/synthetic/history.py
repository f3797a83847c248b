"""What the site would have said of a synthetic record: its status log and its revisions, each development by itself."""

from collections.abc import Iterator

from commitments.codelists import Status
from commitments.models import Revision, StatusChange
from commitments.snapshots import (
    Snapshot,
    amount_said,
    assembled,
    development_said,
    digest,
    party_said,
    wording_said,
)
from commitments.synthetic.records import Record
from commitments.synthetic.reference import Reference


def log(record: Record) -> list[StatusChange]:
    """The status log of a record whose developments are saved, in the order in which it was written."""
    lines = []
    for subject, segments in record.timelines(len(record.developments)).items():
        before = Status.NOT_ASSESSED
        for segment in segments:
            basis = record.developments[segment.development]
            line = StatusChange(
                commitment=record.commitment,
                party_id=subject,
                from_status=before,
                to_status=segment.status,
                recorded_at=basis.entered_at,
                development=basis,
            )
            line.effective = segment.effective
            lines.append(line)
            before = segment.status
    return sorted(lines, key=lambda line: line.recorded_at)


def revisions(record: Record, reference: Reference) -> Iterator[Revision]:
    """The revisions of a record whose rows are saved: of its publication, and of that of each development."""
    commitment = record.commitment
    at = commitment.published_at
    if at is None:
        return
    previous = ""
    for known in range(len(record.developments) + 1):
        record.derive(known)
        if known:
            at = record.developments[known - 1].entered_at
        revision = Revision(
            commitment=commitment,
            number=known + 1,
            snapshot=_said(record, known, reference),
            previous_sha256=previous,
            recorded_at=at,
            by=reference.reviewer,
            reason="A development was published." if known else "Published.",
        )
        revision.sha256 = previous = digest(
            code=commitment.code,
            number=revision.number,
            previous=previous,
            recorded_at=at,
            by=reference.reviewer.pk,
            reason=revision.reason,
            snapshot=revision.snapshot,
        )
        yield revision


def _said(record: Record, known: int, reference: Reference) -> Snapshot:
    return assembled(
        record.commitment,
        sectors=sorted(reference.sectors[sector].code for sector in record.plan.sectors),
        sdg_targets=[],
        parties=[party_said(row) for row in sorted(record.parties, key=lambda row: (row.role, row.party.slug))],
        amounts=[amount_said(row) for row in record.amounts],
        wordings=[wording_said(row) for row in record.wordings],
        relations=[],
        developments=[
            development_said(one, record.evidence.get(place, ()))
            for place, one in enumerate(record.developments[:known])
        ],
    )
