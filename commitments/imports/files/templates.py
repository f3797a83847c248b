"""Empty files to fill in: the header of a kind and, in a workbook, a sheet that explains its columns."""

import csv
import io
from collections.abc import Iterable, Iterator

import xlsxwriter
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.codelists import ImportKind
from commitments.exports.cells import safe
from commitments.imports.files.fields import CellField
from commitments.imports.files.kinds import columns_of
from commitments.imports.table import Problem

WIDTH, WIDE = 18, 60


def as_csv(kind: ImportKind) -> bytes:
    """The header alone. With a byte-order mark, by which spreadsheets know that it is UTF-8."""
    return _csv([[field.column_name for field in columns_of(kind)]])


def as_xlsx(kind: ImportKind) -> bytes:
    """A sheet with the header and one that explains it. Columns are text: nothing that is typed is made a number."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@", "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        table = book.add_worksheet(str(kind.label)[:31])
        table.freeze_panes(1, 0)
        columns = columns_of(kind)
        table.set_column(0, len(columns) - 1, WIDTH, text)
        table.write_row(0, 0, [field.column_name for field in columns], head)
        explained = book.add_worksheet(_("Columns")[:31])
        explained.freeze_panes(1, 0)
        explained.set_column(0, 1, WIDTH)
        explained.set_column(2, 3, WIDE)
        explained.set_column(4, 4, WIDTH)
        for place, row in enumerate(_explanations(columns)):
            explained.write_row(place, 0, row, wrapped if place else head)
    return stream.getvalue()


def problems_as_csv(problems: Iterable[Problem]) -> bytes:
    """Every problem, one a row, for whoever mends the file."""
    rows = [[_("row"), _("column"), _("value"), _("problem")]]
    rows += [
        [str(one.row or ""), *(safe(text) or "" for text in (one.column, one.value, one.message))] for one in problems
    ]
    return _csv(rows)


def _explanations(columns: Iterable[CellField]) -> Iterator[list[str]]:
    yield [_("Column"), _("Needed"), _("What it is"), _("Codes"), _("Example")]
    for field in columns:
        needed = _("in new records") if field.required else ""
        yield [field.column_name, needed, capfirst(str(field.about)), ", ".join(field.codes), field.example]


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
