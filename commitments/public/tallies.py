"""Numbers for pages: each from the filter that also gives the list behind it, and with the query that leads there."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from commitments.codelists import Role, Status
from commitments.counts import Counts
from commitments.facets import Choice, facet
from commitments.filters import MOMENTS, CommitmentFilter
from commitments.models import Party
from commitments.public.unheeded import unheeded
from commitments.timetravel import NOW, Moment


def filtered(*, today: dt.date, moment: Moment = NOW, **parameters: str | Sequence[str]) -> CommitmentFilter:
    """The list that these query parameters ask for, as it stood at the moment. One may have several values."""
    return CommitmentFilter(QueryDict(urlencode({**parameters, **moment.parameters}, doseq=True)), today=today)


def looking_from(request: HttpRequest, *own: str) -> dict[str, Any]:
    """What a page about a record needs to show it from the days that the reader asks for.

    `moment`, `today` (the day by which deadlines are judged) and `ignored`, what was asked in vain. `own` are other
    parameters that the page takes.
    """
    asked = CommitmentFilter(request.GET, today=timezone.localdate())
    ignored = [one for one in asked.ignored if one.parameter in MOMENTS]
    ignored += unheeded(request, *MOMENTS, *own)
    return {"moment": asked.moment, "today": asked.day, "ignored": ignored}


def by_status(commitment_filter: CommitmentFilter, counts: Counts) -> list[Choice]:
    """How many commitments of a list have each status, in the codelist's order; those that none has left out."""
    found = counts.by_status
    return [_choice(commitment_filter, "status", status, found[status]) for status in Status if found.get(status)]


def by_role(commitment_filter: CommitmentFilter, party: Party, counts: Counts) -> list[Choice]:
    """In how many commitments of a list, asked for by this party or country, it has each role."""
    found = counts.roles("countries" if party.is_country else "parties", [party.pk])
    return [_choice(commitment_filter, "role", role, found[role]) for role in Role if role in found]


def _choice(commitment_filter: CommitmentFilter, parameter: str, code: Role | Status, count: int) -> Choice:
    query = commitment_filter.query_with(add=(parameter, code.value))
    return Choice(code.value, str(code.label), count, selected=False, query=query, definition=str(code.definition))


def by_facet(commitment_filter: CommitmentFilter, parameter: str, counts: Counts | None = None) -> list[Choice]:
    """How many commitments each choice of one facet would give."""
    return facet(commitment_filter, parameter, counts).choices
