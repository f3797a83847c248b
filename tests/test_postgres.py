"""PostgreSQL for the tests starts by itself, and leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import postgres


def test_it_serves_at_a_socket_of_its_own_and_leaves_nothing_behind() -> None:
    with postgres.throwaway_server() as url:
        folder = Path(url.partition("?host=")[2])
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_setting('listen_addresses'), current_user").fetchone()
        assert row == ("", "tests")

    assert not folder.exists()


def test_it_stops_the_server_when_the_tests_fail() -> None:
    seen = []

    def fail() -> None:
        with postgres.throwaway_server() as url:
            folder = Path(url.partition("?host=")[2])
            seen.append((folder, int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    folder, pid = seen[0]
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_it_answers_the_exit_code_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://given@/given")

    code = postgres.main([sys.executable, "-c", "import sys; sys.exit(7)"])

    assert code == 7


def test_it_takes_the_given_database_instead_of_starting_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import os; print(os.environ['TEST_DATABASE_URL'])"]

    done = subprocess.run(
        [sys.executable, "-m", "tests.postgres", *command],
        env={**os.environ, "TEST_DATABASE_URL": "postgres://given@/given"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "postgres://given@/given\n"


def test_it_says_in_one_line_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(postgres, "_DEBIAN", Path("/nowhere"))
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)

    code = postgres.main(["true"])

    said = capfd.readouterr().err
    assert code == 1
    assert said.startswith("PostgreSQL is missing")
    assert said.count("\n") == 1


def test_it_falls_back_on_the_binaries_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(postgres, "_DEBIAN", Path("/nowhere"))

    with postgres.throwaway_server() as url, psycopg.connect(url) as connection:
        assert connection.info.server_version >= 180000
