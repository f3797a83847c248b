"""Six editors write over HTTP while workers, master and database are killed: what was acknowledged is there, once.

    python -m tests.trust.kills --acknowledged 10000 --kills 50 --db postgresql [--seconds 900]

Prints a row: how many were lost, doubled and half done, and what the same check found in a site that acknowledges
writes and undoes them.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.deploy.nginx import free_port
from tests.deploy.site import App, answer_of, app, environment, manage
from tests.trust.cluster import Server, cluster
from tests.trust.editors import Office
from tests.trust.table import Row, report

EDITORS = 6
# So that no record grows without bound.
WRITES_A_COMMITMENT = 20
CONTROL = 40
PLANTED = "tests.trust.planted:application"


@dataclass
class Found:
    """What came of a run."""

    acknowledged: int
    sent: int
    kills: Counter[str]
    seconds: float
    lost: list[str]
    doubled: list[str]
    half: list[str]
    history: str
    refused: Counter[str] = field(default_factory=Counter)
    # Answers that leave it open whether it was written, by their status.
    faults: Counter[int] = field(default_factory=Counter)

    @property
    def is_whole(self) -> bool:
        return not (self.lost or self.doubled or self.half or self.history)

    def __str__(self) -> str:
        kills = ", ".join(f"{number} {what}" for what, number in sorted(self.kills.items())) or "none"
        return (
            f"{self.acknowledged:,} acknowledged in {self.seconds:.0f} s, kills: {kills};"
            f" {len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.half)} half-done,"
            f" check_history {'FAILS' if self.history else 'passes'}"
        )


@contextmanager
def database(vendor: str, folder: Path, tables: Path | None = None) -> Iterator[tuple[str, Server | None]]:
    """The address of a database with its tables and the durable settings of production, and its server if it has one.

    `tables` is a file of SQLite that has them already.
    """
    if vendor == "sqlite":
        path = folder / "db.sqlite3"
        url = f"sqlite:///{path}"
        if tables:
            shutil.copy(tables, path)
        else:
            _migrate(folder, url)
        yield url, None
        return
    with cluster() as servers:
        primary = servers.primary(alone=True)
        primary.run("CREATE DATABASE tracker")
        _migrate(folder, primary.url)
        yield primary.url, primary


def _migrate(folder: Path, url: str) -> None:
    manage(environment(folder, url), "migrate", "--no-input", "--verbosity", "0")


type Disturb = Callable[[Office, App, Server | None, float], Counter[str]]


def run(
    vendor: str,
    *,
    acknowledged: int,
    kills: int,
    seconds: float,
    planted: bool = False,
    tables: Path | None = None,
    seed: int = 7,
) -> Found:
    """Let the editors write until so many are acknowledged or the time is over, with kills in between, and judge."""

    def disturb(office: Office, site: App, server: Server | None, until: float) -> Counter[str]:
        return _kill(office, site, server, acknowledged, kills, until, random.Random(seed))

    return disturbed(vendor, disturb, acknowledged=acknowledged, seconds=seconds, planted=planted, tables=tables)


def disturbed(
    vendor: str,
    disturb: Disturb,
    *,
    acknowledged: int,
    seconds: float,
    planted: bool = False,
    tables: Path | None = None,
) -> Found:
    """Let the editors write while `disturb` does what it does and says how often, and judge when it is done.

    `acknowledged` is how many writes are expected, so that there are commitments enough for them.
    """
    with tempfile.TemporaryDirectory(prefix="tracker-kills-") as name:
        folder = Path(name)
        with database(vendor, folder, tables) as (url, server):
            variables = environment(folder, url, WEB_CONCURRENCY="2", TASKS="none", LOG_LEVEL="ERROR")
            number = max(2 * EDITORS, acknowledged // WRITES_A_COMMITMENT)
            made = desk(variables, "prepare", str(EDITORS), str(number))
            port = free_port()
            application = PLANTED if planted else "tracker.wsgi"
            begun = time.monotonic()
            with app(variables, port, folder / "log", application) as site:
                office = Office(port, made["sessions"], made["commitments"])
                office.start()
                done = disturb(office, site, server, begun + seconds)
                writes = office.end()
            took = time.monotonic() - begun
            verdict = desk(variables, "judge", given=json.dumps(writes))
        total = sum(write["acknowledged"] for write in writes)
        return Found(total, len(writes), done, took, **verdict, refused=Counter(office.refused), faults=office.faults)


def _kill(
    office: Office, site: App, server: Server | None, acknowledged: int, kills: int, until: float, chance: random.Random
) -> Counter[str]:
    """Kill at random moments between the first and the last acknowledgement; what was killed, and how often.

    Where fewer are acknowledged than were to be, the same share of the time has passed.
    """
    begun = time.monotonic()
    moments = sorted(chance.randint(acknowledged // 20 + 1, acknowledged * 19 // 20) for _kill in range(kills))
    targets = ["worker", "master"] if server is None else ["worker", "master", "postmaster"]
    killed: Counter[str] = Counter()
    for number, moment in enumerate(moments):
        office.wait_for(moment, begun + (until - begun) * moment / acknowledged)
        # Each at least once, then at random.
        target = targets[number] if number < len(targets) else chance.choice(targets)
        time.sleep(chance.uniform(0, 0.1))
        if target == "postmaster" and server is not None:
            server.kill()
            server.start()
        elif target == "worker":
            _kill_quietly(chance.choice(_children(site.pid)))
        else:
            site.kill()
            site.start()
        killed[target] += 1
    office.wait_for(acknowledged, until)
    return killed


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()] or [pid]


def _kill_quietly(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def desk(variables: Mapping[str, str], *command: str, given: str = "") -> Any:
    """Run a command of `tests.trust.desk`, and give what it answers. Raises RuntimeError with what it said."""
    return answer_of(variables, "tests.trust.desk", *command, given=given)


def row(vendor: str, *, acknowledged: int, kills: int, seconds: float) -> Row:
    """Measure it, and the control."""
    control = run(vendor, acknowledged=CONTROL, kills=0, seconds=120, planted=True)
    found = run(vendor, acknowledged=acknowledged, kills=kills, seconds=seconds)
    return Row(
        f"acknowledged means kept ({vendor})",
        f"0 lost, 0 doubled, 0 half-done, of {acknowledged:,} with {kills} kills or what {seconds:.0f} s allow",
        str(found),
        f"a site that undoes every fifth write: {len(control.lost)} of {control.acknowledged} lost",
        found.is_whole and bool(control.lost) and found.acknowledged > 0,
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--acknowledged", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=900, help="at most so long")
    parser.add_argument("--db", choices=("sqlite", "postgresql"), action="append")
    options = parser.parse_args(arguments)
    rows = [
        row(vendor, acknowledged=options.acknowledged, kills=options.kills, seconds=options.seconds)
        for vendor in options.db or ("sqlite", "postgresql")
    ]
    return report(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
