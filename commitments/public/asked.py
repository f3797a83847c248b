"""What lists, matrix and comparison have in common: the form that asks, and the answer to a file asked for in vain."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.counts import Counts
from commitments.facets import Facet
from commitments.filters import CHOICES, MOMENTS, CommitmentFilter, Ignored

WINDOWS = ("made_after", "made_before", "due_after", "due_before")
NO = "0"
PAGE = "page"
# Of a file's name: what every system takes as it is, and how much of it a query may be.
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_QUERY_IN_NAME = 100


def tidied(request: HttpRequest) -> HttpResponse | None:
    """A redirect to the address without the empty values that a form sends; None if there are none."""
    tidy = QueryDict(mutable=True)
    for parameter, values in request.GET.lists():
        kept = [value for value in values if value.strip()]
        if kept:
            tidy.setlist(parameter, kept)
    if tidy == request.GET:
        return None
    return redirect(f"{request.path}?{tidy.urlencode()}" if tidy else request.path)


def form(commitment_filter: CommitmentFilter, shown: Sequence[Facet]) -> dict[str, Any]:
    """What the templates of the filters need, for a form with these facets."""
    return {
        "filter": commitment_filter,
        "facets": shown,
        "hidden": _hidden(commitment_filter, shown),
        "windows": _typed(commitment_filter, WINDOWS),
        "moments": _typed(commitment_filter, MOMENTS),
    }


def nothing_but_topics(commitment_filter: CommitmentFilter, counts: Counts) -> dict[str, Any]:
    """How many topics an empty list would hold if they were shown, and the query that shows them; 0 where it has rows.

    A list that shows topics anyway and is empty has none.
    """
    alone = 0 if counts.total else counts.with_topics
    return {"topics_alone": alone, "topics_query": commitment_filter.query_replacing(topics="1") if alone else ""}


def _typed(commitment_filter: CommitmentFilter, names: Sequence[str]) -> list[tuple[str, str, str]]:
    """Name, label and text as typed of the fields for dates."""
    typed = commitment_filter.data
    return [(name, str(commitment_filter.filters[name].label), typed.get(name, "")) for name in names]


def _hidden(commitment_filter: CommitmentFilter, shown: Sequence[Facet]) -> list[tuple[str, str]]:
    """What is in force but has no control in the form: it goes along hidden, so that nothing is lost."""
    with_control = {"q", *WINDOWS, *MOMENTS, *(facet.parameter for facet in shown)}
    return [
        *(
            (parameter, value)
            for parameter, value, _label in commitment_filter.parts
            # A control for yes or no can be set to yes only.
            if parameter not in with_control or value == NO
        ),
        *((CHOICES, parameter) for parameter in commitment_filter.unfolded),
    ]


def refused(ignored: Sequence[Ignored]) -> HttpResponse | None:
    """400 with the reasons, where a file would leave out a part of what was asked: it cannot say so itself."""
    if not ignored:
        return None
    problems = [f"{one.parameter}={one.value}: {one.reason}" for one in ignored]
    return HttpResponse("\n".join([*problems, ""]), status=400, content_type="text/plain; charset=utf-8")


def paged(query: QueryDict) -> list[Ignored]:
    """The page that a file is asked for: it has none, and whoever asked for one after the other would never be done."""
    reason = _("A file holds the whole list: ask for it without a page.")
    return [Ignored(PAGE, value, reason) for value in query.getlist(PAGE) if value.strip()]


def file_headers(name: str, ending: str, query: str) -> dict[str, str]:
    """The headers of a file, whose name says what was asked for, by a canonical query string, and the day it was made.

    Such as `commitments-country-KZ-sector-322-2026-11-30.csv`.
    """
    file = "-".join([name, *_named(query), timezone.localdate().isoformat()])
    return {"Content-Disposition": f'attachment; filename="{file}.{ending}"', "X-Robots-Tag": "noindex"}


def _named(query: str) -> list[str]:
    """A query as parts of a file's name: every parameter with its values, as far as such names can say them.

    Where they cannot, a short hash of the query comes last, so that two queries still give two names.
    """
    asked = QueryDict(query.removeprefix("?"))
    said = "-".join("-".join([parameter, *values]) for parameter, values in asked.lists())
    safe = _UNSAFE.sub("-", said)
    if safe == said and len(safe) <= LONGEST_QUERY_IN_NAME:
        return [safe] if safe else []
    cut = safe[:LONGEST_QUERY_IN_NAME].strip("-.")
    return [part for part in (cut, hashlib.sha256(query.encode()).hexdigest()[:8]) if part]
