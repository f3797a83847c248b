"""Form fields that more than one of the editors' forms use."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from commitments import source_urls
from commitments.models.documents import URL_LENGTH
from commitments.uncertain_dates import UncertainDate

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

LONGEST_DATE = 40
NO_ADDRESS = _("This is no address of a page: write it whole, from https:// on.")


class UncertainDateField(forms.CharField):
    """A date as exactly as its source gives it, in one text box. Cleans to an `UncertainDate`, or None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_DATE)
        kwargs.setdefault("help_text", _("24 October 2023, October 2023, 2023-Q4 or 2023."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "date-text", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> UncertainDate | None:
        """What was typed as a date. Raises `ValidationError` that says which forms are understood."""
        if isinstance(value, UncertainDate):
            return value
        text = super().clean(value)
        if not text:
            return None
        try:
            return UncertainDate.parse(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        # In ISO form: the long form is in the editor's language, and only English and numbers are read back.
        return value.iso if isinstance(value, UncertainDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date was typed, not whether the same one was typed otherwise."""
        try:
            return self.clean(initial) != self.clean(data)
        except ValidationError:
            return True


class SourceURLField(forms.URLField):
    """The address of a source. Cleans to the form in which it is stored (`source_urls.normalise`)."""

    default_error_messages = {"invalid": NO_ADDRESS}
    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", URL_LENGTH)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        url = super().to_python(value)
        return source_urls.normalise(url) if url else url


class UncertainDatesForm(ModelForm):
    """A model form in which each `UncertainDateField` fills the model's attribute of the same name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._dates():
            # Asked of the column: the attribute of a date that must be there refuses to be read before it is.
            if getattr(self.instance, f"{name}_start") is not None:
                self.initial.setdefault(name, getattr(self.instance, name))

    def clean(self) -> dict[str, Any] | None:
        """Put the dates on the record before its constraints are checked."""
        cleaned = super().clean()
        for name in self._dates():
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # The columns are no fields of the form, but what was typed is in them: their constraints hold here too.
        cleaned = [name for name in self._dates() if name in self.cleaned_data]
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc] # Django's own, untyped
        return excluded - {column for name in cleaned for column in getattr(type(self.instance), name).columns}

    def _dates(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, UncertainDateField)]


def add_refusal(form: "forms.BaseForm", refusal: ValidationError) -> None:
    """Show on a form why its record was refused: at the fields concerned where the form has them, else above all."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
