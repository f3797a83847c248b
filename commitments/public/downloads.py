"""Lists as files: exactly what a page shows, in the form that is asked for."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments import scores
from commitments.entries import OWN, entries, given
from commitments.exports import lists
from commitments.exports.columns import COMMITMENTS
from commitments.exports.formats import FORMATS, Format
from commitments.exports.shape import Listing
from commitments.filters import CommitmentFilter, Ignored
from commitments.public.asked import PAGE, file_headers, paged, refused
from commitments.public.narrowing import split
from commitments.site import site_of


@require_safe
def commitments_file(request: HttpRequest, ending: str, shape: str = COMMITMENTS.name) -> HttpResponseBase:
    """The list of commitments, or what belongs to its commitments, a row each."""
    commitment_filter = CommitmentFilter(request.GET, today=timezone.localdate())
    return _refused(request, commitment_filter.ignored) or _sent(
        request, lists.listing(commitment_filter, shape, site=site_of(request)), FORMATS[ending]
    )


@require_safe
def matrix_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The matrix with every party, one row a cell."""
    commitment_filter = CommitmentFilter(request.GET, today=timezone.localdate())
    return _refused(request, commitment_filter.ignored) or _sent(
        request, lists.matrix(commitment_filter, site=site_of(request)), FORMATS[ending]
    )


@require_safe
def scores_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The scores, a row each, with everything that the reader chose to count."""
    wanted = scores.asked(request.GET, today=timezone.localdate())
    return _refused(request, wanted.ignored) or _sent(
        request, lists.scores(wanted, site=site_of(request)), FORMATS[ending]
    )


@require_safe
def developments_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The list of developments, by its own parameters too."""
    query, _own = split(request.GET, *OWN, PAGE)
    asked = entries(CommitmentFilter(query, today=timezone.localdate()), given(request.GET))
    return _refused(request, asked.ignored) or _sent(
        request, lists.entries(asked, site=site_of(request)), FORMATS[ending]
    )


def _refused(request: HttpRequest, ignored: Sequence[Ignored]) -> HttpResponse | None:
    return refused([*ignored, *paged(request.GET)])


def _sent(request: HttpRequest, listing: Listing, form: Format) -> HttpResponseBase:
    """The file as it is written; for a HEAD its headers alone. A form that cannot hold the list says which can."""
    if not form.is_available():
        return _no(501, _("This server does not write %(form)s. Ask for CSV, JSON or JSON Lines."), form)
    if form.most_rows is not None and len(listing.keys) > form.most_rows:
        return _no(400, _("%(form)s cannot hold so many rows. Narrow the list, or ask for CSV or JSON Lines."), form)
    headers = file_headers(listing.name, form.ending, listing.query)
    if request.method == "HEAD":
        return HttpResponse(content_type=form.media_type, headers=headers)
    return StreamingHttpResponse(form.stream(listing), content_type=form.media_type, headers=headers)


def _no(status: int, sentence: str, form: Format) -> HttpResponse:
    said = sentence % {"form": form.label}
    return HttpResponse(f"{said}\n", status=status, content_type="text/plain; charset=utf-8")
