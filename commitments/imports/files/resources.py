"""What the four kinds of import share: rows compared with the record, checked, and written through the actions.

django-import-export goes through the rows, tells new from changed from unchanged, and collects what is wrong with
each; what it goes through are values by column, not models, because a row is also parties, sectors and sources.
"""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import batched, groupby
from operator import itemgetter
from typing import Any, ClassVar, Self

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, Resource
from tablib import Dataset

from commitments.constraints import broken, fields_of
from commitments.imports.files.fields import CellField
from commitments.imports.files.lookups import Lookups
from commitments.models import User
from commitments.models.record import REASON_LENGTH_IN_HISTORY

# SQLite takes so many parameters in one query, and more.
BATCH = 500

type Key = Hashable
type Wrong = tuple[str, str]


class Record:
    """One row as values by column, and the row of the database that it is about, if there is one."""

    def __init__(self, values: Mapping[str, Any], stored: Model | None = None) -> None:
        self.stored = stored
        self.__dict__.update(values)

    def __deepcopy__(self, memo: object) -> Self:
        # The library keeps a copy to compare with: values are never changed in place.
        return type(self)(self.__dict__, self.stored)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def __str__(self) -> str:
        return str(self.__dict__.get("label", ""))


class RowDiff(Diff):
    """The library's comparison of a row, as pairs of texts rather than as HTML."""

    def as_html(self) -> list[tuple[str, str]]:
        """What each column held, and holds now."""
        return [("" if self.new else old, new) for old, new in zip(self.left, self.right, strict=True)]


class FileResource(Resource):
    """The rows of one kind of import. A subclass declares the columns and says what a row is and how it is written."""

    key: ClassVar[tuple[str, ...]] = ()

    class Meta:
        skip_unchanged = True
        instance_loader_class = BaseInstanceLoader

    def __init__(self, *, by: User | None = None, reason: str = "", at: dt.datetime | None = None) -> None:
        super().__init__()
        self.by, self.reason, self.at = by, reason, at
        self.reason_in_history = reason[:REASON_LENGTH_IN_HISTORY]
        self.lookups = Lookups()
        self.words: Counter[str] = Counter()
        self.present: list[CellField] = list(self.fields.values())
        self.absent: list[str] = []
        self.lacks = False
        self.numbers: list[int] = []
        self._stored: dict[Key, Model] = {}
        self._rows: dict[Key, int] = {}
        self._pending: list[tuple[int, Record, bool]] = []

    # --- what a subclass says ---------------------------------------------------------------------------------------

    def identify(self, values: Mapping[str, Any]) -> Key:
        """What tells the record from every other, by the values of the key columns."""
        return tuple(values.values())

    def prepare(self, dataset: Dataset) -> None:
        """Look up, in few queries, everything that the rows refer to."""

    def find(self, keys: Iterable[Any]) -> Iterator[tuple[Key, Model]]:
        """The records of the database among these keys."""
        raise NotImplementedError

    def values(self, stored: Any, row: Mapping[str, Any]) -> dict[str, Any]:
        """What a file would say of a record of the database."""
        raise NotImplementedError

    def resolve(self, record: Any, row_number: int) -> Iterator[Wrong]:
        """What a row refers to and is not there; replaces what stands for a record by the name it is known under."""
        raise NotImplementedError

    def rules(self, record: Any) -> Iterator[Wrong]:
        """What is wrong with a row whose cells are each right."""
        return iter(())

    def build(self, record: Any) -> Any:
        """The row of the database, new or changed, not saved."""
        raise NotImplementedError

    def write(self, record: Any, built: Any) -> None:
        """Write it through the actions. Raises what they raise."""
        raise NotImplementedError

    def write_new(self, records: Sequence[Any]) -> None:
        """Write new records at once. Raises what the actions raise of any of them."""
        for record in records:
            self.write(record, record.built)

    def label(self, record: Any) -> str:
        """What a person calls it."""
        raise NotImplementedError

    # --- what the library calls -------------------------------------------------------------------------------------

    @classmethod
    def get_diff_class(cls) -> type[RowDiff]:
        return RowDiff

    @classmethod
    def get_db_connection_name(cls) -> str:
        return "default"

    def get_import_fields(self) -> list[CellField]:
        """The columns that the file has: others are left alone."""
        return self.present

    def start(self, dataset: Dataset) -> None:
        """Look up what the rows are about, before the first is gone through."""
        self.present = [field for name, field in self.fields.items() if name in dataset.headers]
        self.absent = [name for name, field in self.fields.items() if field.required and name not in dataset.headers]
        self.prepare(dataset)
        rows = (dict(zip(dataset.headers, row, strict=True)) for row in dataset)
        keys = list(dict.fromkeys(key for key in map(self._key, rows) if key is not None))
        for batch in batched(keys, BATCH):
            self._stored.update(self.find(batch))

    def get_instance(self, instance_loader: object, row: Mapping[str, Any]) -> Record | None:
        key = self._key(row)
        stored = None if key is None else self._stored.get(key)
        return None if stored is None else Record(self.values(stored, row), stored)

    def init_instance(self, row: Mapping[str, Any] | None = None) -> Record:
        return Record({name: field.empty for name, field in self.fields.items()})

    def import_instance(self, instance: Record, row: Mapping[str, Any], **kwargs: Any) -> None:
        """Read the cells of a row. Raises `ValidationError` with everything that is wrong with any of them."""
        wrong: dict[str, list[str]] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            wrong.update(error.message_dict)
        number = kwargs["row_number"]
        for name, message in (*self.resolve(instance, number), *self._double(row, number)):
            if name not in wrong:
                wrong[name] = [message]
        if wrong:
            raise ValidationError({name: [*messages] for name, messages in wrong.items()})
        instance.label = self.label(instance)  # type: ignore[attr-defined] # what the library calls it by

    def skip_row(
        self, instance: Record, original: Record, row: Mapping[str, Any], import_validation_errors: Any = None
    ) -> bool:
        """Whether the record says already what the row says."""
        if instance.stored is None or import_validation_errors:
            return False
        names = [field.attribute for field in self.present]
        return all(getattr(instance, name) == getattr(original, name) for name in names)

    def validate_instance(
        self, instance: Record, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raise `ValidationError` with what is wrong with a row; its cells come first, what they add up to after."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        if instance.stored is None and self.absent:
            self.lacks = True
            raise ValidationError({})
        wrong: dict[str, list[str]] = {}
        built = self.build(instance)
        # A rule of ours says more plainly what one of the table's would say again.
        for name, message in list(self.rules(instance)) or self._broken_rules(built):
            wrong.setdefault(name, []).append(message)
        if wrong:
            raise ValidationError(wrong)
        instance.built = built  # type: ignore[attr-defined]

    def save_instance(self, instance: Record, is_create: bool, row: Mapping[str, Any], **kwargs: Any) -> None:
        """Keep it for `write_all`: everything is read and compared before anything is written."""
        self._pending.append((kwargs["row_number"], instance, is_create))
        self.after_save_instance(instance, row, **kwargs)

    def write_all(self) -> Iterator[tuple[int, Exception]]:
        """Write what was gone through, in the order of the file, new records in portions.

        Gives the places of the rows that are refused, with what was raised.
        """
        for is_new, group in groupby(self._pending, key=itemgetter(2)):
            for portion in batched(group, BATCH if is_new else 1):
                yield from self._write_portion(portion, is_new=is_new)

    def _write_portion(
        self, portion: Sequence[tuple[int, Record, bool]], *, is_new: bool
    ) -> Iterator[tuple[int, Exception]]:
        if is_new:
            try:
                with transaction.atomic():
                    self.write_new([record for _place, record, _is_new in portion])
            except (ValidationError, IntegrityError):
                # Which of them it is, writing them one by one tells. What was built has keys of rows that are gone.
                for _place, record, _is_new in portion:
                    record.built = self.build(record)  # type: ignore[attr-defined]
            else:
                return
        for place, record, _is_new in portion:
            try:
                with transaction.atomic():
                    self.write(record, record.built)
            except (ValidationError, IntegrityError) as refusal:
                yield place, refusal

    # --- parts ------------------------------------------------------------------------------------------------------

    def column_for(self, field_name: str) -> str:
        """The column behind a field of the model, or nothing: `due` behind `due_start`."""
        candidates = (field_name, field_name.rpartition("_")[0])
        return next((name for name in candidates if name in self.fields), "")

    def _broken_rules(self, built: Model) -> Iterator[Wrong]:
        for constraint in broken(built):
            columns = [column for column in map(self.column_for, fields_of(constraint)) if column]
            yield columns[0] if columns else NON_FIELD_ERRORS, str(constraint.violation_error_message)

    def _key(self, row: Mapping[str, Any]) -> Key | None:
        values = {}
        for name in self.key:
            field = self.fields[name]
            try:
                values[name] = field.clean(row) if name in row else field.empty
            except ValueError:
                return None
        return self.identify(values)

    def _double(self, row: Mapping[str, Any], number: int) -> Iterator[Wrong]:
        key = self._key(row)
        if key is None:
            return
        first = self._rows.setdefault(key, number)
        if first != number:
            message = _("Row %(number)d is about the same record: remove one of the two.")
            yield self.key[0], message % {"number": self.number_of(first)}

    def number_of(self, place: int) -> int:
        """The number that a spreadsheet gives to a row, by its place among those with text."""
        return self.numbers[place - 1] if self.numbers else place
