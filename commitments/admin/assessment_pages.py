"""Double coding at the desk: what waits for an assessor, and the page on which one scores, blind to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commitments import agreement
from commitments.actions import assessments
from commitments.actions.assessments import Coded
from commitments.admin.fields import add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require, require_within
from commitments.codelists import PUBLIC_PUBLICATIONS, Score
from commitments.models import Assessment, Commitment, Party, User
from commitments.models.commitments import CommitmentQuerySet

PER_PAGE = 50
NOTE_LENGTH = 2000


@dataclass(frozen=True)
class Maker:
    """One maker with its two fields of the form."""

    party: Party
    score: BoundField
    note: BoundField


class CodingForm(forms.Form):
    """A score and its grounds for each of these makers; whoever is left empty stays for later."""

    def __init__(self, *args: Any, parties: Sequence[Party], **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        self.parties = parties
        for party in parties:
            choices = [("", _("not now")), *((score.value, score.definition) for score in Score)]
            self.fields[f"score_{party.pk}"] = forms.ChoiceField(
                label=_("Score"), choices=choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"note_{party.pk}"] = forms.CharField(
                label=_("On what grounds"),
                required=False,
                max_length=NOTE_LENGTH,
                help_text=_("Which entries and sources. Nobody reads it until both have scored."),
                widget=AdminTextareaWidget(attrs={"rows": 2}),
            )

    @property
    def makers(self) -> list[Maker]:
        return [Maker(one, self[f"score_{one.pk}"], self[f"note_{one.pk}"]) for one in self.parties]

    def clean(self) -> dict[str, Any]:
        """Score and grounds stand together, and at least one maker is scored."""
        typed = super().clean() or {}
        for party in self.parties:
            score, grounds = typed.get(f"score_{party.pk}"), typed.get(f"note_{party.pk}")
            if score and not grounds:
                self.add_error(f"note_{party.pk}", _("Say on what grounds."))
            elif grounds and not score:
                self.add_error(f"score_{party.pk}", _("Choose a score, or empty the grounds."))
        if not self.errors and not self.coded:
            raise ValidationError(_("Score at least one maker."))
        return typed

    @property
    def coded(self) -> dict[int, Coded]:
        """What was said of whom, by the party's key."""
        return {
            party.pk: Coded(Score(score), self.cleaned_data[f"note_{party.pk}"])
            for party in self.parties
            if (score := self.cleaned_data.get(f"score_{party.pk}"))
        }


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Score a commitment's makers. What another says is shown once nothing of the commitment waits for a second."""
    require(request, "view_assessment", "add_assessment")
    commitment = get_object_or_404(Commitment.objects.select_related("summit"), pk=pk)
    require_within(request, commitment)
    by: User = request.user  # type: ignore[assignment] # `require` lets in users only
    is_public = commitment.publication in PUBLIC_PUBLICATIONS
    form = CodingForm(
        request.POST if request.method == "POST" else None,
        parties=assessments.open_to(by, commitment) if is_public else [],
    )
    if request.method == "POST" and form.parties and form.is_valid():
        try:
            kept = assessments.record(by=by, commitment=commitment, coded=form.coded)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            # Whoever reads the editors' log may be the second assessor: it tells no score.
            note(request, commitment, CHANGE, _("Scored for double coding"))
            said = ngettext(
                "Your score of %(number)d maker is kept. It stands as you gave it.",
                "Your scores of %(number)d makers are kept. They stand as you gave them.",
                len(kept),
            )
            messages.success(request, said % {"number": len(kept)})
            return redirect(admin_url(commitment, "assess"))
    context = {
        "title": _("Score what its makers did"),
        "opts": Commitment._meta,
        "commitment": commitment,
        "form": form,
        "own": Assessment.objects.filter(commitment=commitment, assessor=by).select_related("party"),
        "both": _both(commitment),
        "is_public": is_public,
    }
    return render(request, "admin/assess.html", page_context(request, **context))


def _both(commitment: Commitment) -> list[Assessment]:
    """Everybody's scores, once none of the makers waits for a second assessor; until then nobody's."""
    found = agreement.settled(Assessment.objects.filter(commitment=commitment))
    return list(found.select_related("party", "assessor").order_by("party__name", "place"))


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a second assessor, then what nobody has scored."""
    require(request, "view_assessment", "add_assessment")
    public = Commitment.objects.published().without_topics().select_related("summit").order_by("code")
    waiting = agreement.waiting_for_second().filter(commitment=OuterRef("pk"))
    own = waiting.filter(assessor=request.user.pk)
    context = {
        "title": _("Double coding"),
        "opts": Commitment._meta,
        "second": _page(request, "second", public.filter(Exists(waiting.exclude(assessor=request.user.pk)))),
        "own": _page(request, "own", public.filter(Exists(own))),
        "first": _page(request, "first", public.exclude(Exists(Assessment.objects.filter(commitment=OuterRef("pk"))))),
    }
    return render(request, "admin/assessments.html", page_context(request, **context))


def _page(request: HttpRequest, name: str, commitments: CommitmentQuerySet) -> Any:
    return Paginator(commitments, PER_PAGE).get_page(request.GET.get(name))
