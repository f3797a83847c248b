from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from commitments.codelists import Strength
from commitments.models.base import CHOICE_LENGTH, codelist_constraint
from commitments.models.commitments import Commitment
from commitments.models.documents import Document


class Wording(models.Model):
    """How one document words a commitment. The commitment is what its wordings are about."""

    commitment = models.ForeignKey(
        Commitment,
        models.CASCADE,
        related_name="wordings",
        verbose_name=_("commitment"),
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="wordings", verbose_name=_("document"))
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    sentence = models.PositiveSmallIntegerField(_("sentence"), null=True, blank=True)
    locator = models.CharField(
        _("locator"),
        max_length=100,
        blank=True,
        help_text=_("Where in the document, if not by paragraph number."),
    )
    verb = models.CharField(_("verb"), max_length=60, blank=True)
    strength = models.CharField(_("strength"), max_length=CHOICE_LENGTH, choices=Strength.choices)
    language = models.CharField(_("language"), max_length=12, default="en")
    quotation = models.TextField(_("quotation"), blank=True, help_text=_("Only where quoting is permitted."))
    translation = models.TextField(_("translation"), blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["document", "paragraph", "sentence"]
        constraints = [
            codelist_constraint("strength", Strength),
            # Two missing numbers are the same place, which SQL's NULL would not say.
            models.UniqueConstraint(
                F("commitment"),
                F("document"),
                Coalesce("paragraph", 0),
                Coalesce("sentence", 0),
                F("locator"),
                name="wording_is_unique",
                violation_error_message=_("This document's wording at this place is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code} – {self.document}"

    @property
    def place(self) -> str:
        """Where in the document: the locator, or paragraph and sentence by number."""
        if self.locator:
            return self.locator
        if self.paragraph is None:
            return ""
        paragraph = _("paragraph %(number)d") % {"number": self.paragraph}
        if self.sentence is None:
            return paragraph
        return _("%(paragraph)s, sentence %(number)d") % {
            "paragraph": paragraph,
            "number": self.sentence,
        }
