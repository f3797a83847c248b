"""Dates by commitment, for finding all before or after a day."""

import datetime as dt
from collections.abc import Iterable, Mapping

from pyroaring import BitMap

# Enough for the last day of the year 9999.
BITS = 22


class Days:
    """A day for each of some commitments: by the bits of the days' ordinal numbers, the commitments with that bit."""

    def __init__(self, days: Mapping[dt.date, BitMap]) -> None:
        self.dated = BitMap()
        self._slices = [BitMap() for _ in range(BITS)]
        self.add(days)

    def add(self, days: Mapping[dt.date, BitMap]) -> None:
        """Take in commitments that have no day yet, by their day."""
        self.dated |= union(days.values())
        for day, subjects in days.items():
            number = day.toordinal()
            for bit, members in enumerate(self._slices):
                if number >> bit & 1:
                    members.update(subjects)

    def discard(self, subjects: BitMap) -> None:
        """Forget the days of these."""
        for members in (self.dated, *self._slices):
            members.difference_update(subjects)

    def until(self, day: dt.date) -> BitMap:
        """Those whose day is this one or an earlier one."""
        number = day.toordinal()
        earlier, same = BitMap(), self.dated.copy()
        for bit in reversed(range(BITS)):
            if not same:
                break
            if number >> bit & 1:
                earlier |= same - self._slices[bit]
                same &= self._slices[bit]
            else:
                same -= self._slices[bit]
        return earlier | same

    def before(self, day: dt.date) -> BitMap:
        """Those whose day is an earlier one."""
        return self.until(day - dt.timedelta(days=1)) if day > dt.date.min else BitMap()

    def since(self, day: dt.date) -> BitMap:
        """Those whose day is this one or a later one."""
        return self.dated - self.before(day)


def union(sets: Iterable[BitMap]) -> BitMap:
    """All that any of these holds."""
    return BitMap.union(BitMap(), *sets)
