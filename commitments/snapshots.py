"""What the site says of a commitment, as plain JSON, and the hash that chains one revision to the next."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from commitments.codelists import CODEBOOK_VERSION
from commitments.models import Activity, Amount, Commitment, CommitmentParty, Development, Document, Evidence, Wording
from commitments.readings import Reading

SNAPSHOT_SCHEMA = 1

type Snapshot = dict[str, Any]


def public_record(commitment: Commitment, reading: Reading | None = None) -> Snapshot:
    """Everything the site says of a commitment now; of one retracted or merged, only that it was, and into which.

    `reading` holds its parts where they have been read already.

    Other records appear by the keys that never change (codes, slugs); documents with their title, publisher and
    address, because those are what a reader saw. Nothing that depends on the day of reading is in it.
    """
    if not commitment.is_public:
        nothing = {"schema": SNAPSHOT_SCHEMA, "code": commitment.code, "publication": commitment.publication}
        merged_into = commitment.merged_into
        return nothing if merged_into is None else {**nothing, "merged_into": merged_into.code}
    parts = reading or Reading([commitment])
    pk = commitment.pk
    return assembled(
        commitment,
        sectors=sorted(sector.code for sector in parts.sectors(pk)),
        sdg_targets=sorted(target.code for target in parts.sdg_targets(pk)),
        parties=[party_said(row) for row in parts.parties.get(pk, ())],
        amounts=[amount_said(row) for row in parts.amounts.get(pk, ())],
        wordings=[wording_said(row) for row in parts.wordings.get(pk, ())],
        relations=[{"kind": row.kind, "target": row.target.code} for row in parts.relations.get(pk, ())],
        developments=[development_said(row, parts.evidence.get(row.pk, ())) for row in parts.developments.get(pk, ())],
        **_where_there_are("activities", [_activity_said(row) for row in parts.activities.get(pk, ())]),
        **_where_there_are("absorbed", sorted(row.code for row in parts.absorbed.get(pk, ()))),
    )


def assembled(commitment: Commitment, **parts: Any) -> Snapshot:
    """The record of a public commitment from its own columns, its summit and these parts, by their names."""
    return {"schema": SNAPSHOT_SCHEMA, "codebook": CODEBOOK_VERSION, **_own_fields(commitment), **parts}


def canonical(content: Any) -> str:
    """JSON in the one form that is hashed: keys sorted, no spaces, no escapes of letters."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(
    *, code: str, number: int, previous: str, recorded_at: dt.datetime, by: int, reason: str, snapshot: Snapshot
) -> str:
    """The SHA-256 (64 hexadecimal digits) of one revision, over everything it holds and the hash before it."""
    content = {
        "code": code,
        "number": number,
        "previous": previous,
        "recorded_at": recorded_at.astimezone(dt.UTC).isoformat(),
        "by": by,
        "reason": reason,
        "snapshot": snapshot,
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


OWN_FIELDS = (
    "code",
    "title",
    "summary",
    "classification",
    "kind",
    "strength",
    "firmness",
    "novelty",
    "collectivity",
    "due_basis",
    "success_criterion",
    "verifiability",
    "verifiability_note",
    "condition",
    "baseline",
    "target",
    "unit",
    "durability",
    "note",
    "publication",
    "status",
)


def _own_fields(commitment: Commitment) -> Snapshot:
    return {
        **{name: str(getattr(commitment, name)) for name in OWN_FIELDS},
        "summit": commitment.summit.code,
        "made": commitment.made.iso,
        "due": commitment.due.iso if commitment.due else None,
        "status_since": commitment.status_since.iso if commitment.status_since else None,
        "last_checked_on": commitment.last_checked_on.isoformat() if commitment.last_checked_on else None,
    }


def _where_there_are(name: str, said: list[Any]) -> Snapshot:
    """A part that stands in a snapshot only where there is something, so that hashes from before it was kept stay."""
    return {name: said} if said else {}


def _activity_said(activity: Activity) -> Snapshot:
    return {"identifier": activity.identifier, "note": activity.note}


def party_said(party: CommitmentParty) -> Snapshot:
    """What is said of one party."""
    return {
        "party": party.party.slug,
        "role": party.role,
        "status": party.status,
        "status_since": party.status_since.iso if party.status_since else None,
    }


def amount_said(amount: Amount) -> Snapshot:
    """What is said of one sum."""
    return {
        "stage": amount.stage,
        "qualifier": amount.qualifier,
        "value": f"{amount.value:.2f}",
        "value_max": f"{amount.value_max:.2f}" if amount.value_max is not None else None,
        "currency": amount.currency,
        "note": amount.note,
    }


def wording_said(wording: Wording) -> Snapshot:
    """What is said of one wording."""
    return {
        "document": _document(wording.document),
        "paragraph": wording.paragraph,
        "sentence": wording.sentence,
        "locator": wording.locator,
        "verb": wording.verb,
        "strength": wording.strength,
        "language": wording.language,
        "quotation": wording.quotation,
        "translation": wording.translation,
        "note": wording.note,
    }


def development_said(development: Development, evidence: Iterable[Evidence]) -> Snapshot:
    """What is said of one development, with its evidence."""
    return {
        "id": development.pk,
        "kind": development.kind,
        "happened": development.happened.iso,
        "summary": development.summary,
        "party": development.party.slug if development.party else None,
        "status": development.status,
        "reason_code": development.reason_code,
        "searched": development.searched,
        "note": development.note,
        "corrects": development.corrects_id,
        "evidence": [
            {
                "document": _document(row.document),
                "locator": row.locator,
                "quotation": row.quotation,
                "role": row.role,
                "provenance": row.provenance,
                "confidence": row.confidence,
            }
            for row in evidence
        ],
    }


def _document(document: Document) -> Snapshot:
    return {"id": document.pk, "title": document.title, "publisher": document.publisher, "url": document.url}
