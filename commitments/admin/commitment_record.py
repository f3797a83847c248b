"""What the page of a commitment shows beside its form: where it stands, its developments and its history."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from commitments import remits
from commitments.codelists import Flag
from commitments.models import Commitment, CommitmentParty, Development, Passage, Relation, Revision, StatusChange
from commitments.standing import page_flags


@dataclass(frozen=True)
class CommitmentRecord:
    """Everything about one commitment that is read and not typed."""

    commitment: Commitment
    flags: list[Flag]
    drafts: list[Development]
    developments: list[Development]
    status_changes: list[StatusChange]
    revisions: list[Revision]
    passages: list[Passage]
    inverse_relations: list[Relation]


def of(commitment: Commitment, *, by: Any, with_drafts: bool) -> CommitmentRecord:
    """Read it, in a number of queries that does not grow with the rows; without drafts for who may not read them.

    Other commitments are named to `by` as far as they may read them.
    """
    passages = commitment.passages.all() if with_drafts else commitment.passages.published()
    related = commitment.inverse_relations.all()
    if remits.binding(by) is not None:
        related = related.filter(source__in=remits.visible(by, Commitment.objects.all()))
    developments = list(
        Development.objects.filter(commitment=commitment).with_evidence().select_related("entered_by", "approved_by")
    )
    for development in developments:
        development.commitment = commitment
    drafts = [development for development in developments if with_drafts and not development.is_published]
    published = [development for development in developments if development.is_published]
    # One read of the parties for all flags.
    prefetch_related_objects([commitment], Prefetch("parties", CommitmentParty.objects.select_related("party")))
    return CommitmentRecord(
        commitment=commitment,
        flags=page_flags(commitment, published, today=timezone.localdate()),
        drafts=drafts,
        developments=published,
        status_changes=list(
            commitment.status_changes.select_related("party", "development").order_by("-recorded_at", "-pk")
        ),
        revisions=list(commitment.revisions.select_related("by").order_by("-number").defer("snapshot")),
        passages=list(passages.select_related("document").order_by("document", "paragraph", "sentence")),
        inverse_relations=list(related.select_related("source").order_by("source__code")),
    )
