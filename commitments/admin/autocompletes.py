"""Fields that search while one types, and the plain lists that stand in for them where there is no JavaScript."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import Media, ModelMultipleChoiceField, Widget
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commitments.admin.keys import is_key

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin

    Base = BaseModelAdmin[Any]
    PickedRows = ModelMultipleChoiceField[Any]
else:
    Base = object
    PickedRows = ModelMultipleChoiceField

PLAIN = "plain"
PLAIN_EXTRA_ROWS = 3


def is_plain(request: HttpRequest) -> bool:
    """Whether the form is wanted with plain lists, as the link that only browsers without JavaScript show asks."""
    return PLAIN in request.GET


class NamedMixin(Widget):
    """An autocomplete that says what to do: without it, a screen reader finds a box that has no name."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> Any:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": _("Type a part of its name")}

    @property
    def media(self) -> Media:
        return super().media + Media(js=["js/names.js"])


class Autocomplete(NamedMixin, AutocompleteSelect):
    """One record, searched for while one types. Records in `known` (by key) are shown without asking for them again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: Mapping[str, Model] = {}

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        found = keys(value)
        if len(found) != 1 or found[0] not in self.known:
            return super().optgroups(name, found, attrs)
        label = self.choices.field.label_from_instance(self.known[found[0]])
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options.append(self.create_option(name, found[0], label, True, len(options)))
        return [(None, options, 0)]


class AutocompleteMultiple(NamedMixin, AutocompleteSelectMultiple):
    """Several records, searched for while one types."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        return super().optgroups(name, keys(value), attrs)


class PickedField(PickedRows):
    """Records that were picked. A key that no row can have is no choice, also where the database could not ask."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            for text in map(str, value):
                if not is_key(text):
                    code, name = ("invalid_choice", "value") if text.isdecimal() else ("invalid_pk_value", "pk")
                    raise ValidationError(self.error_messages[code], code=code, params={name: text[:40]})
        return super().clean(value)


class AutocompletesMixin(Base):
    """An admin, or the rows of one, whose `autocomplete_fields` turn into plain lists on request."""

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        return () if is_plain(request) else super().get_autocomplete_fields(request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", PickedField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def show_known(widget: Any, record: Model, name: str) -> None:
    """Let an autocomplete show what the field `name` of a record refers to, if that is in memory already."""
    if isinstance(widget, Autocomplete) and name in record._state.fields_cache:
        related = getattr(record, name)
        widget.known = {str(related.pk): related} if related is not None else {}


def keys(value: Iterable[Any] | None) -> list[str]:
    """Those of the posted values that can be the key of a row: whatever else is posted is the key of nothing."""
    return [text for text in map(str, value or ()) if is_key(text)]
