from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.models.parties import Party
from commitments.models.sectors import Sector
from commitments.models.summits import SummitSeries


class Remit(models.Model):
    """What a contributor may write about: commitments of these parties, series or sectors. Without one, about all."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="remit", verbose_name=_("user"))
    parties = models.ManyToManyField(Party, related_name="+", verbose_name=_("parties"), blank=True)
    series = models.ManyToManyField(SummitSeries, related_name="+", verbose_name=_("series"), blank=True)
    sectors = models.ManyToManyField(Sector, related_name="+", verbose_name=_("sectors"), blank=True)

    history = HistoricalRecords(m2m_fields=[parties, series, sectors])

    class Meta:
        verbose_name = _("remit")
        verbose_name_plural = _("remits")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user)
