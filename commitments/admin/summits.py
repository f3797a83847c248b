"""The admin of summits, who took part in them, and the formats that meet again."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from commitments.admin.records import RowsInline, SharedRecordAdmin
from commitments.models import Participation, Summit, SummitSeries


class ParticipationInline(RowsInline):
    model = Participation
    fields = ("party", "role", "representative", "office")
    autocomplete_fields = ("party",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participation]:
        return super().get_queryset(request).select_related("summit", "party")


@admin.register(Summit)
class SummitAdmin(SharedRecordAdmin):
    fixed_fields = ("code",)
    list_display = ("code", "name", "series", "kind", "starts_on", "place", "host")
    list_display_links = ("code", "name")
    list_filter = ("kind", "series")
    list_select_related = ("series", "host")
    list_per_page = 50
    search_fields = ("code", "name", "place")
    search_help_text = gettext_lazy("Code, name or place")
    autocomplete_fields = ("series", "host", "parent")
    inlines = (ParticipationInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "code",
                    "name",
                    "series",
                    "kind",
                    ("starts_on", "ends_on"),
                    "place",
                    "host",
                    "parent",
                    "setting",
                )
            },
        ),
        (gettext_lazy("For readers"), {"fields": ("summary",)}),
    )


@admin.register(SummitSeries)
class SummitSeriesAdmin(SharedRecordAdmin):
    fixed_fields = ("slug",)
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    autocomplete_fields = ("members",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "summary", "members")
