"""The form by which a reader tells the editors something."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.codelists import SuggestionKind
from commitments.models.documents import URL_LENGTH
from commitments.models.suggestions import CREDIT_LENGTH, TEXT_LENGTH
from commitments.public.web_address import WebAddressField
from commitments.uncertain_dates import UncertainDate

LONGEST_DATE = 40


class TextField(forms.CharField):
    """Text of several lines, of which each end counts as one character, as it does in the browser."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace("\r\n", "\n") if value is not None else value)


class SuggestForm(forms.Form):
    """What happened or what is wrong, and a source for it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want to tell us?"),
        choices=SuggestionKind.choices,
        widget=forms.RadioSelect,
    )
    text = TextField(
        label=gettext_lazy("In your words"),
        max_length=TEXT_LENGTH,
        help_text=gettext_lazy("At most 2000 characters. Leave out what is nobody's business, such as addresses."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    url = WebAddressField(
        label=gettext_lazy("Address of a source that shows it"),
        max_length=URL_LENGTH,
        assume_scheme="https",
        help_text=gettext_lazy("A page on the web that the editors can read, such as https://example.org/news."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    happened = forms.CharField(
        label=gettext_lazy("When it happened (if you know)"),
        max_length=LONGEST_DATE,
        required=False,
        help_text=gettext_lazy("As exactly as you know: 24 October 2023, October 2023, 2023-Q4 or 2023."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credit = forms.CharField(
        label=gettext_lazy("Name to thank (if you wish)"),
        max_length=CREDIT_LENGTH,
        required=False,
        help_text=gettext_lazy("If an entry is made of it, this name may stand beside it, for everybody to read."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # People do not see this one; what fills in every field does.
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")

    def clean_credit(self) -> str:
        """A name that may be published, and so no address: a published entry is never changed."""
        credit: str = self.cleaned_data["credit"]
        if "@" in credit:
            raise ValidationError(_("Give a name, not an address: everybody may read it."))
        return credit

    def clean_happened(self) -> UncertainDate | None:
        text = self.cleaned_data["happened"]
        if not text:
            return None
        try:
            found = UncertainDate.parse(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if found.start > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        return found

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty: it is there for robots only."))
        return ""

    @property
    def people_see(self) -> list[forms.BoundField]:
        """The fields but the one for robots, which shows only when it was filled in."""
        return [field for field in self if field.name != "website" or field.errors]
