"""Meetings: formats that meet again, single summits, and who took part."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.codelists import ParticipationRole, SummitKind
from commitments.models.base import (
    CHOICE_LENGTH,
    CODE_LENGTH,
    CODE_VALIDATOR,
    SLUG_VALIDATOR,
    VersionedModel,
    codelist_constraint,
)
from commitments.models.parties import Party


class SummitSeries(VersionedModel):
    """A format that meets again, such as C5+1."""

    slug = models.SlugField(_("address name"), max_length=80, unique=True, validators=[SLUG_VALIDATOR])
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("summary"), blank=True)
    members = models.ManyToManyField(Party, related_name="series", verbose_name=_("members"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("summit series")
        verbose_name_plural = _("summit series")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])


class SummitQuerySet(models.QuerySet["Summit"]):
    """Summits, with the joins each screen needs."""

    def newest_first(self) -> Self:
        """In the order in which lists name them."""
        return self.order_by("-starts_on", "code")

    def for_list(self) -> Self:
        """What the list of summits shows: newest first, with series and host."""
        return self.newest_first().select_related("series", "host")


class Summit(VersionedModel):
    """One meeting: where and when it was held, by whom, and what called it."""

    code = models.CharField(
        _("code"),
        max_length=CODE_LENGTH,
        unique=True,
        validators=[CODE_VALIDATOR],
        help_text=_("Its public address. It never changes."),
    )
    name = models.CharField(_("name"), max_length=200)
    series = models.ForeignKey(
        SummitSeries,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="summits",
        verbose_name=_("series"),
    )
    kind = models.CharField(_("kind"), max_length=CHOICE_LENGTH, choices=SummitKind.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    host = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_summits",
        verbose_name=_("host"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("called by"),
        help_text=_("The earlier meeting that called this one."),
    )
    setting = models.CharField(
        _("setting"),
        max_length=200,
        blank=True,
        help_text=_("The larger event around it, as in: on the margins of the 78th UN General Assembly."),
    )
    summary = models.TextField(_("summary"), blank=True)
    participants = models.ManyToManyField(Party, through="Participation", related_name="summits")

    objects = SummitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("summit")
        verbose_name_plural = _("summits")
        ordering = ["-starts_on", "code"]
        constraints = [
            codelist_constraint("kind", SummitKind),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="summit_dates_in_order",
                violation_error_message=_("A summit cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="summit_did_not_call_itself",
                violation_error_message=_("A summit cannot be called by itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("summit", args=[self.code])


class Participation(models.Model):
    """A party at a summit, and who spoke for it. A party may send several people."""

    summit = models.ForeignKey(Summit, models.CASCADE, related_name="participations", verbose_name=_("summit"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations", verbose_name=_("party"))
    role = models.CharField(
        _("role"),
        max_length=CHOICE_LENGTH,
        choices=ParticipationRole.choices,
        default=ParticipationRole.PARTICIPANT,
    )
    representative = models.CharField(_("representative"), max_length=120, blank=True)
    office = models.CharField(_("office"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["party__name", "representative"]
        constraints = [
            codelist_constraint("role", ParticipationRole),
            models.UniqueConstraint(
                fields=["summit", "party", "representative"],
                name="participation_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} – {self.summit}"
