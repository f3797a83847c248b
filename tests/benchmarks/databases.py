"""Databases full of synthetic commitments, kept under data/bench while what fills them stays the same."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.environment import clean_environment
from tests.postgres import kept_server

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "data" / "bench"
# More than so many are these several times over: to generate a million takes hours (`copies`).
GENERATED = 100_000
# What fills them.
GENERATOR = ROOT / "commitments" / "synthetic"
# As on a small server of its own; that nothing waits for the disk is `tests.postgres`'s.
POSTGRES_SETTINGS = {
    "shared_buffers": "512MB",
    "effective_cache_size": "4GB",
    "work_mem": "32MB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",
    "jit": "off",
}


@contextmanager
def filled(vendor: str, rows: int, seed: int) -> Iterator[dict[str, str]]:
    """The environment of a site with so many commitments, on `sqlite` or `postgresql`; made where it is not there.

    More than `GENERATED` are a multiple of it. Raises `ValueError` if not.
    """
    times, rest = divmod(max(rows, GENERATED), GENERATED)
    if rest:
        raise ValueError(f"More than {GENERATED} commitments are made in multiples of so many, not {rows}.")
    folder = KEPT / f"{vendor}-{rows}-{seed}-{_generator()}"
    is_ready = folder / "ready"
    if not is_ready.exists():
        shutil.rmtree(folder, ignore_errors=True)
        if times > 1:
            with filled(vendor, GENERATED, seed):
                """Made where it is not there."""
            # With owners, and in no time where the file system shares what is the same.
            source = KEPT / f"{vendor}-{GENERATED}-{seed}-{_generator()}"
            subprocess.run(["cp", "--archive", "--reflink=auto", source, folder], check=True)
            is_ready.unlink()
        else:
            folder.mkdir(parents=True)
    with _database(vendor, folder) as url:
        environment = clean_environment(os.environ, data_dir=folder, database_url="")
        environment["DATABASE_URL"] = url
        # One address asks for everything here.
        environment |= {"SEARCHES_PER_MINUTE": "1000000", "EXPORTS_PER_HOUR": "1000000"}
        manage(environment, "migrate", "--no-input", "--verbosity", "0")
        manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
        if not is_ready.exists():
            print(f"Filling {folder} ...", flush=True)
            if times > 1:
                copies = [sys.executable, "-m", "tests.benchmarks.copies", str(times)]
                subprocess.run(copies, cwd=ROOT, env=environment, check=True)
            else:
                manage(environment, "generate_commitments", str(rows), "--seed", str(seed))
            if vendor == "postgresql":
                # As autovacuum would within minutes: an index answers alone only for pages that were vacuumed.
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute("VACUUM (ANALYZE)")
            is_ready.touch()
        yield environment


def manage(environment: dict[str, str], *command: str) -> str:
    """Run a command of manage.py, and give what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def _generator() -> str:
    """What tells one state of the generator from another."""
    sources = b"".join(path.read_bytes() for path in sorted(GENERATOR.glob("*.py")))
    return hashlib.sha256(sources).hexdigest()[:8]


@contextmanager
def _database(vendor: str, folder: Path) -> Iterator[str]:
    if vendor == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
    else:
        settings = [f"{name}={value}" for name, value in POSTGRES_SETTINGS.items()]
        with kept_server(folder / "cluster", settings) as url:
            yield url
