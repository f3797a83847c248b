"""Citations of a revision, of a record as it is today, and of a list, for reference managers and for footnotes."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments import citations
from commitments.citations import FORMS, Work
from commitments.counts import counted
from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from commitments.public.asked import refused
from commitments.public.errors import not_public
from commitments.public.moved import in_capitals
from commitments.public.narrowing import split
from commitments.public.revisions import last_readable, readable
from commitments.site import site_of


@require_safe
@in_capitals("code")
def cite(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The record as of today: its last revision, which stays as it is."""
    found = Commitment.objects.published().filter(code=code).first()
    revision = last_readable(found) if found else None
    if found is None or revision is None:
        return not_public(request, code, page="cite", rest=(form,))
    return _file(citations.of_revision(found, revision, site=site_of(request), accessed=timezone.localdate()), form)


@require_safe
@in_capitals("code")
def cite_revision(request: HttpRequest, code: str, number: int, form: str) -> HttpResponse:
    """One revision; 410 for what a retraction took back."""
    found = readable(request, code, number)
    if isinstance(found, HttpResponse):
        return found
    work = citations.of_revision(found.commitment, found.this, site=site_of(request), accessed=timezone.localdate())
    return _file(work, form)


@require_safe
def cite_list(request: HttpRequest, form: str) -> HttpResponse:
    """The list that the query asks for, as it is found today."""
    query, _page = split(request.GET, "page")
    asked = CommitmentFilter(query, today=timezone.localdate())
    return refused(asked.ignored) or _file(work_of_list(request, asked, counted(asked).total), form)


def work_of_list(request: HttpRequest, asked: CommitmentFilter, count: int) -> Work:
    """The list as a work to cite."""
    return citations.of_list(asked, count, site=site_of(request), accessed=timezone.localdate())


def _file(work: Work, ending: str) -> HttpResponse:
    form = FORMS[ending]
    headers = {"Content-Disposition": f'inline; filename="{work.key}.{ending}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(form.write(work), content_type=form.media_type, headers=headers)
