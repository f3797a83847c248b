from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Refused(ValidationError):
    """The rules do not allow this write. `messages` gives every reason as a sentence for the editor."""


class Conflict(Refused):
    """Somebody else saved the record since it was read, or already did what was asked. Nothing was written."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(
            message
            or _("Somebody else saved this record after you opened it. Nothing of theirs or yours was overwritten.")
        )
