"""The admin of users and groups. Editors have no rights here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest

from commitments.models import User


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """Django's own, for whoever may give rights."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: their name stands in the history. Who leaves is made inactive."""
        return False
