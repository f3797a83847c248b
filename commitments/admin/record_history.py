"""The history of a record at the desk: who changed what, the record as it was, and the way back to it."""

from functools import partial
from typing import Any

from django.contrib.admin.utils import display_for_field
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from commitments.admin import revert_pages
from commitments.admin.keys import key_of
from commitments.admin.site import page_context

SAFE_METHODS = ("GET", "HEAD")
_NOT_SHOWN = ("id", "version")


class HistoryPages(SimpleHistoryAdmin):
    """An admin of records with history, to read."""

    object_history_template = "admin/record_history.html"
    object_history_list_template = "admin/includes/history_list.html"
    object_history_form_template = "admin/record_in_history.html"

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """History is read. What was wrong is put right by a new change."""
        return True

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what, and when."""
        if request.method not in SAFE_METHODS:
            return HttpResponseNotAllowed(SAFE_METHODS)
        key_of(object_id)
        context = {**(extra_context or {}), **self.revert_context(request, object_id)}
        response: HttpResponse = super().history_view(request, object_id, context)
        return response

    def revert_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """What the pages need to lead to the way back. A record that counts no versions has none."""
        return {}

    def get_history_queryset(
        self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any
    ) -> QuerySet[Any]:
        # simple-history joins what the record refers to in a way that Django warns of where it refers to nothing.
        joins = [field.name for field in history_manager.model.tracked_fields if field.many_to_one]
        entries: QuerySet[Any] = history_manager.filter(**{pk_name: object_id})
        return entries.select_related("history_user", *joins)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The record as it was after one change, to read."""
        if request.method not in SAFE_METHODS:
            return HttpResponseNotAllowed(SAFE_METHODS)
        key, entry_key = key_of(object_id), key_of(version_id)
        entries = self.model.history.select_related("history_user")
        entry = get_object_or_404(entries, **{self.opts.pk.attname: key, "history_id": entry_key})
        if not self.has_view_or_change_permission(request, entry.instance):
            raise PermissionDenied
        context = {
            "title": _("%(record)s as it was") % {"record": entry.history_object},
            "opts": self.opts,
            "entry": entry,
            "values": _values(entry),
            "original": entry.instance,
            **self.revert_context(request, object_id),
        }
        return render(request, self.object_history_form_template, page_context(request, **context))


class RevertPages(HistoryPages):
    """The same for records that count versions: whoever may change one may put it back, by a new change."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(revert_pages.revert, self))
        name = f"{self.opts.app_label}_{self.opts.model_name}_revert"
        return [path("<int:pk>/history/<int:entry_pk>/revert/", view, name=name), *super().get_urls()]

    def revert_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """The address names of the way back, for whoever may go it; to the latest entry there is none."""
        latest = self.model.history.filter(**{self.opts.pk.attname: object_id}).values_list("history_id", flat=True)
        record = self.get_object(request, object_id)
        may_revert = record is not None and self.has_change_permission(request, record)
        return {"may_revert": may_revert, "latest_entry": latest.first()}


def _values(entry: Any) -> list[tuple[str, Any]]:
    """What a record held after one change: the label and the value of each of its fields."""
    record = entry.instance
    fields = [field for field in record._meta.fields if field.name not in _NOT_SHOWN]
    return [
        (capfirst(str(field.verbose_name)), display_for_field(_value(record, field), field, "–")) for field in fields
    ]


def _value(record: Any, field: Any) -> Any:
    try:
        return getattr(record, field.name)
    except ObjectDoesNotExist:
        # What it referred to is gone by now; its key is all that is known.
        return getattr(record, field.attname)
