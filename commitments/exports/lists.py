"""Lists as they can be taken away: what a page shows, as rows of a shape."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments import matrices
from commitments.citations import commitments_in_words, rows_in_words
from commitments.entries import ORDER, Entries
from commitments.exports import of_parties, of_scores
from commitments.exports.column import ROWS, Context, Raw
from commitments.exports.columns import COMMITMENTS, DEVELOPMENTS, LISTED, PARTIES, SCORES, STATUS_CHANGES
from commitments.exports.shape import Listing
from commitments.filters import CommitmentFilter
from commitments.models import Commitment, Development, StatusChange
from commitments.scores import Asked

# By the name of the shape: the records whose rows are those of a list.
QUERYSETS: dict[str, Callable[[CommitmentFilter], QuerySet[Any]]] = {
    COMMITMENTS.name: lambda asked: asked.rows.prefetch_related(None).select_related(None),
    PARTIES.name: lambda asked: asked.rows.prefetch_related(None).select_related(None),
    DEVELOPMENTS.name: lambda asked: of_developments(asked).order_by(*ORDER),
    STATUS_CHANGES.name: lambda asked: of_status_changes(asked).order_by("recorded_at", "pk"),
}
SHAPES = {shape.name: shape for shape in LISTED}


def context_of(commitment_filter: CommitmentFilter, site: str) -> Context:
    """Seen from the days that the query asks for."""
    return Context(site=site, today=commitment_filter.day, moment=commitment_filter.moment)


def of_developments(commitment_filter: CommitmentFilter) -> QuerySet[Development]:
    """The published developments of exactly the list's commitments."""
    return Development.objects.published().filter(
        commitment_filter.moment.developments, commitment__in=commitment_filter.qs
    )


def of_status_changes(commitment_filter: CommitmentFilter) -> QuerySet[StatusChange]:
    """The lines of the status log of exactly the list's commitments."""
    return StatusChange.objects.filter(commitment_filter.moment.lines, commitment__in=commitment_filter.qs)


def listing(commitment_filter: CommitmentFilter, shape: str, *, site: str) -> Listing:
    """A list of commitments as rows of a shape."""
    is_plain = shape == COMMITMENTS.name
    what = "" if is_plain else f"{SHAPES[shape].label}. "
    return Listing(
        shape=SHAPES[shape],
        context=context_of(commitment_filter, site),
        queryset=QUERYSETS[shape](commitment_filter),
        sentence=f"{what}{commitment_filter.sentence}",
        subject=f"{what}{commitment_filter.subject}",
        query=commitment_filter.query,
        address=f"{site}{reverse('commitments')}{commitment_filter.fixed_query}",
        days=commitment_filter.fixed_days,
        name=shape,
        counted=commitments_in_words if is_plain else rows_in_words,
    )


def matrix(commitment_filter: CommitmentFilter, *, site: str) -> Listing:
    """The matrix of a list: its commitments, and every party that makes any of them."""
    makers = matrices.columns(commitment_filter, most=None).parties
    ranks = {party.pk: rank for rank, party in enumerate(makers)}

    def load(keys: Sequence[int], names: Collection[str], context: Context) -> Raw:
        return of_parties.load(keys, names, context, ranks=ranks)

    return Listing(
        shape=PARTIES,
        context=context_of(commitment_filter, site),
        queryset=QUERYSETS[PARTIES.name](commitment_filter),
        sentence=f"{_('Matrix')}. {commitment_filter.sentence}",
        subject=f"{_('Matrix')}. {commitment_filter.subject}",
        query=commitment_filter.query,
        address=f"{site}{reverse('matrix')}{commitment_filter.fixed_query}",
        days=commitment_filter.fixed_days,
        name="matrix",
        load=load,
    )


def entries(asked: Entries, *, site: str) -> Listing:
    """The list of developments."""
    return Listing(
        shape=DEVELOPMENTS,
        context=context_of(asked.filter, site),
        queryset=asked.rows,
        sentence=asked.sentence,
        subject=asked.subject,
        query=asked.query,
        address=f"{site}{reverse('developments')}{asked.fixed_query}",
        days=asked.filter.fixed_days,
        name="developments",
    )


@dataclass(frozen=True)
class ScoreListing(Listing):
    """Scores as rows: counted, not read, so that their keys are the places in the table."""

    rows: int = 0

    @cached_property
    def keys(self) -> Sequence[int]:
        return range(self.rows)


def scores(wanted: Asked, *, site: str) -> ScoreListing:
    """Scores as a page shows them."""
    table = of_scores.table(wanted)

    def load(keys: Sequence[int], names: Collection[str], _context: Context) -> Raw:
        return {ROWS: list(keys), **{name: [table[key][name] for key in keys] for name in names}}

    return ScoreListing(
        shape=SCORES,
        context=context_of(wanted.filter, site),
        queryset=Commitment.objects.none(),
        sentence=wanted.sentence,
        subject=wanted.subject,
        query=wanted.query(),
        address=f"{site}{reverse('scores')}{wanted.query(commitments=wanted.filter.fixed_query)}",
        days=wanted.filter.fixed_days,
        name="scores",
        load=load,
        rows=len(table),
    )
