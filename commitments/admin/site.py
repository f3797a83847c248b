"""The site that all editors' pages belong to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from commitments.admin.gallery import gallery


class EditorsSite(admin.AdminSite):
    """The editors' site. Nothing is deleted in bulk here."""

    site_title = _("Commitment tracker – editors")
    site_header = _("Commitment tracker – editors")
    index_title = _("What to work on")
    # The records are listed in the head of every page instead: that needs no script, and leaves the width to them.
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def get_urls(self) -> list[Any]:
        return [path("gallery/", self.admin_view(gallery), name="gallery"), *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return super().admin_view(_without_null_characters(view), cacheable)


def page_context(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """What a page of the editors' site needs in its template besides its own `context`."""
    return {**admin.site.each_context(request), **context}


def require(request: HttpRequest, *permissions: str) -> None:
    """Raise `PermissionDenied` unless the user has all of these permissions on the app's records."""
    if not request.user.has_perms([f"commitments.{permission}" for permission in permissions]):
        raise PermissionDenied


def note(request: HttpRequest, record: Model, flag: int, message: str) -> None:
    """Write into the editors' log what was done to a record on a page that is not Django's own."""
    LogEntry.objects.log_actions(
        user_id=request.user.pk or 0,
        queryset=[record],
        action_flag=flag,
        change_message=message,
        single_object=True,
    )


def _without_null_characters(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, asked nothing that PostgreSQL cannot look for. Forms refuse the character by themselves."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("\x00" in text for name, texts in request.GET.lists() for text in (name, *texts)):
            raise BadRequest("The address holds a null character.")
        return view(request, *args, **kwargs)

    return guarded
