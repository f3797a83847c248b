"""What may be no password here, besides what may be none anywhere."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What comes to mind at this site. docs/security/README.md lists them.
WORDS = ("commitment", "tracker", "summit", "pledge", "promise", "editor", "c5+1")
LEAST = 8


class PlaceWords:
    """A password has to be long enough without the words of the place."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` for one that is little more than such words."""
        rest = password.casefold()
        for word in WORDS:
            rest = rest.replace(word, "")
        if len(rest) < min(LEAST, len(password)):
            said = _("It is too close to what this site is about: choose words that have nothing to do with it.")
            raise ValidationError(said, code="password_of_the_place")

    def get_help_text(self) -> str:
        """What to heed before anything is typed."""
        return _("Choose words that have nothing to do with what this site is about.")
