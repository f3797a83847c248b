"""A line of time: days to places along it, and the dates written under it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import formats

from commitments.charts.labels import width_of

MONTHS_PER_YEAR = 12
# How far apart two dates under the line may stand, in months.
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
LABEL_GAP = 10
YEAR = "0000"


@dataclass(frozen=True)
class Tick:
    """A date under the line, centred at `x`."""

    x: float
    label: str


@dataclass(frozen=True)
class TimeAxis:
    """The days from `start` to `end`, both included, between `left` and `right` units."""

    start: dt.date
    end: dt.date
    left: float
    right: float

    def x(self, day: dt.date, *, at_end: bool = False) -> float:
        """Where a day begins, or with `at_end` where it ends; a day outside stands at the edge."""
        days = (day - self.start).days + at_end
        total = (self.end - self.start).days + 1
        return round(self.left + (self.right - self.left) * min(max(days / total, 0), 1), 1)

    def ticks(self, size: float) -> list[Tick]:
        """As many dates as stand side by side in a font of `size` units, none over an edge."""
        # Every label holds a year: with so many of them there is no room, whatever else they say.
        most = (self.right - self.left) / (width_of(YEAR, size) + LABEL_GAP) + 1
        for step in STEPS:
            days = self._every(step)
            if len(days) > most:
                continue
            pattern = "Y" if step % MONTHS_PER_YEAR == 0 else "M Y"
            ticks = [Tick(self.x(day), formats.date_format(day, pattern)) for day in days]
            widths = [width_of(tick.label, size) for tick in ticks]
            room = all(
                after.x - before.x >= width + LABEL_GAP
                for before, after, width in zip(ticks, ticks[1:], map(max, widths, widths[1:]), strict=False)
            )
            if room:
                return [
                    tick
                    for tick, width in zip(ticks, widths, strict=True)
                    if tick.x - width / 2 >= 0 and tick.x + width / 2 <= self.right + self.left
                ]
        return []

    def _every(self, months: int) -> list[dt.date]:
        """The first days of every so many months, counted from the year 0, within the axis."""
        first = self.start.year * MONTHS_PER_YEAR + self.start.month - 1
        last = self.end.year * MONTHS_PER_YEAR + self.end.month - 1
        numbers = range(-(-first // months) * months, last + 1, months)
        days = [dt.date(number // MONTHS_PER_YEAR, number % MONTHS_PER_YEAR + 1, 1) for number in numbers]
        return [day for day in days if day >= self.start]
