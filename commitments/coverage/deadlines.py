"""By when: the deadline that a sentence gives, as exactly as it gives it. English and Russian."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from commitments.codelists import DatePrecision, DueBasis
from commitments.uncertain_dates import MONTHS_PER_QUARTER, UncertainDate

MONTHS_PER_YEAR = 12
MID_YEAR = 6


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words of a deadline, and its date where one can be told."""

    words: str
    date: UncertainDate | None
    basis: DueBasis


type Reader = Callable[[re.Match[str], dt.date | None], UncertainDate | None]

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12, "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "мае": 5, "маю": 5, "июн": 6, "июл": 7,
    "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one a год года одного", "two двух два", "three трех три", "four четырех четыре", "five пяти пять",
            "six шести шесть", "seven семи", "eight восьми", "nine девяти", "ten десяти", "eleven", "twelve двенадцати",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_QUARTERS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4,
    "перв": 1, "втор": 2, "трет": 3, "четв": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip

_EN_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_RU_MONTH = (
    r"(?P<month>январ\w+|феврал\w+|март\w*|апрел\w+|ма[йяею]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|"
    r"декабр\w+)"
)
_YEAR = r"(?P<year>20\d\d)"
_BY = r"(?:by|before|until|till|no later than|not later than|prior to|through)(?: or before)?(?: the)?"
_DO = r"(?:до|к|ко|не позднее|не позже)"


def _month_of(text: str) -> int:
    return _MONTHS[text.lower()[:3]]


def _day(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    found = match.groupdict()
    month = _month_of(found["month"])
    year = _year(found.get("year"), month, reference)
    if year is None:
        return None
    try:
        return UncertainDate(dt.date(year, month, int(found["day"])))
    except ValueError:
        return None


def _month(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    found = match.groupdict()
    month = _month_of(found["month"])
    year = _year(found.get("year"), month, reference)
    return None if year is None else UncertainDate(dt.date(year, month, 1), DatePrecision.MONTH)


def _year(written: str | None, month: int, reference: dt.date | None) -> int | None:
    """The year that is written; else that of the next such month from the day of the document on."""
    if written:
        return int(written)
    return None if reference is None else reference.year + (month < reference.month)


def _whole_year(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    return _of_year(int(match["year"]))


def _of_year(year: int) -> UncertainDate | None:
    return UncertainDate(dt.date(year, 1, 1), DatePrecision.YEAR) if year <= dt.MAXYEAR else None


def _middle(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    return UncertainDate(dt.date(int(match["year"]), MID_YEAR, 1), DatePrecision.MONTH)


def _quarter(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    written = match["quarter"].lower()
    quarter = _QUARTERS.get(written) or _QUARTERS.get(written[:4])
    if quarter is None:
        return None
    return UncertainDate(dt.date(int(match["year"]), (quarter - 1) * MONTHS_PER_QUARTER + 1, 1), DatePrecision.QUARTER)


def _this_year(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    return None if reference is None else _of_year(reference.year)


def _next_year(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    return None if reference is None else _of_year(reference.year + 1)


def _within(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    """So many years or months after the day of the document: a month, since nobody counts by days."""
    written = match["number"].lower()
    number = int(written) if written.isdecimal() else _NUMBERS.get(written)
    if reference is None or number is None:
        return None
    unit = match["unit"].lower()
    months = number * (MONTHS_PER_YEAR if unit.startswith(("year", "год", "лет")) else 1)
    month = reference.month - 1 + months
    year = reference.year + month // MONTHS_PER_YEAR
    if year > dt.MAXYEAR:
        return None
    return UncertainDate(dt.date(year, month % MONTHS_PER_YEAR + 1, 1), DatePrecision.MONTH)


def _undated(match: re.Match[str], reference: dt.date | None) -> UncertainDate | None:
    return None


# The more exact ones first: the first that matches is the deadline.
_FORMS: tuple[tuple[str, Reader, DueBasis], ...] = (
    (rf"\b{_BY} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_EN_MONTH}(?:,? {_YEAR})?\b", _day, DueBasis.STATED),
    (rf"\b{_BY} {_EN_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?\b(?!\s?\d)", _day, DueBasis.STATED),
    (rf"\bon (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_EN_MONTH},? {_YEAR}\b", _day, DueBasis.STATED),
    (rf"\bon {_EN_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}\b", _day, DueBasis.STATED),
    (rf"\b(?:{_DO}|на) (?P<day>\d{{1,2}})(?:-?го)? {_RU_MONTH}(?: {_YEAR})?\b", _day, DueBasis.STATED),
    (rf"\b(?:(?:{_BY}|in)(?: end of| early| late| mid)?(?:-| )?)\s?{_EN_MONTH}(?:,? (?:of )?{_YEAR})?\b", _month, DueBasis.STATED),
    (rf"\b(?:{_DO}|в)(?: конца| концу| начале| конце| середине)? {_RU_MONTH}(?: {_YEAR})?\b", _month, DueBasis.STATED),
    (rf"\b(?:in|by|before|during)(?: the)?(?: end of)?(?: the)? (?P<quarter>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter(?: of)? {_YEAR}\b", _quarter, DueBasis.STATED),
    (rf"\b(?:в|во|до конца|к концу) (?P<quarter>перв\w+|втор\w+|трет\w+|четверт\w+|iv|iii|ii|i|[1-4]) квартал\w* {_YEAR}\b", _quarter, DueBasis.STATED),
    (rf"\b(?:by |in )?mid-?\s?{_YEAR}\b", _middle, DueBasis.STATED),
    (rf"\b(?:к|до) середин\w+ {_YEAR}\b", _middle, DueBasis.STATED),
    (rf"\b(?:between|from) 20\d\d (?:and|to|until) {_YEAR}\b", _whole_year, DueBasis.STATED),
    (rf"\b(?:in|for|over|на|в) 20\d\d\s?[-–]\s?{_YEAR}\b", _whole_year, DueBasis.STATED),
    (rf"\b{_BY}(?: year)?(?: end of| end| close of)?(?: the year| year)? {_YEAR}\b", _whole_year, DueBasis.STATED),
    (rf"\b(?:{_DO})(?: конца| концу)? {_YEAR}\b", _whole_year, DueBasis.STATED),
    (rf"\b(?:in|during|throughout|at the end of)(?: the year)? {_YEAR}\b", _whole_year, DueBasis.STATED),
    (rf"\bв(?: течение| конце| начале)? {_YEAR} (?:году|года|г\.)", _whole_year, DueBasis.STATED),
    (r"\b(?:by|before|at)(?: the)? end of (?:this|the)(?: current)? year\b|\b(?:later )?this year\b", _this_year, DueBasis.STATED),
    (r"\b(?:до|к)(?: конца| концу)(?: текущего| этого)? года?\b|\bв (?:этом|текущем) году\b", _this_year, DueBasis.STATED),
    (r"\b(?:by(?: the)?(?: end of)? |in )?(?:the )?(?:next|coming) year\b|\b(?:в|до конца|к концу) (?:следующ|будущ)\w+ год\w\b", _next_year, DueBasis.STATED),
    (r"\b(?:within|over|in|during)(?: the)?(?: next| coming| following)? (?P<number>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a)[ -](?P<unit>years?|months?)\b", _within, DueBasis.IMPLIED),
    (r"\b(?:в течение|за|через)(?: ближайших| следующих)? (?P<number>\d{1,2}|одного|двух|два|трех|три|четырех|пяти|шести|семи|восьми|девяти|десяти|двенадцати) (?P<unit>лет|год\w*|месяц\w*)\b", _within, DueBasis.IMPLIED),
    (r"\b(?:by|before|at|no later than) (?:our|the|its|their) next (?:meeting|summit|session)\b|\b(?:к|на) следующ\w+ (?:встреч|саммит|заседани)\w*|\bas soon as possible\b|\bв кратчайшие сроки\b", _undated, DueBasis.STATED),
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(form.replace(" ", r"\s+"), re.IGNORECASE), reader, basis) for form, reader, basis in _FORMS
)


def find(text: str, reference: dt.date | None) -> Deadline | None:
    """The deadline of a plain text (`cues.plain`), or None. `reference` is the day of the document.

    What ended before that day is no deadline.
    """
    undated: Deadline | None = None
    for pattern, reader, basis in _COMPILED:
        for match in pattern.finditer(text):
            date = reader(match, reference)
            words = " ".join(match.group().split())
            if date is None:
                undated = undated or Deadline(words, None, basis)
            elif reference is None or date.end >= reference:
                return Deadline(words, date, basis)
    return undated
