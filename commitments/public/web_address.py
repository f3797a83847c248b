"""An address on the web, in a form for everybody."""

from django import forms
from django.core.validators import URLValidator

from commitments.models.suggestions import SCHEMES


class WebAddressField(forms.URLField):
    """Django's own takes addresses of files and mail servers too."""

    default_validators = [URLValidator(schemes=SCHEMES)]
