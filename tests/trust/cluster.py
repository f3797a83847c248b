"""PostgreSQL servers that can be lost: a primary as deploy/ sets it up, and copies of it that follow."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from tests import postgres
from tests.deploy.nginx import DEPLOY

# This machine is smaller than the one that deploy/ speaks of.
_HERE = {"shared_buffers": "256MB", "effective_cache_size": "1GB", "listen_addresses": ""}


class Server:
    """One server: its data, the folder of its socket, and its processes."""

    def __init__(self, cluster: "Cluster", name: str) -> None:
        self.name = name
        self.data = cluster.folder / name / "data"
        self.sockets = cluster.folder / name
        self._cluster = cluster
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://tests@/tracker?host={self.sockets}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        settings = {**_HERE, "unix_socket_directories": str(self.sockets)}
        command = [str(self._cluster.binaries / "postgres"), "-D", str(self.data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.sockets / "log").open("ab") as log:
            self._process = self._cluster.popen(command, log)
        self.wait()

    def wait(self, seconds: float = 60) -> None:
        """Return when it takes connections."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                psycopg.connect(self.url.replace("/tracker?", "/postgres?"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"{self.name}: {(self.sockets / 'log').read_text()[-2000:]}")

    def kill(self) -> None:
        """Lose it: no process of it has time for anything."""
        if self._process is None:
            return
        # The first goes last: it would tell the others.
        children = self._children()
        for pid in [self._process.pid, *children]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._process.wait()
        self._process = None
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _children(self) -> list[int]:
        assert self._process is not None
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self._process.pid:
                found.append(int(status.parent.name))
        return found

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement, outside of any transaction, and give its rows if it has any."""
        url = self.url.replace("/tracker?", f"/{database}?")
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            # Statements of tests are constants.
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def promote(self) -> None:
        """Make a copy the primary. Whoever waited for copies of the old one waits for none now."""
        self.run("SELECT pg_promote(wait => true, wait_seconds => 60)")
        self.run("ALTER SYSTEM SET synchronous_standby_names = ''")
        self.run("SELECT pg_reload_conf()")

    def freeze_receiver(self) -> None:
        """Let a copy hear nothing more, without its primary noticing."""
        for (pid,) in self.run("SELECT pid FROM pg_stat_wal_receiver"):
            assert isinstance(pid, int)
            os.kill(pid, signal.SIGSTOP)


class Cluster:
    """Servers in one temporary folder, all gone at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = postgres._server_user()
        self.servers: list[Server] = []
        if self.user:
            shutil.chown(folder, self.user)
        self.binaries = postgres._reachable_binaries(postgres.find_binaries(), self.user, folder)

    def popen(self, command: list[str], log: IO[bytes] | int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command, user=self.user, group=postgres._group(self.user), extra_groups=[] if self.user else None,
            cwd=self.folder, stdout=log, stderr=log, env=postgres._plain_environment(), start_new_session=True,
        )  # fmt: skip

    def _run(self, *command: str) -> None:
        done = self.popen(list(command), subprocess.PIPE)
        output, _ = done.communicate()
        if done.returncode:
            raise RuntimeError(f"{command}: {output.decode(errors='replace')}")

    def _server(self, name: str) -> Server:
        server = Server(self, name)
        server.sockets.mkdir()
        if self.user:
            shutil.chown(server.sockets, self.user)
        self.servers.append(server)
        return server

    def primary(self, name: str = "primary", *, copied: Path | None = None, alone: bool = False) -> Server:
        """A primary, set up by deploy/postgresql/primary.conf, empty or with the data of another that is stopped.

        One that is `alone` waits for no copy.
        """
        server = self._server(name)
        if copied:
            # As it was left, without what its own run had in its settings.
            self._run("cp", "-r", str(copied), str(server.data))
        else:
            postgres._initdb(self.binaries, server.sockets, self.user)
        shutil.copy(DEPLOY / "postgresql" / "primary.conf", server.data / "primary.conf")
        with (server.data / "postgresql.conf").open("a") as config:
            config.write("\ninclude 'primary.conf'\n")
            if alone:
                config.write("synchronous_standby_names = ''\n")
        self._own(server.data)
        server.start()
        return server

    def standby(self, of: Server, name: str) -> Server:
        """A copy that follows, set up by deploy/postgresql/standby.conf, once it has caught up."""
        server = self._server(name)
        self._run(
            str(self.binaries / "pg_basebackup"), "--pgdata", str(server.data), "--host", str(of.sockets),
            "--username", "tests", "--wal-method", "stream", "--checkpoint", "fast", "--write-recovery-conf",
            "--create-slot", "--slot", name,
        )  # fmt: skip
        shutil.copy(DEPLOY / "postgresql" / "standby.conf", server.data / "standby.conf")
        with (server.data / "postgresql.conf").open("a") as config:
            config.write(f"\ninclude 'standby.conf'\ncluster_name = '{name}'\n")
        self._own(server.data)
        server.start()
        end = time.monotonic() + 60
        while not of.run(
            f"SELECT 1 FROM pg_stat_replication WHERE application_name = '{name}' AND state = 'streaming'"
        ):
            if time.monotonic() > end:
                raise RuntimeError(f"{name} does not follow: {(server.sockets / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
        return server

    def _own(self, folder: Path) -> None:
        if self.user:
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, self.user)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """No servers yet; those that are made end with the block."""
    with tempfile.TemporaryDirectory(prefix="tracker-ha-", dir="/tmp", ignore_cleanup_errors=True) as name:
        found = Cluster(Path(name))
        try:
            yield found
        finally:
            for server in found.servers:
                server.kill()
