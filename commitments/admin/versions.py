"""Two editors on one record: what each had before them, and what a form holds once they are put together.

A form carries the version it was opened at, and what its fields held then (`Opened`). If the record was saved since,
`merge` keeps what this editor typed, takes over what only the other changed, and lists both.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from commitments.admin.keys import is_key, whole_number

type Values = dict[str, list[str]]
type Rows = dict[str, Values]

VERSION = "version"
OPENED = "opened_with"
ROW_KEY = "id"
DELETION = forms.formsets.DELETION_FIELD_NAME


@dataclass(frozen=True)
class Opened:
    """What the fields of a form hold, as they would be posted: its own, and of each formset the saved rows by key."""

    fields: Values
    rows: dict[str, Rows]

    @classmethod
    def of(cls, form: forms.BaseForm, formsets: Iterable[Any] = ()) -> Self:
        """What these forms, not yet filled in by anyone, show."""
        return cls(
            _values(form),
            {formset.prefix: {_row_key(row): _values(row) for row in _saved_rows(formset)} for formset in formsets},
        )

    @classmethod
    def load(cls, text: str) -> Self | None:
        """Read what `dump` wrote; None when it is something else."""
        try:
            content = json.loads(text)
            return cls(
                _checked(content["fields"]),
                {prefix: {key: _checked(row) for key, row in rows.items()} for prefix, rows in content["rows"].items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def dump(self) -> str:
        """As JSON, for a hidden field."""
        return json.dumps({"fields": self.fields, "rows": self.rows}, ensure_ascii=False)

    def shows(self, stored: Self) -> bool:
        """Whether this form showed what is `stored`, but for fields that whoever sends it may not change (any more)."""
        return self.fields.items() >= stored.fields.items() and self.rows == stored.rows


@dataclass(frozen=True)
class Difference:
    """Something that another editor saved meanwhile: where, theirs, what this editor has, and what became of it."""

    label: str
    theirs: str
    mine: str
    outcome: str


@dataclass
class Merged:
    """The form's data with both editors' work in it, and every place in which the other's touches it."""

    data: QueryDict
    differences: list[Difference] = field(default_factory=list)


def posted_version(data: QueryDict) -> int:
    """The version at which the form was opened; 0, which no record has, when the form does not say."""
    return whole_number(data.get(VERSION, ""))


def merge(mine: QueryDict, form: forms.BaseForm, formsets: Sequence[Any], version: int) -> Merged:
    """Put what this editor posted together with the record as it is now (`version`), shown by unfilled forms."""
    before = Opened.load(mine.get(OPENED, ""))
    now = Opened.of(form, formsets)
    merged = Merged(mine.copy())
    _merge_values(merged, form, "", before.fields if before else None, now.fields)
    for formset in formsets:
        rows_before = before.rows.get(formset.prefix, {}) if before else None
        _RowMerge(merged, formset, rows_before, now.rows[formset.prefix]).run()
    merged.data[VERSION] = str(version)
    merged.data[OPENED] = now.dump()
    return merged


def _merge_values(merged: Merged, form: forms.BaseForm, label: str, before: Values | None, now: Values) -> None:
    for name in now:
        html_name = form.add_prefix(name)
        mine, theirs = merged.data.getlist(html_name), now[name]
        was = before.get(name, []) if before is not None else None
        if _same(mine, theirs) or (was is not None and _same(was, theirs)):
            continue
        bound = form[name]
        if was is not None and _same(was, mine):
            merged.data.setlist(html_name, theirs)
            outcome = _("You had not touched it: the form now holds theirs.")
        else:
            outcome = _("The form holds yours.")
        merged.differences.append(
            Difference(f"{label}{bound.label}", _shown(bound, theirs), _shown(bound, mine), outcome)
        )


class _RowMerge:
    """The rows of one formset, put together: those that are saved in their order, then the new ones."""

    def __init__(self, merged: Merged, formset: Any, before: Rows | None, now: Rows) -> None:
        self.merged = merged
        self.formset = formset
        self.before = before
        self.now = now
        self.noun = str(formset.model._meta.verbose_name)
        self.names = [*formset.empty_form.fields]

    def run(self) -> None:
        posted = self._take_posted()
        mine = {_first(row, ROW_KEY): row for row in posted if _first(row, ROW_KEY)}
        fresh = [row for row in posted if not _first(row, ROW_KEY)]
        self._put_management(len(self.now))
        for index, row_form in enumerate(_saved_rows(self.formset)):
            self._put(index, self._merged_row(row_form, mine.get(_row_key(row_form))))
        fresh += [row for key, row in mine.items() if key not in self.now and self._survives(key, row)]
        for offset, row in enumerate(fresh):
            self._put(len(self.now) + offset, {**row, ROW_KEY: []})
        self.merged.data[f"{self.formset.prefix}-TOTAL_FORMS"] = str(len(self.now) + len(fresh))

    def _take_posted(self) -> list[Values]:
        """This editor's rows, taken out of the data: they are put back under other numbers."""
        data, prefix = self.merged.data, self.formset.prefix
        count = min(whole_number(data.get(f"{prefix}-TOTAL_FORMS", "")), self.formset.absolute_max)
        rows = [{name: data.getlist(f"{prefix}-{index}-{name}") for name in self.names} for index in range(count)]
        for key in [key for key in data if key.startswith(f"{prefix}-")]:
            del data[key]
        return rows

    def _put_management(self, initial: int) -> None:
        data, prefix = self.merged.data, self.formset.prefix
        data[f"{prefix}-INITIAL_FORMS"] = str(initial)
        data[f"{prefix}-MIN_NUM_FORMS"], data[f"{prefix}-MAX_NUM_FORMS"] = "0", "1000"

    def _merged_row(self, row_form: Any, mine: Values | None) -> Values:
        key = _row_key(row_form)
        theirs = self.now[key]
        if mine is None:
            self._note(str(row_form.instance), _("added"), "", _("The form now has it."))
            return theirs
        before = self.before.get(key) if self.before is not None else None
        row = Merged(QueryDict(mutable=True))
        for name, texts in mine.items():
            row.data.setlist(row_form.add_prefix(name), texts)
        _merge_values(row, row_form, f"{row_form.instance}: ", before, theirs)
        self.merged.differences += row.differences
        merged = {name: row.data.getlist(row_form.add_prefix(name)) for name in self.names}
        return {**merged, DELETION: mine.get(DELETION, [])}

    def _survives(self, key: str, row: Values) -> bool:
        """Whether a row that the other editor removed comes back as a new one: only if this editor changed it."""
        before = self.before.get(key) if self.before is not None else None
        name = " · ".join(text for texts in (before or row).values() for text in texts if text and text != key)
        is_changed = before is None or any(not _same(before.get(field, []), row[field]) for field in before)
        if not is_changed or row.get(DELETION):
            self._note(name, _("removed"), "", _("The form no longer has it."))
            return False
        self._note(name, _("removed"), _("changed"), _("The form has yours as a new row; mark it or leave it."))
        return True

    def _put(self, index: int, row: Values) -> None:
        for name, texts in row.items():
            self.merged.data.setlist(f"{self.formset.prefix}-{index}-{name}", texts)

    def _note(self, name: str, theirs: str, mine: str, outcome: str) -> None:
        self.merged.differences.append(Difference(f"{self.noun.capitalize()}: {name}", theirs, mine, outcome))


def _values(form: forms.BaseForm) -> Values:
    # What nobody may type is not posted, and may be a secret: a password's hash.
    names = (name for name, field in form.fields.items() if name != DELETION and not field.disabled)
    return {name: _texts(form[name]) for name in names}


def _texts(bound: forms.BoundField) -> list[str]:
    """What a browser would post for this field if nobody touched it."""
    value = bound.value()
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if value is None or value == "":
        return []
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    shown = widget.format_value(value)
    return [str(item) for item in shown] if isinstance(shown, list) else [str(shown)]


def _same(one: list[str], other: list[str]) -> bool:
    return _compared(one) == _compared(other)


def _compared(texts: list[str]) -> list[str]:
    # Browsers post line ends of their own, and fields strip what surrounds a text.
    return sorted(text.replace("\r\n", "\n").strip() for text in texts if text.strip())


def _shown(bound: forms.BoundField, texts: list[str]) -> str:
    """Posted values as a person reads them: labels instead of codes and keys."""
    if not any(texts):
        return _("(empty)")
    target = bound.field
    if isinstance(target, forms.ModelChoiceField):
        key = target.to_field_name or "pk"
        try:
            keys = [text for text in texts if text and (key != "pk" or is_key(text))]
            found = target.queryset.filter(**{f"{key}__in": keys})  # type: ignore[union-attr]
            return ", ".join(str(row) for row in found)
        except (ValueError, TypeError):
            return ", ".join(texts)
    if isinstance(target, forms.ChoiceField):
        choices: Any = target.choices
        labels = {str(value): str(label) for value, label in _flat(choices)}
        return ", ".join(labels.get(text, text) for text in texts)
    return ", ".join(texts)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label


def _saved_rows(formset: Any) -> list[Any]:
    return list(formset.initial_forms)


def _row_key(row: Any) -> str:
    return str(row.instance.pk)


def _first(row: Values, name: str) -> str:
    return next(iter(row.get(name, [])), "")


def _checked(values: Any) -> Values:
    if not all(isinstance(text, str) for texts in values.values() for text in texts):
        raise TypeError
    return {str(name): list(texts) for name, texts in values.items()}
