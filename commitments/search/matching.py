"""Finding commitments by their words, and ranking what was found."""

from functools import reduce
from operator import add

from django.db.models import Case, IntegerField, Q, Value, When

from commitments.models.commitments import CommitmentQuerySet
from commitments.search.engines import holding
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
    """These commitments, found by `matching`: those first whose titles hold most of the terms, of equals the newest."""
    terms = parse(text).wanted
    in_title = (
        Case(When(pk__in=holding([term], queryset.db, in_title=True), then=1), default=0, output_field=IntegerField())
        for term in terms
    )
    ranked = queryset.annotate(hits_in_title=reduce(add, in_title, Value(0)))
    return ranked.order_by("-hits_in_title", "-made_start", "code")
