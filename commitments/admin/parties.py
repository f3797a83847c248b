"""The admin of parties, and of who belongs to which bloc."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from commitments.admin.records import RowsInline, SharedRecordAdmin
from commitments.models import Membership, Party


class MembershipInline(RowsInline):
    """The members of a bloc."""

    model = Membership
    fk_name = "bloc"
    verbose_name_plural = gettext_lazy("members, if it is a bloc")
    fields = ("member", "joined_on", "left_on", "note")
    autocomplete_fields = ("member",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("bloc", "member")


@admin.register(Party)
class PartyAdmin(SharedRecordAdmin):
    fixed_fields = ("slug",)
    list_display = ("name", "kind", "alpha2", "country", "abolished_on")
    list_filter = ("kind", "region")
    list_select_related = ("country",)
    list_per_page = 50
    search_fields = ("name", "name_ru", "alpha2", "alpha3", "slug")
    search_help_text = gettext_lazy("Name in English or Russian, or ISO code")
    autocomplete_fields = ("country", "successor")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("name", "name_ru", "slug", "kind")}),
        (gettext_lazy("If it is a country"), {"fields": (("alpha2", "alpha3", "m49"), ("region", "subregion"))}),
        (gettext_lazy("If it is not"), {"fields": ("country", ("abolished_on", "successor"))}),
        (gettext_lazy("For readers"), {"fields": ("note",)}),
    )
