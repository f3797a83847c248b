"""How a commitment stands to others, said from its own side."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.codelists import RelationKind
from commitments.models import Commitment, Relation
from commitments.timetravel import Moment, as_they_stood, at

# What the target of a relation says of its source.
INVERSE_LABELS: dict[RelationKind, str | Promise] = {
    RelationKind.RESTATES: _("Is restated by"),
    RelationKind.SUPERSEDES: _("Is superseded by"),
    RelationKind.PART_OF: _("Has as a part"),
    RelationKind.DEPENDS_ON: _("Is needed by"),
    RelationKind.DELIVERED_BY: _("Delivers"),
}


@dataclass(frozen=True)
class Related:
    """A relation read from one commitment: the verb, the other commitment, and what the editors note."""

    verb: str | Promise
    commitment: Commitment
    note: str


def relations(commitment: Commitment, moment: Moment) -> list[Related]:
    """The relations of a commitment to others that the public may see, in both directions, as those stood."""
    public = at(Commitment.objects.published(), moment) if moment else Commitment.objects.published()
    either = Q(source=commitment, target__in=public) | Q(target=commitment, source__in=public)
    rows = Relation.objects.filter(either).order_by().select_related("source", "target")
    outgoing = sorted(
        (row for row in rows if row.source_id == commitment.pk), key=lambda row: (row.kind, row.target.code)
    )
    incoming = sorted(
        (row for row in rows if row.target_id == commitment.pk), key=lambda row: (row.kind, row.source.code)
    )
    found = [
        *(Related(RelationKind(row.kind).label, row.target, row.note) for row in outgoing),
        *(Related(INVERSE_LABELS[RelationKind(row.kind)], row.source, row.note) for row in incoming),
    ]
    as_they_stood([related.commitment for related in found], moment)
    return found
