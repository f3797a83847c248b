"""What a request costs in CPU time, kept and made anew: the figures of docs/capacity.md.

    python -m tests.trust.costs [--rows 3000] [--requests 100]

CPU time, and not the time that passes: so other work on the machine changes little.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.deploy import nginx, raw
from tests.deploy.site import app, environment
from tests.trust import load
from tests.trust.cluster import cluster
from tests.trust.replication import filled_primary
from tests.trust.table import Row, report

PAGES = {
    "commitment": "/commitments/SYN42-0000001/",
    "list": "/commitments/",
    "list, filtered": "/commitments/?status=delivered",
    "search": "/commitments/?q=report",
    "first page": "/",
    "matrix": "/matrix/",
}
# The country that is found under most of the synthetic commitments.
_COUNTRY = """
SELECT alpha2 FROM commitments_commitmentcountry AS found JOIN commitments_party AS country
    ON country.id = found.country_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
"""
KEPT_PAGE = "any page, kept by nginx"
MOST_FOR_A_KEPT_PAGE = 1
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU a request: of nginx, of the site's processes, of the database's."""

    proxy: float
    site: float
    database: float

    @property
    def total(self) -> float:
        return self.proxy + self.site + self.database


def cpu_of(root: int) -> float:
    """Seconds of CPU that this process and all below it have used, also those that have ended."""
    parents, used = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid], used[pid] = int(fields[1]), sum(int(one) for one in fields[11:15])
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(used.get(pid, 0) for pid in family) / _TICK


def measure(rows: int, requests: int) -> dict[str, Cost]:
    """What each page costs when it is made, and what one costs that nginx has kept."""
    with cluster() as servers, tempfile.TemporaryDirectory(prefix="tracker-costs-", dir="/tmp") as name:
        folder = Path(name)
        primary = filled_primary(servers, rows, folder)
        socket = folder / "web.sock"
        site = nginx.write(folder, [f"unix:{socket}"])
        variables = environment(folder, primary.url, WEB_CONCURRENCY="1")
        with app(variables, socket, folder / "app.log") as behind, nginx.running(site):
            proxy = int((folder / "nginx.pid").read_text())
            roots = (proxy, behind.pid, primary.pid)

            def used() -> list[float]:
                return [cpu_of(root) for root in roots]

            found = {}
            ((country,),) = primary.run(_COUNTRY, "tracker")
            pages = {**PAGES, "country": f"/countries/{country}/"}
            for number, (page, path) in enumerate(pages.items()):
                query = "&" if "?" in path else "?"
                for again in range(5):
                    assert raw.ask(site.port, f"{path}{query}w={again}", seconds=60).status == 200, path
                before = used()
                for again in range(requests):
                    raw.ask(site.port, f"{path}{query}n={number}-{again}", seconds=60)
                found[page] = _a_request(before, used(), requests)
            before = used()
            kept = load.run(site.port, [PAGES["commitment"]], connections=16, seconds=5)
            found[KEPT_PAGE] = _a_request(before, used(), kept.answers)
            return found


def _a_request(before: Sequence[float], after: Sequence[float], count: int) -> Cost:
    proxy, site, database = (1000 * (end - begin) / count for begin, end in zip(before, after, strict=True))
    return Cost(proxy, site, database)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.costs", description=__doc__)
    parser.add_argument("--rows", type=int, default=3000, help="commitments")
    parser.add_argument("--requests", type=int, default=100, help="of each page")
    options = parser.parse_args(arguments)
    print(f"{options.rows:,} commitments: milliseconds of CPU a request\n")
    print("| page | nginx | site | database | together |\n|---|---|---|---|---|")
    found = measure(options.rows, options.requests)
    for page, cost in found.items():
        print(f"| {page} | {cost.proxy:.2f} | {cost.site:.1f} | {cost.database:.1f} | {cost.total:.2f} |")
    print()
    return report([row(found)])


def row(found: Mapping[str, Cost]) -> Row:
    """What many readers of the same pages cost, beside the cheapest page that is made anew."""
    kept = found[KEPT_PAGE].total
    anew = min(cost.total for page, cost in found.items() if page != KEPT_PAGE)
    return Row(
        "CPU for a page that many readers ask for",
        f"≤ {MOST_FOR_A_KEPT_PAGE} ms",
        f"{kept:.2f} ms",
        f"made for each of them: {anew:.0f} ms",
        kept <= MOST_FOR_A_KEPT_PAGE < anew,
    )


if __name__ == "__main__":
    sys.exit(main())
