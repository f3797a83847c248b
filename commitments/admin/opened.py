"""Two administrators on one row that counts no version: the second is told, by what the form was opened with.

The form carries what its fields held when it was opened. Where the row, held until it is saved, holds something else by
then, both are put together, and the form comes back.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from commitments.actions.errors import Conflict
from commitments.admin import versions
from commitments.admin.records import refused

_REFUSAL = "_opened_refusal"


class OpenedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The admin of rows that count no version."""

    change_form_template = "admin/opened_form.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # One transaction from the look at the row to its saving.
        with transaction.atomic():
            differences = self._merge_if_stale(request, object_id)
            context = {**(extra_context or {}), "differences": differences}
            return super().changeform_view(request, object_id, form_url, context)

    def _merge_if_stale(self, request: HttpRequest, object_id: str) -> list[versions.Difference]:
        """If the row was saved since this form was opened: put both together in `request.POST`, and say so."""
        record = self._held(request, object_id)
        if record is None or not self.has_change_permission(request, record):
            return []
        form, formsets = self._unfilled(request, record)
        opened = versions.Opened.load(request.POST.get(versions.OPENED, ""))
        if opened is not None and opened.shows(versions.Opened.of(form, formsets)):
            return []
        merged = versions.merge(request.POST, form, formsets, 0)
        request.POST = merged.data  # type: ignore[assignment] # the form is run on it as if it had been posted
        setattr(request, _REFUSAL, Conflict())
        return merged.differences

    def _held(self, request: HttpRequest, object_id: str) -> Any:
        try:
            # So that rows which refer to it may come meanwhile: who writes those may hold what this write waits for.
            rows = self.get_queryset(request).select_related(None).select_for_update(of=("self",), no_key=True)
            return rows.filter(pk=unquote(object_id)).first()
        except (ValueError, ValidationError):
            return None

    def _unfilled(self, request: HttpRequest, record: Any) -> tuple[Any, list[Any]]:
        form = self.get_form(request, record, change=True)(instance=record)
        pairs = self.get_formsets_with_inlines(request, record)
        return form, [made(instance=record, queryset=inline.get_queryset(request)) for made, inline in pairs]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form_class = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, _REFUSAL, None)
        return form_class if refusal is None else refused(form_class, refusal)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if form.is_bound:
            context["opened_with"] = request.POST.get(versions.OPENED, "")
        elif context["original"] is not None:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["opened_with"] = versions.Opened.of(form, formsets).dump()
        return super().render_change_form(request, context, *args, **kwargs)
