"""What a commitment is about: OECD DAC/CRS purpose codes, and targets of the Sustainable Development Goals."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SectorQuerySet(models.QuerySet["Sector"]):
    """Sectors at their two levels."""

    def categories(self) -> Self:
        """The upper level: three digits."""
        return self.filter(parent__isnull=True)


class Sector(models.Model):
    """A DAC/CRS sector category (three digits) or purpose (five digits, under its category)."""

    code = models.CharField(_("DAC/CRS code"), max_length=5, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="purposes",
        verbose_name=_("category"),
    )
    name = models.CharField(_("name"), max_length=200)
    short_label = models.CharField(_("short label"), max_length=60, blank=True)
    withdrawn = models.BooleanField(_("withdrawn by the DAC"), default=False)

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True, code__regex=r"^\d{3}$")
                | Q(parent__isnull=False, code__regex=r"^\d{5}$"),
                name="sector_code_fits_its_level",
                violation_error_message=_("A category has three digits; a purpose has five and a category."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("sector", args=[self.code])

    @property
    def label(self) -> str:
        """Our short label where there is one, else the DAC's name."""
        return self.short_label or self.name


class SDGTarget(models.Model):
    """A target of the Sustainable Development Goals, by its number."""

    code = models.CharField(_("target"), max_length=5, unique=True)

    class Meta:
        verbose_name = _("SDG target")
        verbose_name_plural = _("SDG targets")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code
