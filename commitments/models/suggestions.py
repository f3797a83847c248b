"""What the public tells the editors, and what became of it."""

import secrets

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from commitments.codelists import SuggestionKind, SuggestionState
from commitments.models.base import (
    CHOICE_LENGTH,
    OptionalUncertainDateAttribute,
    codelist_constraint,
    precision_field,
    uncertain_date_constraints,
)
from commitments.models.commitments import Commitment
from commitments.models.developments import Development
from commitments.models.documents import URL_LENGTH

TEXT_LENGTH = 2000
CREDIT_LENGTH = 100
OUTCOME_LENGTH = 1000
REFERENCE_LENGTH = 32
SCHEMES = ("http", "https")


def new_reference() -> str:
    """An address that nobody guesses: whoever has it may read what became of the suggestion."""
    return secrets.token_urlsafe(REFERENCE_LENGTH * 3 // 4)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions, never public but on their own pages."""

    def waiting(self) -> "SuggestionQuerySet":
        """Those that nobody has decided on."""
        return self.filter(state=SuggestionState.NEW)


class Suggestion(models.Model):
    """What somebody without an account said of a commitment, with a source. Who it was is not kept.

    It waits until an editor accepts it, which makes a draft of a development, or declines it, and says why.
    """

    reference = models.CharField(
        _("reference"), max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False
    )
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="suggestions", verbose_name=_("commitment"))
    kind = models.CharField(_("kind"), max_length=CHOICE_LENGTH, choices=SuggestionKind.choices)
    text = models.CharField(_("what it says"), max_length=TEXT_LENGTH)
    url = models.URLField(_("source"), max_length=URL_LENGTH, validators=[URLValidator(schemes=SCHEMES)])
    happened_start = models.DateField(_("happened from"), null=True, blank=True, editable=False)
    happened_end = models.DateField(_("happened until"), null=True, blank=True, editable=False)
    happened_precision = precision_field()
    credit = models.CharField(_("name to thank"), max_length=CREDIT_LENGTH, blank=True)
    created_at = models.DateTimeField(_("sent"), editable=False)
    state = models.CharField(
        _("state"), max_length=CHOICE_LENGTH, choices=SuggestionState.choices, default=SuggestionState.NEW
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    outcome = models.CharField(_("what the sender is told"), max_length=OUTCOME_LENGTH, blank=True)
    # Empty again when its draft is thrown away.
    development = models.OneToOneField(
        Development,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggestion",
        verbose_name=_("development made from it"),
    )

    happened = OptionalUncertainDateAttribute("happened")
    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["created_at", "pk"]
        constraints = [
            codelist_constraint("kind", SuggestionKind),
            codelist_constraint("state", SuggestionState),
            *uncertain_date_constraints("happened", required=False),
            models.CheckConstraint(
                condition=Q(state=SuggestionState.NEW, decided_by__isnull=True, decided_at__isnull=True, outcome="")
                | (~Q(state=SuggestionState.NEW) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="suggestion_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state=SuggestionState.DECLINED) | ~Q(outcome=""),
                name="suggestion_declined_says_why",
                violation_error_message=_("Say why it is declined: the sender reads it."),
            ),
            models.CheckConstraint(
                condition=Q(development__isnull=True) | Q(state=SuggestionState.ACCEPTED),
                name="suggestion_with_development_is_accepted",
            ),
        ]
        # The queue: those that wait, the oldest first.
        indexes = [models.Index(fields=["state", "created_at"], name="suggestion_queue")]

    def __str__(self) -> str:
        return f"{self.commitment.code}, {formats.date_format(timezone.localtime(self.created_at))}"

    def get_absolute_url(self) -> str:
        return reverse("suggestion", args=[self.reference])
