"""Putting a record back to an earlier state: what that would change, and why it is done."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.utils import display_for_field
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.actions import reverts
from commitments.actions.reverts import Change, Plan
from commitments.admin.fields import add_refusal
from commitments.admin.site import note, page_context
from commitments.models import Commitment
from commitments.models.record import REASON_LENGTH, REASON_LENGTH_IN_HISTORY

if TYPE_CHECKING:
    from commitments.admin.records import RecordAdmin

METHODS = ("GET", "HEAD", "POST")


class RevertForm(forms.Form):
    """Why, and at which version the difference was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        widget=AdminTextareaWidget(attrs={"rows": 2, "autofocus": True}),
    )

    def __init__(self, data: Any, record: reverts.Record) -> None:
        super().__init__(data, label_suffix="", initial={"version": record.version})
        reason: Any = self.fields["reason"]
        # Of other records than commitments, the history alone keeps it.
        length = REASON_LENGTH if isinstance(record, Commitment) else REASON_LENGTH_IN_HISTORY
        reason.max_length = length
        reason.validators.append(MaxLengthValidator(length))
        reason.widget.attrs["maxlength"] = str(length)
        if isinstance(record, Commitment) and record.is_public:
            reason.help_text = _("Readers see it beside the new revision.")


@dataclass(frozen=True)
class Line:
    """One difference, for people."""

    label: str
    before: str
    after: str


def revert(model_admin: "RecordAdmin", request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Show what putting it back would change, or do it: a new change, by the record's own action."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    model: Any = model_admin.model
    record = get_object_or_404(model, pk=pk)
    entry = get_object_or_404(model.history.select_related("history_user"), id=pk, history_id=entry_pk)
    if not model_admin.has_change_permission(request, record):
        raise PermissionDenied
    form = RevertForm(request.POST if request.method == "POST" else None, record)
    if form.is_valid():
        try:
            reverts.revert(by=request.user, record=record, entry=entry, **form.cleaned_data)  # type: ignore[arg-type] # the site lets in users only
        except ValidationError as refusal:
            add_refusal(form, refusal)
            # Somebody may have saved it since it was read: the difference is shown anew.
            record = get_object_or_404(model, pk=pk)
            form.data = {**form.data.dict(), "version": str(record.version)}  # type: ignore[attr-defined] # a QueryDict
        except IntegrityError:
            add_refusal(form, ValidationError(_("The database refused this: it contradicts another record.")))
        else:
            said = _("It is put back to what it was on %(date)s.") % {
                "date": formats.date_format(timezone.localtime(entry.history_date))
            }
            note(request, record, CHANGE, said)
            messages.success(request, said)
            return redirect(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", record.pk)
    return _show(model_admin, request, record, entry, form)


def _show(model_admin: "RecordAdmin", request: HttpRequest, record: Any, entry: Any, form: RevertForm) -> HttpResponse:
    plan = reverts.plan(record=record, entry=entry)
    context = {
        "title": _("Put it back to this"),
        "opts": record._meta,
        "original": record,
        "entry": entry,
        "form": form,
        "lines": [line_of(model_admin, record, change) for change in plan.changes],
        "left_out": left_out(model_admin, record, plan),
    }
    return render(request, "admin/record_revert.html", page_context(request, **context))


def line_of(model_admin: "RecordAdmin", record: Any, change: Change) -> Line:
    """A change by its label, with both values as the history shows them."""
    before, after = (_text(record, change.name, value) for value in (change.before, change.after))
    return Line(_label(model_admin, record, change.name), before, after)


def left_out(model_admin: "RecordAdmin", record: Any, plan: Plan) -> list[str]:
    """What is not put back and why, as sentences."""

    def names(found: list[str]) -> str:
        return ", ".join(_label(model_admin, record, name) for name in found)

    sentences = []
    if plan.lost:
        sentences.append(_("What it named then is no longer there: %(names)s.") % {"names": names(plan.lost)})
    if plan.kept:
        sentences.append(
            _("Written by the site from what it knows by now, and left as it is: %(names)s.")
            % {"names": names(plan.kept)}
        )
    rows = [str(inline.verbose_name_plural or inline.model._meta.verbose_name_plural) for inline in model_admin.inlines]
    rows += [_label(model_admin, record, name) for name in reverts.untracked(type(record))]
    if rows:
        sentences.append(
            _("This history does not hold the rows that hang on the record, and they stay: %(names)s.")
            % {"names": ", ".join(capfirst(row) for row in rows)}
        )
    return sentences


def _label(model_admin: "RecordAdmin", record: Any, name: str) -> str:
    declared = model_admin.form.base_fields.get(name)
    if declared is not None and declared.label:
        return str(declared.label)
    try:
        return capfirst(str(record._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return capfirst(name)


def _text(record: Any, name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "–"
    try:
        column = record._meta.get_field(name)
    except FieldDoesNotExist:
        return str(value or "–")
    return str(display_for_field(value, column, "–")) or "–"
