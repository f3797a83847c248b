"""Sectors and SDG targets as editors find them. The lists are the DAC's and the UN's: they come with the seed data."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from commitments.admin.autocompletes import AutocompletesMixin
from commitments.models import SDGTarget, Sector


class ReferenceAdmin(AutocompletesMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that others keep: it is read here."""

    list_per_page = 100

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Sector)
class SectorAdmin(ReferenceAdmin):
    list_display = ("code", "label_shown", "name", "parent", "withdrawn")
    list_filter = ("withdrawn",)
    list_select_related = ("parent",)
    search_fields = ("code", "name", "short_label")
    search_help_text = gettext_lazy("DAC/CRS code or name")

    @admin.display(description=gettext_lazy("label"))
    def label_shown(self, sector: Sector) -> str:
        return sector.label


@admin.register(SDGTarget)
class SDGTargetAdmin(ReferenceAdmin):
    list_display = ("code",)
    search_fields = ("code",)
    search_help_text = gettext_lazy("Number of the target")
