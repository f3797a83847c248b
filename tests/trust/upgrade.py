"""Readers read on while the site is started anew and its tables are changed.

    python -m tests.trust.upgrade [--db sqlite] [--rounds 10]

Each round tells gunicorn to start its workers anew (HUP), runs `migrate`, and adds a column and an index to the
table of commitments as a migration does, while readers ask for page after page. Prints a row.
"""

import argparse
import http.client
import itertools
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.nginx import free_port
from tests.deploy.site import App, app, environment, manage
from tests.trust.kills import database, desk
from tests.trust.table import Row, report

READERS = 4
PATHS = ("/", "/commitments/", "/commitments/KILL-1/", "/summits/", "/countries/", "/developments/", "/commitments.csv")
# What a later version might add, as its migration would.
ALTER = """
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("ALTER TABLE commitments_commitment ADD COLUMN added_{number} varchar(40) NULL")
    cursor.execute("CREATE INDEX added_index_{number} ON commitments_commitment (added_{number})")
"""


@dataclass
class Found:
    """What readers met with: how many answers, which of them were failures, and the longest wait."""

    answers: int
    failures: Counter[str]
    slowest: float
    # What the site's log says of its own errors, each once.
    errors: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = f"{self.failures.total()} failed of {self.answers:,}, slowest {self.slowest * 1000:.0f} ms"
        reasons = [*(f"{number} × {what}" for what, number in self.failures.items()), *self.errors]
        return ": ".join([said, "; ".join(reasons)]) if reasons else said


class Readers:
    """People who read page after page, each with a new connection, as a proxy does on their behalf."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._is_over = threading.Event()
        self.answers = 0
        self.failures: Counter[str] = Counter()
        self.slowest = 0.0
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(READERS)]

    def _read(self, first: int) -> None:
        for number in itertools.count(first):
            if self._is_over.is_set():
                return
            begun = time.monotonic()
            said = self._ask(PATHS[number % len(PATHS)])
            with self._lock:
                self.answers += 1
                self.slowest = max(self.slowest, time.monotonic() - begun)
                if said:
                    self.failures[said] += 1

    def _ask(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "" if answer.status == 200 else f"{answer.status} {path}"

    def found(self, errors: tuple[str, ...] = ()) -> Found:
        """What they met with until now, and what the log says of it."""
        return Found(self.answers, self.failures, self.slowest, errors)

    @contextmanager
    def reading(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._is_over.set()
            for thread in self._threads:
                thread.join()


def workers(site: App) -> set[int]:
    """The processes of the site that answer requests."""
    return {int(child) for child in Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()}


def renew(site: App) -> None:
    """Have all workers replaced, and return when none of the old ones is left and new ones are there."""
    old = workers(site)
    os.kill(site.pid, signal.SIGHUP)
    end = time.monotonic() + 60
    while time.monotonic() < end and (old & workers(site) or len(workers(site)) < len(old)):
        time.sleep(0.05)
    assert not old & workers(site), "the old workers did not end"


def errors_in(log: Path) -> tuple[str, ...]:
    """The last line of every traceback in a log of JSON, each once."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    tracebacks = [json.loads(line)["exception"].strip() for line in lines if '"exception"' in line]
    return tuple(dict.fromkeys(traceback.splitlines()[-1][:200] for traceback in tracebacks))


def measure(vendor: str, rounds: int, tables: Path | None = None) -> tuple[Found, Found]:
    """What readers met with in so many upgrades, and in the control: the same, with workers killed."""
    with (
        tempfile.TemporaryDirectory(prefix="tracker-upgrade-") as name,
        database(vendor, Path(name), tables) as (url, _server),
    ):
        variables = environment(Path(name), url, WEB_CONCURRENCY="2", TASKS="none", LOG_LEVEL="ERROR")
        desk(variables, "prepare", "1", "8")
        port = free_port()
        with app(variables, port, Path(name) / "log") as site:
            readers = Readers(port)
            with readers.reading():
                for number in range(rounds):
                    renew(site)
                    manage(variables, "migrate", "--no-input", "--verbosity", "0")
                    manage(variables, "shell", "--command", ALTER.format(number=number))
                    renew(site)
            errors = errors_in(Path(name) / "log")
            control = Readers(port)
            with control.reading():
                site.kill()
                site.start()
    return readers.found(errors), control.found()


def row(vendor: str, rounds: int) -> Row:
    found, control = measure(vendor, rounds)
    return Row(
        f"restart and migration under readers ({vendor})",
        f"0 failed requests in {rounds} upgrades",
        str(found),
        f"workers killed instead: {control.failures.total()} failed",
        not found.failures and bool(control.failures),
    )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--db", choices=("sqlite", "postgresql"), action="append")
    options = parser.parse_args(arguments)
    rows = [row(vendor, options.rounds) for vendor in options.db or ("sqlite", "postgresql")]
    return report(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
