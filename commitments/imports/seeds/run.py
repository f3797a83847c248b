"""What the loaders of all nouns share: rows, ledger, who writes, and the refusals collected on the way."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from commitments.actions.errors import Conflict
from commitments.actions.saving import save_valid
from commitments.imports.seeds.ledger import Ledger, NotLoaded
from commitments.imports.seeds.reading import Entry, Seeds
from commitments.imports.seeds.schema import SeedFile
from commitments.imports.table import Problem
from commitments.models import User

type Written = list[tuple[Entry, Model]]


class EntriesRefused(Exception):
    """Rows that hang on a record are wrong, so that the record was not written either."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass
class Run:
    """One load, from its first row to its last."""

    seeds: Seeds
    ledger: Ledger
    author: User
    reviewer: User
    at: dt.datetime
    problems: list[Problem] = field(default_factory=list)

    def attempt(self, rows: Sequence[Entry], write: Callable[[], Written]) -> None:
        """Write one record, from these rows; a refusal is collected, and the load goes on to find the next."""
        try:
            with transaction.atomic():
                written = write()
        except Conflict:
            self.ledger.left_alone(rows, _("An editor saved the record at this moment. Load again."))
        except NotLoaded as missing:
            self.ledger.left_alone(rows, str(missing))
        except EntriesRefused as refused:
            self.problems += refused.problems
        except ValidationError as error:
            self.problems += problems_of(rows[0], error)
        else:
            for row, record in written:
                self.ledger.loaded(row, record)

    def changed(self, rows: Sequence[Entry]) -> list[Entry]:
        """Those of these rows that are new or say something else than when they were loaded; the others are counted."""
        fresh = [row for row in rows if not self.ledger.is_unchanged(row)]
        for row in rows:
            if row not in fresh:
                self.ledger.unchanged(row)
        return fresh

    def build(self, entry: Entry, record: Model | None = None, *, whole: Model | None = None) -> Model:
        """The record, new or given, as this row says it; many-to-many columns aside. Raises `NotLoaded`.

        `whole` is the record on which it hangs.
        """
        record = record or entry.file.model()
        for column in entry.file.columns:
            if not column.attribute or column.is_many:
                continue
            if column.name == entry.file.part_of:
                setattr(record, column.attribute, whole)
            elif column.refers_to:
                pk = self.ledger.resolve(column, entry[column.name]) if entry[column.name] else None
                setattr(record, f"{column.attribute}_id", pk)
            else:
                setattr(record, column.attribute, entry[column.name])
        return record

    def set_many(self, entry: Entry, record: Model) -> None:
        """Fill the many-to-many columns of a saved record. Raises `NotLoaded`."""
        for column in entry.file.columns:
            if column.is_many:
                pks = [self.ledger.resolve(column, key) for key in entry[column.name]]
                getattr(record, column.attribute).set(pks)

    def write_parts(self, whole: Model, parts: Sequence[Entry]) -> Written:
        """Save the rows that hang on a record. Raises `EntriesRefused` with what is wrong with all of them."""
        problems: list[Problem] = []
        written: Written = []
        for part in parts:
            record = self.build(part, self.existing(part), whole=whole)
            try:
                save_valid(record, self.author)
            except ValidationError as error:
                problems += problems_of(part, error)
            else:
                written.append((part, record))
        if problems:
            raise EntriesRefused(problems)
        return written

    def existing(self, entry: Entry) -> Model | None:
        """The record that this row became, read anew; None where it became none or was deleted since."""
        pk = self.ledger.record(entry)
        return None if pk is None else entry.file.model._default_manager.filter(pk=pk).first()


def problems_of(entry: Entry, error: ValidationError) -> list[Problem]:
    """What the models or the actions refuse in a row, cell by cell where they say which."""
    if not hasattr(error, "error_dict"):
        return [entry.row.problem("", message) for message in error.messages]
    return [
        entry.row.problem(_column(entry.file, name), message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _column(file: SeedFile, field_name: str) -> str:
    """The column behind a field of the model: `due` behind `due_start`."""
    if field_name == NON_FIELD_ERRORS:
        return ""
    return file.column_for(field_name) or file.column_for(field_name.rpartition("_")[0])
