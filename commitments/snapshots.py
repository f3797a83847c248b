"""What the site says of a commitment, as plain JSON, and the hash that chains one revision to the next."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from commitments.codelists import CODEBOOK_VERSION
from commitments.models import Amount, Commitment, CommitmentParty, Development, Document, Evidence, Wording

SNAPSHOT_SCHEMA = 1

type Snapshot = dict[str, Any]


def public_record(commitment: Commitment) -> Snapshot:
    """Everything the site says of a commitment now; of one retracted or merged, only that it was, and into which.

    Other records appear by the keys that never change (codes, slugs); documents with their title, publisher and
    address, because those are what a reader saw. Nothing that depends on the day of reading is in it.
    """
    if not commitment.is_public:
        nothing = {"schema": SNAPSHOT_SCHEMA, "code": commitment.code, "publication": commitment.publication}
        merged_into = commitment.merged_into
        return nothing if merged_into is None else {**nothing, "merged_into": merged_into.code}
    return assembled(
        commitment,
        sectors=sorted(commitment.sectors.values_list("code", flat=True)),
        sdg_targets=sorted(commitment.sdg_targets.values_list("code", flat=True)),
        parties=_parties(commitment),
        amounts=_amounts(commitment),
        wordings=_wordings(commitment),
        relations=_relations(commitment),
        developments=_developments(commitment),
        **_activities(commitment),
        **_absorbed(commitment),
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


def _absorbed(commitment: Commitment) -> Snapshot:
    """The codes of the records that were public before they were merged into this one; nothing where there are none."""
    codes = sorted(commitment.absorbed.filter(published_at__isnull=False).values_list("code", flat=True))
    return {"absorbed": codes} if codes else {}


def _activities(commitment: Commitment) -> Snapshot:
    """The activities that carry it out; nothing where there are none, so that earlier hashes stay."""
    rows = commitment.activities.order_by("identifier").values("identifier", "note")
    return {"activities": list(rows)} if rows else {}


def _parties(commitment: Commitment) -> list[Snapshot]:
    parties = commitment.parties.select_related("party").order_by("role", "party__slug")
    return [party_said(party) for party in parties]


def party_said(party: CommitmentParty) -> Snapshot:
    """What is said of one party."""
    return {
        "party": party.party.slug,
        "role": party.role,
        "status": party.status,
        "status_since": party.status_since.iso if party.status_since else None,
    }


def _amounts(commitment: Commitment) -> list[Snapshot]:
    return [amount_said(amount) for amount in commitment.amounts.order_by("pk")]


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


def _wordings(commitment: Commitment) -> list[Snapshot]:
    return [wording_said(wording) for wording in commitment.wordings.select_related("document").order_by("pk")]


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


def _relations(commitment: Commitment) -> list[Snapshot]:
    # Only relations to public records: the other end's draft would otherwise leak by its code.
    relations = commitment.relations.filter(target__in=Commitment.objects.published()).order_by("kind", "target__code")
    return [{"kind": kind, "target": target} for kind, target in relations.values_list("kind", "target__code")]


def _developments(commitment: Commitment) -> list[Snapshot]:
    evidence = Evidence.objects.select_related("document").order_by("pk")
    developments = (
        Development.objects.filter(commitment=commitment, published_at__isnull=False)
        .select_related("party")
        .prefetch_related(Prefetch("evidence", queryset=evidence))
        .order_by("published_at", "pk")
    )
    return [development_said(development, development.evidence.all()) for development in developments]


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
