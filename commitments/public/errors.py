"""Answers for what is no longer there. Pages for what never was are the templates 400, 403, 404 and 500."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.codelists import Publication
from commitments.models import Commitment, Revision
from commitments.public.moved import moved

GONE = 410
# A merge can be undone: whoever keeps the redirect asks again after an hour.
FOR_AN_HOUR = "public, max-age=3600"


def not_public(
    request: HttpRequest,
    code: str,
    number: int | None = None,
    *,
    page: str = "commitment",
    rest: tuple[str, ...] = (),
) -> HttpResponse:
    """The answer for a code that no public record has: where the record was merged into another, or was retracted.

    A merged one leads to the same `page` of the other, with the same query; `rest` is what its address has after the
    code. Raises `Http404` for what never was public.
    """
    found = Commitment.objects.in_place_of(code).first()
    if found is None:
        return retracted(request, code, number)
    response = moved(request, page, found.code, *rest)
    response["Cache-Control"] = FOR_AN_HOUR
    return response


def retracted(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """The page of a retracted commitment: that it was, when and why, and nothing of what it said. Else `Http404`.

    The same for each of its revisions, by `number`.
    """
    found = get_object_or_404(Commitment.objects.filter(publication=Publication.RETRACTED), code=code)
    # While it is retracted the public record does not change: its last revision is the retraction.
    revision = found.revisions.order_by("-number").first()
    if revision is None or (number is not None and not 0 < number <= revision.number):
        raise Http404
    return taken_back(request, revision)


def taken_back(request: HttpRequest, retraction: Revision, *, again: Commitment | None = None) -> HttpResponse:
    """That something was retracted, when and why; `again` is the record if it was published again since."""
    context = {"code": retraction.commitment.code, "revision": retraction, "again": again}
    return render(request, "public/retracted.html", context, status=GONE)
