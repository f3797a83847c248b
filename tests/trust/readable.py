"""Always readable: a spike, the site killed, its database killed, and visitors who are slow on purpose.

    python -m tests.trust.readable [--seconds 60] [--requests 100000]

starts PostgreSQL, gunicorn and nginx as deploy/ sets them up, fills them with synthetic commitments, and prints a row
for each promise. About five minutes.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deploy import nginx, raw, slow
from tests.deploy.site import App, app, environment, manage
from tests.trust import load
from tests.trust.cluster import Server, cluster
from tests.trust.table import Row, report

ROWS = 300
NOTICE = "This page may be out of date."
PATHS = (
    "/", "/commitments/", "/commitments/?status=delivered", "/commitments/SYN42-0000001/", "/summits/", "/countries/",
    "/developments/", "/matrix/", "/method/", "/about/", "/data/", "/calendar/",
)  # fmt: skip
SPIKE = 400
SLOW = 300
# Fewer would tell nothing of the slowest of a hundred.
UNCACHED = 30


@dataclass(frozen=True)
class Stack:
    """All that runs: nginx by its port, gunicorn at a socket and at a port without nginx, and the database."""

    port: int
    app: App
    bare: App
    database: Server
    folder: Path

    @property
    def bare_port(self) -> int:
        assert isinstance(self.bare.where, int)
        return self.bare.where


@contextmanager
def stack() -> Iterator[Stack]:
    """The site with its rows, every page of `PATHS` visited once."""
    with cluster() as servers, tempfile.TemporaryDirectory(prefix="tracker-readable-", dir="/tmp") as name:
        folder = Path(name)
        database = servers.primary(alone=True)
        database.run("CREATE DATABASE tracker")
        variables = environment(folder, database.url)
        manage(variables, "migrate", "--no-input", "--verbosity", "0")
        manage(variables, "generate_commitments", str(ROWS))
        database.run("VACUUM (ANALYZE)", "tracker")
        socket = folder / "web.sock"
        site = nginx.write(folder, [f"unix:{socket}"])
        with (
            app(variables, socket, folder / "app.log") as behind,
            app(variables, nginx.free_port(), folder / "bare.log") as bare,
            nginx.running(site),
        ):
            for path in PATHS:
                found = raw.ask(site.port, path, seconds=60)
                assert found.status == 200, (path, found.status)
            yield Stack(site.port, behind, bare, database, folder)


@contextmanager
def without(site: Stack, planted: dict[str, str]) -> Iterator[int]:
    """The port of another nginx before the same site, with a fault planted in its set-up; pages visited once."""
    with tempfile.TemporaryDirectory(prefix="tracker-planted-", dir="/tmp") as name:
        faulty = nginx.write(Path(name), [f"unix:{site.app.where}"], changed=planted)
        with nginx.running(faulty):
            for path in PATHS:
                raw.ask(faulty.port, path)
            yield faulty.port


def spike(site: Stack, requests: int) -> Row:
    """From 8 readers to 400 at once."""
    load.run(site.port, PATHS, connections=8, seconds=3)
    answers = errors = 0
    p99 = 0.0
    while answers < requests:
        found = load.run(site.port, PATHS, connections=SPIKE, seconds=10)
        answers, errors, p99 = answers + found.answers, errors + found.errors, max(p99, found.p99)
    bare = load.run(site.bare_port, PATHS, connections=SPIKE, seconds=8)
    return Row(
        f"spike from 8 to {SPIKE} readers at once",
        f"0 errors in {requests:,}, p99 < 100 ms",
        f"{errors} errors in {answers:,}, p99 {p99:.0f} ms",
        f"without nginx: {bare}",
        errors == 0 and p99 < 100 and (bare.errors > 0 or bare.p99 > 100 or not bare.answers),
    )


# Nothing old is given, whatever fails.
_NOTHING_OLD = {
    "proxy_cache_use_stale error timeout invalid_header http_500 http_502 http_503 http_504 http_429;": (
        "proxy_cache_use_stale off; proxy_ignore_headers Cache-Control; proxy_cache_valid any 1s;"
    )
}


def app_killed(site: Stack, seconds: int) -> Row:
    """All processes of the site killed, for so long."""
    with without(site, _NOTHING_OLD) as faulty:
        site.app.kill()
        asked = load.start(site.port, PATHS, connections=16, seconds=seconds)
        time.sleep(2)
        control = load.run(faulty, PATHS, connections=4, seconds=2)
        noticed = _noticed(site.port, seconds - 6)
        found = load.finish(asked)
        site.app.start()
    return Row(
        f"the site killed for {seconds} s under load",
        "0 errors, the pages say that they may be out of date",
        f"{found.errors} errors in {found.answers:,}; notice on {noticed} of {len(PATHS)} pages",
        f"without old pages: {control.errors} errors in {control.answers:,}",
        found.errors == 0 and noticed == len(PATHS) and control.errors > 0,
    )


def database_killed(site: Stack, seconds: int) -> Row:
    """The database killed, for so long."""
    _wait_until_fresh(site.port)
    site.database.kill()
    asked = load.start(site.port, PATHS, connections=16, seconds=seconds)
    time.sleep(2)
    control = load.run(site.bare_port, PATHS, connections=4, seconds=4)
    noticed = _noticed(site.port, seconds - 8)
    found = load.finish(asked)
    site.database.start()
    back = _wait_until_fresh(site.port)
    return Row(
        f"the database killed for {seconds} s under load",
        "0 errors, the pages say so; fresh again by itself",
        f"{found.errors} errors in {found.answers:,}, p99 {found.p99:.0f} ms; "
        f"notice on {noticed} of {len(PATHS)} pages; fresh after {back:.0f} s",
        f"without nginx: {control.errors} errors in {control.answers:,}",
        found.errors == 0 and noticed == len(PATHS) and control.errors > 0,
    )


def _noticed(port: int, seconds: float) -> int:
    """On how many pages the notice is seen within this time."""
    end = time.monotonic() + seconds
    seen: set[str] = set()
    while len(seen) < len(PATHS) and time.monotonic() < end:
        seen |= {path for path in PATHS if path not in seen and NOTICE in raw.ask(port, path).text}
        time.sleep(0.5)
    return len(seen)


def _wait_until_fresh(port: int, most: float = 90) -> float:
    """After how many seconds no page is an old one any more."""
    begun = time.monotonic()
    while time.monotonic() - begun < most:
        answers = [raw.ask(port, path) for path in PATHS]
        if all(one.status == 200 and "warning" not in one.headers for one in answers):
            return time.monotonic() - begun
        time.sleep(0.2)
    raise RuntimeError("Pages stay old")


def slowloris(site: Stack) -> list[Row]:
    """Three hundred slow visitors at once, in three ways, while others ask for pages that nobody asked for before."""
    control = _beside(site.bare_port, slow.headers, seconds=5, asked=3)
    rows = []
    for mode in slow.MODES:
        times = _beside(site.port, mode, seconds=10, asked=UNCACHED)
        answered = [one for one in times if one is not None]
        rows.append(
            Row(
                f"{SLOW} visitors, slow with their {mode.__name__}",
                "all others are answered, in 1 s each",
                f"{len(answered)} of {len(times)}, the slowest in {max(answered, default=0) * 1000:.0f} ms",
                f"without nginx: {sum(one is not None for one in control)} of {len(control)} answered",
                len(answered) == len(times) and max(answered) < 1 and None in control,
            )
        )
    return rows


def _beside(port: int, mode: slow.Mode, *, seconds: float, asked: int) -> list[float | None]:
    """How long each of the others waited for their page; None if it never came."""
    found: list[float | None] = []
    with ExitStack() as visitors:
        slow_ones = [visitors.enter_context(mode(port)) for _ in range(SLOW)]
        for number in range(asked):
            slow.trickle(slow_ones)
            begun = time.monotonic()
            answer = raw.ask(port, f"/about/?{mode.__name__}={number}", seconds=seconds)
            found.append(time.monotonic() - begun if answer.status == 200 else None)
    return found


def measure(*, seconds: int = 60, requests: int = 100_000) -> list[Row]:
    """Every promise, measured."""
    with stack() as site:
        return [
            spike(site, requests), *slowloris(site), app_killed(site, seconds), database_killed(site, seconds),
        ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.readable", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="something is killed for so long, 50 at least")
    parser.add_argument("--requests", type=int, default=100_000, help="of the spike")
    options = parser.parse_args(arguments)
    rows = measure(seconds=options.seconds, requests=options.requests)
    return report(rows)


if __name__ == "__main__":
    sys.exit(main())
