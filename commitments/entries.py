"""Developments as a query asks for them: the list's parameters ask for the commitments, two more for the entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.codelists import DefinedChoices, DevelopmentKind, Status
from commitments.filters import CommitmentFilter, Ignored
from commitments.models import Development
from commitments.models.developments import DevelopmentQuerySet
from commitments.parameters import CodeField

type Pair = tuple[str, str]

# Parameters of the entries themselves; all others are the list's, and ask for the commitments.
ENTRY, ENTRY_STATUS = "entry", "entry_status"
OWN: dict[str, tuple[str | Promise, type[DefinedChoices]]] = {
    ENTRY: (gettext_lazy("Kind of entry"), DevelopmentKind),
    ENTRY_STATUS: (gettext_lazy("Status of the entry"), Status),
}
COLUMNS = {ENTRY: "kind", ENTRY_STATUS: "status"}
ORDER = ("-happened_start", "happened_precision", "-pk")


@dataclass(frozen=True)
class Entries:
    """The published developments of a list's commitments, those asked for by kind and status."""

    filter: CommitmentFilter
    own: list[Pair] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    @property
    def rows(self) -> DevelopmentQuerySet:
        """The newest event first; those of one day together, apart from those of the month that begins on it."""
        return self.unordered.order_by(*ORDER)

    @property
    def unordered(self) -> DevelopmentQuerySet:
        """The same in no order and with no joins."""
        # No rate is made of entries, so those on topics are shown too, unless the reader wants none.
        without_topics = self.filter.values["topics"] is False
        commitments = self.filter.qs if without_topics else self.filter.with_topics()
        found = Development.objects.published().filter(self.filter.moment.developments, commitment__in=commitments)
        return found.filter(**{COLUMNS[parameter]: code for parameter, code in self.own})

    @property
    def sentence(self) -> str:
        """The query in words."""
        said = _("Developments of: %(commitments)s") % {"commitments": self.filter.sentence}
        return " ".join([said, *([_("Only: %(asked)s.") % {"asked": ", ".join(self._asked)}] if self._asked else [])])

    @property
    def subject(self) -> str:
        """What is asked for in words, in whatever order."""
        said = _("Developments of: %(commitments)s") % {"commitments": self.filter.subject}
        return "; ".join([said, *([_("only: %(asked)s") % {"asked": ", ".join(self._asked)}] if self._asked else [])])

    @property
    def _asked(self) -> list[str]:
        return [str(OWN[parameter][1](code).label) for parameter, code in self.own]

    @property
    def query(self) -> str:
        """The query string that leads to the same entries, with its `?`; empty when nothing is asked."""
        return self._query(self.filter.query)

    @property
    def fixed_query(self) -> str:
        """The same with both days, so that it leads to the same entries later."""
        return self._query(self.filter.fixed_query)

    def _query(self, commitments: str) -> str:
        query = QueryDict(commitments.removeprefix("?"), mutable=True)
        for parameter, code in self.own:
            query[parameter] = code
        return f"?{query.urlencode()}" if query else ""


def given(query: QueryDict) -> dict[str, list[str]]:
    """Every value that a query gives to the parameters of the entries' own."""
    return {parameter: query.getlist(parameter) for parameter in OWN if parameter in query}


def entries(commitment_filter: CommitmentFilter, given: Mapping[str, Sequence[str]]) -> Entries:
    """The entries asked for; `given` has the values of the parameters of their own."""
    own, ignored = read(given)
    ignored += commitment_filter.ignored
    if commitment_filter.values["sort"]:
        ignored.append(Ignored("sort", commitment_filter.values["sort"], _("Entries come newest first.")))
    return Entries(commitment_filter, own, ignored)


def read(given: Mapping[str, Sequence[str]]) -> tuple[list[Pair], list[Ignored]]:
    """What is asked of the entries themselves, and what was asked in vain."""
    pairs: list[Pair] = []
    ignored: list[Ignored] = []
    for parameter, (_label, codelist) in OWN.items():
        code_field = CodeField(codes=codelist.values)
        code = code_field.clean(given.get(parameter))
        pairs += [(parameter, code)] if code else []
        ignored += [Ignored(parameter, one.value, one.reason) for one in code_field.rejected]
    return pairs, ignored
