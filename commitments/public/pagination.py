"""Pages of a list: lenient with what was asked for, exact about where the reader is."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from commitments.timetravel import as_they_stood

PER_PAGE = 25


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


def paginate(
    queryset: QuerySet[Any], asked: str | None, *, query: str = "", per_page: int = PER_PAGE, total: int | None = None
) -> Pages:
    """The page `asked` for of an ordered queryset; the nearest one that exists, and why, when there is no such page.

    `query` is the query string, without the page, that leads to this list; `total` its number of rows, where known.
    """
    paginator = Paginator(queryset, per_page)
    if total is not None:
        paginator.count = total
    if asked is None or not asked.strip():
        return Pages(paginator.page(1), query)
    try:
        return Pages(paginator.page(asked), query)
    except InvalidPage:
        page = paginator.get_page(asked)
        problem = _("There is no page “%(asked)s”: this is page %(number)d of %(total)d.") % {
            "asked": asked[:PER_PAGE],
            "number": page.number,
            "total": paginator.num_pages,
        }
        return Pages(page, query, problem)


def paginate_commitments(
    commitment_filter: CommitmentFilter,
    asked: str | None,
    *,
    query: str | None = None,
    per_page: int = PER_PAGE,
    total: int | None = None,
) -> Pages:
    """The page `asked` for of a list of commitments, each as it stood at the filter's moment.

    `query` is the query string that leads to the list; that of the filter unless said. `total` as of `paginate`.
    """
    query = urlencode(commitment_filter.moment.parameters) if query is None else query
    # The keys of the page first: the database then sorts and skips keys, which its indexes hold, not whole rows.
    pages = paginate(commitment_filter.keys, asked, query=query, per_page=per_page, total=total)
    keys = list(pages.page.object_list)
    rows = {row.pk: row for row in Commitment.objects.filter(pk__in=keys).for_list()}
    # One that was deleted between the two queries is not there.
    pages.page.object_list = as_they_stood([rows[key] for key in keys if key in rows], commitment_filter.moment)
    return pages
