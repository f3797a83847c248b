"""From the rows of a file to records: every row becomes a part of one, or is listed with the reason why not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commitments import source_urls
from commitments.codelists import Status
from commitments.imports.columns import words
from commitments.imports.datasets.averages import Compared
from commitments.imports.datasets.cells import date_of, number_of, readable
from commitments.imports.datasets.mapping import CODED, DatasetMapping, Shape, SummitMap
from commitments.imports.datasets.records import Found, Known, Record, code_of
from commitments.imports.files.fields import read_address, split_addresses
from commitments.imports.files.sheets import Cell, Sheet, text_of
from commitments.imports.table import Problem
from commitments.models import Party
from commitments.models.base import CODE_LENGTH, CODE_VALIDATOR
from commitments.uncertain_dates import UncertainDate

# Of a row that is another's record, what the first row says stays.
_MERGING = (Shape.LONG, Shape.HISTORY)


class RowLost(ValueError):
    """A row cannot be imported: which column is at fault, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


@dataclass
class Reading:
    """What was read of a file. `lost` is what was not taken over, `remarks` what was, and should be looked at."""

    mapping: DatasetMapping
    sheet: Sheet
    known: Known
    records: dict[str, Record] = field(default_factory=dict)
    lost: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    averages: Compared = field(default_factory=Compared)
    _places: dict[str, int] = field(default_factory=dict)
    _lines: dict[int, list[str]] = field(default_factory=dict)

    def read(self) -> None:
        """Go through the rows once."""
        self._places = {name: place for place, name in reversed(list(enumerate(self.sheet.header)))}
        for number, cells in self.sheet.lines:
            try:
                self._read_row(number, cells)
            except RowLost as lost:
                place = self._places.get(lost.column)
                self.lost.append(
                    self._problem(number, lost.column, cells[place] if place is not None else "", str(lost))
                )

    # --- a row --------------------------------------------------------------------------------------------------------

    def _read_row(self, number: int, cells: list[Cell]) -> None:
        identifier = self._identifier(cells)
        code = self._code(identifier)
        known = self.records.get(code)
        if known is not None and known.identifier != identifier:
            message = _("Its code would be %(code)s, which “%(other)s” in row %(row)d has already.")
            raise RowLost(self._header("id"), message % {"code": code, "other": known.identifier, "row": known.row})
        if known is None or self.mapping.shape not in _MERGING:
            record = self._new(number, cells, identifier, self._free(number, cells, code))
        else:
            record = known
            self._compare_texts(number, cells, known)
        before = len(self.lost)
        for one in list(self._statements(number, cells, record)):
            self._add(record, one)
        if "average" in self.mapping.columns:
            self._compare_average(number, cells, record, unread=len(self.lost) - before)
        # Kept last: a row that cannot be taken over leaves nothing behind.
        record.rows.append(number)
        self.records[record.code] = record
        self._lines[number] = [text_of(cell) for cell in cells]

    def _identifier(self, cells: list[Cell]) -> str:
        try:
            identifier = self._text(cells, "id")
        except ValueError as error:
            raise RowLost(self._header("id"), str(error)) from error
        if not identifier:
            raise RowLost(self._header("id"), _("Without it, nobody could tell the commitment from others."))
        return identifier

    def _code(self, identifier: str) -> str:
        code = code_of(self.mapping.prefix, identifier)
        try:
            CODE_VALIDATOR(code)
        except ValidationError as error:
            raise RowLost(self._header("id"), _("No code can be made of it.")) from error
        if len(code) > CODE_LENGTH:
            raise RowLost(self._header("id"), _("Its code would be longer than %(most)d.") % {"most": CODE_LENGTH})
        return code

    def _free(self, number: int, cells: list[Cell], code: str) -> str:
        """The code, or where the mapping numbers doubles the next. Raises `RowLost` for a double otherwise."""
        known = self.records.get(code)
        if known is None:
            return code
        same = self._lines[known.row] == [text_of(cell) for cell in cells]
        if same:
            raise RowLost(self._header("id"), _("It says the same as row %(row)d.") % {"row": known.row})
        if not self.mapping.number_duplicates:
            message = _("Row %(row)d has the same id and says something else: only that one is imported.")
            raise RowLost(self._header("id"), message % {"row": known.row})
        place = 2
        while f"{code}-{place}" in self.records:
            place += 1
        message = _("Row %(row)d has the same id: imported as %(code)s.")
        values = {"row": known.row, "code": f"{code}-{place}"}
        self.remarks.append(self._problem(number, self._header("id"), self._at(cells, "id"), message % values))
        return f"{code}-{place}"

    def _new(self, number: int, cells: list[Cell], identifier: str, code: str) -> Record:
        record = Record(identifier, code, number, summit=self._summit(cells))
        for name in ("title", "summary"):
            setattr(record, name, self._field(number, cells, name, readable) or "")
        if not record.has_text:
            if self.mapping.needs_text:
                raise RowLost(self._header("title"), _("It has no text."))
            message = _("It has no text: it stays a draft, with a title that says so.")
            self.remarks.append(self._problem(number, self._header("title"), "", message))
        for name in ("made", "due"):
            setattr(record, name, self._field(number, cells, name, date_of))
        record.codes = {name: self._coded(number, cells, name) for name in CODED}
        record.sectors = tuple(self._field(number, cells, "sectors", self._sectors) or ())
        if not self._by_member:
            record.makers = {party.pk: party for party in self.known.makers}
        return record

    def _summit(self, cells: list[Cell]) -> SummitMap:
        if "summit" not in self.mapping.columns:
            return self.mapping.summits[""]
        value = text_of(self._at(cells, "summit")).strip()
        summit = self.mapping.summits.get(value) or self.mapping.summits.get("")
        if summit is None:
            raise RowLost(self._header("summit"), _("The mapping names no summit for it."))
        return summit

    def _coded(self, number: int, cells: list[Cell], name: str) -> str:
        table = self.mapping.translate.get(name, {})

        def read(cell: Cell) -> str:
            word = readable(cell)
            code = table.get(word.lower(), word)
            if word and code not in CODED[name].values:
                raise ValueError(_("The mapping says nothing of this word: it is taken for the default."))
            return code

        return self._field(number, cells, name, read) or self.mapping.defaults[name]

    def _sectors(self, cell: Cell) -> list[str]:
        codes = words(readable(cell)) if readable(cell) else []
        unknown = [code for code in codes if code not in self.known.sectors]
        if unknown:
            raise ValueError(_("There is no such sector: %(codes)s.") % {"codes": ", ".join(unknown)})
        return codes

    def _compare_texts(self, number: int, cells: list[Cell], record: Record) -> None:
        for name in ("title", "summary"):
            text = text_of(self._at(cells, name)) if name in self.mapping.columns else ""
            first = getattr(record, name)
            if text and not first:
                setattr(record, name, text)
            elif text and text != first:
                message = _("Row %(row)d, which has the same id, says something else: that stays.")
                self._lose(number, name, self._at(cells, name), message % {"row": record.row})

    # --- what it says of the makers -----------------------------------------------------------------------------------

    @property
    def _by_member(self) -> bool:
        return self.mapping.shape == Shape.WIDE or "member" in self.mapping.columns

    def _statements(self, number: int, cells: list[Cell], record: Record) -> Iterator[Found]:
        day = self._field(number, cells, "date", date_of) or self.mapping.date
        urls = self._urls(number, cells)
        if self.mapping.shape == Shape.WIDE:
            for header, member in self.known.parties.items():
                cell = cells[self._places[header]]
                if text_of(cell).strip().lower() not in self.mapping.absent:
                    record.makers[member.pk] = member
                    yield from self._scored(number, header, cell, member, day, urls)
            return
        party: Party | None = self._member(cells) if self._by_member else None
        if party is not None:
            record.makers[party.pk] = party
        if self.mapping.shape == Shape.LONG:
            yield from self._scored(number, self._header("score"), self._at(cells, "score"), party, day, urls)
        else:
            yield from self._worded(number, cells, party, day, urls)

    def _member(self, cells: list[Cell]) -> Party:
        party = self.known.parties.get(text_of(self._at(cells, "member")))
        if party is None:
            raise RowLost(self._header("member"), _("The mapping names no party for it."))
        return party

    def _scored(
        self,
        number: int,
        header: str,
        cell: Cell,
        party: Party | None,
        day: UncertainDate | None,
        urls: tuple[str, ...],
    ) -> Iterator[Found]:
        try:
            score = number_of(cell)
            if score is not None and score not in self.mapping.scores:
                raise ValueError(_("It is none of the scores that the mapping names."))
            if score is not None and day is None:
                raise ValueError(_("Nothing says from when it is."))
        except ValueError as error:
            self.lost.append(self._problem(number, header, cell, str(error)))
            return
        status = self.mapping.scores[score] if score is not None else Status.NOT_ASSESSED
        if status != Status.NOT_ASSESSED and day is not None:
            yield Found(number, header, text_of(cell), party, status, day, urls)

    def _worded(
        self, number: int, cells: list[Cell], party: Party | None, day: UncertainDate | None, urls: tuple[str, ...]
    ) -> Iterator[Found]:
        cell = self._at(cells, "status")
        word = text_of(cell).strip().lower()
        status = self.mapping.statuses.get(word) or self.known.words.get(word)
        if not word or status == Status.NOT_ASSESSED:
            return
        if status is None:
            self._lose(number, "status", cell, _("Nothing says what this word means here: add it to the mapping."))
        elif day is None:
            self._lose(number, "status", cell, _("Nothing says from when it is."))
        else:
            yield Found(number, self._header("status"), text_of(cell), party, status, day, urls)

    def _add(self, record: Record, found: Found) -> None:
        """Keep a statement, unless another says the same or the contrary of the same party and day."""
        for other in record.found:
            if other.key == found.key:
                same = other.status == found.status
                message = _("Row %(row)d says the same.") if same else _("It contradicts row %(row)d, which stays.")
                self.lost.append(self._problem(found.row, found.column, found.text, message % {"row": other.row}))
                return
        record.found.append(found)

    def _urls(self, number: int, cells: list[Cell]) -> tuple[str, ...]:
        if "sources" not in self.mapping.columns:
            return ()
        cell = self._at(cells, "sources")
        found = []
        for text in split_addresses(text_of(cell)):
            try:
                found += [read_address(text)] if text else []
            except ValueError as error:
                self.lost.append(self._problem(number, self._header("sources"), text, str(error)))
        # However it is written, an address is that of one source.
        return tuple({source_urls.identity(url): url for url in reversed(found)}.values())[::-1]

    def _compare_average(self, number: int, cells: list[Cell], record: Record, *, unread: int) -> None:
        cell = self._at(cells, "average")
        try:
            said = self.averages.compare(cell, [one.status for one in record.found], unread=unread)
        except ValueError as error:
            self._lose(number, "average", cell, str(error))
        else:
            if said:
                self.remarks.append(self._problem(number, self._header("average"), cell, said))

    # --- cells --------------------------------------------------------------------------------------------------------

    def _header(self, name: str) -> str:
        return self.mapping.columns.get(name, "")

    def _at(self, cells: list[Cell], name: str) -> Cell:
        return cells[self._places[self.mapping.columns[name]]]

    def _text(self, cells: list[Cell], name: str) -> str:
        return readable(self._at(cells, name))

    def _field(self, number: int, cells: list[Cell], name: str, read: Any) -> Any:
        """The value of a column that need not be there; a cell that makes no sense is listed, and taken for empty."""
        if name not in self.mapping.columns:
            return None
        cell = self._at(cells, name)
        try:
            return read(cell)
        except (ValueError, ValidationError) as error:
            self._lose(number, name, cell, str(error))
            return None

    def _lose(self, number: int, name: str, cell: Cell, message: str) -> None:
        self.lost.append(self._problem(number, self._header(name), cell, message))

    def _problem(self, number: int, column: str, cell: Cell, message: str) -> Problem:
        return Problem(self.sheet.file, number, column, text_of(cell), message)


def unread_columns(sheet: Sheet, mapping: DatasetMapping) -> list[str]:
    """The columns that the mapping does not name: nothing of them is imported."""
    return [name for name in sheet.header if name and name not in mapping.headers]


def header_problems(sheet: Sheet, mapping: DatasetMapping) -> list[Problem]:
    """What is wrong with the header, so that nothing can be read."""
    missing = [name for name in mapping.headers if name not in sheet.header]
    twice = [name for name in dict.fromkeys(mapping.headers) if sheet.header.count(name) > 1]
    return [
        *(
            Problem(sheet.file, 1, name, "", _("The mapping names this column, and the file lacks it."))
            for name in missing
        ),
        *(Problem(sheet.file, 1, name, "", _("This column stands there twice.")) for name in twice),
    ]
