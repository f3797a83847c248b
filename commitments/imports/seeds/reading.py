"""Reading all seed files of a folder and checking them against one another. Touches no database."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from commitments.imports.seeds.files import SEED_FILES
from commitments.imports.seeds.schema import SeedColumn, SeedFile
from commitments.imports.table import Problem, Row, Table, read_table

STORED_KEY_LENGTH = 200


@dataclass(frozen=True, eq=False)
class Entry:
    """One row of a seed file, with the key by which it is known and the hash by which a change of it is noticed."""

    file: SeedFile
    row: Row
    key: str

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def name(self) -> tuple[str, str]:
        """File and key: what tells this row from every other."""
        return self.file.name, self.key

    @property
    def whole(self) -> tuple[str, str]:
        """File and key of the record on which this row hangs."""
        return self.file.whole, self.row.cells[self.file.part_of]

    @property
    def sha256(self) -> str:
        return hash_cells(self.row.cells)

    def keys(self, column: SeedColumn) -> list[str]:
        """The keys that a referring cell names."""
        text = self.row.cells[column.name]
        if not column.is_many:
            return [text] if text else []
        found: list[str] = self.row[column.name]
        return found


@dataclass
class Seeds:
    """The rows of every seed file, by file and key, in the order of the files."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def of(self, file: SeedFile) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.file is file]

    def parts(self, file: SeedFile) -> dict[tuple[str, str], list[Entry]]:
        """The rows of one file by the record on which they hang."""
        parts: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.of(file):
            parts.setdefault(entry.whole, []).append(entry)
        return parts

    def find(self, column: SeedColumn, key: str) -> Entry | None:
        """The row that a referring cell names."""
        found = (self.entries.get((file, key)) for file in column.refers_to)
        return next((entry for entry in found if entry), None)


def read_seeds(folder: Path) -> tuple[Seeds, list[Problem]]:
    """The seed files of a folder, and everything that is wrong with them. Rows with problems are not fit to load."""
    seeds = Seeds()
    problems = list(_unknown_files(folder))
    unread = set()
    for file in SEED_FILES:
        table = read_table(folder / file.name, file.columns)
        problems += table.problems
        problems += _add(seeds, file, table)
        if table.problems and not table.rows:
            unread.add(file.name)
    for entry in seeds.entries.values():
        problems += _reference_problems(seeds, entry, unread)
    return seeds, sorted(problems, key=lambda problem: (problem.file, problem.row))


def hash_cells(cells: Mapping[str, str]) -> str:
    """The hash of a row's text. Empty cells do not count, so that a new column leaves every row as it was."""
    content = json.dumps({name: text for name, text in cells.items() if text}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _unknown_files(folder: Path) -> Iterator[Problem]:
    known = {file.name for file in SEED_FILES}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in known:
            message = _("Nobody reads this file: rename it to one of %(names)s, or remove it.")
            yield Problem(path.name, 0, "", "", message % {"names": ", ".join(sorted(known))})


def _add(seeds: Seeds, file: SeedFile, table: Table) -> Iterator[Problem]:
    """Take over the rows of one file, each under its key."""
    for row in table.rows:
        base = key = _stored_key("|".join(row.cells[name] for name in file.key))
        number = 1
        while (file.name, key) in seeds.entries and file.numbered:
            number += 1
            key = f"{base}#{number}"
        same = seeds.entries.get((file.name, key))
        if same is None:
            seeds.entries[file.name, key] = Entry(file, row, key)
        else:
            message = _("Row %(number)d has the same %(columns)s: remove one of the two, or tell them apart.")
            yield row.problem(file.key[0], message % {"number": same.row.number, "columns": ", ".join(file.key)})


def _stored_key(key: str) -> str:
    if len(key) <= STORED_KEY_LENGTH:
        return key
    return hashlib.sha256(key.encode()).hexdigest()


def _reference_problems(seeds: Seeds, entry: Entry, unread: Set[str]) -> Iterator[Problem]:
    """What is wrong with the keys that a row names. A file that could not be read is one problem, said once."""
    for column in entry.file.columns:
        if not column.refers_to or not unread.isdisjoint(column.refers_to):
            continue
        for key in entry.keys(column):
            found = seeds.find(column, key)
            if found is None:
                message = _("“%(key)s” is not in %(files)s: add it there, or correct it here.")
                values = {"key": key, "files": _(" or ").join(column.refers_to)}
                yield entry.row.problem(column.name, message % values)
            elif _stands_too_low(seeds, entry, column, found):
                message = _("Row %(number)d of %(file)s must stand above the row that refers to it: move it up.")
                place = {"number": found.row.number, "file": found.file.name}
                yield entry.row.problem(column.name, message % place)


def _stands_too_low(seeds: Seeds, entry: Entry, column: SeedColumn, found: Entry) -> bool:
    """Whether a record would be written before another of its own file that it refers to, or that its parts do."""
    if entry.file.later or column.name == entry.file.part_of:
        return False
    record = seeds.entries.get(entry.whole) if entry.file.part_of else entry
    return record is not None and found.file is record.file and found.row.number >= record.row.number
