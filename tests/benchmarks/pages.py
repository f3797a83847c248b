"""How fast the site is, beside references measured in the same run. `make bench ROWS=100000`.

python -m tests.benchmarks.pages --rows 100000 --db postgresql [--only NAME] [--rounds 30]
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import datasette, report, servers
from tests.benchmarks.databases import KEPT, POSTGRES_SETTINGS, ROOT, filled
from tests.benchmarks.report import Line, judged
from tests.benchmarks.targets import (
    LEAST_BESIDE_DATASETTE,
    LEAST_CSV_ROWS,
    LEAST_IMPORTED,
    LEAST_REPEATED,
    MOST_CSV_MEMORY,
    MOST_FOR_PUBLISHING,
    STOCK,
    Target,
    targets,
)
from tests.benchmarks.timing import Client, a_second, descendants, memory, name_of, side_by_side

CONNECTIONS = 4
# Ours and the reference take turns, so that whatever else the machine does slows both.
TURNS, SECONDS = 10, 1
CONFIG = ("--config", "tracker/gunicorn.conf.py")


@dataclass(frozen=True)
class Bench:
    """The servers of a run, and what its pages are made of."""

    site: int
    pid: int
    # A site that keeps pages.
    kept: int
    floor: int
    stock: tuple[int, str]
    # Of the floor and of the stock admin.
    references: tuple[int, int]
    environment: Mapping[str, str]
    facts: Mapping[str, Any]
    rounds: int
    queries: Mapping[str, tuple[int, float]]

    @property
    def pids(self) -> list[int]:
        """The processes of the site, then those of the database's server."""
        own = descendants([os.getpid()])
        return descendants([self.pid]) + [pid for pid in own if name_of(pid) == "postgres"]

    def inside(self, *command: str) -> Any:
        """What `inside.py` says."""
        return json.loads(inside(self.environment, *command))

    def page(self, target: Target) -> Line:
        """One page beside its reference."""
        cookie = {"Cookie": f"sessionid={self.facts['session']}"} if target.is_for_editors else {}
        if target.reference == STOCK:
            reference = Client(self.stock[0], {"Cookie": f"sessionid={self.stock[1]}"}), "/admin/auth/user/"
        else:
            reference = Client(self.floor), "/loop/"
        measured = side_by_side(
            Client(self.site, cookie),
            target.addresses,
            *reference,
            rounds=self.rounds,
            pids=lambda: (self.pids, descendants([self.references[target.reference == STOCK]])),
        )
        queries, _time = self.queries[target.addresses[0]]
        too_many = target.most_queries is not None and queries > target.most_queries
        return Line(
            target.name,
            f"{measured.page.median:.1f} ms",
            f"{target.reference} {measured.reference.median:.1f} ms",
            judged(measured.page.median / measured.reference.median, target.median),
            f"≤ {target.median:g}",
            judged(measured.page.p95 / measured.reference.p95, target.p95) if target.p95 else "",
            f"{measured.cpu:.1f} ms",
            f"{measured.cpu / measured.of_reference:.1f}" if measured.of_reference else "",
            f"{queries}{report.SHORT if too_many else ''}",
            f"{measured.size // 1024} kB",
        )

    def publishing(self) -> Line:
        """Publishing one development, in a process of its own."""
        taken = self.inside("publish")
        ratio = judged(taken / MOST_FOR_PUBLISHING, 1)
        return Line("publish a development", f"{taken:.1f} ms", f"{MOST_FOR_PUBLISHING} ms", ratio, "≤ 1")

    def importing(self) -> Line:
        """An import of a file of commitments."""
        rows = self.inside("import")
        ratio = judged(rows / LEAST_IMPORTED, 1, at_most=False)
        return Line("import of commitments", f"{rows:,.0f} rows/s", f"{LEAST_IMPORTED:,} rows/s", ratio, "≥ 1")

    def repeated(self) -> Iterator[Line]:
        """A page that has not changed, asked for again with its ETag and without, beside ready bytes."""
        address = f"/commitments/{self.facts['codes'][0]}/"
        asking = Client(self.kept)
        asking.get(address)
        asking.get(address)
        etag = asking.answered["ETag"]
        asked: list[tuple[str, int, dict[str, str]]] = [
            ("conditional GET", 304, {"If-None-Match": etag}),
            ("repeated GET", 200, {}),
        ]
        ours = [Client(self.kept) for _ in range(CONNECTIONS)]
        floor = [Client(self.floor) for _ in range(CONNECTIONS)]
        for name, status, headers in asked:
            answered, bytes_answered = 0.0, 0.0
            for _ in range(TURNS):
                answered += a_second(ours, address, status=status, headers=headers, seconds=SECONDS) / TURNS
                bytes_answered += a_second(floor, "/bytes/", headers={}, seconds=SECONDS) / TURNS
            ratio = judged(answered / bytes_answered, LEAST_REPEATED, at_most=False)
            reference = f"floor-bytes {bytes_answered:.0f}/s"
            yield Line(f"{name} of a page", f"{answered:.0f}/s", reference, ratio, f"≥ {LEAST_REPEATED}")

    def beside_datasette(self, folder: Path) -> Iterator[Line]:
        """The same lists in Datasette with three facets, in its two settings: how many times as long they take."""
        file = folder / "rows.db"
        inside(self.environment, "table", str(file))
        country, sector = self.facts["country"], self.facts["sector"]
        lists = {
            "country and sector": (
                f"/commitments/?country={country}&sector={sector}",
                datasette.address(country=country, sector=sector),
            ),
            "everything": ("/commitments/", datasette.address()),
        }
        for name in datasette.SETTINGS:
            with datasette.serving(file, name) as (port, pid):
                for what, (ours, theirs) in lists.items():
                    measured = side_by_side(
                        Client(port), [theirs], Client(self.site), ours, rounds=max(5, self.rounds // 3),
                        pids=lambda: (descendants([pid]), self.pids),  # asked within the loop
                    )  # fmt: skip
                    ratio = judged(
                        measured.page.median / measured.reference.median, LEAST_BESIDE_DATASETTE, at_most=False
                    )
                    figure, reference = f"{measured.page.median:.0f} ms", f"ours {measured.reference.median:.1f} ms"
                    yield Line(f"{name}: {what}", figure, reference, ratio, f"≥ {LEAST_BESIDE_DATASETTE}")

    def csv(self) -> Iterator[Line]:
        """The CSV of everything: rows a second, and the memory that it takes beside what was there before."""
        workers = descendants([self.pid])
        before = memory(workers)
        elapsed, body = Client(self.site).get("/commitments.csv")
        rows = body.count(b"\n") * 1000 / elapsed
        grown = memory(workers, peak=True) - before
        yield Line(
            "CSV of everything", f"{rows:,.0f} rows/s", f"{LEAST_CSV_ROWS:,} rows/s",
            judged(rows / LEAST_CSV_ROWS, 1, at_most=False), "≥ 1", size=f"{len(body) // 1024} kB",
        )  # fmt: skip
        ratio = judged(grown / MOST_CSV_MEMORY, 1)
        yield Line("memory for it, over idle", f"{grown:.0f} MB", f"{MOST_CSV_MEMORY} MB", ratio, "≤ 1")


def inside(environment: Mapping[str, str], *command: str) -> str:
    """What `inside.py` prints."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.inside", *command],
        cwd=ROOT, env=dict(environment), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout


def run(vendor: str, rows: int, *, seed: int, rounds: int, only: str) -> list[Line]:
    """Measure everything, print the table line by line, give it."""
    with ExitStack() as stack:
        environment = stack.enter_context(filled(vendor, rows, seed))
        # Pages are made anew each time, and once more by a site that keeps them as it comes.
        makes_anew = {**environment, "KEEP_PAGES": "false"}
        site, pid = stack.enter_context(servers.serving("tracker.wsgi", makes_anew, *CONFIG))
        kept, _pid = stack.enter_context(servers.serving("tracker.wsgi", environment, *CONFIG))
        floor, floor_pid = stack.enter_context(servers.floor())
        stock, key, stock_pid = stack.enter_context(servers.stock_admin())
        facts = json.loads(inside(environment, "facts"))
        Client(site).get("/")
        asked = [target.addresses[0] for target in targets(facts, rows=rows) if re.search(only, target.name)]
        queries = json.loads(inside(makes_anew, "queries", *asked))
        references = floor_pid, stock_pid
        bench = Bench(site, pid, kept, floor, (stock, key), references, environment, facts, rounds, queries)
        report.print_head()
        lines = []
        for line in _lines(bench, rows, only, Path(environment["DATA_DIR"])):
            report.print_line(line)
            lines.append(line)
    return lines


def _lines(bench: Bench, rows: int, only: str, folder: Path) -> Iterator[Line]:
    for target in targets(bench.facts, rows=rows):
        if re.search(only, target.name):
            yield bench.page(target)
    if re.search(only, "publish"):
        yield bench.publishing()
    if re.search(only, "import"):
        yield bench.importing()
    if re.search(only, "repeated"):
        yield from bench.repeated()
    if re.search(only, "datasette"):
        yield from bench.beside_datasette(folder)
    if re.search(only, "csv"):
        yield from bench.csv()


def main() -> None:
    """Read the command line, measure, and keep the JSON beside the databases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--db", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--rounds", type=int, default=30, help="requests of each page (30)")
    parser.add_argument("--only", default="", help="a regular expression over the names of the lines")
    asked = parser.parse_args()
    about = {**report.machine(), "database": asked.db, "rows": asked.rows, "seed": asked.seed, "rounds": asked.rounds}
    if asked.db == "postgresql":
        about["settings"] = POSTGRES_SETTINGS
    print(f"{asked.rows:,} commitments on {asked.db}; {about['machine']}; load {about['load'][0]:.1f}\n", flush=True)
    lines = run(asked.db, asked.rows, seed=asked.seed, rounds=asked.rounds, only=asked.only)
    path = KEPT / f"{asked.db}-{asked.rows}.json"
    report.write_json(path, about, lines)
    print(f"\nThe same as JSON: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
