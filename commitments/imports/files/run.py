"""Going through a file: to show what it would do, or to do it, all of it in one transaction or nothing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.results import Result, RowResult
from tablib import Dataset

from commitments.actions import imports as import_actions
from commitments.codelists import ImportKind
from commitments.imports.files.kinds import RESOURCES
from commitments.imports.files.limits import MEGABYTE, MOST_BYTES
from commitments.imports.files.preview import Change, Outcome, Preview, RowPlan
from commitments.imports.files.resources import FileResource
from commitments.imports.files.sheets import Cell, Sheet, text_of
from commitments.imports.files.suggestions import word_of
from commitments.imports.files.texts import heading, read_text
from commitments.imports.files.workbooks import read_workbook
from commitments.imports.table import Problem
from commitments.models import Import, User

_ZIP = b"PK\x03\x04"
# The container of .xls, and of a workbook with a password.
_OLE = b"\xd0\xcf\x11\xe0"
_OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: Outcome.CREATED,
    RowResult.IMPORT_TYPE_UPDATE: Outcome.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: Outcome.UNCHANGED,
}


class NotWritten(Exception):
    """Nothing was written: the file would do something else than was shown, or a row was refused.

    `preview` says what it would do now, or with its problems what stands in the way.
    """

    def __init__(self, preview: Preview) -> None:
        super().__init__(*preview.problems)
        self.preview = preview


def read_sheet(kind: ImportKind, file: str, content: bytes, wanted: str = "") -> Sheet:
    """The table in a file, CSV or XLSX by what is in it, with everything that is wrong with the file as such."""
    sheet = Sheet(file)
    suffix = file.lower().rpartition(".")[2]
    if not content.strip():
        sheet.refuse(_("The file is empty."))
    elif len(content) > MOST_BYTES:
        message = _("The file is larger than %(most)d MB: split it into several files.")
        sheet.refuse(message % {"most": MOST_BYTES // MEGABYTE})
    elif content.startswith(_ZIP):
        return read_workbook(file, content, wanted)
    elif content.startswith(_OLE):
        sheet.refuse(_("This is an old workbook (.xls) or one with a password: save it as .xlsx, without a password."))
    elif suffix in ("xlsx", "xlsm", "xls", "ods"):
        sheet.refuse(_("The file is called a workbook, and is none: save it anew as .xlsx, or as CSV."))
    else:
        return read_text(file, content, RESOURCES[kind]().fields)
    return sheet


def preview(kind: ImportKind, file: str, content: bytes, wanted: str = "") -> Preview:
    """What a file would do. Writes nothing."""
    return _go_through(RESOURCES[kind](), read_sheet(kind, file, content, wanted))


def carry_out(*, by: User, upload: Import, shown: str, reason: str, at: dt.datetime | None = None) -> Preview:
    """Do what a file that waits would do, if that is what was shown: `shown` is the digest of its preview.

    Raises `NotWritten` when it would do something else by now or a row is refused, `Conflict` when somebody else
    confirmed or discarded it before. Then nothing was written.
    """
    at = at or timezone.now()
    kind = ImportKind(upload.kind)
    sheet = read_sheet(kind, upload.file_name, bytes(upload.content), upload.summary.get("sheet", ""))
    done = Preview()

    def write() -> dict[str, Any]:
        nonlocal done
        resource = RESOURCES[kind](by=by, reason=reason, at=at)
        done = _go_through(resource, sheet)
        if not done.is_clean or done.digest != shown:
            raise NotWritten(done)
        for place, refusal in resource.write_all():
            done.problems += _refused(resource, sheet, place, refusal)
        if done.problems:
            raise NotWritten(done)
        return {kind.value: done.counts}

    import_actions.confirm(by=by, upload=upload, write=write, at=at)
    return done


def _go_through(resource: FileResource, sheet: Sheet) -> Preview:
    found = Preview(total=len(sheet.lines), notes=sheet.notes, problems=list(sheet.problems))
    dataset = _dataset(resource, sheet, found)
    if dataset is None:
        return found
    resource.start(dataset)
    resource.numbers = [number for number, _cells in sheet.lines]
    # Without a transaction: reading needs none, and a request that only reads opens none.
    result = resource.import_data_inner(
        dataset, dry_run=True, raise_errors=False, using_transactions=False, collect_failed_rows=False
    )
    _collect(resource, sheet, dataset, result, found)
    return found


# --- header and cells -------------------------------------------------------------------------------------------------


def _dataset(resource: FileResource, sheet: Sheet, found: Preview) -> Dataset | None:
    """The columns of the sheet that are read. None, with problems, when its records cannot be told apart."""
    places = _places(resource, sheet, found)
    missing = [name for name in resource.key if name not in places and resource.fields[name].required]
    if not sheet.header and not found.problems:
        found.problems.append(Problem(sheet.file, 0, "", "", _("The file has no header: begin with the template.")))
    elif missing and sheet.header:
        message = _("The header lacks this column, by which records are known: add it.")
        found.problems += [Problem(sheet.file, 1, name, "", message) for name in missing]
    elif not sheet.lines and not found.problems:
        found.problems.append(Problem(sheet.file, 0, "", "", _("The file has a header and no rows.")))
    if missing or not sheet.header:
        return None
    dataset = Dataset(headers=list(places))
    for _number, cells in sheet.lines:
        dataset.append([cells[place] for place in places.values()])
    return dataset


def _places(resource: FileResource, sheet: Sheet, found: Preview) -> dict[str, int]:
    """Where each column stands, by name; what is wrong with the header goes to the problems."""
    names = [heading(name) for name in sheet.header]
    problem: list[tuple[str, str]] = []
    for place, (name, written) in enumerate(zip(names, sheet.header, strict=True)):
        if not name:
            if any(text_of(cells[place]) for _number, cells in sheet.lines):
                problem.append(("", _("Column %(number)d has no name: name it, or empty it.") % {"number": place + 1}))
        elif name not in resource.fields:
            problem.append((written, _unknown(name, resource)))
    problem += [
        (name, _("This column stands there twice: remove one."))
        for name, times in Counter(names).items()
        if times > 1 and name
    ]
    found.problems += [Problem(sheet.file, 1, "", value, message) for value, message in problem]
    return {name: place for place, name in reversed(list(enumerate(names))) if name in resource.fields}


def _unknown(name: str, resource: FileResource) -> str:
    near = get_close_matches(name, resource.fields, 1)
    if near:
        return _("No such column: is it %(name)s? Rename it, or remove it.") % {"name": near[0]}
    return _("No such column: rename it as the template does, or remove it.")


# --- what came of it --------------------------------------------------------------------------------------------------


def _collect(resource: FileResource, sheet: Sheet, dataset: Dataset, result: Result, found: Preview) -> None:
    if result.base_errors:
        raise result.base_errors[0].error
    for (number, _cells), cells, row in zip(sheet.lines, dataset, result.rows, strict=True):
        if row.import_type in _OUTCOMES:
            found.rows.append(_plan(resource, number, row))
        else:
            texts = dict(zip(dataset.headers, cells, strict=True))
            found.problems += _problems(resource, sheet.file, number, texts, _refusal(row))
    if resource.lacks:
        message = _("New records need this column: add it.")
        found.problems += [Problem(sheet.file, 1, name, "", message) for name in resource.absent]
    found.words = resource.words
    found.problems.sort(key=lambda problem: problem.row)


def _plan(resource: FileResource, number: int, row: RowResult) -> RowPlan:
    outcome = _OUTCOMES[row.import_type]
    changes: Sequence[Change] = ()
    if outcome != Outcome.UNCHANGED:
        names = [field.column_name for field in resource.present]
        changes = [Change(name, old, new) for name, (old, new) in zip(names, row.diff, strict=True) if old != new]
    return RowPlan(number, outcome, row.object_repr, tuple(changes))


def _refusal(row: RowResult) -> ValidationError:
    """What is wrong with a row that is refused. Raises what nobody foresaw."""
    for error in row.errors:
        raise error.error
    refusal: ValidationError = row.validation_error
    return refusal


def _problems(
    resource: FileResource, file: str, number: int, cells: Mapping[str, Cell], refusal: ValidationError
) -> Iterator[Problem]:
    """What is wrong with one row."""
    for name, message in _messages(refusal):
        column = "" if name == NON_FIELD_ERRORS else resource.column_for(name)
        text = text_of(cells.get(column, ""))
        if column == "status" and word_of(text) in resource.words:
            # Asked about by itself, once for all rows that have it.
            continue
        yield Problem(file, number, column, text, message)


def _refused(resource: FileResource, sheet: Sheet, place: int, error: Exception) -> Iterator[Problem]:
    """What an action or the database says against the row at a place."""
    number, cells = sheet.lines[place - 1]
    if isinstance(error, ValidationError):
        places = _places(resource, sheet, Preview())
        texts = {name: cells[column] for name, column in places.items()}
        yield from _problems(resource, sheet.file, number, texts, error)
    else:
        yield Problem(sheet.file, number, "", "", _("The database refused this row: it contradicts another record."))


def _messages(refusal: ValidationError) -> Iterator[tuple[str, str]]:
    if not hasattr(refusal, "error_dict"):
        yield from ((NON_FIELD_ERRORS, message) for message in refusal.messages)
        return
    for name, messages in refusal.message_dict.items():
        yield from ((name, message) for message in messages)
