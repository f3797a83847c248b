"""What became of every sentence of a summit's source texts, so that anybody can see that nothing was cherry-picked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from commitments.codelists import Classification
from commitments.filters import Ignored
from commitments.models import Document, Passage, Summit, Wording
from commitments.models.commitments import CommitmentQuerySet
from commitments.parameters import CodesField
from commitments.public.moved import in_capitals
from commitments.public.unheeded import unheeded

CLASSIFICATION = "classification"


@dataclass(frozen=True)
class Class:
    """How many sentences are classified so, and the query string that shows these alone."""

    classification: Classification
    number: int

    @property
    def query(self) -> str:
        return f"?{urlencode({CLASSIFICATION: self.classification.value})}"


@dataclass(frozen=True)
class Covered:
    """A text that was read sentence by sentence: its sentences, and how many are what."""

    document: Document
    passages: list[Passage]
    classes: list[Class]

    @property
    def anchor(self) -> str:
        """The id of its section, with which the ids of its sentences begin."""
        return f"document-{self.document.pk}"


@require_safe
@in_capitals("code")
def coverage(request: HttpRequest, code: str) -> HttpResponse:
    """Every sentence of the texts of a summit, by number: how it is classified, why, and which record it became."""
    found = get_object_or_404(Summit.objects.select_related("series"), code=code)
    asked, ignored = _asked(request)
    documents = list(documents_read(found.commitments.published()).order_by("title", "pk"))
    passages = list(Passage.objects.published().filter(document__in=documents).select_related("commitment"))
    covered = [_covered(document, passages, asked) for document in documents]
    return render(
        request,
        "public/coverage.html",
        {
            "summit": found,
            "covered": [one for one in covered if one.passages],
            "is_read": bool(passages),
            "classes": _classes(Counter(passage.classification for passage in passages)),
            "total": len(passages),
            "shown": sum(len(one.passages) for one in covered),
            "asked": asked,
            "ignored": [*ignored, *unheeded(request, CLASSIFICATION)],
        },
    )


def documents_read(commitments: CommitmentQuerySet) -> QuerySet[Document]:
    """The documents that word any of these commitments and were read sentence by sentence."""
    read = Document.objects.filter(pk__in=Passage.objects.order_by().values("document"))
    # Of the few that were read, rather than of all that word one of thousands.
    return read.filter(Exists(Wording.objects.filter(document=OuterRef("pk"), commitment__in=commitments)))


def classes_of(documents: Iterable[Document]) -> list[Class]:
    """How many sentences of these documents are what, in the codelist's order."""
    counted = Passage.objects.published().filter(document__in=documents).order_by().values_list("classification")
    return _classes(dict(counted.annotate(Count("pk"))))


def _classes(counts: dict[str, int]) -> list[Class]:
    return [Class(one, counts[one]) for one in Classification if counts.get(one)]


def _asked(request: HttpRequest) -> tuple[list[Classification], list[Ignored]]:
    """The classes that a reader wants to see alone, and what was asked in vain."""
    field = CodesField(codes=Classification.values)
    asked = [Classification(code) for code in field.clean(request.GET.getlist(CLASSIFICATION))]
    return asked, [Ignored(CLASSIFICATION, one.value, one.reason) for one in field.rejected]


def _covered(document: Document, passages: Iterable[Passage], asked: list[Classification]) -> Covered:
    own = [passage for passage in passages if passage.document_id == document.pk]
    shown = [passage for passage in own if not asked or passage.classification in asked]
    return Covered(document, shown, _classes(Counter(passage.classification for passage in own)))
