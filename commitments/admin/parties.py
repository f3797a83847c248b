"""The admin of parties, and of who belongs to which bloc."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.actions import abolitions
from commitments.actions.saving import Write
from commitments.admin import abolition_pages
from commitments.admin.fields import ModelForm
from commitments.admin.records import RowsInline, SharedRecordAdmin, admin_url
from commitments.models import Membership, Party

# Set on a request that marked a body as abolished, or gave it a successor.
_ABOLITION = "_abolition"
_BUTTONS_THAT_STAY = ("_continue", "_addanother", "_popup")


class Regions(admin.AllValuesFieldListFilter):
    """The regions of countries, with a word for parties that have none."""

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:  # type: ignore[override] # it names a type of stubs
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("No region")}


class MembershipInline(RowsInline):
    """The members of a bloc."""

    model = Membership
    fk_name = "bloc"
    verbose_name_plural = gettext_lazy("members, if it is a bloc")
    fields = ("member", "joined_on", "left_on", "note")
    autocomplete_fields = ("member",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("bloc", "member")


class PartyForm(ModelForm):
    """A party, and whether a new one of a name that is there already is another."""

    is_another = forms.BooleanField(label=gettext_lazy("It is another party than the one named above"), required=False)

    def clean(self) -> dict[str, Any] | None:
        """Ask once whether a new party repeats one: what it made would stand under two."""
        cleaned = super().clean()
        name = self.cleaned_data.get("name")
        if self.instance._state.adding and name and not self.cleaned_data.get("is_another"):
            same = Party.objects.filter(name__iexact=name).first()
            if same is not None:
                said = _("There is a party of this name: {}. Tick the box if this is another one.")
                link = format_html('<a href="{}">{}</a>', admin_url(same), str(same))
                self.add_error("is_another", forms.ValidationError(format_html(said, link), code="double"))
        return cleaned


@admin.register(Party)
class PartyAdmin(SharedRecordAdmin):
    form = PartyForm
    fixed_fields = ("slug",)
    change_form_template = "admin/party_form.html"
    list_display = ("name", "kind", "alpha2", "country", "abolished_on")
    list_filter = ("kind", ("region", Regions))
    list_select_related = ("country",)
    list_per_page = 50
    search_fields = ("name", "name_ru", "alpha2", "alpha3", "slug")
    search_help_text = gettext_lazy("Name in English or Russian, or ISO code")
    autocomplete_fields = ("country", "successor")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline,)
    base_fieldsets = (
        (None, {"fields": ("name", "name_ru", "slug", "kind")}),
        (gettext_lazy("If it is a country"), {"fields": (("alpha2", "alpha3", "m49"), ("region", "subregion"))}),
        (gettext_lazy("If it is not"), {"fields": ("country", ("abolished_on", "successor"))}),
        (gettext_lazy("For readers"), {"fields": ("note",)}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Party | None = None) -> Any:
        if obj is None and request.method == "POST":
            return (*self.base_fieldsets, (gettext_lazy("Recorded already?"), {"fields": ("is_another",)}))
        return self.base_fieldsets

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(abolition_pages.abolition)
        return [path("<int:pk>/abolition/", view, name="commitments_party_abolition"), *super().get_urls()]

    def write_record(self, request: HttpRequest, record: Any, form: Any, write: Write, version: int | None) -> None:
        super().write_record(request, record, form, write, version)
        setattr(request, _ABOLITION, bool({"abolished_on", "successor"} & set(form.changed_data)))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Whoever abolishes a body is asked what becomes of its commitments."""
        response: HttpResponse = super().response_change(request, obj)
        if not getattr(request, _ABOLITION, False) or set(_BUTTONS_THAT_STAY) & request.POST.keys():
            return response
        if not abolitions.orphans_of(obj, today=timezone.localdate()).exists():
            return response
        messages.info(request, _("Its abolition leaves commitments that are not settled: say what becomes of them."))
        return redirect(admin_url(obj, "abolition"))
