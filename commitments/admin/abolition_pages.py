"""What an abolished body leaves: its commitments, and what an editor decides to do with each."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from commitments import triage
from commitments.actions import abolitions
from commitments.actions.abolitions import Decision, Step
from commitments.admin import autocompletes
from commitments.admin.fields import add_refusal
from commitments.admin.keys import is_key
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.codelists import RESPONSIBLE_ROLES, Publication
from commitments.models import Commitment, CommitmentParty, Document, Evidence, Party
from commitments.models.commitments import CommitmentQuerySet
from commitments.models.record import REASON_LENGTH

PER_PAGE = 20
# The rows that were on the page: others may have come or gone until it is posted.
ROW = "row"


class AbolitionForm(forms.Form):
    """Why, and on which source: once for all rows."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=gettext_lazy("Readers see it beside the new revision of what you hand over or close."),
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )
    document = forms.ModelChoiceField(
        label=gettext_lazy("Source of the abolition"), queryset=Document.objects.all(), required=False
    )

    def __init__(self, *args: Any, plain: bool, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Document]", self.fields["document"])
        field.help_text = _("Needed for drafts of a development: the document that says so.")
        if not plain:
            widget = autocompletes.Autocomplete(Evidence._meta.get_field("document"), admin.site)
            widget.is_required = False
            field.widget, widget.choices = widget, field.choices


class StepForm(forms.Form):
    """What is done with one commitment."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.ChoiceField(label=gettext_lazy("What to do"), initial=Step.KEEP)

    def __init__(self, data: Any, commitment: Commitment, steps: list[Step]) -> None:
        super().__init__(data, prefix=f"c{commitment.pk}", label_suffix="", initial={"version": commitment.version})
        field = cast("forms.ChoiceField", self.fields["step"])
        field.choices = [(step.value, step.label) for step in steps]
        field.widget.attrs["aria-describedby"] = f"orphan-{commitment.pk}"


@dataclass
class Row:
    """A commitment that the abolition leaves, in which roles, and the form to decide on it."""

    commitment: Commitment
    roles: list[CommitmentParty]
    is_handed_over: bool
    form: StepForm


@require_http_methods(["GET", "HEAD", "POST"])
def abolition(request: HttpRequest, pk: int) -> HttpResponse:
    """The commitments of an abolished body, twenty a page; one post does what was decided on that page, or nothing."""
    require(request, "change_party", "change_commitment", "add_development")
    party = get_object_or_404(Party.objects.select_related("successor"), pk=pk)
    is_plain = autocompletes.is_plain(request)
    if request.method != "POST":
        form = AbolitionForm(plain=is_plain, initial={"reason": abolitions.abolition_sentence(party)})
        return _show(request, party, form, None)
    form = AbolitionForm(request.POST, plain=is_plain)
    rows = _rows(party, _posted(request, party), request.POST)
    # A list: everything wrong is said at once.
    if all([form.is_valid(), *(row.form.is_valid() for row in rows)]):
        try:
            return _decide(request, party, form, rows)
        except ValidationError as refusal:
            add_refusal(form, refusal)
    return _show(request, party, form, request.POST)


def _decide(request: HttpRequest, party: Party, form: AbolitionForm, rows: list[Row]) -> HttpResponse:
    decisions = [
        Decision(row.commitment, row.form.cleaned_data["version"], Step(row.form.cleaned_data["step"])) for row in rows
    ]
    done = abolitions.decide(by=request.user, party=party, decisions=decisions, **form.cleaned_data)  # type: ignore[arg-type] # `require` lets in users only
    for decision in done:
        note(request, decision.commitment, CHANGE, f"{abolitions.abolition_sentence(party)} {decision.step.label}")
    said = ngettext("%(number)d commitment is decided.", "%(number)d commitments are decided.", len(done))
    messages.success(request, said % {"number": len(done)})
    return redirect(admin_url(party, "abolition"))


def _posted(request: HttpRequest, party: Party) -> list[Commitment]:
    """The commitments that were on the page, whatever has become of them since."""
    keys = [int(text) for text in request.POST.getlist(ROW)[:PER_PAGE] if is_key(text)]
    theirs = CommitmentParty.objects.filter(party=party, commitment__in=keys).values("commitment")
    return list(_with_parties(Commitment.objects.filter(pk__in=theirs)))


def _show(request: HttpRequest, party: Party, form: AbolitionForm, posted: Any) -> HttpResponse:
    today = timezone.localdate()
    orphans = _with_parties(abolitions.orphans_of(party, today=today))
    page = Paginator(orphans, PER_PAGE).get_page(request.GET.get("page"))
    found = _posted(request, party) if posted is not None else list(page.object_list)
    if posted is not None:
        # What was decided stays; whoever reads the page now decides on what is shown now.
        posted = posted.copy()
        for commitment in found:
            posted[f"c{commitment.pk}-version"] = str(commitment.version)
    context = {
        "title": _("What the abolition leaves"),
        "party": party,
        "form": form,
        "rows": _rows(party, found, posted),
        "page": page,
        "total": page.paginator.count,
        "media": form.media,
        "is_plain": autocompletes.is_plain(request),
        "opts": Party._meta,
    }
    return render(request, "admin/abolition.html", page_context(request, **context))


def _with_parties(commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    return commitments.select_related("summit").prefetch_related("parties__party").order_by("code")


def _rows(party: Party, commitments: list[Commitment], posted: Any) -> list[Row]:
    rows = []
    for commitment in commitments:
        parties = list(commitment.parties.all())
        missing = abolitions.missing_roles(party, parties)
        steps = [Step.KEEP]
        steps += [Step.HAND_OVER] if missing else []
        steps += [Step.LOG]
        steps += [Step.CLOSE] if commitment.publication == Publication.PUBLISHED else []
        own = [row for row in parties if row.party_id == party.pk and row.role in RESPONSIBLE_ROLES]
        is_handed_over = party.successor_id is not None and not missing
        rows.append(Row(commitment, own, is_handed_over, StepForm(posted, commitment, steps)))
    return rows


def bodies(*, today: dt.date) -> QuerySet[Party]:
    """The abolished bodies that leave followed commitments orphaned, each with how many (`orphans`)."""
    orphaned = triage.followed().orphaned(today)
    theirs = Q(commitment_parties__role__in=RESPONSIBLE_ROLES, commitment_parties__commitment__in=orphaned)
    return (
        Party.objects.filter(theirs, abolished_on__lte=today)
        .annotate(orphans=Count("commitment_parties__commitment", filter=theirs, distinct=True))
        .order_by(F("orphans").desc(), "name")
    )
