"""Every time that the address of a source was tried, and what came of it. Append-only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.codelists import LinkOutcome
from commitments.models.base import CHOICE_LENGTH, AppendOnlyModel, AppendOnlyQuerySet, codelist_constraint
from commitments.models.documents import URL_LENGTH, Document

NOTE_LENGTH = 300
FIRST_STATUS, LAST_STATUS = 100, 599


class LinkCheckQuerySet(AppendOnlyQuerySet["LinkCheck"]):
    """What came of trying addresses."""


class LinkCheck(AppendOnlyModel):
    """One try. `url` is the address that was tried, as the document may have another one since.

    A document's health is derived from these by a rule (`links/health.py`).
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="link_checks", verbose_name=_("document"))
    url = models.URLField(_("address"), max_length=URL_LENGTH)
    checked_at = models.DateTimeField(_("tried at"))
    outcome = models.CharField(_("outcome"), max_length=CHOICE_LENGTH, choices=LinkOutcome.choices)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    final_url = models.CharField(_("address that it led to"), max_length=URL_LENGTH, blank=True)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("try of a link")
        verbose_name_plural = _("tries of links")
        ordering = ["checked_at", "pk"]
        constraints = [
            codelist_constraint("outcome", LinkOutcome),
            models.CheckConstraint(
                condition=Q(http_status__isnull=True) | Q(http_status__range=(FIRST_STATUS, LAST_STATUS)),
                name="link_check_status_is_of_http",
            ),
        ]
        indexes = [models.Index(fields=["document", "checked_at"], name="link_check_of_document")]

    def __str__(self) -> str:
        return f"{self.url}: {self.get_outcome_display()}"
