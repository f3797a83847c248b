"""How it is done: the codebook and the rules, the data and what its columns mean, and who does it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments import codelists
from commitments.codelists import CODEBOOK_HISTORY, CODEBOOK_VERSION, CODELISTS, STATUS_EQUIVALENTS
from commitments.exports.about import LICENCE
from commitments.exports.columns import COMMITMENTS, DOWNLOADED, LISTED
from commitments.exports.formats import available
from commitments.exports.shape import Shape
from commitments.facets import MOST_SHOWN
from commitments.filters import CommitmentFilter
from commitments.public import releases
from commitments.rules import OVERALL_RULE
from commitments.sorts import SORT_LABELS

TITLES = {
    codelists.Status: _("Status"),
    codelists.StatusGroup: _("Status groups"),
    codelists.Flag: _("Computed flags"),
    codelists.Classification: _("Classification of sentences"),
    codelists.Strength: _("Strength of the verb"),
    codelists.Firmness: _("Firmness"),
    codelists.Kind: _("Kind of act"),
    codelists.Novelty: _("Novelty"),
    codelists.Collectivity: _("Collectivity"),
    codelists.Verifiability: _("Verifiability"),
    codelists.Role: _("Role of a party"),
    codelists.PartyKind: _("Kind of party"),
    codelists.SummitKind: _("Kind of summit"),
    codelists.ParticipationRole: _("Role at a summit"),
    codelists.DocumentKind: _("Type of document"),
    codelists.SourceKind: _("Kind of source"),
    codelists.LinkHealth: _("Health of a link"),
    codelists.LinkOutcome: _("Outcome of trying a link"),
    codelists.EvidenceRole: _("Role of evidence"),
    codelists.Provenance: _("Provenance of evidence"),
    codelists.Confidence: _("Confidence"),
    codelists.ReasonCode: _("Reason for non-delivery"),
    codelists.Durability: _("Durability once delivered"),
    codelists.MoneyStage: _("Stage of a sum"),
    codelists.AmountQualifier: _("Exactness of a sum"),
    codelists.DatePrecision: _("Precision of a date"),
    codelists.DueBasis: _("Basis of a deadline"),
    codelists.Publication: _("Publication"),
    codelists.DevelopmentKind: _("Kind of entry"),
    codelists.ReviewKind: _("Step of a review"),
    codelists.SuggestionKind: _("Kind of suggestion"),
    codelists.SuggestionState: _("State of a suggestion"),
    codelists.ImportKind: _("What an imported file holds"),
    codelists.ImportState: _("State of an import"),
    codelists.Channel: _("How a query is followed"),
    codelists.Frequency: _("How often followers are told"),
    codelists.DeliveryState: _("State of a message to a follower"),
    codelists.Score: _("Score by an assessor"),
    codelists.RelationKind: _("Relation between commitments"),
}


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """What counts as a commitment, the rules, and every codelist with its definitions."""
    printed = [(codelist.__name__.lower(), TITLES[codelist], list(codelist)) for codelist in CODELISTS]
    return render(
        request,
        "public/method.html",
        {
            "codebook_version": CODEBOOK_VERSION,
            "codebook_history": CODEBOOK_HISTORY,
            "rule": OVERALL_RULE,
            "codelists": printed,
            "equivalents": list(STATUS_EQUIVALENTS.items()),
        },
    )


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """How to take the data away, which columns a file has, and which parameters an address may have."""
    parameters = [(name, one.label) for name, one in CommitmentFilter.base_filters.items()]
    return render(
        request,
        "public/data.html",
        {
            "shapes": [(shape, _shape_address(shape)) for shape in LISTED],
            "documented": DOWNLOADED,
            "forms": available(),
            "files_an_hour": settings.EXPORTS_PER_HOUR,
            "releases": releases.listed(),
            "licence": LICENCE,
            "parameters": parameters,
            "sorts": SORT_LABELS.items(),
            "most_choices": MOST_SHOWN,
        },
    )


def _shape_address(shape: Shape) -> str:
    """How the addresses of everything in this shape begin, up to the form."""
    if shape is COMMITMENTS:
        return reverse("commitments_file", args=["csv"]).removesuffix("csv")
    return reverse("shape_file", args=[shape.name, "csv"]).removesuffix("csv")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how a record is made, and what to do about a mistake."""
    context = {"suggestions": settings.SUGGESTIONS_PER_HOUR, "follows": settings.FOLLOWS_PER_HOUR}
    return render(request, "public/about.html", context)
