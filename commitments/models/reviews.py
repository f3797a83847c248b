"""How a draft came to be published, or did not: who submitted it, who sent it back and why. Append-only."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from commitments.codelists import ReviewKind
from commitments.models.base import CHOICE_LENGTH, AppendOnlyModel, AppendOnlyQuerySet, codelist_constraint
from commitments.models.developments import Development

# Whoever sends a draft back says why.
NEEDS_A_COMMENT = (ReviewKind.CHANGES_REQUESTED, ReviewKind.REJECTED)


class ReviewQuerySet(AppendOnlyQuerySet["Review"]):
    """The steps of reviews."""

    def in_order(self) -> Self:
        """As they were taken, with the person who took each."""
        return self.select_related("by").order_by("pk")

    def last_kind(self, development: Development) -> str | None:
        """The last step of a development's review, which says where it stands; None when it was never submitted."""
        return self.filter(development=development).order_by("-pk").values_list("kind", flat=True).first()


class Review(AppendOnlyModel):
    """One step of the review of a development: submitted, sent back, approved or rejected. Editors only."""

    development = models.ForeignKey(Development, models.PROTECT, related_name="reviews", verbose_name=_("development"))
    kind = models.CharField(_("step"), max_length=CHOICE_LENGTH, choices=ReviewKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("recorded at"))
    comment = models.TextField(_("comment"), blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["development", "pk"]
        constraints = [
            codelist_constraint("kind", ReviewKind),
            models.CheckConstraint(
                condition=~Q(kind__in=NEEDS_A_COMMENT) | ~Q(comment=""),
                name="review_that_sends_back_says_why",
                violation_error_message=_("Say what is to be mended, or why it is rejected."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.development}: {self.get_kind_display()}"


def with_last_review(developments: QuerySet[Any]) -> QuerySet[Any]:
    """Developments with `last_review`, the kind of the last step of their review; empty where there was none."""
    last = Review.objects.filter(development=OuterRef("pk")).order_by("-pk")
    found: QuerySet[Any] = developments.annotate(last_review=Coalesce(Subquery(last.values("kind")[:1]), Value("")))
    return found
