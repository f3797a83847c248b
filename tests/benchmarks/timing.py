"""Timing addresses over HTTP: one request at a time, each beside its reference, so that both meet the same machine."""

import http.client
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, cycle, islice
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

# Requests of one kind after each other: a server at work does not begin each with the caches of another's.
IN_A_ROW = 5


class Client:
    """A kept connection to one server."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.headers = dict(headers or {})
        self._connection: http.client.HTTPConnection | None = None

    def get(self, address: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> tuple[float, bytes]:
        """How many milliseconds the answer took, and its body. Raises `RuntimeError` if unexpected."""
        connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        self._connection = connection
        started = time.perf_counter()
        try:
            connection.request("GET", address, headers={**self.headers, **(headers or {})})
            response = connection.getresponse()
            body = response.read()
        except (http.client.RemoteDisconnected, ConnectionError):
            # Gunicorn closes connections that idle.
            connection.close()
            self._connection = None
            return self.get(address, status=status, headers=headers)
        elapsed = (time.perf_counter() - started) * 1000
        if response.will_close:
            connection.close()
            self._connection = None
        if response.status != status:
            raise RuntimeError(f"{address} answered {response.status}, not {status}: {body[:300]!r}")
        self.answered = response.headers
        return elapsed, body


@dataclass(frozen=True)
class Times:
    """What so many requests took, in milliseconds."""

    all: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.all)

    @property
    def p95(self) -> float:
        ordered = sorted(self.all)
        return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


@dataclass(frozen=True)
class Measured:
    """One page beside its reference."""

    page: Times
    reference: Times
    size: int
    # CPU of servers and database for one request of the page and of the reference, in milliseconds.
    cpu: float
    of_reference: float


def side_by_side(
    page: Client,
    addresses: Sequence[str],
    reference: Client,
    of_reference: str,
    *,
    rounds: int,
    pids: Callable[[], tuple[Sequence[int], Sequence[int]]],
) -> Measured:
    """Ask for the page, at one of its addresses after the other, and for the reference: `IN_A_ROW` of each in turn."""
    for address in addresses[:1]:
        page.get(address)
        page.get(address)
        reference.get(of_reference)
    of_page, of_others, sizes, cpu, of_reference_cpu = [], [], [], 0.0, 0.0
    # Only now: the database's server starts a process for each connection.
    used_by, its_own = pids()
    for several in batched(islice(cycle(addresses), rounds), IN_A_ROW):
        with Cpu(used_by) as used:
            answers = [page.get(address) for address in several]
        cpu += used.seconds
        of_page += [elapsed for elapsed, _body in answers]
        sizes += [len(body) for _elapsed, body in answers]
        with Cpu(its_own) as used:
            of_others += [reference.get(of_reference)[0] for _ in several]
        of_reference_cpu += used.seconds
    taken = cpu * 1000 / rounds, of_reference_cpu * 1000 / rounds
    return Measured(Times(of_page), Times(of_others), int(statistics.median(sizes)), *taken)


def a_second(
    clients: Sequence[Client], address: str, *, status: int = 200, headers: Mapping[str, str], seconds: float
) -> float:
    """How many requests a second the server answers to these clients at once."""
    end = time.perf_counter() + seconds
    counts = [0] * len(clients)

    def ask(place: int) -> None:
        while time.perf_counter() < end:
            clients[place].get(address, status=status, headers=headers)
            counts[place] += 1

    threads = [Thread(target=ask, args=(place,)) for place in range(len(clients))]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


class Cpu:
    """Seconds of CPU that these processes and their descendants use within a block (Linux; else 0)."""

    def __init__(self, pids: Sequence[int]) -> None:
        self.pids = pids
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self._before = _used(self.pids)
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.seconds = _used(self.pids) - self._before


def descendants(pids: Sequence[int]) -> list[int]:
    """These processes and those that they started."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir() if Path("/proc").is_dir() else ():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], list(pids)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def _used(pids: Sequence[int]) -> float:
    total = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                total += int(task.read_text().split()[0])
            except OSError:
                continue
    return total / 1e9


def memory(pids: Sequence[int], *, peak: bool = False) -> float:
    """The memory of these processes together, in MB: what they hold, or the most that they ever held."""
    field = "VmHWM:" if peak else "VmRSS:"
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(field))
    return total / 1024


def name_of(pid: int) -> str:
    """The name of a process's program; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
