"""The commitment, and who is party to it."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.codelists import (
    EXPLORATORY_STRENGTHS,
    MAKER_ROLES,
    PUBLIC_PUBLICATIONS,
    RECORD_CLASSIFICATIONS,
    RESPONSIBLE_ROLES,
    STATUSES_BY_GROUP,
    Classification,
    Collectivity,
    DueBasis,
    Durability,
    Firmness,
    Kind,
    Novelty,
    Publication,
    Role,
    Status,
    StatusGroup,
    Strength,
    Verifiability,
)
from commitments.models.base import (
    CHOICE_LENGTH,
    CODE_LENGTH,
    CODE_VALIDATOR,
    OptionalUncertainDateAttribute,
    UncertainDateAttribute,
    VersionedModel,
    codelist_constraint,
    precision_field,
    uncertain_date_constraints,
)
from commitments.models.parties import Party
from commitments.models.sectors import SDGTarget, Sector
from commitments.models.summits import Summit

DEFAULT_REVIEW_INTERVAL_DAYS = 180
# The columns that say what the public list leaves out, and the key.
LEAVING_OUT = ("publication", "classification", "strength", "id")
UNSETTLED_STATUSES = (
    *STATUSES_BY_GROUP[StatusGroup.OPEN],
    *STATUSES_BY_GROUP[StatusGroup.UNKNOWN],
)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments: what the public may see, what each screen joins, and which are due."""

    def published(self) -> Self:
        """What the public may see. Every page, feed, export, count and search starts here."""
        return self.filter(publication__in=PUBLIC_PUBLICATIONS)

    def merged(self) -> Self:
        """Those that were public and whose place another record took. That one may have been retracted since."""
        return self.filter(publication=Publication.MERGED, published_at__isnull=False)

    def in_place_of(self, code: str) -> Self:
        """The record to which the address of the merged one with this code leads; none if no such one was merged."""
        return self.filter(pk__in=self.model.objects.merged().filter(code=code).values("merged_into"))

    def citable(self) -> Self:
        """Those whose revisions are read: the public ones, and what was merged into a public one."""
        return self.published() | self.merged().filter(merged_into__publication__in=PUBLIC_PUBLICATIONS)

    def without_topics(self) -> Self:
        """Undertakings and requests only: no topics, nothing that was merely discussed or explored."""
        return self.exclude(Q(classification=Classification.TOPIC) | Q(strength__in=EXPLORATORY_STRENGTHS))

    def overdue(self, today: dt.date, *, status: str = "status") -> Self:
        """Those whose due date had ended before `today` and that were not settled, by the column `status`."""
        return self.filter(due_end__lt=today, **{f"{status}__in": UNSETTLED_STATUSES})

    def stale(self, today: dt.date) -> Self:
        """Those whose last check lies further back than their review interval."""
        return self.filter(next_check_on__lt=today)

    def orphaned(self, today: dt.date) -> Self:
        """Those not settled whose maker or implementer was abolished by `today`."""
        abolished = CommitmentParty.objects.filter(role__in=RESPONSIBLE_ROLES, party__abolished_on__lte=today)
        return self.filter(status__in=UNSETTLED_STATUSES, pk__in=abolished.values("commitment"))

    def for_list(self) -> Self:
        """What a row of any list shows: its summit, its sectors as `in_sectors`, and its makers as `makers`."""
        makers = makers_by_name().select_related("party")
        return self.select_related("summit").prefetch_related(
            Prefetch("sectors", to_attr="in_sectors"), Prefetch("parties", queryset=makers, to_attr="makers")
        )

    def for_detail(self) -> Self:
        """What a commitment's page shows of the commitment itself; wordings and developments have their own queries.

        `has_absorbed` says whether records that were public before were merged into it.
        """
        absorbed = self.model.objects.filter(merged_into=OuterRef("pk"), published_at__isnull=False)
        joined = self.select_related("summit", "summit__series").annotate(has_absorbed=Exists(absorbed))
        return joined.prefetch_related(
            Prefetch("sectors", queryset=Sector.objects.select_related("parent")),
            "sdg_targets",
            "amounts",
            Prefetch(
                "parties",
                queryset=CommitmentParty.objects.select_related("party__successor"),
            ),
        )


def makers_by_name() -> "models.QuerySet[CommitmentParty]":
    """Those who make commitments, in the order in which a list names them."""
    return CommitmentParty.objects.filter(role__in=MAKER_ROLES).order_by("party__name")


class Commitment(VersionedModel):
    """One discrete promise: by whom, to whom, how firmly, by when, and where it stands.

    `status`, its date and the check dates are written by `actions/` from published developments and by nothing else;
    `manage.py check_history` proves that they agree.
    """

    code = models.CharField(
        _("code"),
        max_length=CODE_LENGTH,
        unique=True,
        validators=[CODE_VALIDATOR],
        help_text=_("Its public address. It never changes."),
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), help_text=_("What was promised, in plain words of our own."))
    summit = models.ForeignKey(Summit, models.PROTECT, related_name="commitments", verbose_name=_("summit"))
    classification = models.CharField(
        _("classification"),
        max_length=CHOICE_LENGTH,
        choices=[(member.value, member.label) for member in RECORD_CLASSIFICATIONS],
        default=Classification.COMMITMENT,
    )
    kind = models.CharField(_("kind"), max_length=CHOICE_LENGTH, choices=Kind.choices)
    strength = models.CharField(_("strength"), max_length=CHOICE_LENGTH, choices=Strength.choices)
    firmness = models.CharField(
        _("firmness"),
        max_length=CHOICE_LENGTH,
        choices=Firmness.choices,
        default=Firmness.DECLARED,
    )
    novelty = models.CharField(_("novelty"), max_length=CHOICE_LENGTH, choices=Novelty.choices, blank=True)
    collectivity = models.CharField(_("collectivity"), max_length=CHOICE_LENGTH, choices=Collectivity.choices)
    sectors = models.ManyToManyField(Sector, related_name="commitments", verbose_name=_("sectors"), blank=True)
    sdg_targets = models.ManyToManyField(
        SDGTarget, related_name="commitments", verbose_name=_("SDG targets"), blank=True
    )

    made_start = models.DateField(_("made from"), editable=False)
    made_end = models.DateField(_("made until"), editable=False)
    made_precision = precision_field()
    due_start = models.DateField(_("due from"), null=True, blank=True, editable=False)
    due_end = models.DateField(_("due until"), null=True, blank=True, editable=False)
    due_precision = precision_field()
    due_basis = models.CharField(
        _("basis of the deadline"),
        max_length=CHOICE_LENGTH,
        choices=DueBasis.choices,
        default=DueBasis.NONE,
    )

    success_criterion = models.TextField(
        _("success criterion"),
        blank=True,
        help_text=_("What would count as delivered."),
    )
    verifiability = models.CharField(
        _("verifiable"),
        max_length=CHOICE_LENGTH,
        choices=Verifiability.choices,
        default=Verifiability.YES,
    )
    verifiability_note = models.CharField(_("what is missing"), max_length=300, blank=True)
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    baseline = models.CharField(_("baseline"), max_length=60, blank=True)
    target = models.CharField(_("target"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    durability = models.CharField(
        _("durability once delivered"),
        max_length=CHOICE_LENGTH,
        choices=Durability.choices,
        blank=True,
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What a reader should know about this record."),
    )

    publication = models.CharField(
        _("publication"),
        max_length=CHOICE_LENGTH,
        choices=Publication.choices,
        default=Publication.DRAFT,
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name=_("merged into"),
    )
    review_interval_days = models.PositiveSmallIntegerField(
        _("review interval in days"), default=DEFAULT_REVIEW_INTERVAL_DAYS
    )
    last_checked_on = models.DateField(_("last checked on"), null=True, blank=True, editable=False)
    next_check_on = models.DateField(_("next check due on"), null=True, blank=True, editable=False)

    status = models.CharField(
        _("status"),
        max_length=CHOICE_LENGTH,
        choices=Status.choices,
        default=Status.NOT_ASSESSED,
        editable=False,
    )
    status_since_start = models.DateField(_("status since"), null=True, blank=True, editable=False)
    status_since_end = models.DateField(_("status since, until"), null=True, blank=True, editable=False)
    status_since_precision = precision_field()

    made = UncertainDateAttribute("made")
    due = OptionalUncertainDateAttribute("due")
    status_since = OptionalUncertainDateAttribute("status_since")
    objects = CommitmentQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[sectors, sdg_targets])

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["code"]
        permissions = [("retract_commitment", _("Can take a public commitment back"))]
        constraints = [
            codelist_constraint("classification", Classification),
            codelist_constraint("kind", Kind),
            codelist_constraint("strength", Strength),
            codelist_constraint("firmness", Firmness),
            codelist_constraint("novelty", Novelty, blank=True),
            codelist_constraint("collectivity", Collectivity),
            codelist_constraint("verifiability", Verifiability),
            codelist_constraint("durability", Durability, blank=True),
            codelist_constraint("status", Status),
            codelist_constraint("publication", Publication),
            codelist_constraint("due_basis", DueBasis),
            *uncertain_date_constraints("made", required=True),
            *uncertain_date_constraints("due", required=False),
            *uncertain_date_constraints("status_since", required=False),
            models.CheckConstraint(
                condition=Q(due_basis=DueBasis.NONE, due_start__isnull=True)
                | (~Q(due_basis=DueBasis.NONE) & Q(due_start__isnull=False)),
                name="commitment_due_basis_fits_due_date",
                violation_error_message=_("A deadline is stated or implied; without one its basis is none."),
            ),
            models.CheckConstraint(
                condition=Q(due_end__isnull=True) | Q(due_end__gte=F("made_start")),
                name="commitment_due_not_before_made",
                violation_error_message=_("A commitment cannot be due before it was made."),
            ),
            models.CheckConstraint(
                condition=Q(status=Status.NOT_ASSESSED) | Q(status_since_start__isnull=False),
                name="commitment_status_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="commitment_published_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(publication__in=(*PUBLIC_PUBLICATIONS, Publication.RETRACTED))
                | Q(published_at__isnull=False),
                name="commitment_public_was_published",
            ),
            models.CheckConstraint(
                condition=Q(publication=Publication.MERGED, merged_into__isnull=False)
                | (~Q(publication=Publication.MERGED) & Q(merged_into__isnull=True)),
                name="commitment_merged_has_a_target",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="commitment_is_not_merged_into_itself",
            ),
        ]
        indexes = [
            # The public list in its most used orders: with what it leaves out, so that pages of keys are read from the
            # index alone.
            models.Index(fields=["-made_start", "code", *LEAVING_OUT], name="commitment_newest"),
            models.Index(fields=["title", "code", *LEAVING_OUT], name="commitment_titles"),
            # The same; overdue, due next and the due window.
            models.Index(fields=["due_end", "code", *LEAVING_OUT], name="commitment_dues"),
            # Latest change of status first, and what was checked last.
            models.Index(fields=["-status_since_start", "code"], name="commitment_changed"),
            models.Index(fields=["-last_checked_on", "code"], name="commitment_checked_last"),
            # What was merged into a record, in an index without the many that were not: SQLite would leave it alone.
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="commitment_merged_into"),
            # What the counts of the facets read.
            models.Index(
                fields=[
                    "publication",
                    "status",
                    "kind",
                    "strength",
                    "novelty",
                    "classification",
                    "due_end",
                    "summit",
                    "id",
                ],
                name="commitment_facets",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("commitment", args=[self.code])

    @property
    def is_public(self) -> bool:
        """The same rule as `published()`, for a row already in hand."""
        return self.publication in PUBLIC_PUBLICATIONS

    @property
    def is_topic(self) -> bool:
        """Whether it is left out of rates: a topic, or merely discussed or explored."""
        return self.classification == Classification.TOPIC or self.strength in EXPLORATORY_STRENGTHS


class CommitmentParty(models.Model):
    """A party to a commitment in one role; a maker also bears its own status, derived as the commitment's is."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="parties", verbose_name=_("commitment"))
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="commitment_parties",
        verbose_name=_("party"),
    )
    role = models.CharField(_("role"), max_length=CHOICE_LENGTH, choices=Role.choices)
    status = models.CharField(
        _("status"),
        max_length=CHOICE_LENGTH,
        choices=Status.choices,
        default=Status.NOT_ASSESSED,
        editable=False,
    )
    status_since_start = models.DateField(_("status since"), null=True, blank=True, editable=False)
    status_since_end = models.DateField(_("status since, until"), null=True, blank=True, editable=False)
    status_since_precision = precision_field()

    status_since = OptionalUncertainDateAttribute("status_since")

    class Meta:
        verbose_name = _("party to the commitment")
        verbose_name_plural = _("parties to the commitment")
        ordering = ["party__name"]
        constraints = [
            codelist_constraint("role", Role),
            codelist_constraint("status", Status),
            *uncertain_date_constraints("status_since", required=False),
            models.UniqueConstraint(
                fields=["commitment", "party", "role"],
                name="commitment_party_role_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(role__in=MAKER_ROLES) | Q(status=Status.NOT_ASSESSED),
                name="commitment_party_status_is_for_makers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.get_role_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Whoever is a maker no more keeps no status of its own.
        if not self.is_maker:
            self.status, self.status_since = Status.NOT_ASSESSED, None
        super().save(*args, **kwargs)

    @property
    def is_maker(self) -> bool:
        return self.role in MAKER_ROLES


class CommitmentCountry(models.Model):
    """A country under which a commitment is found in one role. Derived: directly, through a bloc, or as home country.

    Written by `actions/countries.py` whenever parties or memberships change, so that filters and counts stay one join.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="countries")
    country = models.ForeignKey(Party, models.PROTECT, related_name="+")
    role = models.CharField(max_length=CHOICE_LENGTH, choices=Role.choices)

    class Meta:
        constraints = [
            codelist_constraint("role", Role),
            models.UniqueConstraint(
                fields=["commitment", "country", "role"],
                name="commitment_country_is_unique",
            ),
        ]
        indexes = [
            # The country filter and its counts, with and without a role.
            models.Index(
                fields=["country", "role", "commitment"],
                name="commitment_country_by_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} – {self.commitment}"
