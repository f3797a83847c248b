"""Two records of one commitment: which was merged into which, and which pairs only look alike."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models.commitments import Commitment
from commitments.models.record import REASON_LENGTH


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges, in force and undone."""

    def in_force(self) -> "MergeQuerySet":
        """Those that nobody undid."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """One record taken into another that tells of the same commitment.

    `moved` says what changed hands, by the primary keys of the rows, so that the merge can be undone exactly.
    """

    kept = models.ForeignKey(Commitment, models.PROTECT, related_name="merges", verbose_name=_("kept"))
    absorbed = models.ForeignKey(Commitment, models.PROTECT, related_name="mergings", verbose_name=_("merged into it"))
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)
    moved = models.JSONField(_("what changed hands"), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("recorded at"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_reason = models.CharField(_("why it was undone"), max_length=REASON_LENGTH, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_is_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason="")),
                name="merge_undone_at_by_and_why",
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="merge_in_force_is_one_a_record"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed.code} → {self.kept.code}"


class Distinction(models.Model):
    """Two commitments that look alike and are not the same, as an editor decided: they are not proposed again."""

    first = models.ForeignKey(Commitment, models.CASCADE, related_name="+", verbose_name=_("first"))
    second = models.ForeignKey(Commitment, models.CASCADE, related_name="+", verbose_name=_("second"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("distinction")
        verbose_name_plural = _("distinctions")
        ordering = ["first", "second"]
        constraints = [
            # In one order, so that a pair is there once.
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="distinction_is_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="distinction_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.first.code} ≠ {self.second.code}"
