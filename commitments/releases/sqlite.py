"""The release as one SQLite file: tables with their keys, codelists as tables too, the same bytes every time."""

import datetime as dt
import sqlite3
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from commitments.codelists import CODELISTS, DefinedChoices
from commitments.exports.cells import SEPARATOR
from commitments.exports.column import Cell, Column
from commitments.exports.shape import Chunk
from commitments.releases.table import Table, value

# What `PRAGMA user_version` says: the form of the tables. Counted on when they change.
SCHEMA = 1
# Anybody's: "CTRL", so that tools can tell whose file it is.
APPLICATION_ID = 0x4354524C
PAGE_SIZE = 4096
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "decimal": "NUMERIC"}


class Database:
    """Writes the file at `path`, row by row. To be used as a context: on leaving it the file is whole, and checked."""

    def __init__(self, path: Path, tables: Iterable[Table]) -> None:
        self.tables = list(tables)
        self._connection = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> Self:
        run = self._connection.execute
        run(f"PRAGMA page_size = {PAGE_SIZE}")
        run("PRAGMA encoding = 'UTF-8'")
        run("PRAGMA auto_vacuum = NONE")
        # Nobody reads it before it is whole, and then it is one file.
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        run("PRAGMA foreign_keys = OFF")
        run(f"PRAGMA user_version = {SCHEMA}")
        run(f"PRAGMA application_id = {APPLICATION_ID}")
        run("BEGIN")
        for codelist in _codelists(self.tables):
            self._write_codelist(codelist)
        for table in self.tables:
            run(_create(table))
        return self

    def write(self, table: Table, chunk: Chunk) -> None:
        """Add rows."""
        names = ", ".join(map(_quoted, (column.name for column in table.columns)))
        marks = ", ".join("?" for _column in table.columns)
        cells = [_cells(column, cells) for column, cells in zip(chunk.columns, chunk.cells, strict=True)]
        self._connection.executemany(
            f"INSERT INTO {_quoted(table.sql_name)} ({names}) VALUES ({marks})", zip(*cells, strict=True)
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            self._connection.close()

    def _finish(self) -> None:
        run = self._connection.execute
        for table in self.tables:
            for name in dict.fromkeys([*(one.column for one in table.references), *table.facets]):
                if (name,) != table.key[:1]:
                    place = f"{_quoted(table.sql_name)} ({_quoted(name)})"
                    run(f"CREATE INDEX {_quoted(f'{table.sql_name}_{name}')} ON {place}")
        run("COMMIT")
        dangling = run("PRAGMA foreign_key_check").fetchall()
        if dangling:
            raise Dangling(dangling)
        # Pages in the order of the tables, whatever the order of writing.
        run("VACUUM")

    def _write_codelist(self, codelist: type[DefinedChoices]) -> None:
        name = _quoted(codelist_table(codelist))
        self._connection.execute(
            f"CREATE TABLE {name} (\n  code TEXT NOT NULL PRIMARY KEY,\n  place INTEGER NOT NULL,\n"
            "  label TEXT NOT NULL,\n  definition TEXT NOT NULL\n)"
        )
        rows = [
            (code.value, place, str(code.label), str(code.definition)) for place, code in enumerate(codelist, start=1)
        ]
        self._connection.executemany(f"INSERT INTO {name} VALUES (?, ?, ?, ?)", rows)


class Dangling(Exception):
    """Rows that refer to what is not in the release."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        found = sorted({f"{table} → {parent}" for table, _row, parent, _key in rows})
        super().__init__(f"{len(rows)} references lead nowhere: {', '.join(found)}")


def _create(table: Table) -> str:
    references = {one.column: one for one in table.references}
    pointed_at = {"party-records": ("alpha3",)}.get(table.name, ())
    lines = []
    for column in table.columns:
        words = [_quoted(column.name), "TEXT" if column.many else _TYPES.get(column.datatype, "TEXT")]
        if column.name in table.key:
            words.append("NOT NULL")
        if column.name in pointed_at:
            words.append("UNIQUE")
        if column.codelist and not column.many:
            words.append(f"REFERENCES {_quoted(codelist_table(column.codelist))} (code)")
        elif reference := references.get(column.name):
            words.append(f"REFERENCES {_quoted(reference.table.replace('-', '_'))} ({_quoted(reference.of)})")
        lines.append(" ".join(words))
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {_quoted(table.sql_name)} (\n  {body}\n)"


def _codelists(tables: Iterable[Table]) -> list[type[DefinedChoices]]:
    """The codelists to which a column refers, in the order of the codebook."""
    named = {column.codelist for table in tables for column in table.columns if not column.many}
    return [codelist for codelist in CODELISTS if codelist in named]


def codelist_table(codelist: type[DefinedChoices]) -> str:
    """The name of the table of a codelist's codes."""
    return f"codelist_{codelist.__name__.lower()}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _cells(column: Column, cells: Any) -> list[Any]:
    """Several values joined, as in CSV; everything else as SQLite has it."""
    if column.many:
        return [SEPARATOR.join("" if one is None else str(one) for one in cell or ()) for cell in cells]
    return [_plain(value(column, cell)) for cell in cells]


def _plain(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return cell
