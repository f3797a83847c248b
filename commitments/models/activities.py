from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.commitments import Commitment

# Organisation identifier, hyphen, and what the publisher calls the activity; none of the signs that part addresses.
IDENTIFIER_VALIDATOR = RegexValidator(
    r"^[^\s/&|?]+-[^\s/&|?]+$", _("An IATI identifier, such as US-GOV-1-12345: no spaces, no /, &, | or ?.")
)


class Activity(models.Model):
    """An activity that its publisher reports to the IATI registry and that carries out a commitment."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="activities", verbose_name=_("commitment"))
    identifier = models.CharField(_("IATI identifier"), max_length=200, validators=[IDENTIFIER_VALIDATOR])
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("IATI activity")
        verbose_name_plural = _("IATI activities")
        ordering = ["commitment", "identifier"]
        constraints = [models.UniqueConstraint(fields=["commitment", "identifier"], name="activity_is_unique")]

    def __str__(self) -> str:
        return self.identifier
