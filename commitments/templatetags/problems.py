"""What is wrong with the forms of a page, so that one summary above them names and links every field concerned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst
from django.utils.translation import gettext as _

register = template.Library()


@dataclass(frozen=True)
class Problem:
    """One message. `field` names what it is about and `target` is its id; both are empty where it is the whole form."""

    message: str
    field: str = ""
    target: str = ""


@register.simple_tag
def problems_of(*parts: Any) -> list[Problem]:
    """Every error of these forms, formsets, inlines of the admin, or lists of them, in the order of the page."""
    return [problem for part in parts for problem in _problems(part)]


def _problems(part: Any, called: str = "") -> Iterator[Problem]:
    """A form that is one of several may say by its attribute `called` which one it is."""
    if isinstance(part, InlineAdminFormSet):
        yield from _of_rows(part.formset, capfirst(str(part.opts.verbose_name)))
    elif isinstance(part, forms.BaseFormSet):
        yield from _of_rows(part, "")
    elif isinstance(part, forms.BaseForm):
        yield from _of_form(part, getattr(part, "called", called))
    elif isinstance(part, Iterable) and not isinstance(part, str):
        for one in part:
            yield from _problems(one)


def _of_rows(formset: Any, kind: str) -> Iterator[Problem]:
    for message in formset.non_form_errors():
        yield Problem(message, kind)
    for number, form in enumerate(formset.forms, start=1):
        # What is wrong with a row that goes is nobody's business any more.
        if form.errors and not getattr(form, "cleaned_data", {}).get(DELETION_FIELD_NAME):
            yield from _problems(form, _("%(kind)s %(number)d") % {"kind": kind, "number": number} if kind else "")


def _of_form(form: forms.BaseForm, called: str) -> Iterator[Problem]:
    shown = form.visible_fields()
    for message in form.non_field_errors():
        # Of the whole form it stands at its head; of one row among several, the row has to be found.
        yield Problem(str(message), called, _target(shown[0]) if called and shown else "")
    for field in (*form.hidden_fields(), *shown):
        label = capfirst(str(field.label))
        for message in field.errors:
            name = _("%(row)s: %(field)s") % {"row": called, "field": label} if called else label
            yield Problem(str(message), name, "" if field.is_hidden else _target(field))


def _target(field: forms.BoundField) -> str:
    # A group of boxes has no id of its own: its first box has.
    return field.id_for_label or f"{field.auto_id}_0"
