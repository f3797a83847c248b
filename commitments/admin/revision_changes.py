"""What changed between two revisions of a commitment's public record, for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.codelists import (
    AmountQualifier,
    Classification,
    Collectivity,
    Confidence,
    DefinedChoices,
    DevelopmentKind,
    DueBasis,
    Durability,
    EvidenceRole,
    Firmness,
    Kind,
    MoneyStage,
    Novelty,
    Provenance,
    Publication,
    ReasonCode,
    RelationKind,
    Role,
    Status,
    Strength,
    Verifiability,
)
from commitments.models import Commitment, Revision
from commitments.snapshots import Snapshot

SHOWN_REVISIONS = 50
# The same on every record, or said by the revision itself.
_NOT_SHOWN = frozenset({"schema", "codebook", "code"})
_LONGEST = 300
# The codelists of which a field of the record may hold a code.
_CODELISTS: dict[str, tuple[type[DefinedChoices], ...]] = {
    "classification": (Classification,),
    "kind": (Kind, DevelopmentKind, RelationKind),
    "strength": (Strength,),
    "firmness": (Firmness,),
    "novelty": (Novelty,),
    "collectivity": (Collectivity,),
    "due_basis": (DueBasis,),
    "verifiability": (Verifiability,),
    "durability": (Durability,),
    "publication": (Publication,),
    "status": (Status,),
    "role": (Role, EvidenceRole),
    "stage": (MoneyStage,),
    "qualifier": (AmountQualifier,),
    "reason_code": (ReasonCode,),
    "provenance": (Provenance,),
    "confidence": (Confidence,),
}


@dataclass(frozen=True)
class Change:
    """One place of the record: what it said before and after. Empty where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RevisionChanges:
    """One revision, and how it differs from the one before."""

    revision: Revision
    changes: list[Change]


def of(commitment: Commitment) -> list[RevisionChanges]:
    """The latest revisions, newest first, each with what it changed; the first changed nothing that was public."""
    newest = list(commitment.revisions.select_related("by").order_by("-number")[: SHOWN_REVISIONS + 1])
    found = [
        RevisionChanges(later, list(changes(earlier.snapshot, later.snapshot))) for later, earlier in pairwise(newest)
    ]
    if newest and newest[-1].number == 1:
        found.append(RevisionChanges(newest[-1], []))
    return found[:SHOWN_REVISIONS]


def changes(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Every place in which two snapshots differ: a field with both values, a row with the side on which it stands."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new or name in _NOT_SHOWN:
            continue
        label = _label(name)
        if isinstance(old or new, list):
            yield from _row_changes(label, old or [], new or [])
        else:
            yield Change(label, _text(old, name), _text(new, name))


def _row_changes(label: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    for row in old:
        if row not in new:
            yield Change(label, _text(row), "")
    for row in new:
        if row not in old:
            yield Change(label, "", _text(row))


def _label(name: str) -> str:
    labels = {
        "made": _("Made on"),
        "due": _("Due"),
        "status_since": _("Status since"),
        "parties": _("Party"),
        "amounts": _("Sum"),
        "wordings": _("Wording"),
        "relations": _("Relation"),
        "developments": _("Development"),
        "activities": _("IATI activity"),
        "absorbed": _("Merged into this record"),
    }
    return labels.get(name) or capfirst(str(Commitment._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _text(value: Any, name: str = "") -> str:
    """A value of a snapshot in one line: codes by their labels, rows by their values, documents by their titles."""
    if value in (None, "", []):
        return ""
    if isinstance(value, dict):
        if "title" in value and "publisher" in value:
            return f"{value['title']} ({value['publisher']})"
        texts = [_text(item, key) for key, item in value.items() if key not in ("id", "corrects")]
        return " · ".join(text for text in texts if text)
    if isinstance(value, list):
        return "; ".join(_text(item) for item in value)
    for codelist in _CODELISTS.get(name, ()):
        if value in codelist.values:
            return str(codelist(value).label)
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
