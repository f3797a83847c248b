"""Who can promise: countries, institutions, blocs and companies."""

import datetime as dt
from typing import Self

from babel import Locale
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.codelists import PartyKind
from commitments.models.base import CHOICE_LENGTH, SLUG_VALIDATOR, VersionedModel, codelist_constraint


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties, by what they are."""

    def countries(self) -> Self:
        """Those with ISO 3166-1 codes."""
        return self.filter(kind=PartyKind.COUNTRY)


class Party(VersionedModel):
    """A country, institution, bloc or company that makes, receives or carries out commitments.

    Countries bear ISO 3166-1 alpha-2 and alpha-3 and UN M49 codes. An institution or company may have a home country,
    under which its commitments are found.
    """

    slug = models.SlugField(_("address name"), max_length=80, unique=True, validators=[SLUG_VALIDATOR])
    kind = models.CharField(_("kind"), max_length=CHOICE_LENGTH, choices=PartyKind.choices)
    name = models.CharField(_("name"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    alpha2 = models.CharField(_("ISO 3166-1 alpha-2"), max_length=2, unique=True, null=True, blank=True)
    alpha3 = models.CharField(_("ISO 3166-1 alpha-3"), max_length=3, unique=True, null=True, blank=True)
    m49 = models.CharField(_("UN M49 code"), max_length=3, unique=True, null=True, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
    subregion = models.CharField(_("subregion"), max_length=60, blank=True)
    country = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("home country"),
        limit_choices_to={"kind": PartyKind.COUNTRY},
        help_text=_("The country whose body or company it is. Its commitments are found under that country too."),
    )
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    note = models.TextField(_("note"), blank=True)

    objects = PartyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name"]
        constraints = [
            codelist_constraint("kind", PartyKind),
            models.CheckConstraint(
                condition=Q(
                    kind=PartyKind.COUNTRY,
                    alpha2__isnull=False,
                    alpha3__isnull=False,
                    m49__isnull=False,
                )
                | (~Q(kind=PartyKind.COUNTRY) & Q(alpha2__isnull=True, alpha3__isnull=True, m49__isnull=True)),
                name="party_countries_have_codes",
                violation_error_message=_("A country needs its alpha-2, alpha-3 and M49 codes; others have none."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="party_is_not_its_own_successor",
                violation_error_message=_("A party cannot succeed itself."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(abolished_on__isnull=False),
                name="party_with_successor_is_abolished",
                violation_error_message=_("A party with a successor needs the day on which it was abolished."),
            ),
            models.CheckConstraint(
                condition=Q(country__isnull=True) | ~Q(kind=PartyKind.COUNTRY),
                name="party_countries_have_no_home_country",
                violation_error_message=_("A country has no home country."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        if self.alpha2:
            return reverse("country", args=[self.alpha2])
        return reverse("party", args=[self.slug])

    @property
    def is_country(self) -> bool:
        return self.kind == PartyKind.COUNTRY

    @property
    def local_name(self) -> str:
        """The name in the reader's language: Russian as we hold it, Kazakh from Babel for countries, else English."""
        language = (get_language() or "").partition("-")[0]
        if language == "ru" and self.name_ru:
            return self.name_ru
        if language == "kk" and self.alpha2:
            return str(Locale("kk").territories.get(self.alpha2, self.name))
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who belonged to which bloc, and when."""

    def on(self, day: dt.date) -> Self:
        """Memberships in force on `day`. A missing start or end means as far back or ahead as we know."""
        return self.filter(
            Q(joined_on__isnull=True) | Q(joined_on__lte=day),
            Q(left_on__isnull=True) | Q(left_on__gte=day),
        )


class Membership(models.Model):
    """A party in a bloc from one day to another, both included, so that a bloc resolves to its members on the day."""

    bloc = models.ForeignKey(
        Party,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("bloc"),
        limit_choices_to={"kind": PartyKind.BLOC},
    )
    member = models.ForeignKey(Party, models.PROTECT, related_name="bloc_memberships", verbose_name=_("member"))
    joined_on = models.DateField(_("member from"), null=True, blank=True)
    left_on = models.DateField(_("member until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["bloc", "member", "joined_on"]
        constraints = [
            models.UniqueConstraint(fields=["bloc", "member", "joined_on"], name="membership_is_unique"),
            models.UniqueConstraint(
                fields=["bloc", "member"],
                condition=Q(joined_on__isnull=True),
                name="membership_without_start_is_unique",
            ),
            models.CheckConstraint(
                condition=~Q(bloc=F("member")),
                name="membership_is_not_of_itself",
                violation_error_message=_("A bloc cannot be a member of itself."),
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="membership_dates_in_order",
                violation_error_message=_("A membership cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.bloc}"

    def holds_on(self, day: dt.date) -> bool:
        """The same rule as `on()`, for a row already in hand."""
        return (self.joined_on is None or self.joined_on <= day) and (self.left_on is None or self.left_on >= day)
