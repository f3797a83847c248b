"""What happened after a commitment was made, and the evidence for it."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.codelists import (
    VERDICTS,
    Confidence,
    DevelopmentKind,
    EvidenceRole,
    Provenance,
    ReasonCode,
    Status,
)
from commitments.models.base import (
    CHOICE_LENGTH,
    UncertainDateAttribute,
    VersionedModel,
    codelist_constraint,
    precision_field,
    uncertain_date_constraints,
)
from commitments.models.commitments import Commitment
from commitments.models.documents import Document
from commitments.models.parties import Party

# What may say that somebody looked for news, and where.
_LOOKS = (DevelopmentKind.CHECK, DevelopmentKind.CORRECTION)


class DevelopmentQuerySet(models.QuerySet["Development"]):
    """Developments: what the public may see, and what a screen joins."""

    def published(self) -> Self:
        """What the public may see: published developments of commitments that the public may see."""
        # Not by a join: SQLite then first reads every commitment into a filter, to leave out next to none.
        is_public = Exists(Commitment.objects.published().filter(pk=OuterRef("commitment")))
        return self.filter(is_public, published_at__isnull=False)

    def drafts(self) -> Self:
        """Those still being written."""
        return self.filter(published_at__isnull=True)

    def checks(self) -> Self:
        """The checks among these, and corrections of checks, that no other among these corrects."""
        corrected = self.filter(corrects__isnull=False).values("corrects")
        looked = self.filter(kind__in=_LOOKS).exclude(searched="")
        return looked.exclude(pk__in=corrected)

    def with_evidence(self) -> Self:
        """With their party, evidence and sources, newest event first."""
        evidence = Evidence.objects.select_related("document").order_by("pk")
        return (
            self.select_related("party", "corrects", "correction")
            .prefetch_related(Prefetch("evidence", queryset=evidence))
            .order_by("-happened_start", "-pk")
        )

    def for_headlines(self) -> Self:
        """What a page shows that only names the latest: the commitment of each."""
        return self.select_related("commitment").order_by("-happened_start", "-pk")

    def for_list(self) -> Self:
        """What the list of developments shows of each."""
        return self.with_evidence().select_related("commitment__summit")


class Development(VersionedModel):
    """Something that happened to a commitment, that somebody looked for, or that a party replied.

    Append-only once published, by trigger too: a mistake is put right by a further development that `corrects` it.
    """

    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        related_name="developments",
        verbose_name=_("commitment"),
    )
    kind = models.CharField(
        _("kind"),
        max_length=CHOICE_LENGTH,
        choices=DevelopmentKind.choices,
        default=DevelopmentKind.DEVELOPMENT,
    )
    happened_start = models.DateField(_("happened from"), editable=False)
    happened_end = models.DateField(_("happened until"), editable=False)
    happened_precision = precision_field()
    summary = models.TextField(_("what happened"))
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="developments",
        verbose_name=_("party"),
        help_text=_("The party it concerns. Leave empty when it concerns all."),
    )
    status = models.CharField(
        _("status it supports"),
        max_length=CHOICE_LENGTH,
        choices=Status.choices,
        blank=True,
        help_text=_("Leave empty when it changes nothing about where the commitment stands."),
    )
    reason_code = models.CharField(
        _("reason for non-delivery"),
        max_length=CHOICE_LENGTH,
        choices=ReasonCode.choices,
        blank=True,
    )
    searched = models.TextField(
        _("where we looked"),
        blank=True,
        help_text=_("For a check: which places were read."),
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What is uncertain about it, or why it was corrected."),
    )
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        verbose_name=_("corrects"),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
        editable=False,
    )
    entered_at = models.DateTimeField(_("entered at"), editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
        editable=False,
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    happened = UncertainDateAttribute("happened")
    objects = DevelopmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("development")
        verbose_name_plural = _("developments")
        ordering = ["-happened_start", "-pk"]
        permissions = [
            ("submit_development", _("Can submit a draft for review")),
            ("publish_development", _("Can publish a development that is no verdict, and a check")),
            ("review_development", _("Can send a draft back, reject it or approve it")),
            ("approve_verdict", _("Can publish a verdict that somebody else entered")),
        ]
        constraints = [
            codelist_constraint("kind", DevelopmentKind),
            codelist_constraint("status", Status, blank=True),
            codelist_constraint("reason_code", ReasonCode, blank=True),
            *uncertain_date_constraints("happened", required=True),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, approved_by__isnull=True)
                | Q(published_at__isnull=False, approved_by__isnull=False),
                name="development_published_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(kind=DevelopmentKind.CORRECTION),
                name="development_only_a_correction_corrects",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DevelopmentKind.CORRECTION) | (Q(corrects__isnull=False) & ~Q(note="")),
                name="development_correction_has_target_and_reason",
                violation_error_message=_("A correction names what it corrects and says why."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="development_does_not_correct_itself",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DevelopmentKind.CHECK) | ~Q(searched=""),
                name="development_check_says_where",
                violation_error_message=_("A check says where somebody looked."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=DevelopmentKind.REPLY) | Q(party__isnull=False),
                name="development_reply_names_its_party",
                violation_error_message=_("A reply names the party that gave it."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(DevelopmentKind.CHECK, DevelopmentKind.REPLY)) | Q(status=""),
                name="development_check_or_reply_has_no_status",
                violation_error_message=_("A check or a reply supports no status: log a development with evidence."),
            ),
            # The second person of the vocabulary, said to the database as well.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(status__in=sorted(VERDICTS))
                | ~Q(approved_by=F("entered_by")),
                name="development_verdict_has_two_people",
            ),
        ]
        indexes = [
            # A commitment's timeline, and the latest developments.
            models.Index(fields=["commitment", "happened_start"], name="development_timeline"),
            models.Index(fields=["-happened_start", "-id"], name="development_latest"),
            # What corrects a development: an index that held the many that correct nothing SQLite would leave alone.
            models.Index(fields=["corrects"], condition=Q(corrects__isnull=False), name="development_corrections"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code}, {self.happened}"

    def get_absolute_url(self) -> str:
        return f"{self.commitment.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The id of its entry on the commitment's page."""
        return f"development-{self.pk}"

    @property
    def is_look(self) -> bool:
        """Whether it says that somebody looked for news: a check, or what stands in a check's place."""
        return bool(self.searched) and self.kind in _LOOKS

    @property
    def looked_on(self) -> dt.date:
        """The day of a look. Whoever looked in “2026” had looked by the day on which they said so."""
        return min(self.happened_end, timezone.localdate(self.published_at))

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Evidence(models.Model):
    """What one document shows about one development. Frozen with its development."""

    development = models.ForeignKey(
        Development,
        models.CASCADE,
        related_name="evidence",
        verbose_name=_("development"),
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="evidence", verbose_name=_("document"))
    locator = models.CharField(_("where in the document"), max_length=100, blank=True)
    quotation = models.TextField(_("quotation"), blank=True, help_text=_("Only where quoting is permitted."))
    role = models.CharField(
        _("what it does"),
        max_length=CHOICE_LENGTH,
        choices=EvidenceRole.choices,
        default=EvidenceRole.SHOWS_PROGRESS,
    )
    provenance = models.CharField(
        _("who speaks"),
        max_length=CHOICE_LENGTH,
        choices=Provenance.choices,
        default=Provenance.THIRD_PARTY,
    )
    confidence = models.CharField(
        _("confidence"),
        max_length=CHOICE_LENGTH,
        choices=Confidence.choices,
        default=Confidence.HIGH,
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            codelist_constraint("role", EvidenceRole),
            codelist_constraint("provenance", Provenance),
            codelist_constraint("confidence", Confidence),
            models.UniqueConstraint(fields=["development", "document", "locator"], name="evidence_is_unique"),
        ]

    def __str__(self) -> str:
        return str(self.document)
