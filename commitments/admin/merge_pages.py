"""Records that may be one: the queue of likely pairs, the merge of two, and its undoing."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments import duplicates
from commitments.actions import merges
from commitments.admin import autocompletes, commitment_pages
from commitments.admin.commitment_pages import ReasonForm
from commitments.admin.fields import add_refusal
from commitments.admin.keys import whole_number
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.models import Commitment, Merge, Relation
from commitments.models.record import REASON_LENGTH

SHOWN_METHODS = ("GET", "HEAD", "POST")
THIS, OTHER = "this", "other"
NOUNS: dict[str, str | Promise] = {
    "developments": gettext_lazy("developments"),
    "wordings": gettext_lazy("wordings"),
    "passages": gettext_lazy("sentences"),
    "suggestions": gettext_lazy("suggestions"),
    "parties": gettext_lazy("parties"),
    "activities": gettext_lazy("IATI activities"),
    "relations": gettext_lazy("relations"),
    "inverse_relations": gettext_lazy("relations to it"),
    "absorbed": gettext_lazy("merged records"),
}


class ChooseForm(forms.Form):
    """The other record."""

    other = forms.ModelChoiceField(Commitment.objects.none(), label=gettext_lazy("The other commitment"))

    def __init__(self, *args: Any, commitment: Commitment, plain: bool, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        there = Commitment.objects.exclude(publication__in=merges.NEVER_MERGED).exclude(pk=commitment.pk)
        field = self.fields["other"]
        field.queryset = there.filter(summit=commitment.summit_id) if plain else there  # type: ignore[attr-defined]
        if not plain:
            field.widget = autocompletes.Autocomplete(Relation._meta.get_field("target"), admin.site)
            field.widget.choices = field.choices  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Which of the two stays, and why they are one."""

    keep = forms.ChoiceField(label=gettext_lazy("Which record stays"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why they are one"),
        max_length=REASON_LENGTH - 100,
        help_text=gettext_lazy("Readers see it beside the new revision."),
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )
    this_version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, this: Commitment, other: Commitment, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        kwargs["initial"] = {
            # What is public stays public; else what was recorded first.
            "keep": OTHER if (other.is_public, -other.pk) > (this.is_public, -this.pk) else THIS,
            "this_version": this.version,
            "other_version": other.version,
        }
        super().__init__(*args, **kwargs)
        choices = [(THIS, _choice(this, other)), (OTHER, _choice(other, this))]
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]


def _choice(kept: Commitment, absorbed: Commitment) -> str:
    """What would happen if `kept` stays."""
    moved = merges.going_over(kept=kept, absorbed=absorbed)
    parts = [f"{NOUNS[name]} {len(pks)}" for name, pks in moved.items() if pks]
    if not parts:
        return _("%(kept)s stays; %(absorbed)s has nothing that it lacks.") % {
            "kept": kept.code,
            "absorbed": absorbed.code,
        }
    return _("%(kept)s stays, and takes over: %(parts)s.") % {"kept": kept.code, "parts": ", ".join(parts)}


@dataclass(frozen=True)
class Compared:
    """One thing that both records say."""

    label: str
    this: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether they say it otherwise."""
        return self.this != self.other


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Likely pairs, summit by summit."""
    require(request, "change_commitment")
    found = duplicates.queue(whole_number(request.GET.get("after", "")))
    context = {"title": _("Recorded twice?"), "opts": Commitment._meta, "pairs": found.pairs, "after": found.after}
    return render(request, "admin/duplicates.html", page_context(request, **context))


@require_POST
def distinct(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that this commitment and another are not the same."""
    require(request, "change_commitment")
    one, other = get_object_or_404(Commitment, pk=pk), get_object_or_404(Commitment, pk=_key(request.POST))
    try:
        merges.tell_apart(by=request.user, one=one, other=other)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = _("%(one)s and %(other)s are not the same: nobody is asked again.")
        messages.success(request, said % {"one": one.code, "other": other.code})
    return redirect("admin:commitments_commitment_duplicates")


@require_http_methods(SHOWN_METHODS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the other record; then see both side by side, say which stays and why, and merge them."""
    require(request, "change_commitment")
    this = get_object_or_404(Commitment.objects.select_related("summit"), pk=pk)
    if "with" in request.GET:
        other = get_object_or_404(Commitment.objects.select_related("summit"), pk=_key(request.GET, "with"))
        return _merge(request, this, other)
    form = ChooseForm(request.POST or None, commitment=this, plain=autocompletes.is_plain(request))
    if request.method == "POST" and form.is_valid():
        return redirect(f"{request.path}?with={form.cleaned_data['other'].pk}")
    context = {
        "title": _("Merge with another record"),
        "opts": Commitment._meta,
        "commitment": this,
        "form": form,
        "media": form.media,
        "is_plain": autocompletes.is_plain(request),
        "pairs": duplicates.doubles_of(this),
    }
    return render(request, "admin/merge_choose.html", page_context(request, **context))


def _merge(request: HttpRequest, this: Commitment, other: Commitment) -> HttpResponse:
    problems = merges.problems_with(kept=this, absorbed=other)
    # A public record does not go into a draft; the other way about it may.
    if problems and merges.problems_with(kept=other, absorbed=this):
        messages.error(request, " ".join(problems))
        return redirect(request.path)
    form = MergeForm(request.POST if request.method == "POST" else None, this=this, other=other)
    if request.method == "POST" and form.is_valid():
        kept, absorbed = (this, other) if form.cleaned_data["keep"] == THIS else (other, this)
        versions = {this.pk: form.cleaned_data["this_version"], other.pk: form.cleaned_data["other_version"]}
        try:
            merges.merge(
                by=request.user,  # type: ignore[arg-type] # `require` lets in users only
                kept=kept,
                absorbed=absorbed,
                kept_version=versions[kept.pk],
                absorbed_version=versions[absorbed.pk],
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
            # Whoever reads the two anew may send the form again.
            form.data = {**request.POST.dict(), "this_version": this.version, "other_version": other.version}
        else:
            said = _("%(absorbed)s is merged into %(kept)s.") % {"absorbed": absorbed.code, "kept": kept.code}
            for record in (kept, absorbed):
                note(request, record, CHANGE, said)
            messages.success(request, said)
            return redirect(admin_url(kept))
    context = {
        "title": _("Merge two records"),
        "opts": Commitment._meta,
        "commitment": this,
        "other": other,
        "compared": _compared(this, other),
        "form": form,
    }
    return render(request, "admin/merge.html", page_context(request, **context))


@require_http_methods(SHOWN_METHODS)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Part what was merged."""
    require(request, "change_commitment")
    found = get_object_or_404(Merge.objects.select_related("kept", "absorbed"), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            merges.undo(by=request.user, merge=found, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            codes = {"absorbed": found.absorbed.code, "kept": found.kept.code}
            said = _("%(absorbed)s is parted from %(kept)s again.") % codes
            for record in (found.kept, found.absorbed):
                note(request, record, CHANGE, said)
            messages.success(request, said)
            return commitment_pages.back_to(found.absorbed)
    texts = {
        "explanation": _(
            "Whatever %(absorbed)s brought goes back to it, with the corrections of it that were written since. "
            "What was logged at %(kept)s since then stays there."
        )
        % {"absorbed": found.absorbed.code, "kept": found.kept.code},
        "button": _("Undo the merge"),
    }
    context = {
        "title": _("Undo a merge"),
        "commitment": found.kept,
        "opts": Commitment._meta,
        "form": form,
        **texts,
    }
    return render(request, "admin/commitment_act.html", page_context(request, **context))


def _key(query: Any, name: str = "other") -> int:
    """The key that a query names; 0, which nothing has, where it is none."""
    return whole_number(query.get(name, ""))


def _compared(this: Commitment, other: Commitment) -> list[Compared]:
    """What an editor has to see of both before they are made one."""
    said = [_said(one) for one in (this, other)]
    return [Compared(label, said[0][label], said[1][label]) for label in said[0]]


def _said(one: Commitment) -> dict[str, str]:
    parties = one.parties.select_related("party").order_by("role", "party__name")
    documents = one.wordings.select_related("document").order_by("pk")
    return {
        _("Title"): one.title,
        _("Summary"): one.summary,
        _("Summit"): str(one.summit),
        _("Publication"): one.get_publication_display(),
        _("Status"): one.get_status_display(),
        _("Made"): str(one.made),
        _("Due"): str(one.due or "–"),
        _("Kind of act"): one.get_kind_display(),
        _("Strength of the verb"): one.get_strength_display(),
        _("Parties"): "; ".join(f"{row.party} ({row.get_role_display()})" for row in parties),
        _("Worded in"): "; ".join(str(row.document) for row in documents),
        _("Developments"): str(one.developments.count()),
    }


def merges_of(commitment: Commitment) -> list[Merge]:
    """The merges in which a commitment took part, the newest first, with both records and who did it."""
    rows = Merge.objects.filter(kept=commitment) | Merge.objects.filter(absorbed=commitment)
    return list(rows.select_related("kept", "absorbed", "by", "undone_by"))
