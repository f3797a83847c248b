"""Editors write over HTTP to a disk that is full for a while: nothing is acknowledged that is not kept.

    python -m tests.trust.full_disk [--seconds 60]

The site's processes may write no file longer than a few hundred kilobytes, so that SQLite meets with a real failure of
`write`. Prints a row. PostgreSQL, whose files cannot be bounded so, is given its own answer in `test_full_disk.py`.
"""

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.deploy.site import App
from tests.trust.cluster import Server
from tests.trust.editors import Office
from tests.trust.kills import CONTROL, Found, disturbed, run
from tests.trust.table import Row, report
from tests.trust.upgrade import workers

BEFORE = 8
AFTER = 8
FULL_AT = 64 * 1024
NOT_SAVED = 507


def bound(site: App, most: int) -> None:
    """Let none of the site's processes write a file longer than this."""
    for pid in (site.pid, *workers(site)):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def measure(seconds: float, tables: Path | None = None) -> tuple[Found, int]:
    """What came of the editors' writes, and how many of them were acknowledged while the disk was full."""
    meanwhile = 0

    def fill(office: Office, site: App, server: Server | None, until: float) -> Counter[str]:
        nonlocal meanwhile
        office.wait_for(BEFORE, until)
        bound(site, FULL_AT)
        # Those that were on their way find their room still.
        time.sleep(1)
        before = office.acknowledged
        time.sleep(seconds)
        meanwhile = office.acknowledged - before
        bound(site, resource.RLIM_INFINITY)
        office.wait_for(office.acknowledged + AFTER, until)
        return Counter({"full disk": 1})

    return disturbed("sqlite", fill, acknowledged=400, seconds=seconds + 120, tables=tables), meanwhile


def row(seconds: float) -> Row:
    """Measure it, and the control."""
    found, meanwhile = measure(seconds)
    control = run("sqlite", acknowledged=CONTROL, kills=0, seconds=120, planted=True)
    said = found.faults[NOT_SAVED]
    return Row(
        f"a disk that is full for {seconds:.0f} s (sqlite)",
        "nothing acknowledged that is not kept; every refusal says so (507)",
        f"{said} times “not saved”, {found.faults.total() - said} other faults, {meanwhile} written meanwhile; "
        f"{found.acknowledged} acknowledged, {len(found.lost)} lost, {len(found.doubled)} doubled, "
        f"{len(found.half)} half-done",
        f"a site that undoes every fifth write: {len(control.lost)} of {control.acknowledged} lost",
        found.is_whole and said > 0 and said == found.faults.total() and bool(control.lost),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.full_disk", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for how long it is full")
    return report([row(parser.parse_args(arguments).seconds)])


if __name__ == "__main__":
    sys.exit(main())
