"""The servers of one run: the site, the floor and the stock admin, each under gunicorn with two workers."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.databases import ROOT

WORKERS = 2


@contextmanager
def serving(application: str, environment: Mapping[str, str], *arguments: str) -> Iterator[tuple[int, int]]:
    """The port and the process of a gunicorn that serves this application."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--log-level", "error", *arguments, application]
    command[3:3] = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    settings = {**environment, "HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": str(WORKERS)}
    server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def floor() -> Iterator[tuple[int, int]]:
    """The port and the process of the floor."""
    with serving("tests.benchmarks.floor:application", _bare()) as found:
        yield found


@contextmanager
def stock_admin() -> Iterator[tuple[int, str, int]]:
    """The port of the stock admin, the key of a session there, and its process."""
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        environment = {**_bare(), "STOCK_DATABASE": str(Path(folder) / "stock.sqlite3")}
        made = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.stock"],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        with serving("tests.benchmarks.stock:application", environment) as (port, pid):
            yield port, made.stdout.strip(), pid


def _bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_until_ready(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server listens; raises `RuntimeError` if it ends or takes longer than half a minute."""
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"gunicorn ended with {server.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("gunicorn does not listen")
