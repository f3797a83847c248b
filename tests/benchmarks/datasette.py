"""Datasette over the same rows: one table with what the list shows and is filtered by, and three facets."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks.databases import ROOT
from tests.benchmarks.servers import free_port, wait_until_ready

FACETS = ("status", "country", "sector")
_COLUMNS = ("code", "title", "made", "due", "status", "country", "sector", "summit")
_COUNT_ALL = ("--setting", "facet_time_limit_ms", "60000", "--setting", "sql_time_limit_ms", "60000")
# By what it is called in the table: as it comes, but that it counts all of its facets, however long that takes; and
# what makes it fastest: a file that does not change, whose rows it counts once, and no guesses at further facets.
SETTINGS: dict[str, tuple[bool, tuple[str, ...]]] = {
    "Datasette": (False, _COUNT_ALL),
    "Datasette at its fastest": (True, (*_COUNT_ALL, "--setting", "suggest_facets", "off")),
}


def address(*, country: str = "", sector: str = "") -> str:
    """The page of fifty rows, newest first, with three facets counted."""
    asked = [("_facet", facet) for facet in FACETS] + [("_sort_desc", "made"), ("_size", "50")]
    asked += [(name, value) for name, value in (("country", country), ("sector", sector)) if value]
    return f"/rows/commitment?{urlencode(asked)}"


def write(rows: Iterable[tuple[Any, ...]], path: Path) -> None:
    """Make its file, with an index for each column that it filters, counts or sorts by."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE commitment ({', '.join(f'{name} TEXT' for name in _COLUMNS)})")
        database.executemany(f"INSERT INTO commitment VALUES ({', '.join('?' * len(_COLUMNS))})", rows)
        for name in ("made", *FACETS):
            database.execute(f"CREATE INDEX by_{name} ON commitment ({name})")
        database.execute("CREATE INDEX by_two ON commitment (country, sector)")
        database.execute("ANALYZE")
    database.close()


@contextmanager
def serving(path: Path, name: str) -> Iterator[tuple[int, int]]:
    """The port and the process of a Datasette that serves this file, set as `SETTINGS` says."""
    is_immutable, settings = SETTINGS[name]
    port = free_port()
    environment: Mapping[str, str] = {**os.environ, "DATASETTE_SECRET": "bench"}
    command = [sys.executable, "-m", "datasette", "serve", "--host", "127.0.0.1", "--port", str(port), *settings]
    server = subprocess.Popen(
        [*command, *(["--immutable"] if is_immutable else []), str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)
