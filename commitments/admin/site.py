"""The site that all editors' pages belong to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth import logout
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from commitments import read_only, remits
from commitments.accounts.guards import after_confirming, behind_second_factor, forgetting
from commitments.admin import desk, unsaved_forms
from commitments.admin.dangerous import DANGEROUS, SECRET
from commitments.admin.gallery import gallery
from commitments.admin.remit_lists import WritableAutocomplete
from commitments.once import once


class EditorsSite(admin.AdminSite):
    """The editors' site. Nothing is deleted in bulk here."""

    site_title = _("Commitment tracker – editors")
    site_header = _("Commitment tracker – editors")
    index_title = _("What to work on")
    # The records are listed in the head of every page instead: that needs no script, and leaves the width to them.
    enable_nav_sidebar = False
    index_template = "admin/desk.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The desk: what to look at next."""
        extra = extra_context or {}
        return super().index(request, {**desk.desk(request, refused=extra.pop("refused", None)), **extra})

    def get_urls(self) -> list[Any]:
        pages = (
            ("gallery/", gallery, "gallery"),
            ("autosave/", unsaved_forms.autosave, "autosave"),
            ("autosave/discard/", unsaved_forms.discard, "autosave_discard"),
            # Django's own tells every member of staff the address of any record, drafts included.
            ("r/<int:content_type_id>/<int:object_id>/", _on_the_site, "view_on_site"),
        )
        ours = [path(route, self.admin_view(_for_readers(view)), name=name) for route, view, name in pages]
        theirs = [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]
        return [*ours, *theirs]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = WritableAutocomplete.as_view(admin_site=self)(request)  # type: ignore[assignment]
        return response

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """To where everybody logs in; whoever has no business at the desk is told so there and then."""
        wanted = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            wanted = reverse("admin:index")
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect(wanted if self.has_permission(request) else reverse("account_login", query={"next": wanted}))

    @method_decorator(forgetting)
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Log out, and lead to where one logs in."""
        if request.method == "POST":
            logout(request)
        return redirect("account_login" if request.method == "POST" else "account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """To the page of one's own account."""
        return redirect("account_change_password")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "is_read_only": read_only.is_on()}

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = after_confirming(_without_null_characters(once(view)), dangerous=DANGEROUS, secret=SECRET)
        return _no_page_for_a_part(_telling_what_is_lost(super().admin_view(behind_second_factor(guarded), cacheable)))


def _no_page_for_a_part(view: Any) -> Any:
    """Answer a script that asks for a part of a page by 401 when nobody is signed in any more: it changes nothing then.

    Led to the page where one signs in, it would put the whole of that into the form that somebody is filling in.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        is_led_away = response.status_code == 302 and not request.user.is_authenticated
        return HttpResponse(status=401) if is_led_away and getattr(request, "htmx", False) else response

    return answered


def _telling_what_is_lost(view: Any) -> Any:
    """Say where one logs in that what was sent is not saved, and how to come back to it.

    That is so for a form of a page only: what a script sends stays in the window.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        is_led_away = response.headers.get("Location", "").startswith(reverse("admin:login"))
        if request.method == "POST" and is_led_away and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
            said = _(
                "What you sent was not saved: you were no longer logged in. Log in first, then go back twice in your "
                "browser: the form there holds or offers most of what you typed."
            )
            messages.warning(request, said)
        return response

    return answered


def page_context(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """What a page of the editors' site needs in its template besides its own `context`."""
    return {**admin.site.each_context(request), **context}


def require(request: HttpRequest, *permissions: str) -> None:
    """Raise `PermissionDenied` unless the user has all of these permissions on the app's records."""
    if not request.user.has_perms([f"commitments.{permission}" for permission in permissions]):
        raise PermissionDenied


def require_within(request: HttpRequest, *records: Model) -> None:
    """Raise `PermissionDenied` unless the user may write about all of these, as far as remits go."""
    if not all(remits.may_write(request.user, record) for record in records):
        raise PermissionDenied


def require_readable(request: HttpRequest, *records: Model) -> None:
    """Raise `PermissionDenied` unless the user may read all of these at the desk, as far as remits go."""
    if not all(remits.may_read(request.user, record) for record in records):
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


def _for_readers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, for whoever has a role: all of them may read the records."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request, "view_commitment")
        return view(request, *args, **kwargs)

    return guarded


def _on_the_site(request: HttpRequest, content_type_id: int, object_id: int) -> HttpResponseBase:
    """To a record's public address, for whoever may read the record."""
    content_type = ContentType.objects.filter(pk=content_type_id).first()
    model = content_type.model_class() if content_type else None
    record = model._base_manager.filter(pk=object_id).first() if model else None
    if record is not None:
        require_readable(request, record)
    return shortcut(request, content_type_id, object_id)


def _without_null_characters(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, asked nothing that PostgreSQL cannot look for. Forms refuse the character by themselves."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("\x00" in text for name, texts in request.GET.lists() for text in (name, *texts)):
            raise BadRequest("The address holds a null character.")
        return view(request, *args, **kwargs)

    return guarded
