"""Every promise of docs/trust.md that takes long to measure, one after the other, in one table.

    python -m tests.trust.check [--short] [--only kills]

Each program has a time of its own, after which it is ended and falls short; together they take less than 75 minutes,
with `--short` a few. One that fails leaves the others to run. Ends with 1 if anything falls short.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.deploy.nginx import ROOT
from tests.trust.table import ROWS_TO, Row, read_rows, report

MOST_MINUTES = 75


@dataclass(frozen=True)
class Program:
    """A module of `tests.trust`, with what it is run with, long and short, and how many seconds it may take so."""

    promise: str
    name: str
    long: str
    short: str
    seconds: int
    seconds_short: int = 300

    def arguments(self, *, short: bool) -> list[str]:
        return (self.short if short else self.long).split()


LOST, READABLE, ALL, EVERYONE = "nothing lost", "always readable", "all of them", "everyone"
PROGRAMS = (
    Program(
        LOST,
        "kills",
        "--db sqlite --acknowledged 10000 --kills 50 --seconds 850",
        "--db sqlite --acknowledged 40 --kills 3 --seconds 40",
        1020,
    ),
    Program(
        LOST,
        "kills",
        "--db postgresql --acknowledged 10000 --kills 50 --seconds 850",
        "--db postgresql --acknowledged 40 --kills 3 --seconds 40",
        1020,
    ),
    Program(LOST, "full_disk", "--seconds 60", "--seconds 5", 160, 160),
    Program(LOST, "replication", "--rows 3000 --seconds 30", "--rows 300 --seconds 5", 260, 260),
    Program(READABLE, "upgrade", "--rounds 10", "--rounds 1", 360),
    Program(READABLE, "readable", "--seconds 60 --requests 100000", "--seconds 50 --requests 5000", 360),
    Program(READABLE, "costs", "--rows 3000 --requests 100", "--rows 300 --requests 10", 160, 160),
    Program(ALL, "sweeps", "", "--short", 390),
    Program(EVERYONE, "lighthouse", "", "--only home --only commitment", 720),
)


def run(program: Program, *, short: bool) -> list[Row]:
    """The rows that it measures, or one that says why there are none."""
    command = [sys.executable, "-m", f"tests.trust.{program.name}", *program.arguments(short=short)]
    return measured(command, program.seconds_short if short else program.seconds)


def measured(command: Sequence[str], most: int) -> list[Row]:
    """The rows that a command writes within so many seconds, or one that says why not. All that it started ends."""
    with tempfile.TemporaryDirectory(prefix="tracker-trust-") as folder:
        path, log = Path(folder) / "rows.json", Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, ROWS_TO: str(path)}, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
            try:
                fault = f"ended with {process.wait(timeout=most)}: {_last_words(log)}"
            except subprocess.TimeoutExpired:
                _end(process)
                fault = f"not done in {most} s"
        return read_rows(path) or [Row(" ".join(command[2:]), "is measured", fault, "–", met=False)]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Interrupt it, so that it ends what it started, and kill it if it does not: where this runs in the background of a
    shell, nobody heeds an interrupt."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "said nothing"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.trust.check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help="each as short as it says anything")
    parser.add_argument("--only", action="append", choices=sorted({one.name for one in PROGRAMS}))
    options = parser.parse_args(arguments)
    rows = []
    for program in PROGRAMS:
        if options.only and program.name not in options.only:
            continue
        said = " ".join([program.name, *program.arguments(short=options.short)])
        begun = time.monotonic()
        found = run(program, short=options.short)
        rows += [replace(one, promise=program.promise) for one in found]
        took = time.monotonic() - begun
        print(f"{said}: {'met' if all(row.met for row in found) else 'FALLS SHORT'} in {took:.0f} s", flush=True)
    print()
    return report(rows)


if __name__ == "__main__":
    sys.exit(main())
