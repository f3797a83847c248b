"""Answers for what is no longer there. Pages for what never was are the templates 400, 403, 404 and 500."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.codelists import Publication
from commitments.models import Commitment

GONE = 410


def retracted(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a retracted commitment: that it was, when and why, and nothing of what it said. Else `Http404`."""
    found = get_object_or_404(Commitment.objects.filter(publication=Publication.RETRACTED), code=code)
    # While it is retracted the public record does not change: its last revision is the retraction.
    revision = found.revisions.order_by("-number").first()
    if revision is None:
        raise Http404
    return render(request, "public/retracted.html", {"code": found.code, "revision": revision}, status=GONE)
