"""Dates as exact as their source gives them: a day, a month, a quarter or a year.

An uncertain date shows as written, sorts by its start, falls due at its end and matches a window of dates by overlap.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from commitments.codelists import DatePrecision

MONTHS_PER_QUARTER = 3
_MONTH_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(calendar.month_name) if name},
    **{name.lower(): number for number, name in enumerate(calendar.month_abbr) if name},
    "sept": 9,
}
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
_QUARTER = re.compile(
    r"(?:(?P<year>\d{4})\s*-?\s*q(?P<q>[1-4])|q(?P<q2>[1-4])\s+(?P<year2>\d{4}))",
    re.ASCII | re.IGNORECASE,
)
_WRITTEN = re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Za-z]{3,9})\.?\s+(?P<year>\d{4})", re.ASCII)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)


@dataclass(frozen=True, order=True)
class UncertainDate:
    """A span of days that the source does not narrow further.

    `start` is the span's first day (a date), `precision` its length (a `DatePrecision`). Two compare by start first.
    Raises `ValueError` when `start` is not the first day of a span of that precision.
    """

    start: dt.date
    precision: DatePrecision = DatePrecision.DAY

    def __post_init__(self) -> None:
        first = _first_day(self.start, self.precision)
        if self.start != first:
            message = f"{self.start} does not start a {self.precision.value}; {first} does."
            raise ValueError(message)

    @classmethod
    def of(cls, day: dt.date, precision: DatePrecision = DatePrecision.DAY) -> "UncertainDate":
        """The span of this precision that holds `day`."""
        return cls(_first_day(day, precision), precision)

    @classmethod
    def parse(cls, text: str) -> "UncertainDate":
        """Read `2023`, `2023-Q4`, `2023-10`, `2023-10-24`, `24.10.2023`, `24 October 2023`, `Oct 2023` or `Q4 2023`.

        Raises `ValueError`, with a sentence for the person who typed it, when the text is none of these.
        """
        cleaned = " ".join(text.split())
        try:
            found = _parse_iso(cleaned) or _parse_quarter(cleaned) or _parse_written(cleaned) or _parse_dotted(cleaned)
        except ValueError as error:
            message = _("“%(text)s” is not a day of the calendar.") % {"text": text}
            raise ValueError(message) from error
        if found is None:
            message = _(
                "“%(text)s” is not a date. Write 2023, 2023-Q4, 2023-10 or 2023-10-24, as exactly as the source does."
            ) % {"text": text}
            raise ValueError(message)
        return found

    @property
    def end(self) -> dt.date:
        """The span's last day: when a deadline falls due."""
        year, month = self.start.year, self.start.month
        if self.precision == DatePrecision.DAY:
            return self.start
        if self.precision == DatePrecision.QUARTER:
            month += MONTHS_PER_QUARTER - 1
        elif self.precision == DatePrecision.YEAR:
            month = 12
        return dt.date(year, month, calendar.monthrange(year, month)[1])

    @property
    def iso(self) -> str:
        """The date in ISO 8601 cut to its precision (`2023-10`); quarters, which ISO lacks, as `2023-Q4`."""
        # Cut from the whole: strftime does not fill a year up to four digits.
        day = self.start.isoformat()
        if self.precision == DatePrecision.YEAR:
            return day[:4]
        if self.precision == DatePrecision.QUARTER:
            return f"{day[:4]}-Q{self._quarter}"
        if self.precision == DatePrecision.MONTH:
            return day[:7]
        return day

    @property
    def datetime_attribute(self) -> str:
        """The value for HTML's `<time datetime>`, which knows no quarters: those give their year."""
        return self.iso[:4] if self.precision == DatePrecision.QUARTER else self.iso

    @property
    def _quarter(self) -> int:
        return (self.start.month - 1) // MONTHS_PER_QUARTER + 1

    def __str__(self) -> str:
        """The date as a reader writes it in the active language: “24 October 2023”, “October 2023”, “Q4 2023”."""
        if self.precision == DatePrecision.QUARTER:
            return _("Q%(quarter)s %(year)s") % {
                "quarter": self._quarter,
                "year": self.start.year,
            }
        pattern = {
            # E is the month as it stands after a day: октября, not Октябрь.
            DatePrecision.DAY: "j E Y",
            DatePrecision.MONTH: "F Y",
            DatePrecision.YEAR: "Y",
        }[self.precision]
        return formats.date_format(self.start, pattern)


def _first_day(day: dt.date, precision: DatePrecision) -> dt.date:
    if precision == DatePrecision.DAY:
        return day
    if precision == DatePrecision.MONTH:
        return day.replace(day=1)
    if precision == DatePrecision.QUARTER:
        return day.replace(month=day.month - (day.month - 1) % MONTHS_PER_QUARTER, day=1)
    return day.replace(month=1, day=1)


def _parse_iso(text: str) -> UncertainDate | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day = (
        int(match["year"]),
        int(match["month"] or 1),
        int(match["day"] or 1),
    )
    if match["day"]:
        return UncertainDate(dt.date(year, month, day), DatePrecision.DAY)
    return UncertainDate(
        dt.date(year, month, 1),
        DatePrecision.MONTH if match["month"] else DatePrecision.YEAR,
    )


def _parse_quarter(text: str) -> UncertainDate | None:
    match = _QUARTER.fullmatch(text)
    if match is None:
        return None
    year, quarter = int(match["year"] or match["year2"]), int(match["q"] or match["q2"])
    return UncertainDate(dt.date(year, (quarter - 1) * MONTHS_PER_QUARTER + 1, 1), DatePrecision.QUARTER)


def _parse_written(text: str) -> UncertainDate | None:
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    month = _MONTH_NUMBERS.get(match["month"].lower())
    if month is None:
        return None
    day = dt.date(int(match["year"]), month, int(match["day"] or 1))
    return UncertainDate(day, DatePrecision.DAY if match["day"] else DatePrecision.MONTH)


def _parse_dotted(text: str) -> UncertainDate | None:
    match = _DOTTED.fullmatch(text)
    if match is None:
        return None
    return UncertainDate(
        dt.date(int(match["year"]), int(match["month"]), int(match["day"])),
        DatePrecision.DAY,
    )
