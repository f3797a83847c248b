"""Finding commitments by their words, and ranking what was found."""

from typing import cast

from django.db.models import Q

from commitments.models.commitments import CommitmentQuerySet
from commitments.search.engines import engine, holding
from commitments.search.query import parse


def matching(queryset: CommitmentQuerySet, text: str) -> CommitmentQuerySet:
    """Those of these commitments that the text asks for (`query.py`); none when it holds no word. Any text will do."""
    query = parse(text)
    if query.is_empty:
        return queryset.none()
    condition = Q(search_entry__isnull=False)
    if query.wanted:
        condition &= Q(pk__in=holding(query.wanted, queryset.db))
    for term in query.unwanted:
        condition &= ~Q(pk__in=holding([term], queryset.db))
    return queryset.filter(condition)


def by_relevance(queryset: CommitmentQuerySet, text: str) -> CommitmentQuerySet:
    """These commitments, found by `matching`, best first: a hit in the title counts most. Equals come by code."""
    query = parse(text)
    if not query.wanted:
        return queryset.order_by("code")
    chosen = engine(queryset.db)
    asked = chosen.query(query.wanted)
    # Joined by hand, because FTS5 ranks only the rows of a search in the same query. Not for use within a subquery,
    # in which Django would give the commitments' table another name.
    ranked = queryset.extra(  # the names are constants, the query is a parameter
        select={"search_rank": chosen.rank},
        select_params=[asked] * chosen.rank_parameters,
        tables=[chosen.table],
        where=[f"{chosen.key} = commitments_commitment.id", chosen.condition],
        params=[asked],
    )
    return cast("CommitmentQuerySet", ranked.order_by("search_rank", "code"))
