"""What a file would do: every row that creates or changes something, field by field, and everything that is wrong."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

from commitments.imports.table import Problem


class Outcome(Enum):
    """What becomes of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One field: its column, what it held, and what it holds then."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class RowPlan:
    """One row that can be written, or need not be."""

    number: int
    outcome: Outcome
    label: str
    changes: tuple[Change, ...] = ()


@dataclass
class Preview:
    """What a file would do, or did. `words` are foreign words for a status, each with the number of its rows."""

    total: int = 0
    rows: list[RowPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[RowPlan]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def created(self) -> list[RowPlan]:
        return self.of(Outcome.CREATED)

    @property
    def changed(self) -> list[RowPlan]:
        return self.of(Outcome.CHANGED)

    @property
    def faults(self) -> int:
        """How many things stand in the way, a row with a foreign word being one."""
        return len(self.problems) + self.words.total()

    @property
    def is_clean(self) -> bool:
        return not self.faults

    @property
    def writes(self) -> int:
        """How many rows it would create or change."""
        return sum(row.outcome != Outcome.UNCHANGED for row in self.rows)

    @property
    def would_write(self) -> bool:
        return self.is_clean and self.writes > 0

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have which outcome, as an import keeps it."""
        found = Counter(row.outcome.value for row in self.rows)
        return {outcome.value: found[outcome.value] for outcome in Outcome}

    @property
    def digest(self) -> str:
        """The hash of everything that would be written: two previews that show the same have the same."""
        said = [
            [row.number, row.outcome.value, row.label, [[one.column, one.old, one.new] for one in row.changes]]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
