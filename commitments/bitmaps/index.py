"""The index of one database: for every value that a filter knows, the public commitments that have it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db.models import Model, Q
from pyroaring import BitMap

from commitments.bitmaps.days import Days, union
from commitments.bitmaps.orders import Order
from commitments.bitmaps.pieces import Pieces
from commitments.bitmaps.reading import Groups, among, grouped
from commitments.bitmaps.stood import Stood
from commitments.bitmaps.texts import Texts
from commitments.codelists import EXPLORATORY_STRENGTHS, Classification
from commitments.groups import GROUPS, NAMED
from commitments.models import Amount, Commitment, Party, Sector, Summit, SummitSeries
from commitments.models.commitments import UNSETTLED_STATUSES

CODES = ("status", "kind", "strength", "novelty")
DATES = ("made_start", "made_end", "due_start", "due_end")
# Made of the sectors, not read.
CATEGORY = "category"
_NONE = BitMap()


class Index:
    """Everything that the list's filters and facets need, of the public commitments of one database.

    It is read from that database whatever the router says: where a thread of its own makes it, no request has said from
    where to read.
    """

    def __init__(self, using: str) -> None:
        self.using = using
        self.everything = among(Commitment.objects.using(self.using).published(), "pk")
        self._groups: dict[str, Groups[Any]] = {name: {} for name in (*CODES, *GROUPS) if name != CATEGORY}
        self._days = {name: Days({}) for name in DATES}
        self.topics, self.amounts = BitMap(), BitMap()
        self.stood = Stood(using)
        self.texts = Texts(using)
        self.pieces = Pieces()
        self._orders: dict[str, Order] = {}
        self._categories: Groups[int] | None = None
        self._whole: dict[str, Mapping[Any, int]] = {}
        self._records: dict[type[Model], dict[int, Any]] = {}
        self._read(None)

    # What it holds

    def group(self, name: str) -> Groups[Any]:
        """By the keys of one of `GROUPS`, or the codes of a column, the commitments that have them."""
        return self._in_categories if name == CATEGORY else self._groups[name]

    def members(self, name: str, keys: Iterable[Any]) -> BitMap:
        """Those that have any of these values."""
        found = self._groups[name]
        return union(found.get(key, _NONE) for key in keys)

    def days(self, name: str) -> Days:
        """The dates of a column."""
        return self._days[name]

    def statuses(self, day: dt.date | None = None) -> Mapping[str, BitMap]:
        """By status, those that have it, or that had it on a day."""
        return self._groups["status"] if day is None else self._statuses_on(day)

    def overdue(self, today: dt.date, statuses: Mapping[str, BitMap]) -> BitMap:
        """Those whose due date had ended before today and that were not settled."""
        return self._days["due_end"].before(today) & union(statuses.get(one, _NONE) for one in UNSETTLED_STATUSES)

    def order(self, name: str) -> Order:
        """All in one of the orders, read when it is first asked for."""
        if name not in self._orders:
            self._orders[name] = Order(name, self.using)
        return self._orders[name]

    def in_series(self, series: Iterable[SummitSeries]) -> BitMap:
        """Those made at the summits of these series."""
        wanted = {one.pk for one in series}
        return self.members("summit", (pk for pk, one in self.records(Summit).items() if one.series_id in wanted))

    def in_sectors(self, sectors: Iterable[Sector]) -> BitMap:
        """Those in these sectors, or in one below them."""
        wanted = {one.pk for one in sectors}
        below = (pk for pk, one in self.records(Sector).items() if one.parent_id in wanted)
        return self.members("sector", {*wanted, *below})

    @property
    def _in_categories(self) -> Groups[int]:
        if self._categories is None:
            self._categories = {}
            sectors = self.records(Sector)
            for pk, members in self._groups["sector"].items():
                # One that was deleted leaves an empty set; one newer than the records comes with the next state.
                if pk in sectors and members:
                    category = sectors[pk].parent_id or pk
                    self._categories[category] = self._categories.get(category, _NONE) | members
        return self._categories

    def records[M: Party | Sector | Summit | SummitSeries](self, model: type[M]) -> Mapping[int, M]:
        """All records of a kind that commitments refer to, by id. They are everybody's: not to be changed."""
        if model not in self._records:
            rows = model._default_manager.using(self.using).select_related(*NAMED.get(model, (None,)))
            self._records[model] = {one.pk: one for one in rows}
        return self._records[model]

    def whole(self, name: str, count: Callable[[], Mapping[Any, int]]) -> Mapping[Any, int]:
        """How many commitments, without the topics, are in each set of a group: counted once in each state."""
        if name not in self._whole:
            self._whole[name] = MappingProxyType(count())
        return self._whole[name]

    # How it is kept

    def forget_records(self) -> None:
        """Read the records that commitments refer to anew when they are next asked for."""
        self._records = {}
        self._categories = None
        self._whole = {}
        self.pieces.clear()

    def update(self, subjects: Iterable[int]) -> None:
        """Read these commitments anew, whether they are held, are no longer to be, or were not."""
        changed = BitMap(subjects)
        for group in self._groups.values():
            for members in group.values():
                members.difference_update(changed)
        for days in self._days.values():
            days.discard(changed)
        for members in (self.everything, self.topics, self.amounts):
            members.difference_update(changed)
        self.everything |= among(Commitment.objects.using(self.using).published(), "pk", changed)
        self._read(changed)
        self.stood.discard(changed)
        self.stood.read(changed)
        self.texts.update(changed)
        self.pieces.discard(changed)
        for name, order in list(self._orders.items()):
            order.discard(changed)
            if not order.place(list(changed & self.everything)):
                del self._orders[name]

    def _read(self, only: BitMap | None) -> None:
        for name, group in self._groups.items():
            for key, members in self._grouped(name, only).items():
                group.setdefault(key, BitMap()).update(members)
        for name, days in self._days.items():
            found = grouped(Commitment.objects.using(self.using).exclude(**{name: None}), "pk", name, only=only)
            days.add({day: members & self.everything for day, members in found.items()})
        is_topic = Q(classification=Classification.TOPIC) | Q(strength__in=EXPLORATORY_STRENGTHS)
        self.topics |= among(Commitment.objects.using(self.using).filter(is_topic), "pk", only) & self.everything
        self.amounts |= among(Amount.objects.using(self.using), "commitment", only) & self.everything
        self._categories = None
        self._whole = {}
        self._statuses_on = lru_cache(maxsize=32)(lambda day: self.stood.on(day, self.everything))

    def _grouped(self, name: str, only: BitMap | None) -> Groups[Any]:
        if name in CODES:
            found = grouped(Commitment.objects.using(self.using), "pk", name, only=only)
        else:
            group = GROUPS[name]
            found = grouped(group.rows.using(self.using), group.commitment, *group.keys, only=only)
        return {key: members for key, held in found.items() if (members := held & self.everything)}
