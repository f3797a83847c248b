"""Sectors and SDG targets. The lists are the DAC's and the UN's: they come with the seeds, administrators mend them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from commitments.actions import revisions, shared_records
from commitments.admin.autocompletes import AutocompletesMixin
from commitments.admin.opened import OpenedAdmin
from commitments.models import SDGTarget, Sector


class ReferenceAdmin(AutocompletesMixin, OpenedAdmin):
    """A list that others keep. A code is an address: typed once, read-only from then on."""

    list_per_page = 100

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = tuple(super().get_readonly_fields(request, obj))
        return readonly if obj is None else (*readonly, "code")

    def _held(self, request: HttpRequest, object_id: str) -> Any:
        # Before the row: its commitments are settled with it, and whoever settles one has the turn first.
        revisions.in_turn()
        return super()._held(request, object_id)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # Through the action: the commitments that show it are settled with it.
        shared_records.save(by=request.user, record=obj)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Sector)
class SectorAdmin(ReferenceAdmin):
    list_display = ("code", "label_shown", "name", "parent", "withdrawn")
    list_filter = ("withdrawn",)
    list_select_related = ("parent",)
    search_fields = ("code", "name", "short_label")
    search_help_text = gettext_lazy("DAC/CRS code or name")
    autocomplete_fields = ("parent",)
    fields = ("code", "parent", "name", "short_label", "withdrawn")

    @admin.display(description=gettext_lazy("label"))
    def label_shown(self, sector: Sector) -> str:
        return sector.label


@admin.register(SDGTarget)
class SDGTargetAdmin(ReferenceAdmin):
    list_display = ("code",)
    search_fields = ("code",)
    search_help_text = gettext_lazy("Number of the target")
