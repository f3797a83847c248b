"""The one filter: page, counts, downloads, feeds and API all read the same parameters through it.

Which rows a query string asks for is in `filtered_rows.py`; here is what is said of it: queries, chips, a sentence.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast
from urllib.parse import quote_plus, urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import parameters
from commitments.codelists import DefinedChoices, Kind, Novelty, Role, Status, StatusGroup, Strength
from commitments.filtered_rows import CHOICES, FACETED, MOMENTS, SHOWING, FilteredRows, Ignored, ReadElsewhere
from commitments.models import Party, Sector, Summit
from commitments.sorts import SORT_LABELS

__all__ = [
    "CHOICES",
    "CODELISTS_BY_PARAMETER",
    "FACETED",
    "MOMENTS",
    "PLACE",
    "SHOWING",
    "Chip",
    "CommitmentFilter",
    "Ignored",
    "ReadElsewhere",
    "filling",
]

# Stands for a value while a query is put together. Made by chance, so that nobody asks for it.
PLACE = f"0{secrets.token_hex(16)}"


@dataclass(frozen=True)
class Chip:
    """One value in force: what it is called, what it says, and the query string of a page without it."""

    label: str
    value_label: str
    query: str


class CommitmentFilter(FilteredRows):
    """Commitments as a query string asks for them. Values of one parameter add up, parameters narrow each other.

    `data` is the request's query; `queryset` what may be seen, `published()` unless said (`is_public`); `today` decides
    what is overdue, unless the query asks for another day (`moment`). Never fails: what it does not understand is in
    `ignored`.
    """

    @cached_property
    def parts(self) -> list[tuple[str, str, str]]:
        """Every value in force as (parameter, value in the query, label), in the order of the parameters."""
        return [
            (parameter, value, label)
            for parameter in self.filters
            if parameter != "sort"
            for value, label in self._labelled(parameter)
        ]

    def _labelled(self, parameter: str) -> Iterator[tuple[str, str]]:
        value = self.values[parameter]
        if parameter == "role" and not (self.values["country"] or self.values["party"]):
            return
        if parameter in MOMENTS and parameter not in self.moment.parameters:
            return
        if isinstance(value, bool):
            yield ("1", _("yes")) if value else ("0", _("no"))
        elif isinstance(value, dt.date):
            yield value.isoformat(), value.isoformat()
        elif isinstance(value, str) and value:
            yield value, str(Role(value).label) if parameter == "role" else value
        elif isinstance(value, list):
            yield from (self._named(parameter, item) for item in value)

    def _named(self, parameter: str, item: Any) -> tuple[str, str]:
        if parameter in CODELISTS_BY_PARAMETER:
            return item, str(CODELISTS_BY_PARAMETER[parameter](item).label)
        if isinstance(item, Party):
            return (item.alpha2 if parameter == "country" else item.slug) or item.slug, item.local_name
        if isinstance(item, Sector):
            return item.code, item.label
        return (item.code if isinstance(item, Summit) else item.slug), item.name

    @property
    def query(self) -> str:
        """The canonical query string of this list, with its `?`, without the page; empty when nothing is asked."""
        return self.query_with()

    def as_shown(self, query: str) -> str:
        """A query string with every choice of those filters that show it here: for links within the list."""
        unfolded = urlencode([(CHOICES, name) for name in self.unfolded])
        parts = [part for part in (query.removeprefix("?"), unfolded) if part]
        return f"?{'&'.join(parts)}" if parts else ""

    def query_with(self, *, add: tuple[str, str] | None = None, remove: tuple[str, str] | None = None) -> str:
        """The canonical query string with one (parameter, value) more or less. Single-valued ones are replaced."""
        pairs = [(parameter, value) for parameter, value, _label in self.parts if (parameter, value) != remove]
        if add is not None:
            parameter, value = add
            if not cast("parameters.ParameterField", self.form.fields[parameter]).many:
                pairs = [pair for pair in pairs if pair[0] != parameter]
            pairs.append((parameter, value))
        return self._query(pairs)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every (parameter, value) in force."""
        return frozenset((parameter, value) for parameter, value, _label in self.parts)

    def query_adding(self, parameter: str) -> Callable[[str], str]:
        """What gives the canonical query string with one more value of a parameter, for many values that it lacks."""
        return filling(self.query_with(add=(parameter, PLACE)))

    def query_for_each(self, parameter: str, **values: str | Iterable[str]) -> Callable[[str], str]:
        """What gives `query_replacing` with these values and any one of a parameter, for many of them."""
        return filling(self.query_replacing(**{parameter: PLACE, **values}))

    def query_replacing(self, **values: str | Iterable[str]) -> str:
        """The canonical query string with these values, or none, in place of all that their parameters have."""
        pairs = [(parameter, value) for parameter, value, _label in self.parts if parameter not in values]
        for parameter, given in values.items():
            pairs += [(parameter, value) for value in ([given] if isinstance(given, str) else given)]
        return self._query(pairs)

    @property
    def fixed_days(self) -> dict[str, str]:
        """Both days that the list is looked at from: without them today, or, as of what day, the day it is known on."""
        return {"as_of": self.day.isoformat(), "as_known": (self.moment.as_known or self.today).isoformat()}

    @property
    def fixed_query(self) -> str:
        """The canonical query string with both days, so that it leads to the same list later."""
        return self.query_replacing(**self.fixed_days)

    def _query(self, pairs: Iterable[tuple[str, str]]) -> str:
        pairs = list(pairs)
        if self.values["sort"] and self.sorting == self.values["sort"]:
            pairs.append(("sort", self.sorting))
        # By parameter, in the order in which each is met first.
        values: dict[str, list[str]] = {}
        for parameter, value in pairs:
            values.setdefault(parameter, []).append(value)
        return f"?{urlencode(values, doseq=True)}" if values else ""

    @cached_property
    def chips(self) -> list[Chip]:
        """Every value in force, with the query string that removes it (`?` alone when nothing is left)."""
        return self.chips_of(self.parts, lambda pair: self.as_shown(self.query_with(remove=pair)) or "?")

    def chips_of(self, parts: Iterable[tuple[str, str, str]], without: Callable[[tuple[str, str]], str]) -> list[Chip]:
        """These of the `parts` as chips of another page: `without` gives its query string less one of them."""
        return [
            Chip(str(self.filters[parameter].label), label, without((parameter, value)))
            for parameter, value, label in parts
        ]

    @property
    def sentence(self) -> str:
        """The query in words."""
        return _("%(what)s, %(order)s.") % {"what": self.subject, "order": SORT_LABELS[self.sorting]}

    @property
    def subject(self) -> str:
        """What is asked for in words, in whatever order."""
        clauses = [clause for clause in (self._clause(parameter) for parameter in self.filters) if clause]
        subject = _("Commitments and topics") if self.shows_topics() else _("Commitments")
        return ", ".join([subject, *clauses])

    def _clause(self, parameter: str) -> str:
        labels = [label for other, _value, label in self.parts if other == parameter]
        if not labels or parameter not in CLAUSES:
            return ""
        if isinstance(self.values[parameter], bool):
            return str(CLAUSES[parameter] if self.values[parameter] else NEGATED_CLAUSES.get(parameter, ""))
        return str(CLAUSES[parameter]) % {"values": _(" or ").join(labels)}


# The same few hundred values stand in all queries.
_quoted = lru_cache(maxsize=4096)(quote_plus)


def filling(query: str) -> Callable[[str], str]:
    """What gives a query string that holds `PLACE` once, with any value in its stead."""
    before, after = query.split(PLACE)
    return lambda value: f"{before}{_quoted(value)}{after}"


CODELISTS_BY_PARAMETER: dict[str, type[DefinedChoices]] = {
    "status": Status,
    "status_group": StatusGroup,
    "kind": Kind,
    "strength": Strength,
    "novelty": Novelty,
}
CLAUSES = {
    "q": gettext_lazy("matching “%(values)s”"),
    "country": gettext_lazy("with %(values)s"),
    "role": gettext_lazy("as %(values)s"),
    "party": gettext_lazy("with %(values)s named as a party"),
    "sector": gettext_lazy("in %(values)s"),
    "status": gettext_lazy("with status %(values)s"),
    "status_group": gettext_lazy("with status group %(values)s"),
    "summit": gettext_lazy("made at %(values)s"),
    "series": gettext_lazy("made in %(values)s"),
    "kind": gettext_lazy("of kind %(values)s"),
    "strength": gettext_lazy("worded as %(values)s"),
    "novelty": gettext_lazy("that were %(values)s when made"),
    "made_after": gettext_lazy("made on or after %(values)s"),
    "made_before": gettext_lazy("made on or before %(values)s"),
    "due_after": gettext_lazy("due on or after %(values)s"),
    "due_before": gettext_lazy("due on or before %(values)s"),
    "overdue": gettext_lazy("overdue"),
    "has_amount": gettext_lazy("that name a sum"),
    "as_of": gettext_lazy("as they stood on %(values)s"),
    "as_known": gettext_lazy("as this site knew on %(values)s"),
}
NEGATED_CLAUSES = {
    "overdue": gettext_lazy("not overdue"),
    "has_amount": gettext_lazy("that name no sum"),
}
