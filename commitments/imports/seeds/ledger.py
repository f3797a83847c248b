"""What was loaded before, what this run does with each row, and which record each row is."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.imports.seeds.files import SEED_FILES
from commitments.imports.seeds.reading import Entry
from commitments.imports.seeds.schema import SeedColumn, SeedFile
from commitments.models import SeedRow, User


class Outcome(Enum):
    """What became of a row."""

    CREATED = auto()
    UPDATED = auto()
    UNCHANGED = auto()
    LEFT_ALONE = auto()


@dataclass(frozen=True)
class Notice:
    """A row that was left alone, and why: nothing is wrong, but somebody may want to know."""

    file: str
    row: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, {_('row %(number)d') % {'number': self.row}}" if self.row else self.file
        return f"{place}: “{self.key}” – {self.message}"


class NotLoaded(LookupError):
    """A row refers to a record that is not there: refused in this run, or deleted by an editor since."""

    def __init__(self, column: str, key: str) -> None:
        super().__init__(_("“%(key)s”, to which it refers, is not there.") % {"key": key})
        self.column = column


class Ledger:
    """Reads what was loaded before; collects what this run loads, and writes that down at the end."""

    def __init__(self, *, services: Collection[User], at: dt.datetime) -> None:
        self.at = at
        self.notices: list[Notice] = []
        self.outcomes: Counter[tuple[str, Outcome]] = Counter()
        self._services = services
        self._seen = {(row.file, row.key): row for row in SeedRow.objects.all()}
        self._records = {name: row.object_id for name, row in self._seen.items()}
        self._loaded: dict[tuple[str, str], SeedRow] = {}
        self._edited: dict[tuple[str, str], bool] = {}
        for file in SEED_FILES:
            if not file.part_of:
                self._forget_deleted(file)

    def _forget_deleted(self, file: SeedFile) -> None:
        names = {name: pk for name, pk in self._records.items() if name[0] == file.name}
        if names:
            there = set(file.model._default_manager.filter(pk__in=names.values()).values_list("pk", flat=True))
            self._records = {name: pk for name, pk in self._records.items() if name not in names or pk in there}

    # --- what is known of a row -------------------------------------------------------------------------------------

    def is_new(self, entry: Entry) -> bool:
        """Whether this row was never loaded."""
        return entry.name not in self._seen

    def is_unchanged(self, entry: Entry) -> bool:
        """Whether the row says what it said when it was last loaded."""
        row = self._loaded.get(entry.name) or self._seen.get(entry.name)
        return row is not None and row.sha256 == entry.sha256

    def is_loaded_now(self, entry: Entry) -> bool:
        """Whether this run wrote the row."""
        return entry.name in self._loaded

    def loaded_hash(self, entry: Entry) -> str:
        """The hash of the row as it was last loaded."""
        return self._seen[entry.name].sha256

    def record(self, entry: Entry) -> int | None:
        """The record that this row became, or None where it became none or was deleted since."""
        return self._records.get(entry.name)

    def resolve(self, column: SeedColumn, key: str) -> int:
        """The record that a referring cell names. Raises `NotLoaded`."""
        for file in column.refers_to:
            if (file, key) in self._records:
                return self._records[file, key]
        raise NotLoaded(column.name, key)

    def why_not_ours(self, entry: Entry) -> str:
        """Why a record that was loaded from this row is not the loader's to write any more; nothing where it is."""
        if self.is_loaded_now(entry):
            return ""
        if self.is_new(entry) and entry.name in self._records:
            return _("An editor made a record of this name; it stands as they made it.")
        if self.is_new(entry):
            return _("The record on which it hangs was not loaded.")
        if entry.name not in self._records:
            return _("An editor deleted the record since.")
        if entry.name not in self._edited:
            self._edited[entry.name] = self._was_edited(entry)
        return (
            _("An editor changed the record since; take the change over by hand.") if self._edited[entry.name] else ""
        )

    def _was_edited(self, entry: Entry) -> bool:
        """Whether anybody but the service accounts saved the record after it was loaded: its history says so."""
        history = getattr(entry.file.model, "history", None)
        if history is None:
            return False
        seen = self._seen[entry.name]
        since = history.filter(id=seen.object_id, history_date__gt=seen.loaded_at)
        edited: bool = since.exclude(history_user__in=self._services).exists()
        return edited

    # --- what this run does -----------------------------------------------------------------------------------------

    def loaded(self, entry: Entry, record: Model) -> None:
        """Write down that this row was just written to `record`."""
        self.outcomes[entry.file.name, Outcome.CREATED if self.is_new(entry) else Outcome.UPDATED] += 1
        self._records[entry.name] = record.pk
        self._loaded[entry.name] = SeedRow(
            file=entry.file.name, key=entry.key, sha256=entry.sha256, object_id=record.pk, loaded_at=self.at
        )

    def unchanged(self, entry: Entry) -> None:
        self.outcomes[entry.file.name, Outcome.UNCHANGED] += 1

    def left_alone(self, entries: Sequence[Entry], why: str) -> None:
        """Write down that these rows of one record were not loaded."""
        self.outcomes.update((entry.file.name, Outcome.LEFT_ALONE) for entry in entries)
        first, *others = entries
        if others:
            more = ngettext(
                "%(count)d row that belongs to it was left alone too.",
                "%(count)d rows that belong to it were left alone too.",
                len(others),
            )
            why += " " + more % {"count": len(others)}
        self.notices.append(Notice(first.file.name, first.row.number, first.key, why))

    def adopt(self, entry: Entry, record: int) -> None:
        """Whoever refers to this row means a record that an editor made."""
        self._records[entry.name] = record

    def removed(self, entries: Collection[tuple[str, str]]) -> Iterator[Notice]:
        """Notices of rows that were loaded once and are in the files no more."""
        for name in self._seen:
            if name not in entries:
                yield Notice(name[0], 0, name[1], _("The row is gone from the file; its record was kept."))

    def save(self) -> None:
        """Remember what was loaded."""
        rows = list(self._loaded.values())
        new = [row for row in rows if (row.file, row.key) not in self._seen]
        SeedRow.objects.bulk_create(new)
        for row in rows:
            if (row.file, row.key) in self._seen:
                row.pk = self._seen[row.file, row.key].pk
                row.save(force_update=True)
