"""Importing another tracker's file by its mapping: read, then written in one transaction, or tried and undone."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import shared_records
from commitments.actions.service_accounts import service_account
from commitments.imports.datasets.averages import Compared
from commitments.imports.datasets.mapping import DatasetMapping, MappingRefused, SummitMap
from commitments.imports.datasets.reading import Reading, header_problems, unread_columns
from commitments.imports.datasets.records import Known
from commitments.imports.datasets.writing import Writer
from commitments.imports.files.limits import MEGABYTE, MOST_BYTES
from commitments.imports.files.lookups import Lookups
from commitments.imports.files.sheets import Sheet
from commitments.imports.files.texts import heading, read_text
from commitments.imports.files.workbooks import read_workbook
from commitments.imports.table import Problem
from commitments.models import Document, Party, Sector, Summit, User
from commitments.uncertain_dates import UncertainDate

AUTHOR = "datasets"
_ZIP = b"PK\x03\x04"


class FileRefused(Exception):
    """Nothing was imported: the file as a whole cannot be read. `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass
class Report:
    """What became of a file: every row is in a record, or in `lost` with its reason."""

    rows: int = 0
    imported_rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    lost: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    averages: Compared = field(default_factory=Compared)


def import_dataset(
    mapping: DatasetMapping,
    file: str,
    content: bytes,
    *,
    publish: bool = False,
    dry_run: bool = False,
    at: dt.datetime | None = None,
) -> Report:
    """Import a file as drafts; with `publish`, publish what the rules let one person publish. Safe to repeat.

    One transaction; with `dry_run` it is undone. Raises `FileRefused` or `MappingRefused` when nothing can be read,
    `AccountCanLogIn` when somebody could act as the service account.
    """
    at = at or timezone.now()
    sheet = read_file(mapping, file, content)
    with transaction.atomic():
        by = service_account(AUTHOR)
        # Two imports at once run one after the other.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        known = _known(mapping)
        reading = Reading(mapping, sheet, known)
        reading.read()
        writer = Writer(mapping, known, by, at, file, publish)
        known.report = _report(mapping, by, at, writer.counts)
        used = {record.summit.code: record.summit for record in reading.records.values() if record.summit}
        writer.summits = _summits(used, by, at, writer.counts)
        writer.write(reading.records.values())
        transaction.set_rollback(dry_run)
    return _told(reading, writer, sheet, mapping)


def read_file(mapping: DatasetMapping, file: str, content: bytes) -> Sheet:
    """The table in a file, CSV or XLSX by what is in it. Raises `FileRefused` where rows of it could not be told."""
    sheet = Sheet(file)
    if not content.strip():
        sheet.refuse(_("The file is empty."))
    elif len(content) > MOST_BYTES:
        message = _("The file is larger than %(most)d MB: split it into several files.")
        sheet.refuse(message % {"most": MOST_BYTES // MEGABYTE})
    elif content.startswith(_ZIP):
        sheet = read_workbook(file, content)
    else:
        sheet = read_text(file, content, {heading(name) for name in mapping.headers})
    problems = [problem for problem in sheet.problems if sheet.is_cut or not problem.row]
    if not problems:
        problems = header_problems(sheet, mapping)
    if problems:
        raise FileRefused(problems)
    return sheet


def _known(mapping: DatasetMapping) -> Known:
    """What the mapping names and we hold. Raises `MappingRefused` for members of whom we know nothing."""
    lookups = Lookups()
    lookups.find_parties()
    lookups.find_words()
    by_name = {**lookups.parties, **{one.alpha3: one for one in lookups.parties.values() if one.alpha3}}
    wanted = {*mapping.members.values(), *mapping.makers}
    unknown = sorted(name for name in wanted if name not in by_name)
    if unknown:
        message = _("members: we hold no party of these names: %(names)s. Add them first, or name others.")
        raise MappingRefused([message % {"names": ", ".join(unknown)}])
    parties: dict[str, Party] = {said: by_name[name] for said, name in mapping.members.items()}
    return Known(
        parties=parties,
        makers=tuple(by_name[name] for name in mapping.makers),
        sectors={sector.code: sector for sector in Sector.objects.all()},
        words=lookups.words,
    )


def _report(mapping: DatasetMapping, by: User, at: dt.datetime, counts: Counter[str]) -> Document:
    """The tracker's report, made where nobody entered it yet. Raises `MappingRefused`."""
    said = mapping.document
    lookups = Lookups()
    lookups.find_documents([said.url])
    known = lookups.document(said.url)
    if known is not None:
        return known
    document = Document(
        title=said.title,
        publisher=said.publisher,
        url=said.url,
        kind=said.kind,
        source_kind=said.source_kind,
        language=said.language,
    )
    document.dated = UncertainDate.parse(said.dated) if said.dated else None
    counts["documents made"] += 1
    return _made("document", document, by, at)


def _summits(used: dict[str, SummitMap], by: User, at: dt.datetime, counts: Counter[str]) -> dict[str, Summit]:
    """The summits by code; those that the mapping describes are made where missing. Raises `MappingRefused`."""
    found = {summit.code: summit for summit in Summit.objects.filter(code__in=used)}
    missing = [one for one in used.values() if one.code not in found]
    unknown = [one.code for one in missing if not one.name]
    if unknown:
        message = _("summit: there is none of the codes %(codes)s; give its name and first day to have it made.")
        raise MappingRefused([message % {"codes": ", ".join(unknown)}])
    for one in missing:
        first = dt.date.fromisoformat(one.starts_on)
        summit = Summit(code=one.code, name=one.name, kind=one.kind, starts_on=first)
        found[one.code] = _made("summit", summit, by, at)
        counts["summits made"] += 1
    return found


def _made[Record: Document | Summit](table: str, record: Record, by: User, at: dt.datetime) -> Record:
    """The record that a table of the mapping describes, saved. Raises `MappingRefused` with what is wrong with it."""
    try:
        return shared_records.save(by=by, record=record, at=at)
    except ValidationError as error:
        raise MappingRefused(
            [
                f"{table}: {message}" if name == NON_FIELD_ERRORS else f"{table}.{name}: {message}"
                for name, messages in error.message_dict.items()
                for message in messages
            ]
        ) from error


def _told(reading: Reading, writer: Writer, sheet: Sheet, mapping: DatasetMapping) -> Report:
    lost = [*sheet.problems, *reading.lost, *writer.lost]
    whole = {problem.row for problem in writer.lost if not problem.column}
    imported = {row for record in reading.records.values() for row in record.rows if record.row not in whole}
    notes = list(sheet.notes)
    if names := unread_columns(sheet, mapping):
        notes.append(_("Columns that the mapping does not name: %(names)s.") % {"names": ", ".join(names)})
    return Report(
        rows=len(sheet.lines) + len({problem.row for problem in sheet.problems}),
        imported_rows=len(imported),
        counts=writer.counts,
        lost=sorted(lost, key=lambda problem: problem.row),
        remarks=sorted([*reading.remarks, *writer.remarks], key=lambda problem: problem.row),
        notes=notes,
        averages=reading.averages,
    )
