"""Past one machine: a primary, a hot standby, two web nodes and nginx, of which the primary is lost.

    python -m tests.trust.replication [--rows 3000] [--seconds 10]

`--rows 100000` takes the benchmark's database over if it is there (`make bench ROWS=100000`), and else fills its own,
which takes some four minutes. Prints a row for each promise.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Event, Thread

from tests.benchmarks.databases import KEPT
from tests.deploy import nginx, raw
from tests.deploy.nginx import ROOT
from tests.deploy.site import App, app, environment, manage
from tests.trust import load
from tests.trust.cluster import Cluster, Server, cluster
from tests.trust.table import Row, report

ROWS = 3000
WRITERS = 3
PATHS = ("/commitments/", "/commitments/SYN42-0000001/", "/countries/", "/developments/")
# Of this machine: below, the database and the load leave a second node nothing to run on.
CORES_FOR_TWO = 6


def kept(rows: int) -> Path | None:
    """The data of the benchmark's server with so many commitments, if it is there and stopped."""
    found = [one / "cluster" / "data" for one in KEPT.glob(f"postgresql-{rows}-*") if (one / "ready").exists()]
    return next((one for one in found if not (one / "postmaster.pid").exists()), None)


def filled_primary(servers: Cluster, rows: int, folder: Path) -> Server:
    """A primary with so many commitments, that waits for no copy yet."""
    copied = kept(rows)
    primary = servers.primary(copied=copied)
    primary.run("ALTER SYSTEM SET synchronous_standby_names = ''")
    primary.run("SELECT pg_reload_conf()")
    if copied:
        primary.run("ALTER DATABASE postgres RENAME TO tracker", "template1")
        primary.run("CREATE DATABASE postgres", "template1")
    else:
        primary.run("CREATE DATABASE tracker")
    variables = environment(folder, primary.url)
    manage(variables, "migrate", "--no-input", "--verbosity", "0")
    if not copied:
        manage(variables, "generate_commitments", str(rows))
        primary.run("VACUUM (ANALYZE)", "tracker")
    return primary


class Writers:
    """Processes that write, and what was acknowledged to them."""

    def __init__(self, variables: Mapping[str, str], prefix: str) -> None:
        self.acknowledged: list[str] = []
        command = [sys.executable, "-m", "tests.trust.writer"]
        self._processes = [
            Popen(
                [*command, f"{prefix}{number}"], cwd=ROOT, env=dict(variables), stdout=PIPE, stderr=DEVNULL, text=True
            )
            for number in range(WRITERS)
        ]
        self._readers = [Thread(target=self._read, args=(process,)) for process in self._processes]
        for reader in self._readers:
            reader.start()

    def _read(self, process: "Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.acknowledged.append(line.strip())

    def count(self) -> int:
        # Lists grow safely beside a reader.
        return len(self.acknowledged)

    def wait_for(self, more: int, seconds: float = 60) -> float:
        """After how many seconds so many more were acknowledged."""
        begun, target = time.monotonic(), self.count() + more
        while self.count() < target:
            if time.monotonic() - begun > seconds or any(one.poll() is not None for one in self._processes):
                raise RuntimeError(f"{self.count()} of {target} writes")
            time.sleep(0.02)
        return time.monotonic() - begun

    def stop(self) -> None:
        for process in self._processes:
            process.kill()
        for process, reader in zip(self._processes, self._readers, strict=True):
            process.wait()
            reader.join()


def lost_and_doubled(server: Server, acknowledged: Sequence[str]) -> tuple[int, int]:
    """How many acknowledged writes are not in this database, and how many are there more than once."""
    rows = server.run(
        "SELECT text, count(*) FROM commitments_suggestion WHERE text LIKE 'write %' GROUP BY 1", "tracker"
    )
    found = {str(text): count for text, count in rows}
    missing = sum(one not in found for one in acknowledged)
    return missing, sum(count != 1 for count in found.values())


class Readers:
    """Pages that nobody asked for before, one after the other, and how they were answered."""

    def __init__(self, port: int) -> None:
        self.good = self.old = self.bad = 0
        self._port, self._ended = port, Event()
        self._thread = Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        number = 0
        while not self._ended.is_set():
            number += 1
            answer = raw.ask(self._port, f"{PATHS[number % len(PATHS)]}?x={time.monotonic_ns()}")
            self.good += answer.status == 200
            self.bad += answer.status != 200
            self.old += "warning" in answer.headers

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()


@contextmanager
def two_nodes(primary: Server, standby: Server, folder: Path) -> Iterator[tuple[int, list[App]]]:
    """The port of nginx before two web nodes that write to whichever server takes writes, and read the standby."""
    writes_to = f"postgres://tests@/tracker?host={primary.sockets},{standby.sockets}&target_session_attrs=read-write"
    variables = environment(
        folder, writes_to, DATABASE_REPLICA_URL=standby.url, WEB_CONCURRENCY="1", REPLICA_MAX_LAG="5"
    )
    sockets = [folder / f"node{number}.sock" for number in (1, 2)]
    place = nginx.write(folder, [f"unix:{socket}" for socket in sockets])
    with (
        app(variables, sockets[0], folder / "node1.log") as one,
        app(variables, sockets[1], folder / "node2.log") as two,
        nginx.running(place),
    ):
        for path in PATHS * 4:
            # The first request of a process loads what it needs.
            raw.ask(place.port, f"{path}?warm={time.monotonic_ns()}", seconds=60)
        yield place.port, [one, two]


def throughput(port: int, primary: Server, folder: Path, seconds: int) -> Row:
    """Uncached pages a second of two nodes and a copy, beside those of one node and the primary."""
    alone = environment(folder, primary.url, WEB_CONCURRENCY="1")
    bare = nginx.free_port()
    with app(alone, bare, folder / "alone.log"):
        for path in PATHS * 2:
            raw.ask(bare, path, seconds=60)
        one = load.run(bare, PATHS, connections=8, seconds=seconds, unique=True)
        again = load.run(bare, PATHS, connections=8, seconds=seconds, unique=True, first=10**6)
        two = load.run(port, PATHS, connections=8, seconds=seconds, unique=True, first=2 * 10**6)
    ratio, control = two.per_second / one.per_second, again.per_second / one.per_second
    cores = os.cpu_count() or 1
    return Row(
        "reads a second, uncached: two nodes and a copy, beside one node",
        f"≥ 1.7 × with {CORES_FOR_TWO} cores or more",
        f"{ratio:.2f} × ({two.per_second:.0f} for {one.per_second:.0f}) on {cores} cores",
        f"one beside itself: {control:.2f} ×",
        two.errors == 0 and control < 1.5 and (ratio >= 1.7 or cores < CORES_FOR_TWO),
    )


def primary_lost(
    port: int, primary: Server, standby: Server, writers: Writers, folder: Path, seconds: int
) -> list[Row]:
    """The primary killed under writing and reading; after `seconds` the standby is promoted."""
    writers.wait_for(100, 120)
    readers = Readers(port)
    primary.kill()
    # A node without a copy, at the same time.
    lonely = nginx.free_port()
    with app(environment(folder, primary.url, WEB_CONCURRENCY="1"), lonely, folder / "lonely.log"):
        refused = [raw.ask(lonely, f"{path}?lonely", seconds=30).status != 200 for path in PATHS]
    before = writers.count()
    time.sleep(seconds)
    written_meanwhile = writers.count() - before
    standby.promote()
    back = writers.wait_for(20)
    readers.stop()
    writers.stop()
    lost, doubled = lost_and_doubled(standby, writers.acknowledged)
    planted, _ = lost_and_doubled(standby, [*writers.acknowledged, "write planted-0"])
    return [
        Row(
            f"reads of uncached pages while the primary is away for {seconds} s and more",
            "0 errors, from the copy",
            f"{readers.bad} errors in {readers.good + readers.bad}, {readers.old} old ones",
            f"without a copy: {sum(refused)} of {len(refused)} refused",
            readers.bad == 0 and readers.good > 0 and all(refused),
        ),
        Row(
            "the standby, promoted, takes writes, and the nodes find it by themselves",
            "≤ 30 s",
            f"20 more writes after {back:.1f} s",
            f"not promoted: {written_meanwhile} writes in {seconds} s",
            back <= 30 and written_meanwhile == 0,
        ),
        Row(
            "acknowledged writes lost with the primary, synchronous replication",
            "0 lost, 0 doubled",
            f"{lost} lost, {doubled} doubled of {len(writers.acknowledged):,}",
            f"one planted: {planted} lost",
            lost == 0 and doubled == 0 and planted == 1,
        ),
    ]


def asynchronous_loss(servers: Cluster, primary: Server, folder: Path) -> Row:
    """What is lost where no copy is waited for: the fault that synchronous replication is there for."""
    follower = servers.standby(primary, "standby2")
    writers = Writers(environment(folder, primary.url), "async-")
    writers.wait_for(50, 120)
    follower.freeze_receiver()
    writers.wait_for(50, 120)
    primary.kill()
    writers.stop()
    follower.kill()
    follower.start()
    follower.promote()
    lost, _doubled = lost_and_doubled(follower, writers.acknowledged)
    return Row(
        "the same without waiting for the copy, whose link was cut",
        "some are lost: the count above would see it",
        f"{lost} lost of {len(writers.acknowledged):,}",
        "is one itself",
        lost > 0,
    )


def measure(*, rows: int = ROWS, seconds: int = 10) -> list[Row]:
    """Every promise, measured."""
    with cluster() as servers, tempfile.TemporaryDirectory(prefix="tracker-nodes-", dir="/tmp") as name:
        folder = Path(name)
        primary = filled_primary(servers, rows, folder)
        standby = servers.standby(primary, "standby1")
        primary.run("ALTER SYSTEM RESET synchronous_standby_names")
        primary.run("SELECT pg_reload_conf()")
        with two_nodes(primary, standby, folder) as (port, _nodes):
            found = [throughput(port, primary, folder, seconds)]
            writes_to = (
                f"postgres://tests@/tracker?host={primary.sockets},{standby.sockets}&target_session_attrs=read-write"
            )
            writers = Writers(environment(folder, writes_to), "sync-")
            try:
                found += primary_lost(port, primary, standby, writers, folder, seconds)
            finally:
                writers.stop()
        return [*found, asynchronous_loss(servers, standby, folder)]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.replication", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="commitments")
    parser.add_argument("--seconds", type=int, default=10, help="for how long there is no primary")
    options = parser.parse_args(arguments)
    print(f"{options.rows:,} commitments, {os.cpu_count()} cores", flush=True)
    rows = measure(rows=options.rows, seconds=options.seconds)
    return report(rows)


if __name__ == "__main__":
    sys.exit(main())
