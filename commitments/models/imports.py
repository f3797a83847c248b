"""Files that editors import, and what foreign words for a status mean here."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.codelists import ImportKind, ImportState, Status
from commitments.models.base import CHOICE_LENGTH, codelist_constraint
from commitments.models.documents import SHA256_LENGTH

WORD_LENGTH = 100


class ImportQuerySet(models.QuerySet["Import"]):
    """Files that were given."""

    def waiting(self) -> Self:
        """Those that nobody confirmed or threw away."""
        return self.filter(state=ImportState.WAITING)

    def to_confirm(self) -> Self:
        """Those that wait and can be confirmed, as far as was known when they were last gone through."""
        writes = Q(summary__writes__gt=0) | Q(summary__writes__isnull=True)
        return self.waiting().filter(writes, faults=0)

    def to_mend(self) -> Self:
        """Those that wait and cannot be confirmed: something is wrong with them."""
        return self.waiting().filter(faults__gt=0)


class Import(models.Model):
    """A file that an editor gave: kept while it waits to be confirmed, and afterwards what it did.

    `content` is the file itself while it waits, so that any web node can confirm what another has read, and empty
    afterwards. `summary` counts what it created, changed and left as it was, by noun; while it waits, it holds the
    `sheet` that was chosen and how many rows it `writes`, where that is known.
    """

    kind = models.CharField(_("kind"), max_length=CHOICE_LENGTH, choices=ImportKind.choices)
    state = models.CharField(
        _("state"), max_length=CHOICE_LENGTH, choices=ImportState.choices, default=ImportState.WAITING
    )
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("content"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=SHA256_LENGTH)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    faults = models.PositiveIntegerField(_("problems"), default=0)
    summary = models.JSONField(_("summary"), default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by"))
    given_at = models.DateTimeField(_("given at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-given_at", "-pk"]
        constraints = [
            codelist_constraint("kind", ImportKind),
            codelist_constraint("state", ImportState),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="import_has_a_hash"),
            models.CheckConstraint(
                condition=Q(state=ImportState.WAITING, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=ImportState.WAITING) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="import_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.DONE) | Q(faults=0),
                name="import_done_has_no_problem",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class StatusWord(models.Model):
    """What another tracker's word for a status means here, as an editor decided once for every later file."""

    word = models.CharField(_("word"), max_length=WORD_LENGTH, unique=True, help_text=_("In small letters."))
    status = models.CharField(_("status"), max_length=CHOICE_LENGTH, choices=Status.choices)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("foreign status word")
        verbose_name_plural = _("foreign status words")
        ordering = ["word"]
        constraints = [codelist_constraint("status", Status)]

    def __str__(self) -> str:
        return f"{self.word} → {self.get_status_display()}"
