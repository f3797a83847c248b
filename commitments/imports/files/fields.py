"""The fields of the resources: how a column of an import is read, what an empty cell means, and what it is for."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from import_export import fields, widgets

from commitments import source_urls
from commitments.imports.columns import empty_value, field_of, reader, uncertain_date, words
from commitments.imports.files.sheets import Damaged, FromNumber
from commitments.imports.table import Column, read_cell
from commitments.uncertain_dates import UncertainDate

type Read = Callable[[str], Any]

EXCEL_EPOCH = dt.date(1899, 12, 30)
# 1954 to 2173: what a spreadsheet shows of a day when the cell's format is lost.
_SERIAL_DIGITS = 5
# A semicolon may stand within an address too.
_BETWEEN_ADDRESSES = re.compile(r"\s*[;\n]\s*(?=https?://)", re.IGNORECASE)


class CellWidget(widgets.Widget):
    """Reads a cell by our own readers, and shows a value as a file would hold it."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The typed value of a cell. Raises `ValueError` with a sentence, which is what the library collects."""
        if isinstance(value, Damaged):
            # Not a mistake of type: what the file says cannot be taken over.
            raise ValueError(value.message)  # noqa: TRY004
        try:
            return read_cell(self.column, value)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return shown(value)


class CellField(fields.Field):
    """A column of an import. `required` is what a new record cannot do without.

    `codes` are what may stand in it, where that is a list; `is_text` says that a spreadsheet must not take it for
    a number or a date.
    """

    def __init__(
        self,
        name: str,
        read: Read,
        about: str | Promise,
        *,
        required: bool = False,
        empty: Any = "",
        example: str = "",
        codes: tuple[str, ...] = (),
    ) -> None:
        super().__init__(attribute=name, column_name=name, widget=CellWidget(Column(name, read, required, empty)))
        self.about = about
        self.required = required
        self.empty = empty
        self.example = example
        self.codes = codes


def of_model(
    model: type[Model],
    name: str,
    about: str | Promise = "",
    *,
    column: str = "",
    required: bool | None = None,
    example: str = "",
) -> CellField:
    """A column read as a field of the model reads it. An empty cell means the field's default where it has one."""
    field = field_of(model, name)
    empty = field.get_default() if field.has_default() else empty_value(field)
    needed = not field.blank and not field.has_default() if required is None else required
    codes = tuple(str(code) for code, _label in field.flatchoices if code) if field.choices is not None else ()
    text = about or field.help_text or format_lazy("{name}.", name=field.verbose_name)
    return CellField(column or name, reader(field), text, required=needed, empty=empty, example=example, codes=codes)


def date(name: str, about: str | Promise, *, required: bool = False, example: str = "2023-10-24") -> CellField:
    """An uncertain date."""
    return CellField(name, _date, about, required=required, empty=None, example=example)


def day(model: type[Model], name: str, about: str | Promise) -> CellField:
    """A day of the calendar, as a field of the model holds it."""
    read = reader(field_of(model, name))

    def read_day(text: str) -> Any:
        refuse_serial_number(text)
        return read(text)

    return CellField(name, read_day, about, empty=None, example="2023-10-24")


def many(name: str, about: str | Promise, *, read: Read = words, example: str = "") -> CellField:
    """Several values, separated by semicolons."""
    return CellField(name, lambda text: sorted(read(text)), about, empty=[], example=example)


def address(name: str, about: str | Promise, *, required: bool = False) -> CellField:
    """The address of a document, in the form in which it is stored."""
    return CellField(name, read_address, about, required=required, empty=None, example="https://example.org/statement")


def read_address(text: str) -> str:
    """An address as it is stored. Raises `ValueError` for what is none."""
    url = source_urls.normalise(text)
    if not source_urls.identity(url)[0] or not url.startswith(("http://", "https://")):
        raise ValueError(_("This is no address of a page: write it whole, from https:// on."))
    return url


def read_addresses(text: str) -> list[str]:
    """Addresses separated by semicolons or line ends. Raises `ValueError`."""
    found = [read_address(one) for one in split_addresses(text)]
    if len({source_urls.identity(url) for url in found}) < len(found):
        raise ValueError(_("A value stands there twice: remove one."))
    return found


def split_addresses(text: str) -> list[str]:
    """The addresses in a cell, as they are written."""
    return _BETWEEN_ADDRESSES.split(text.strip("; \n"))


def codes_not_numbers(text: str) -> list[str]:
    """Several codes. Raises `ValueError` where the spreadsheet has made a number of one, which cuts zeros."""
    if isinstance(text, FromNumber) and "." in text:
        raise ValueError(_("The spreadsheet takes this code for a number and cuts zeros: format the column as text."))
    return words(text)


def refuse_serial_number(text: str) -> None:
    """Raise `ValueError` where a date is a spreadsheet's count of days."""
    if text.isascii() and text.isdecimal() and len(text) == _SERIAL_DIGITS:
        meant = EXCEL_EPOCH + dt.timedelta(days=int(text))
        message = _("This is a spreadsheet's count of days: write %(date)s, if that is the day meant.")
        raise ValueError(message % {"date": meant.isoformat()})


def _date(text: str) -> UncertainDate:
    refuse_serial_number(text)
    return uncertain_date(text)


def shown(value: Any) -> str:
    """A value as a file would hold it."""
    if value is None:
        return ""
    if isinstance(value, UncertainDate):
        return value.iso
    if isinstance(value, list):
        return "; ".join(value)
    return str(value)
