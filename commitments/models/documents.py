"""Sources, and what their sentences are."""

import re
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.codelists import Classification, DocumentKind, LinkHealth, SourceKind
from commitments.models.base import (
    CHOICE_LENGTH,
    OptionalUncertainDateAttribute,
    VersionedModel,
    codelist_constraint,
    precision_field,
    uncertain_date_constraints,
)

URL_LENGTH = 500
SHA256_LENGTH = 64


# A language and what narrows it down, as BCP 47 (RFC 5646) writes them.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Document(VersionedModel):
    """A source: what it is, who published it, when, and where it can be read.

    Sources die, so a document keeps its publisher and date and, where we may, the day and hash of our capture and an
    archive address.
    """

    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    kind = models.CharField(_("document type"), max_length=CHOICE_LENGTH, choices=DocumentKind.choices)
    source_kind = models.CharField(_("source kind"), max_length=CHOICE_LENGTH, choices=SourceKind.choices)
    language = models.CharField(
        _("language"),
        max_length=12,
        default="en",
        help_text=_("BCP 47, such as en or ru."),
    )
    dated_start = models.DateField(_("dated from"), null=True, blank=True, editable=False)
    dated_end = models.DateField(_("dated until"), null=True, blank=True, editable=False)
    dated_precision = precision_field()
    url = models.URLField(
        _("address"),
        max_length=URL_LENGTH,
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("A document with this address is already known: pick it instead.")},
    )
    archive_url = models.URLField(_("archive address"), max_length=URL_LENGTH, blank=True)
    captured_on = models.DateField(_("captured on"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256 of the capture"), max_length=SHA256_LENGTH, blank=True)
    link_health = models.CharField(
        _("link health"),
        max_length=CHOICE_LENGTH,
        choices=LinkHealth.choices,
        default=LinkHealth.UNCHECKED,
    )
    gone_since = models.DateField(_("gone since"), null=True, blank=True)
    caution = models.CharField(
        _("caution"),
        max_length=300,
        blank=True,
        help_text=_("What a reader should know before trusting it."),
    )

    dated = OptionalUncertainDateAttribute("dated")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title"]
        constraints = [
            codelist_constraint("kind", DocumentKind),
            codelist_constraint("source_kind", SourceKind),
            codelist_constraint("link_health", LinkHealth),
            *uncertain_date_constraints("dated", required=False),
            models.CheckConstraint(
                condition=Q(gone_since__isnull=True) | Q(link_health=LinkHealth.GONE),
                name="document_gone_since_only_when_gone",
                violation_error_message=_("Only a document whose link is gone has a day since which it is gone."),
            ),
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$", captured_on__isnull=False),
                name="document_hash_belongs_to_a_capture",
                violation_error_message=_("A hash has 64 hexadecimal digits and needs the day of the capture."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"

    def clean(self) -> None:
        """Raise `ValidationError` for a source of the future, in no language, or where a browser would not look."""
        wrong = {}
        if self.dated and self.dated.start > timezone.localdate():
            wrong["dated"] = _("A source cannot be dated later than today.")
        if not LANGUAGE.fullmatch(self.language):
            wrong["language"] = _("Give the language by its BCP 47 tag, such as en or ru.")
        if self.url and not self.url.startswith(("http://", "https://")):
            wrong["url"] = _("An address of a source begins with http:// or https://.")
        if wrong:
            raise ValidationError(wrong)

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])


class PassageQuerySet(models.QuerySet["Passage"]):
    """Sentences that were read."""

    def published(self) -> Self:
        """What the public may see: all but those of a reading that is not finished."""
        return self.filter(reading__isnull=True)


class Passage(models.Model):
    """One sentence of a document, classified, so that a reader can see that nothing was cherry-picked.

    `summary` and `reason` are the editors' own words; the sentence itself is not stored.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="passages", verbose_name=_("document"))
    paragraph = models.PositiveSmallIntegerField(_("paragraph"))
    sentence = models.PositiveSmallIntegerField(_("sentence"))
    classification = models.CharField(_("classification"), max_length=CHOICE_LENGTH, choices=Classification.choices)
    summary = models.CharField(_("what it says, in our words"), max_length=300)
    reason = models.CharField(_("why it is classified so"), max_length=500)
    commitment = models.ForeignKey(
        "Commitment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="passages",
        verbose_name=_("commitment"),
    )

    # Set while its document is being read: the public sees a reading when an editor has finished it.
    reading = models.ForeignKey(
        "CoverageSession", models.SET_NULL, null=True, blank=True, editable=False, related_name="passages"
    )

    objects = PassageQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["reading"])

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["document", "paragraph", "sentence"]
        constraints = [
            codelist_constraint("classification", Classification),
            models.UniqueConstraint(fields=["document", "paragraph", "sentence"], name="passage_is_unique"),
        ]

    def __str__(self) -> str:
        return f"§{self.paragraph}.{self.sentence} – {self.document}"
