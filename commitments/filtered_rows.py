"""Which commitments a query string asks for: its parameters, what each was taken to mean, and the rows they leave."""

import copy
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Self, cast

import django_filters
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet
from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from commitments import parameters, search, timetravel
from commitments.codelists import (
    EXPLORATORY_STRENGTHS,
    STATUSES_BY_GROUP,
    Kind,
    Novelty,
    Role,
    Status,
    StatusGroup,
    Strength,
)
from commitments.models import (
    Amount,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Party,
    Sector,
    Summit,
    SummitSeries,
)
from commitments.models.commitments import UNSETTLED_STATUSES, CommitmentQuerySet
from commitments.sorts import DEFAULT_SORT, RELEVANCE, SORTS
from commitments.timetravel import Moment

# Names the filters of which a page shows every choice, however many; those that have choices.
CHOICES = "choices"
FACETED = ("status_group", "status", "country", "role", "sector", "series", "summit", "kind", "strength", "novelty")
# Parameters that choose how the list is shown, not what is in it.
SHOWING = ("sort", "page", CHOICES)
MOMENTS = ("as_of", "as_known")


@dataclass(frozen=True)
class Ignored:
    """A parameter, or one of its values, that was not applied, and a sentence that says why."""

    parameter: str
    value: str
    reason: str


class ParameterFilter(django_filters.Filter):
    """A filter over one query parameter: its field reads the values, its set's method of the same name applies them."""

    field_class = parameters.ParameterField

    def __init__(self, field: type[parameters.ParameterField], *, label: Any, **field_arguments: Any) -> None:
        super().__init__(label=label, **field_arguments)
        self.field_class = field

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # Each set has its own, a page several sets: nothing in it changes but whose it is.
        return copy.copy(self)

    def filter(self, qs: CommitmentQuerySet, value: Any) -> CommitmentQuerySet:
        if value in (None, "", []):
            return qs
        apply = getattr(self.parent, f"by_{self.field_name}")
        return cast("CommitmentQuerySet", apply(qs, value))


class ReadElsewhere(ParameterFilter):
    """One that narrows nothing by itself: another one reads its value, or the list is made or shown by it."""

    def filter(self, qs: CommitmentQuerySet, value: Any) -> CommitmentQuerySet:
        return qs


class FilteredRows(django_filters.FilterSet):
    """What `filters.CommitmentFilter` finds. `filters.py` adds what is said of it."""

    q = ParameterFilter(parameters.TextField, label=gettext_lazy("Text"))
    country = ParameterFilter(
        parameters.RecordsField,
        label=gettext_lazy("Country"),
        queryset=Party.objects.countries(),
        key="alpha2",
        upper=True,
    )
    # With the country and the party: a role of nobody narrows nothing.
    role = ReadElsewhere(parameters.CodeField, label=gettext_lazy("Role"), codes=Role.values)
    party = ParameterFilter(
        parameters.RecordsField, label=gettext_lazy("Party"), queryset=Party.objects.all(), key="slug"
    )
    sector = ParameterFilter(
        parameters.RecordsField, label=gettext_lazy("Sector"), queryset=Sector.objects.all(), key="code"
    )
    status = ParameterFilter(parameters.CodesField, label=gettext_lazy("Status"), codes=Status.values)
    status_group = ParameterFilter(parameters.CodesField, label=gettext_lazy("Status group"), codes=StatusGroup.values)
    summit = ParameterFilter(
        parameters.RecordsField, label=gettext_lazy("Summit"), queryset=Summit.objects.all(), key="code", upper=True
    )
    series = ParameterFilter(
        parameters.RecordsField, label=gettext_lazy("Series"), queryset=SummitSeries.objects.all(), key="slug"
    )
    kind = ParameterFilter(parameters.CodesField, label=gettext_lazy("Kind"), codes=Kind.values)
    strength = ParameterFilter(parameters.CodesField, label=gettext_lazy("Strength"), codes=Strength.values)
    novelty = ParameterFilter(parameters.CodesField, label=gettext_lazy("Novelty"), codes=Novelty.values)
    made_after = ParameterFilter(parameters.DateField, label=gettext_lazy("Made after"), edge="start")
    made_before = ParameterFilter(parameters.DateField, label=gettext_lazy("Made before"), edge="end")
    due_after = ParameterFilter(parameters.DateField, label=gettext_lazy("Due after"), edge="start")
    due_before = ParameterFilter(parameters.DateField, label=gettext_lazy("Due before"), edge="end")
    overdue = ParameterFilter(parameters.YesNoField, label=gettext_lazy("Overdue"))
    has_amount = ParameterFilter(parameters.YesNoField, label=gettext_lazy("Names a sum"))
    # Left out last, over everything, in `without`.
    topics = ReadElsewhere(parameters.YesNoField, label=pgettext_lazy("filter", "Topics"))
    # The moment is applied first, under everything, in `with_topics`.
    as_of = ReadElsewhere(parameters.DateField, label=gettext_lazy("As it stood on"), edge="end")
    as_known = ReadElsewhere(parameters.DateField, label=gettext_lazy("As this site said on"), edge="end")
    sort = ReadElsewhere(parameters.CodeField, label=gettext_lazy("Sort"), codes=SORTS)

    class Meta:
        model = Commitment
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: QueryDict | None = None, queryset: CommitmentQuerySet | None = None, *, today: dt.date
    ) -> None:
        self.today = today
        self.is_public = queryset is None
        visible = Commitment.objects.published() if queryset is None else queryset
        super().__init__(QueryDict() if data is None else data, visible)

    @classmethod
    @cache
    def get_form_class(cls) -> type[Form]:
        """The form of all parameters: one class for every set, as all have the same."""
        fields = {name: one.field for name, one in cls.base_filters.items()}
        return type("CommitmentFilterForm", (Form,), fields)

    # What was asked

    @cached_property
    def values(self) -> dict[str, Any]:
        """What each parameter was understood to mean: records, codes, dates, truth values or text."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    @cached_property
    def moment(self) -> Moment:
        """The days that the list is looked at from; a day ahead is none."""
        days = {name: self.values[name] for name in MOMENTS if self.values[name]}
        return Moment(**{name: day for name, day in days.items() if day <= self.today})

    @property
    def day(self) -> dt.date:
        """The day by which deadlines are judged."""
        return self.moment.day(self.today)

    def column(self, parameter: str) -> str:
        """The column that a parameter of codes is about."""
        return timetravel.STATUS_THEN if parameter == "status" and self.moment else parameter

    @property
    def text(self) -> str:
        """The text searched for."""
        return str(self.values["q"])

    @property
    def sorting(self) -> str:
        """The order in force: a key of `SORTS`."""
        asked = self.values["sort"]
        if asked and (asked != RELEVANCE or self.text):
            return str(asked)
        return self.default_sorting

    @property
    def default_sorting(self) -> str:
        """The order in force when none is asked for."""
        return RELEVANCE if self.text else DEFAULT_SORT

    def again(self, query: str, *, without: Iterable[str] = ()) -> Self:
        """The list of another query string, less these parameters, seen on the same day and with the same choices."""
        data = QueryDict(query.removeprefix("?"), mutable=True)
        for parameter in without:
            data.pop(parameter, None)
        if self.unfolded:
            data.setlist(CHOICES, self.unfolded)
        return type(self)(data, today=self.today)

    @cached_property
    def unfolded(self) -> list[str]:
        """The parameters of which every choice is to be shown."""
        return [name for name in dict.fromkeys(self.data.getlist(CHOICES)) if name in FACETED]

    @cached_property
    def ignored(self) -> list[Ignored]:
        """Everything in the query that was not applied."""
        known = {*self.filters, *SHOWING}
        ignored = [
            Ignored(parameter, self.data.get(parameter, ""), _("There is no such filter."))
            for parameter in self.data
            if parameter not in known
        ]
        for parameter in self.values:
            field = cast("parameters.ParameterField", self.form.fields[parameter])
            ignored += [Ignored(parameter, rejected.value, rejected.reason) for rejected in field.rejected]
        if self.values["role"] and not (self.values["country"] or self.values["party"]):
            ignored.append(Ignored("role", self.values["role"], _("A role needs a country or a party.")))
        ignored += [
            Ignored(name, self.values[name].isoformat(), _("That day lies ahead."))
            for name in MOMENTS
            if self.values[name] and self.values[name] > self.today
        ]
        if self.text and search.parse(self.text).is_cut:
            ignored.append(Ignored("q", self.text, _("Only its first words are searched for: it has too many.")))
        ignored += [
            Ignored(CHOICES, name, _("There is no such filter, or it has no choices."))
            for name in self.data.getlist(CHOICES)
            if name and name not in FACETED
        ]
        if self.values["sort"] == RELEVANCE and not self.text:
            ignored.append(Ignored("sort", RELEVANCE, _("Only a text search has a best match.")))
        return ignored

    # What is found

    @property
    def qs(self) -> CommitmentQuerySet:
        """The commitments asked for, in no order and with no joins."""
        return self.without()

    @property
    def rows(self) -> CommitmentQuerySet:
        """The commitments asked for, sorted as asked and joined for a list."""
        if self.sorting == RELEVANCE:
            return search.by_relevance(self.qs, self.text).for_list()
        return self.qs.order_by(*self.order).for_list()

    @property
    def keys(self) -> QuerySet[Commitment, int]:
        """The keys of the commitments asked for, sorted as asked."""
        if self.sorting == RELEVANCE:
            return search.by_relevance(self.qs, self.text).values_list("pk", flat=True)
        return self.qs.order_by(*self.order).values_list("pk", flat=True)

    @property
    def order(self) -> tuple[str | OrderBy, ...]:
        """The columns of the order in force; empty for the best match, which the search engine ranks."""
        if self.sorting == "-changed" and self.moment:
            return (F(timetravel.CHANGED_THEN).desc(nulls_last=True), "code")
        return SORTS[self.sorting]

    def without(self, *left_out: str) -> CommitmentQuerySet:
        """The commitments asked for if these parameters were not given: what a facet counts its choices in."""
        queryset = self.with_topics(*left_out)
        return queryset if self.shows_topics(*left_out) else queryset.without_topics()

    def with_topics(self, *left_out: str) -> CommitmentQuerySet:
        """The same with the topics shown."""
        queryset = cast("CommitmentQuerySet", self.queryset)
        if self.moment:
            queryset = timetravel.at(queryset, self.moment)
        for parameter, value in self.values.items():
            if parameter not in left_out:
                queryset = self.filters[parameter].filter(queryset, value)
        return queryset

    def shows_topics(self, *left_out: str) -> bool:
        """Whether topics are in the list, if these parameters were not given."""
        # Whoever asks for what was merely discussed or explored wants to see it.
        asked_for = "strength" not in left_out and EXPLORATORY_STRENGTHS.intersection(self.values["strength"])
        return bool(asked_for or ("topics" not in left_out and self.values["topics"]))

    # One method a parameter that narrows

    def by_q(self, queryset: CommitmentQuerySet, text: str) -> CommitmentQuerySet:
        return search.matching(queryset, text)

    def by_country(self, queryset: CommitmentQuerySet, countries: list[Party]) -> CommitmentQuerySet:
        rows = CommitmentCountry.objects.filter(country__in=countries, **self._role)
        return queryset.filter(pk__in=rows.values("commitment"))

    def by_party(self, queryset: CommitmentQuerySet, parties: list[Party]) -> CommitmentQuerySet:
        rows = CommitmentParty.objects.filter(party__in=parties, **self._role)
        return queryset.filter(pk__in=rows.values("commitment"))

    @property
    def _role(self) -> dict[str, str]:
        return {"role": self.values["role"]} if self.values["role"] else {}

    def by_sector(self, queryset: CommitmentQuerySet, sectors: list[Sector]) -> CommitmentQuerySet:
        # The few sectors are found by themselves: over the many links, "this sector or one below it" finds no index.
        keys = [sector.pk for sector in sectors]
        wanted = Sector.objects.filter(Q(pk__in=keys) | Q(parent__in=keys)).order_by()
        rows = Commitment.sectors.through.objects.filter(sector__in=wanted)
        return queryset.filter(pk__in=rows.values("commitment"))

    def by_status(self, queryset: CommitmentQuerySet, statuses: list[str]) -> CommitmentQuerySet:
        return queryset.filter(**{f"{self.column('status')}__in": statuses})

    def by_status_group(self, queryset: CommitmentQuerySet, groups: list[str]) -> CommitmentQuerySet:
        return self.by_status(
            queryset, [status for group in groups for status in STATUSES_BY_GROUP[StatusGroup(group)]]
        )

    def by_summit(self, queryset: CommitmentQuerySet, summits: list[Summit]) -> CommitmentQuerySet:
        return queryset.filter(summit__in=summits)

    def by_series(self, queryset: CommitmentQuerySet, series: list[SummitSeries]) -> CommitmentQuerySet:
        return queryset.filter(summit__series__in=series)

    def by_kind(self, queryset: CommitmentQuerySet, kinds: list[str]) -> CommitmentQuerySet:
        return queryset.filter(kind__in=kinds)

    def by_strength(self, queryset: CommitmentQuerySet, strengths: list[str]) -> CommitmentQuerySet:
        return queryset.filter(strength__in=strengths)

    def by_novelty(self, queryset: CommitmentQuerySet, novelties: list[str]) -> CommitmentQuerySet:
        return queryset.filter(novelty__in=novelties)

    # An uncertain date matches a window that it overlaps.

    def by_made_after(self, queryset: CommitmentQuerySet, day: dt.date) -> CommitmentQuerySet:
        return queryset.filter(made_end__gte=day)

    def by_made_before(self, queryset: CommitmentQuerySet, day: dt.date) -> CommitmentQuerySet:
        return queryset.filter(made_start__lte=day)

    def by_due_after(self, queryset: CommitmentQuerySet, day: dt.date) -> CommitmentQuerySet:
        return queryset.filter(due_end__gte=day)

    def by_due_before(self, queryset: CommitmentQuerySet, day: dt.date) -> CommitmentQuerySet:
        return queryset.filter(due_start__lte=day)

    def by_overdue(self, queryset: CommitmentQuerySet, wanted: bool) -> CommitmentQuerySet:
        status = self.column("status")
        if wanted:
            return queryset.overdue(self.day, status=status)
        return queryset.exclude(Q(due_end__lt=self.day) & Q(**{f"{status}__in": UNSETTLED_STATUSES}))

    def by_has_amount(self, queryset: CommitmentQuerySet, wanted: bool) -> CommitmentQuerySet:
        has_amount = Exists(Amount.objects.filter(commitment=OuterRef("pk")))
        return queryset.filter(has_amount if wanted else ~has_amount)
