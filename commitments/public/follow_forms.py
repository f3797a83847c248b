"""The forms by which somebody follows a query."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.codelists import Frequency
from commitments.following.webhooks import leads_inwards, poster_for
from commitments.links.opening import NotAllowed
from commitments.public.web_address import WebAddressField

LONGEST_EMAIL = 254
LONGEST_URL = 500


class FrequencyForm(forms.Form):
    """How often to be told."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("How often?"), choices=Frequency.choices, initial=Frequency.DAILY, widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)

    @property
    def people_see(self) -> list[forms.BoundField]:
        """The fields but the one for robots, which shows only when it was filled in."""
        return [field for field in self if field.name != "website" or field.errors]


class _AskingForm(FrequencyForm):
    """With the field that people do not see; what fills in every field does."""

    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty: it is there for robots only."))
        return ""


class MailForm(_AskingForm):
    """An e-mail address, and how often."""

    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=LONGEST_EMAIL,
        help_text=gettext_lazy("We send a link there. Nothing else is sent before you have followed it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("address", "frequency", "website")

    def clean_address(self) -> str:
        name, _at, host = str(self.cleaned_data["address"]).rpartition("@")
        return f"{name}@{host.lower()}"


class WebhookForm(_AskingForm):
    """A program's address, and how often."""

    address = WebAddressField(
        label=gettext_lazy("Address of your program"),
        max_length=LONGEST_URL,
        assume_scheme="https",
        help_text=gettext_lazy("It begins with https:// and leads to the public internet, at port 443."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("address", "frequency", "website")

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        try:
            poster_for(address).target(address)
        except NotAllowed as refusal:
            raise ValidationError(
                _("Messages go to addresses that begin with https://, at port 443, without a name or password in them.")
            ) from refusal
        if leads_inwards(address):
            raise ValidationError(_("This address leads into a network that is not public."))
        return address
