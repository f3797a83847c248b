"""Pages of a list: lenient with what was asked for, exact about where the reader is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commitments.counts import Counts, Keys, counted
from commitments.filters import CommitmentFilter
from commitments.listed import Listed

PER_PAGE = 50


@dataclass(frozen=True)
class Pages:
    """One page of a list, the addresses of its neighbours, and what was wrong with the page asked for, if anything."""

    page: Page[Any]
    query: str
    problem: str = ""

    @property
    def total(self) -> int:
        """How many rows the whole list has."""
        return self.page.paginator.count

    @property
    def previous(self) -> str:
        """The query string of the page before."""
        return self._query(self.page.previous_page_number())

    @property
    def next(self) -> str:
        """The query string of the page after."""
        return self._query(self.page.next_page_number())

    def _query(self, number: int) -> str:
        query = QueryDict(self.query.removeprefix("?"), mutable=True)
        if number > 1:
            query["page"] = str(number)
        return f"?{query.urlencode()}"


def paginate(rows: QuerySet[Any] | Keys, asked: str | None, *, query: str = "") -> Pages:
    """The page `asked` for of ordered rows or keys; the nearest one that exists, and why, when there is no such page.

    `query` is the query string, without the page, that leads to this list.
    """
    paginator = Paginator(cast("Sequence[Any]", rows), PER_PAGE)
    if asked is None or not asked.strip():
        return Pages(paginator.page(1), query)
    try:
        return Pages(paginator.page(asked), query)
    except InvalidPage:
        page = _nearest(paginator, asked)
        problem = _("There is no page “%(asked)s”: this is page %(number)d of %(total)d.") % {
            "asked": asked[:PER_PAGE],
            "number": page.number,
            "total": paginator.num_pages,
        }
        return Pages(page, query, problem)


def _nearest(paginator: Paginator[Any], asked: str) -> Page[Any]:
    """The first page for what comes before it and for what is no number, the last for what comes after it."""
    try:
        is_before = int(asked) < 1
    except ValueError:
        is_before = True
    return paginator.page(1 if is_before else paginator.num_pages)


def paginate_commitments(
    commitment_filter: CommitmentFilter,
    asked: str | None,
    *,
    query: str | None = None,
    counts: Counts | None = None,
) -> Pages:
    """The page `asked` for of a list of commitments, each as it stood at the filter's moment.

    `query` is the query string that leads to the list; that of its moment unless said. `counts` are the filter's, where
    at hand.
    """
    query = urlencode(commitment_filter.moment.parameters) if query is None else query
    counts = counts or counted(commitment_filter)
    pages = paginate(counts.keys, asked, query=query)
    pages.page.object_list = Listed(list(pages.page.object_list), commitment_filter.moment, counts.shelf)
    return pages


def first_rows(commitment_filter: CommitmentFilter, most: int, counts: Counts | None = None) -> Listed:
    """The first so many commitments of a list, each as it stood at the filter's moment."""
    counts = counts or counted(commitment_filter)
    return Listed(counts.keys[:most], commitment_filter.moment, counts.shelf)
