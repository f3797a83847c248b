"""What the admins of all records share: one action a save, refusals on the form, two editors told of each other."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments import once
from commitments.actions import shared_records
from commitments.actions.errors import Conflict
from commitments.actions.saving import Write
from commitments.admin import autocompletes, unsaved_forms, versions
from commitments.admin.fields import ModelForm, add_refusal
from commitments.admin.record_history import RevertPages

logger = logging.getLogger(__name__)

_REFUSAL = "_refusal"


class RecordAdmin(autocompletes.AutocompletesMixin, RevertPages):
    """The admin of a versioned record with history. A subclass says in `write_record` which action writes it.

    Django's change form saves in several steps. Here all of them are one call of one action, and what that refuses
    comes back on the form with everything that was typed: the form is run once more, with the refusal among its errors.
    """

    change_form_template = "admin/record_form.html"
    # Fields that make up an address: typed once, read-only from then on.
    fixed_fields: tuple[str, ...] = ()

    def write_record(self, request: HttpRequest, record: Any, form: Any, write: Write, version: int | None) -> None:
        """Write `record` and, by `write`, the rows that hang on it, through one action.

        `version` is the one that the editor read; None for a new record. Raises what the action raises.
        """
        raise NotImplementedError

    # --- saving -----------------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write nothing yet: `save_related` writes the record and what hangs on it, in one action."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        def write() -> None:
            form.save_m2m()
            for formset in formsets:
                self.save_formset(request, form, formset, change=change)

        version = versions.posted_version(request.POST) if change else None
        self.write_record(request, form.instance, form, write, version)
        unsaved_forms.forget(request)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        # A window for one choice is answered with a page that closes it, which does not say what was made.
        once.made(request, admin_url(obj))
        response: HttpResponse = super().response_add(request, obj, post_url_continue)
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        def run(**context: Any) -> HttpResponse:
            view = super(RecordAdmin, self).changeform_view
            response: HttpResponse = view(request, object_id, form_url, {**(extra_context or {}), **context})
            return response

        if request.method != "POST":
            typed = unsaved_forms.restored(request)
            return run() if typed is None else self._run_restored(request, object_id, typed, run)
        differences = self._merge_if_stale(request, object_id)
        try:
            return run(differences=differences)
        except Conflict as conflict:
            # Somebody saved between our look at the version and the write.
            setattr(request, _REFUSAL, conflict)
            return run(differences=self._merge_if_stale(request, object_id))
        except ValidationError as refusal:
            setattr(request, _REFUSAL, refusal)
        except IntegrityError as error:
            logger.warning("A constraint refused what the form of %s let through: %s", self.opts.label, error)
            setattr(request, _REFUSAL, ValidationError(_("The database refused this: it contradicts another record.")))
        return run()

    def _run_restored(
        self, request: HttpRequest, object_id: str | None, typed: QueryDict, run: Callable[..., HttpResponse]
    ) -> HttpResponse:
        """The form with what its editor had typed and not saved. Refused before it is asked, so nothing is written."""
        with unsaved_forms.as_if_posted(request, typed):
            setattr(request, _REFUSAL, ValidationError(_("This is what you had typed. It is not saved yet.")))
            return run(differences=self._merge_if_stale(request, object_id))

    def _merge_if_stale(self, request: HttpRequest, object_id: str | None) -> list[versions.Difference]:
        """If the record was saved since this editor opened it: put both together in `request.POST`, and say so."""
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None or not self.has_change_permission(request, record):
            return []
        if record.version == versions.posted_version(request.POST):
            return []
        form = self.get_form(request, record, change=True)(instance=record)
        formsets = [
            formset_class(instance=record, queryset=inline.get_queryset(request))
            for formset_class, inline in self.get_formsets_with_inlines(request, record)
        ]
        merged = versions.merge(request.POST, form, formsets, record.version)
        request.POST = merged.data  # type: ignore[assignment] # the form is run on it as if it had been posted
        setattr(request, _REFUSAL, getattr(request, _REFUSAL, None) or Conflict())
        return merged.differences

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form_class = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, _REFUSAL, None)
        return form_class if refusal is None else refused(form_class, refusal)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        response: HttpResponse = super().changelist_view(request, {"title": title, **(extra_context or {})})
        return response

    # --- showing ----------------------------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if form.is_bound:
            context["opened_with"] = request.POST.get(versions.OPENED, "")
            context["version"] = request.POST.get(versions.VERSION, "")
        elif context["original"] is not None:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["opened_with"] = versions.Opened.of(form, formsets).dump()
            context["version"] = context["original"].version
        context["unsaved"] = unsaved_forms.of(request)
        if context["unsaved"].is_restored:
            unsaved_forms.forget_errors(context)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        readonly = tuple(super().get_readonly_fields(request, obj))
        return readonly if obj is None else (*readonly, *self.fixed_fields)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Suggestions are for new records; an address that stands is not suggested anew.
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def view_on_site(self, obj: Any) -> str | None:
        """The public page of a record, if it has one."""
        return obj.get_absolute_url() if self.is_public(obj) else None

    def is_public(self, record: Any) -> bool:
        """Whether the public may see it. Records that commitments share are public as soon as they are there."""
        return True

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return None if obj is None else self.view_on_site(obj)

    # --- never ------------------------------------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether it may be deleted: as users may, and only while no other row refers to it."""
        return super().has_delete_permission(request, obj) and (obj is None or not is_referred_to(obj))


class SharedRecordAdmin(RecordAdmin):
    """The admin of a record that commitments share: a document, a party, a summit, a series."""

    def write_record(self, request: HttpRequest, record: Any, form: Any, write: Write, version: int | None) -> None:
        shared_records.save(by=request.user, record=record, version=version, write=write)  # type: ignore[arg-type]


class RowForm(ModelForm):
    """One row that belongs to a record. Its fields name themselves: in a table, their labels stand too far away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # The admin wraps the widgets of relations.
            widget: Any = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", capfirst(str(field.label or name)))
            autocompletes.show_known(widget, self.instance, name)


class RowsFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """The rows of a record."""

    @cached_property
    def empty_form(self) -> Any:
        """The row that scripts copy, made once: Django makes it anew for each of the five looks that its page takes."""
        return super().empty_form

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if versions.DELETION in form.fields:
            form.fields[versions.DELETION].widget.attrs["aria-label"] = _("Delete this row")


class BelongingMixin(autocompletes.AutocompletesMixin):
    """Rows that have no rights of their own: who may change the record that they belong to may change them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class RowsInline(BelongingMixin, admin.TabularInline):  # type: ignore[type-arg]
    """Rows that belong to a record."""

    form = RowForm
    formset = RowsFormSet
    extra = 0

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # Rows are added by JavaScript; where there is none, some stand ready.
        return autocompletes.PLAIN_EXTRA_ROWS if autocompletes.is_plain(request) else self.extra


def admin_url(record: Model, page: str = "change") -> str:
    """The address of a record's page in the admin: its form, or another of its pages by name."""
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=(quote(record.pk),))


def is_referred_to(record: Model) -> bool:
    """Whether any row of another table, or of its own, points at this record."""
    relations = record._meta.related_objects
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: record}).exists() for relation in relations
    )


def refused(form_class: Any, refusal: ValidationError) -> Any:
    """The form with a refusal among its errors, whatever is typed in it."""

    class RefusedForm(form_class):
        def clean(self) -> Any:
            cleaned = super().clean()
            add_refusal(self, refusal)
            return cleaned

    RefusedForm.__name__ = form_class.__name__
    return RefusedForm
