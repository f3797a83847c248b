"""A query as somebody follows it: what it finds now, and whether it found what a record said before."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import cached_property

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from commitments.changes.matching import matches
from commitments.filters import MOMENTS, SHOWING, CommitmentFilter
from commitments.models import Commitment
from commitments.models.commitments import CommitmentQuerySet
from commitments.snapshots import Snapshot

# Besides the list's parameters: one record, by its code.
COMMITMENT = "commitment"
CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", re.ASCII)
# A follower looks from the day on which they are told, and gets no pages.
_NOT_FOLLOWED = (*MOMENTS, *SHOWING)


class Followed:
    """The list's parameters, or one commitment by its code; lenient, as the list is.

    Days to look back to, the order and the page are no part of what is followed.
    """

    def __init__(self, query: str | QueryDict, *, today: dt.date) -> None:
        asked = QueryDict(query) if isinstance(query, str) else query
        self.code = asked.get(COMMITMENT, "").strip().upper()
        data = QueryDict(mutable=True)
        for name, values in asked.lists():
            if name not in (COMMITMENT, *_NOT_FOLLOWED) and not self.code:
                data.setlist(name, values)
        self.filter = CommitmentFilter(data, today=today)

    @property
    def canonical(self) -> str:
        """The query in the one form in which it is kept, without a `?`."""
        if self.code:
            one = QueryDict(mutable=True)
            one[COMMITMENT] = self.code
            return one.urlencode()
        return self.filter.query.removeprefix("?")

    @cached_property
    def commitment(self) -> Commitment | None:
        """The commitment that is followed by its code, or the one it was merged into. None where none is public."""
        if not CODE.fullmatch(self.code):
            return None
        return self._one(Commitment.objects.published()).first()

    @property
    def exists(self) -> bool:
        """Whether there is something to follow: a list always is."""
        return not self.code or self.commitment is not None

    @property
    def sentence(self) -> str:
        """What is followed, in words."""
        return self._sentence(self.filter)

    @property
    def sentence_without_text(self) -> str:
        """The same without words that somebody typed: for a message that nobody has agreed to get yet."""
        data = self.filter.data.copy()
        if not data.pop("q", None):
            return self.sentence
        rest = self._sentence(CommitmentFilter(data, today=self.filter.today))
        return _("%(what)s Of these, those found by a search for certain words.") % {"what": rest}

    def _sentence(self, commitment_filter: CommitmentFilter) -> str:
        if not self.code:
            return f"{commitment_filter.subject}."
        title = self.commitment.title if self.commitment else ""
        return f"{self.code}: {title}." if title else f"{self.code}."

    def now(self, pks: Iterable[int]) -> set[int]:
        """Those of these commitments that the query finds now."""
        public = Commitment.objects.published().filter(pk__in=list(pks))
        found = (
            self._one(public) if self.code else CommitmentFilter(self.filter.data, public, today=self.filter.today).qs
        )
        return set(found.order_by().values_list("pk", flat=True))

    def then(self, snapshot: Snapshot) -> bool:
        """Whether it found a record that said this."""
        if self.code:
            return bool(snapshot["code"] == self.code)
        return matches(self.filter, snapshot)

    def _one(self, public: CommitmentQuerySet) -> CommitmentQuerySet:
        absorbed = Q(absorbed__code=self.code, absorbed__published_at__isnull=False)
        return public.filter(Q(code=self.code) | absorbed).distinct()
