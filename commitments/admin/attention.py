"""What the desk counts. Each number is a list: one function gives both, and the change list filters by it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import remits, standing, triage
from commitments.codelists import LinkHealth, ReviewKind, SuggestionState
from commitments.models import Commitment, Development, Document, Import, Suggestion, User
from commitments.models.commitments import CommitmentQuerySet
from commitments.models.imports import ImportQuerySet
from commitments.models.reviews import with_last_review

type Narrow = Callable[[CommitmentQuerySet, dt.date], CommitmentQuerySet]
type NarrowDrafts = Callable[[QuerySet[Any], User], QuerySet[Any]]

ATTENTION = "attention"
STATE = "state"

# By name: its label, and those of the followed commitments that it holds.
OF_COMMITMENTS: dict[str, tuple[str | Promise, Narrow]] = {
    "overdue": (gettext_lazy("Overdue"), lambda followed, today: followed.overdue(today)),
    "due_soon": (gettext_lazy("Due within 90 days"), triage.due_soon),
    "stale": (gettext_lazy("Check overdue"), lambda followed, today: followed.stale(today)),
    "contested": (gettext_lazy("Contested"), lambda followed, today: standing.contested(followed)),
    "orphaned": (gettext_lazy("Orphaned"), lambda followed, today: followed.orphaned(today)),
}
# By name: its label, and those of all drafts that it holds for somebody.
OF_DRAFTS: dict[str, tuple[str | Promise, NarrowDrafts]] = {
    "draft": (gettext_lazy("Draft"), lambda drafts, user: drafts.exclude(last_review=ReviewKind.REJECTED)),
    "mine": (
        gettext_lazy("My drafts"),
        lambda drafts, user: drafts.filter(entered_by=user).exclude(last_review=ReviewKind.REJECTED),
    ),
    "submitted": (gettext_lazy("Submitted"), lambda drafts, user: drafts.filter(last_review=ReviewKind.SUBMITTED)),
    "to_review": (
        gettext_lazy("Waiting for my review"),
        lambda drafts, user: drafts.filter(last_review=ReviewKind.SUBMITTED).exclude(entered_by=user),
    ),
    "changes_requested": (
        gettext_lazy("Changes requested"),
        lambda drafts, user: drafts.filter(last_review=ReviewKind.CHANGES_REQUESTED),
    ),
    "rejected": (gettext_lazy("Rejected"), lambda drafts, user: drafts.filter(last_review=ReviewKind.REJECTED)),
}
# By name: its label, and those of the files that wait for it.
OF_IMPORTS: dict[str, tuple[str | Promise, Callable[[ImportQuerySet], ImportQuerySet]]] = {
    "imports": (gettext_lazy("Imports to confirm"), ImportQuerySet.to_confirm),
    "imports_to_mend": (gettext_lazy("Imports to mend"), ImportQuerySet.to_mend),
}
PUBLISHED = "published"


def commitments(name: str, *, today: dt.date) -> CommitmentQuerySet:
    """The followed commitments that need attention in one way."""
    return OF_COMMITMENTS[name][1](triage.followed(), today)


def drafts(name: str, *, user: User) -> QuerySet[Any]:
    """The drafts in one state, or somebody's."""
    return OF_DRAFTS[name][1](with_last_review(remits.visible(user, Development.objects.drafts())), user)


@dataclass(frozen=True)
class Figure:
    """A number on the desk, and the address of the list that it counts."""

    name: str
    label: str | Promise
    count: int
    url: str


def figures(user: User, *, today: dt.date) -> list[Figure]:
    """Every number that this user may see, each counted by one query."""
    return list(_figures(user, today))


def _figures(user: User, today: dt.date) -> Iterator[Figure]:
    if user.has_perm("commitments.view_commitment"):
        for name, (label, _narrow) in OF_COMMITMENTS.items():
            yield Figure(name, label, commitments(name, today=today).count(), _url(Commitment, f"{ATTENTION}={name}"))
    names = ["to_review"] if user.has_perm("commitments.review_development") else []
    names += ["mine"] if user.has_perm("commitments.change_development") else []
    for name in names:
        yield Figure(name, OF_DRAFTS[name][0], drafts(name, user=user).count(), _url(Development, f"{STATE}={name}"))
    if user.has_perm("commitments.view_development"):
        sent = remits.visible(user, Suggestion.objects.waiting()).count()
        yield Figure(
            "suggestions", _("Suggestions waiting"), sent, _url(Suggestion, f"state__exact={SuggestionState.NEW}")
        )
    if user.has_perm("commitments.view_document"):
        dead = Document.objects.filter(link_health=LinkHealth.GONE).count()
        yield Figure("dead_links", _("Dead links"), dead, _url(Document, f"link_health__exact={LinkHealth.GONE}"))
    if user.has_perm("commitments.view_import"):
        for name, (label, narrow) in OF_IMPORTS.items():
            yield Figure(name, label, narrow(Import.objects.all()).count(), _url(Import, f"{ATTENTION}={name}"))


def _url(model: type[Any], query: str) -> str:
    return f"{reverse(f'admin:commitments_{model._meta.model_name}_changelist')}?{query}"


class AttentionFilter(admin.SimpleListFilter):
    """Commitments that need somebody's attention, as the desk counts them."""

    title = gettext_lazy("attention")
    parameter_name = ATTENTION

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(label)) for name, (label, _narrow) in OF_COMMITMENTS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        name = self.value()
        if name not in OF_COMMITMENTS:
            return queryset
        # A subquery: the list may be searched and sorted in ways that its rule knows nothing of.
        return queryset.filter(pk__in=commitments(name, today=timezone.localdate()).values("pk"))


class ImportFilter(admin.SimpleListFilter):
    """Files that need somebody's attention, as the desk counts them."""

    title = gettext_lazy("attention")
    parameter_name = ATTENTION

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(label)) for name, (label, _narrow) in OF_IMPORTS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        name = self.value()
        if name not in OF_IMPORTS:
            return queryset
        return queryset.filter(pk__in=OF_IMPORTS[name][1](Import.objects.all()).values("pk"))


class StateFilter(admin.SimpleListFilter):
    """Drafts by where they stand, or what is published."""

    title = gettext_lazy("state")
    parameter_name = STATE

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(label)) for name, (label, _narrow) in OF_DRAFTS.items()] + [(PUBLISHED, _("Published"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        name = self.value()
        if name == PUBLISHED:
            return queryset.filter(published_at__isnull=False)
        if name not in OF_DRAFTS:
            return queryset
        return queryset.filter(pk__in=drafts(name, user=request.user).values("pk"))  # type: ignore[arg-type]
