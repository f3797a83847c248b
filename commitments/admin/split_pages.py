"""A compound pledge taken apart: one short row for every part."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commitments.actions import splitting
from commitments.admin.coverage_guesses import free_codes
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.models import Commitment
from commitments.models.base import CODE_LENGTH, CODE_VALIDATOR

if TYPE_CHECKING:
    Rows = BaseFormSet[Any]
else:
    Rows = BaseFormSet

ANOTHER = "_another"
ROWS = 2
MOST = 20
# Where one undertaking may end and the next begin; an editor puts it right.
_BETWEEN = re.compile(r";\s+|,?\s+(?:and|и)\s+(?:to\s+)?", re.IGNORECASE)
SHORTEST = 12


class PartForm(forms.Form):
    """One part: its code, and what it promises."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=CODE_LENGTH,
        validators=[CODE_VALIDATOR],
        help_text=gettext_lazy("Its public address. It never changes."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("What this part promises, in plain words of our own."),
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(empty_permitted=True, use_required_attribute=False)
        super().__init__(*args, **kwargs)

    def has_changed(self) -> bool:
        """Whether the row is one: a code alone was proposed and says nothing."""
        return any(self[name].data for name in ("title", "summary"))

    def clean_code(self) -> str:
        """A code that is free."""
        code: str = self.cleaned_data["code"]
        if Commitment.objects.filter(code=code).exists():
            raise ValidationError(_("Another commitment has this code."))
        return code


class PartRows(Rows):
    """The parts. A code stands there once."""

    def clean(self) -> None:
        if any(self.errors):
            return
        codes = [form.cleaned_data["code"] for form in self.forms if form.has_changed()]
        if len(codes) < splitting.FEWEST:
            raise ValidationError(_("A pledge is split into two parts or more."))
        if len(set(codes)) < len(codes):
            raise ValidationError(_("Two parts have one code."))


PartFormSet = formset_factory(PartForm, formset=PartRows, extra=0, max_num=MOST, absolute_max=MOST)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of every part of a compound pledge."""
    require(request, "add_commitment", "change_commitment")
    whole = get_object_or_404(Commitment.objects.select_related("summit"), pk=pk)
    if request.method != "POST":
        return _page(request, whole, _proposed(whole))
    if ANOTHER in request.POST:
        return _page(request, whole, _with_another(request, whole))
    rows = PartFormSet(request.POST, prefix="parts", form_kwargs={"label_suffix": ""})
    refusals: list[str] = []
    if rows.is_valid():
        typed = [form.cleaned_data for form in rows.forms if form.has_changed()]
        try:
            made = splitting.split(
                by=request.user,  # type: ignore[arg-type] # `require` lets in users only
                commitment=whole,
                parts=[splitting.Part(**{name: one[name] for name in ("code", "title", "summary")}) for one in typed],
            )
        except ValidationError as refusal:
            refusals = refusal.messages
        else:
            for part in made:
                note(request, part, ADDITION, _("Made a part of %(code)s") % {"code": whole.code})
            codes = ", ".join(part.code for part in made)
            messages.success(request, _("Drafts were made of its parts: %(codes)s.") % {"codes": codes})
            return redirect(admin_url(whole))
    return _page(request, whole, rows, refusals)


def _page(request: HttpRequest, whole: Commitment, rows: Any, refusals: list[str] | None = None) -> HttpResponse:
    context = {
        "title": _("Split into parts"),
        "opts": Commitment._meta,
        "commitment": whole,
        "rows": rows,
        "refusals": refusals or [],
        "most": len(rows.forms) >= MOST,
    }
    return render(request, "admin/split.html", page_context(request, **context))


def _proposed(whole: Commitment) -> Any:
    """Rows for the undertakings that the summary seems to hold, with free codes."""
    pieces = list(pieces_of(whole.summary))[:MOST]
    if len(pieces) < splitting.FEWEST:
        pieces = [""] * ROWS
    codes = islice(free_codes(whole.summit), len(pieces))
    initial = [
        {"code": code, "title": piece[:1].upper() + piece[1:199], "summary": piece[:1].upper() + piece[1:]}
        for code, piece in zip(codes, pieces, strict=True)
    ]
    return PartFormSet(initial=initial, prefix="parts", form_kwargs={"label_suffix": ""})


def pieces_of(summary: str) -> Iterator[str]:
    """The pieces between the conjunctions of a summary; one too short to be an undertaking stays with that before."""
    piece = ""
    for found in _BETWEEN.split(summary.strip().rstrip(".")):
        if piece and len(found) >= SHORTEST:
            yield piece
            piece = found.strip()
        else:
            piece = f"{piece} {found.strip()}".strip()
    if piece:
        yield piece


def _with_another(request: HttpRequest, whole: Commitment) -> Any:
    """What was typed, and one more row with a code that none of the others has."""
    typed = PartFormSet(request.POST, prefix="parts")
    initial: list[dict[str, Any]] = [
        {name: form[name].data or "" for name in ("code", "title", "summary")} for form in typed.forms
    ]
    taken = {row["code"] for row in initial}
    code = next(code for code in free_codes(whole.summit) if code not in taken)
    initial.append({"code": code})
    return PartFormSet(initial=initial[:MOST], prefix="parts", form_kwargs={"label_suffix": ""})
