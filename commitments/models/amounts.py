"""Which sums a commitment names."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.codelists import AmountQualifier, MoneyStage
from commitments.models.base import CHOICE_LENGTH, codelist_constraint
from commitments.models.commitments import Commitment


class Amount(models.Model):
    """A sum that a commitment names, in its own currency and at one stage. Sums are never added together."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="amounts", verbose_name=_("commitment"))
    stage = models.CharField(_("stage"), max_length=CHOICE_LENGTH, choices=MoneyStage.choices)
    qualifier = models.CharField(
        _("qualifier"),
        max_length=CHOICE_LENGTH,
        choices=AmountQualifier.choices,
        default=AmountQualifier.EXACT,
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    value_max = models.DecimalField(_("upper value"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(
        _("currency (ISO 4217)"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters."))],
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("amount")
        verbose_name_plural = _("amounts")
        ordering = ["commitment", "stage", "value"]
        constraints = [
            codelist_constraint("stage", MoneyStage),
            codelist_constraint("qualifier", AmountQualifier),
            models.CheckConstraint(
                # Said twice, because SQL lets pass what it does not know: a missing value is neither above nor below.
                condition=Q(qualifier=AmountQualifier.RANGE, value_max__isnull=False, value_max__gt=F("value"))
                | (~Q(qualifier=AmountQualifier.RANGE) & Q(value_max__isnull=True)),
                name="amount_range_has_an_upper_value",
                violation_error_message=_("A range needs an upper value above the lower; other sums have none."),
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="amount_is_positive",
                violation_error_message=_("A sum is above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.value}"
