from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.codelists import Score
from commitments.models.base import CHOICE_LENGTH, AppendOnlyModel, AppendOnlyQuerySet, codelist_constraint
from commitments.models.commitments import Commitment
from commitments.models.parties import Party

MOST_ASSESSORS = 2


class AssessmentQuerySet(AppendOnlyQuerySet["Assessment"]):
    """Assessments."""


class Assessment(AppendOnlyModel):
    """How one assessor scores what one maker did of a commitment, without knowing what the other assessor says.

    Two assessors code the same; how far they agree is told with every release. It moves no status.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="assessments", verbose_name=_("commitment"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("assessor"))
    place = models.PositiveSmallIntegerField(_("first or second"))
    score = models.CharField(_("score"), max_length=CHOICE_LENGTH, choices=Score.choices)
    note = models.TextField(_("on what grounds"))
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = AssessmentQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["commitment", "party", "place"]
        constraints = [
            codelist_constraint("score", Score),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_ASSESSORS), name="assessment_is_first_or_second"
            ),
            models.UniqueConstraint(fields=["commitment", "party", "assessor"], name="assessment_is_one_a_person"),
            models.UniqueConstraint(fields=["commitment", "party", "place"], name="assessment_place_is_unique"),
            models.CheckConstraint(condition=~Q(note=""), name="assessment_says_on_what_grounds"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code}, {self.party}, {self.place}"
