"""The site under gunicorn at a Unix socket, as systemd would run it, over a database of its own."""

import json
import os
import signal as signals
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from tests.deploy.nginx import HOST, ROOT, wait_for
from tests.environment import clean_environment


class App:
    """A gunicorn that can be stopped, frozen and started again."""

    def __init__(
        self, environment: Mapping[str, str], where: Path | int, log: Path, application: str = "tracker.wsgi"
    ) -> None:
        self.where, self.log, self._application = where, log, application
        own = {"SOCKET": str(where)} if isinstance(where, Path) else {"PORT": str(where)}
        self._environment = {**environment, **own}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", "tracker/gunicorn.conf.py", self._application]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self.where, self._process)

    def kill(self) -> None:
        """End all of its processes at once, as losing the machine would."""
        if self._process is not None:
            try:
                os.killpg(self._process.pid, signals.SIGKILL)
            except ProcessLookupError:
                pass
            self._process.wait()
            self._process = None

    def signal(self, number: int) -> None:
        """Send a signal to all of its processes."""
        os.killpg(self.pid, number)


def environment(folder: Path, database_url: str = "", **more: str) -> dict[str, str]:
    """The variables of a site with its data in this folder. A blank address means SQLite there."""
    found = clean_environment(os.environ, data_dir=folder, database_url=database_url)
    found.pop("PROMETHEUS_MULTIPROC_DIR", None)
    return {
        **found,
        "DJANGO_SETTINGS_MODULE": "tests.deploy.settings",
        "ALLOWED_HOSTS": f"{HOST},127.0.0.1,localhost",
        "LOG_FORMAT": "json",
        # One address asks for everything here.
        "API_REQUESTS_PER_MINUTE": "1000000",
        "SEARCHES_PER_MINUTE": "1000000",
        "EXPORTS_PER_HOUR": "1000000",
        **more,
    }


def manage(variables: Mapping[str, str], *command: str) -> str:
    """Run a command of manage.py, and give what it printed. An error is raised with what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=dict(variables), check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr}")
    return done.stdout


def answer_of(variables: Mapping[str, str], module: str, *arguments: str, given: str = "") -> Any:
    """Run a module of the tests in the site's environment, and give what its last line says in JSON.

    Raises RuntimeError with what it said where it failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, env=dict(variables), input=given, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def copy_sqlite(into: Path) -> None:
    """Copy the tests' own database, which has every table: that is quicker than to run all migrations."""
    connection.ensure_connection()
    with closing(sqlite3.connect(into)) as copy:
        connection.connection.backup(copy)
    connection.close()


@contextmanager
def app(variables: Mapping[str, str], where: Path | int, log: Path, application: str = "tracker.wsgi") -> Iterator[App]:
    """The site, until the end of the block."""
    found = App(variables, where, log, application)
    found.start()
    try:
        yield found
    finally:
        found.kill()
