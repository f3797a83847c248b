"""The admin of users. Administrators say who has which role; single rights are a superuser's alone to give."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.accounts import notices
from commitments.admin import user_pages
from commitments.admin.fields import ModelForm
from commitments.admin.opened import OpenedAdmin
from commitments.admin.records import BelongingMixin
from commitments.models import Remit, User
from commitments.tasks import soon, tell_account

# Whoever may set these could give themselves every right there is.
BEYOND_ROLES = ("is_superuser", "user_permissions")
REMIT_FIELDS = ("parties", "series", "sectors")
# Whoever holds the account is told when these change.
RIGHTS_FIELDS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")


class RemitForm(ModelForm):
    """What somebody may write about. One that names nothing would shut them out of everything."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not any(self.cleaned_data.get(name) for name in REMIT_FIELDS):
            raise forms.ValidationError(_("Name a party, a series or a sector, or delete the remit."))
        return cleaned


class RemitInline(BelongingMixin, admin.StackedInline):  # type: ignore[type-arg]
    """The remit of a contributor, if there is one. Whoever may change the user may change it."""

    model = Remit
    form = RemitForm
    extra = 0
    max_num = 1
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy(
                    "A contributor with a remit writes about commitments of these parties, series or sectors only, and "
                    "reads no drafts of others. It binds nobody who publishes."
                ),
                "fields": REMIT_FIELDS,
            },
        ),
    )
    autocomplete_fields = REMIT_FIELDS

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # There is one at most: it stands ready where there is none.
        return 0 if obj is not None and Remit.objects.filter(user=obj).exists() else 1


@admin.register(User)
class UserAdmin(OpenedAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """Django's own, for whoever may give roles. Only a superuser touches a superuser."""

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return () if obj is None else (RemitInline,)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(user_pages.sessions)
        return [path("<int:pk>/sessions/", view, name="commitments_user_sessions"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it, and tell its holder what an administrator changed; of a new address, at the old one."""
        super().save_model(request, obj, form, change)
        if not change:
            return
        at = timezone.now()
        if "email" in form.changed_data and form.initial.get("email"):
            told = partial(notices.tell, obj, "email_changed", at, form.initial["email"])
            transaction.on_commit(told, robust=True)
        if set(RIGHTS_FIELDS) & set(form.changed_data):
            soon(tell_account, user=obj.pk, what="rights_changed", at=at.isoformat())

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002 # Django's
        """Django's own; whoever holds the account is told, and their sessions end with the password."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            soon(tell_account, user=int(id), what="password_changed", at=timezone.now().isoformat())
        return response

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = tuple(super().get_readonly_fields(request, obj))
        return readonly if request.user.is_superuser else (*readonly, *BEYOND_ROLES)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: their name stands in the history. Who leaves is made inactive."""
        return False


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(OpenedAdmin, DjangoGroupAdmin):
    """Django's own. The groups of the roles are made by code, and are put right again by every `migrate`."""
