"""What a contributor's remit lets them write about, and what of the rest they may read.

A remit names parties, series or sectors; a commitment that touches any of them is within it. It binds contributors
alone: whoever publishes developments decides on everybody's. A remit that names nothing lets nothing be written, so
that a party or sector which goes takes no limit away with it.
"""

from typing import Any

from django.db.models import Model, Q, QuerySet

from commitments.models import Commitment, CommitmentCountry, CommitmentParty, Development, Remit, Suggestion, User

# Whoever may do this is bound by no remit.
UNBOUND = "commitments.publish_development"
_ASKED = "_remit_asked"


def binding(user: Any) -> Remit | None:
    """The remit by which this user is bound, or None. Asked of the database once for each user in hand."""
    if not isinstance(user, User) or user.has_perm(UNBOUND):
        return None
    if not hasattr(user, _ASKED):
        setattr(user, _ASKED, Remit.objects.filter(user=user).first())
    remit: Remit | None = getattr(user, _ASKED)
    return remit


def within[Rows: QuerySet[Any]](user: Any, queryset: Rows) -> Rows:
    """Of commitments, or of developments or suggestions by their commitment, those that this user may write about."""
    remit = binding(user)
    return queryset if remit is None else queryset.filter(_on(queryset, _within(remit)))


def visible[Rows: QuerySet[Any]](user: Any, queryset: Rows) -> Rows:
    """The same with what the public reads anyway: what this user may read at the desk."""
    remit = binding(user)
    if remit is None:
        return queryset
    may_read = _on(queryset, _within(remit))
    if queryset.model is Commitment:
        may_read |= Q(pk__in=Commitment.objects.published().values("pk"))
    elif queryset.model is Development:
        may_read |= Q(pk__in=Development.objects.published().values("pk"))
    return queryset.filter(may_read)


def may_write(user: Any, record: Model) -> bool:
    """Whether a commitment, development or suggestion lies within this user's remit; of other records, always."""
    if not isinstance(record, Commitment | Development | Suggestion):
        return True
    # A new development belongs to its commitment before it has a key.
    target = record if isinstance(record, Commitment) else record.commitment
    return binding(user) is None or within(user, Commitment.objects.filter(pk=target.pk)).exists()


def may_read(user: Any, record: Model) -> bool:
    """Whether this user may read this record at the desk, as far as remits go."""
    if binding(user) is None or not isinstance(record, Commitment | Development | Suggestion):
        return True
    rows: QuerySet[Any] = type(record)._default_manager.filter(pk=record.pk)
    return visible(user, rows).exists()


def _on(queryset: QuerySet[Any], commitments: Q) -> Q:
    if queryset.model is Commitment:
        return commitments
    return Q(commitment__in=Commitment.objects.filter(commitments).values("pk"))


def _within(remit: Remit) -> Q:
    """Each by a subquery: joined to the list, a commitment with two of the parties would be there twice."""
    parties, series, sectors = remit.parties.values("pk"), remit.series.values("pk"), remit.sectors.values("pk")
    listed = CommitmentParty.objects.filter(party__in=parties).values("commitment")
    found_under = CommitmentCountry.objects.filter(country__in=parties).values("commitment")
    about = Commitment.sectors.through.objects.filter(Q(sector__in=sectors) | Q(sector__parent__in=sectors)).values(
        "commitment"
    )
    return Q(pk__in=listed) | Q(pk__in=found_under) | Q(summit__series__in=series) | Q(pk__in=about)
