"""What rests on one source."""

from collections import Counter
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commitments.codelists import Classification
from commitments.models import Commitment, Development, Document, Evidence, Passage, Wording
from commitments.public.unheeded import unheeded


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: what it is, which commitments it words, what it is evidence of, and what its sentences are.

    A source on which nothing public rests does not exist for the public.
    """
    found = get_object_or_404(Document, pk=pk)
    public = Commitment.objects.published()
    wordings = list(
        Wording.objects.filter(document=found, commitment__in=public)
        .select_related("commitment")
        .order_by("paragraph", "sentence", "pk")
    )
    evidence = list(
        Evidence.objects.filter(document=found, development__in=Development.objects.published())
        .select_related("development__commitment", "development__party")
        .order_by("-development__happened_start", "pk")
    )
    passages = list(Passage.objects.published().filter(document=found).select_related("commitment"))
    if not (wordings or evidence or passages):
        raise Http404
    return render(
        request,
        "public/document.html",
        {
            "document": found,
            "ignored": unheeded(request),
            "wordings": wordings,
            "evidence": evidence,
            "passages": passages,
            "classes": _by_class(passages),
        },
    )


def _by_class(passages: Iterable[Passage]) -> list[tuple[Classification, int]]:
    """How many sentences are what, in the codelist's order."""
    counts = Counter(passage.classification for passage in passages)
    return [(classification, counts[classification]) for classification in Classification if counts[classification]]
