"""The record itself: the derived log of statuses, and what the site said at each revision. Append-only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.codelists import Status
from commitments.models.base import (
    CHOICE_LENGTH,
    AppendOnlyModel,
    AppendOnlyQuerySet,
    UncertainDateAttribute,
    codelist_constraint,
    precision_field,
    uncertain_date_constraints,
)
from commitments.models.commitments import Commitment
from commitments.models.developments import Development
from commitments.models.documents import SHA256_LENGTH
from commitments.models.parties import Party

REASON_LENGTH = 300
# As long as simple-history's own column.
REASON_LENGTH_IN_HISTORY = 100


class StatusChangeQuerySet(AppendOnlyQuerySet["StatusChange"]):
    """The status log."""


class StatusChange(AppendOnlyModel):
    """One line of the status log, kept by two clocks.

    It says: at `recorded_at` we learnt that from `effective` on, until the next line, the status was `to_status`; until
    then we had said `from_status` of that day. So the status on day D as known at moment K is the `to_status` of the
    line with the latest effective start not after D, and among those the last recorded, of all lines recorded up to K.
    `party` is empty for the commitment as a whole. Replayable: `manage.py check_history`.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="status_changes")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    from_status = models.CharField(_("from"), max_length=CHOICE_LENGTH, choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=CHOICE_LENGTH, choices=Status.choices)
    effective_start = models.DateField(_("effective from"))
    effective_end = models.DateField(_("effective until"))
    effective_precision = precision_field()
    recorded_at = models.DateTimeField(_("recorded at"))
    # Empty when no development but a change of the makers moved the overall status.
    development = models.ForeignKey(
        Development,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="status_changes",
        verbose_name=_("development"),
    )

    effective = UncertainDateAttribute("effective")
    objects = StatusChangeQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["recorded_at", "pk"]
        constraints = [
            codelist_constraint("from_status", Status),
            codelist_constraint("to_status", Status),
            *uncertain_date_constraints("effective", required=True),
            models.CheckConstraint(condition=~Q(from_status=F("to_status")), name="status_change_changes"),
        ]
        indexes = [
            # The status on a day, as known at a moment.
            models.Index(
                fields=["commitment", "party", "effective_start"],
                name="status_change_as_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code}: {self.get_from_status_display()} → {self.get_to_status_display()}"


class RevisionQuerySet(AppendOnlyQuerySet["Revision"]):
    """What the site said, revision by revision."""


class Revision(AppendOnlyModel):
    """What the site said of a commitment after one write, chained by hash to what it said before.

    `sha256` is taken over everything the row holds, its commitment's code and `previous_sha256` (`snapshots.digest`).
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    snapshot = models.JSONField(_("snapshot"))
    sha256 = models.CharField(_("SHA-256"), max_length=SHA256_LENGTH)
    previous_sha256 = models.CharField(_("SHA-256 of the revision before"), max_length=SHA256_LENGTH, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)

    objects = RevisionQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["commitment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="revision_number_is_unique"),
            models.CheckConstraint(
                condition=Q(number=1, previous_sha256="") | (Q(number__gt=1) & ~Q(previous_sha256="")),
                name="revision_is_chained",
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="revision_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code} v{self.number}"
