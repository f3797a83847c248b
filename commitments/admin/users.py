"""The admin of users. Administrators say who has which role; single rights are a superuser's alone to give."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.admin.fields import ModelForm
from commitments.admin.records import BelongingMixin
from commitments.models import Remit, User

# Whoever may set these could give themselves every right there is.
BEYOND_ROLES = ("is_superuser", "user_permissions")
REMIT_FIELDS = ("parties", "series", "sectors")


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
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """Django's own, for whoever may give roles. Only a superuser touches a superuser."""

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return () if obj is None else (RemitInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = tuple(super().get_readonly_fields(request, obj))
        return readonly if request.user.is_superuser else (*readonly, *BEYOND_ROLES)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: their name stands in the history. Who leaves is made inactive."""
        return False
