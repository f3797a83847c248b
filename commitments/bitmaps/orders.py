"""Lists in their orders, so that any page of any list is found by counting."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db.models import Q
from pyroaring import BitMap

from commitments.models import Commitment
from commitments.models.commitments import CommitmentQuerySet
from commitments.sorts import COLUMNS, SORTS, Column

_BLOCK = 2048
# More changes at once than this cost more than reading the order anew.
_MOST_PLACED = 20


class Order:
    """The ids of all public commitments in one order, in blocks, each with the set of what it holds."""

    def __init__(self, name: str, using: str) -> None:
        self._name, self._columns, self._using = name, COLUMNS[name], using
        keys = self._sorted(self._public()).values_list("pk", flat=True)
        self._blocks = [array("I", block) for block in batched(keys.iterator(chunk_size=10_000), _BLOCK)]
        self._members = [BitMap(block) for block in self._blocks]

    def page(self, wanted: BitMap, start: int, stop: int) -> list[int]:
        """Of the wanted, in order, those from the place `start` to before `stop`."""
        found: list[int] = []
        passed, total = 0, len(wanted)
        for block, members in zip(self._blocks, self._members, strict=True):
            if passed >= min(stop, total):
                break
            here = members.intersection_cardinality(wanted)
            if here and passed + here > start:
                hits = members & wanted
                found += [pk for pk in block if pk in hits][max(0, start - passed) : stop - passed]
            passed += here
        return found

    def discard(self, subjects: Iterable[int]) -> None:
        """Take these out."""
        for pk in subjects:
            at = self._block_of(pk)
            if at is not None:
                self._blocks[at].remove(pk)
                self._members[at].discard(pk)

    def place(self, subjects: Sequence[int]) -> bool:
        """Put these, which are not in it, where they belong. Whether that could be done: if not, read it anew."""
        if len(subjects) > _MOST_PLACED:
            return False
        fresh = self._public().filter(pk__in=subjects)
        names = [column.name for column in self._columns]
        # From the last to the first: what follows one of them may be another.
        return all(
            self._place(pk, self._following(values))
            for pk, *values in reversed(list(self._sorted(fresh).values_list("pk", *names)))
        )

    def _place(self, pk: int, following: int | None) -> bool:
        if following is None:
            at, place = len(self._blocks) - 1, len(self._blocks[-1]) if self._blocks else 0
            if at < 0:
                self._blocks.append(array("I"))
                self._members.append(BitMap())
                at = 0
        else:
            block = self._block_of(following)
            # It was published after what changed was asked for.
            if block is None:
                return False
            at, place = block, self._blocks[block].index(following)
        self._blocks[at].insert(place, pk)
        self._members[at].add(pk)
        if len(self._blocks[at]) > 2 * _BLOCK:
            self._blocks[at : at + 1] = [self._blocks[at][:_BLOCK], self._blocks[at][_BLOCK:]]
            self._members[at : at + 1] = [BitMap(half) for half in self._blocks[at : at + 2]]
        return True

    def _block_of(self, pk: int) -> int | None:
        return next((at for at, members in enumerate(self._members) if pk in members), None)

    def _following(self, values: Sequence[Any]) -> int | None:
        """The commitment that comes next after one with these values."""
        for rows in self._after(values):
            if (pk := self._sorted(rows).values_list("pk", flat=True).first()) is not None:
                return pk
        return None

    def _after(self, values: Sequence[Any]) -> Iterator[CommitmentQuerySet]:
        """Those that come after: with the same values but the last, then the last but one. Each an index can find."""
        public = self._public()
        for last in reversed(range(len(self._columns))):
            same = Q(**dict(_is(*pair) for pair in zip(self._columns[:last], values[:last], strict=True)))
            name, descends, empty_last = self._columns[last]
            if values[last] is not None:
                yield public.filter(same, **{f"{name}__{'lt' if descends else 'gt'}": values[last]})
                if empty_last:
                    yield public.filter(same, **{f"{name}__isnull": True})

    def _public(self) -> CommitmentQuerySet:
        return Commitment.objects.using(self._using).published()

    def _sorted(self, rows: CommitmentQuerySet) -> CommitmentQuerySet:
        return rows.order_by(*SORTS[self._name])


def _is(column: Column, value: Any) -> tuple[str, Any]:
    return (f"{column.name}__isnull", True) if value is None else (column.name, value)
