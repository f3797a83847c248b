"""The table of a run, and the same as JSON with what it ran on."""

import datetime as dt
import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

SHORT = " falls short"
PACKAGES = ("Django", "gunicorn", "psycopg", "django-filter")


@dataclass(frozen=True)
class Line:
    """One figure beside its target."""

    name: str
    figure: str
    reference: str
    ratio: str
    target: str
    p95: str = ""
    cpu: str = ""
    cpu_ratio: str = ""
    queries: str = ""
    size: str = ""


HEADS = ("page", "figure", "reference", "ratio", "target", "p95 ratio", "CPU", "CPU ratio", "queries", "size")


def judged(value: float, target: float, *, at_most: bool = True) -> str:
    """A ratio, and whether it misses its target."""
    misses = value > target if at_most else value < target
    return f"{value:.2f}{SHORT if misses else ''}"


def print_head() -> None:
    """The head of the table."""
    print("| " + " | ".join(HEADS) + " |\n|" + "---|" * len(HEADS), flush=True)


def print_line(line: Line) -> None:
    """One line of the table, as soon as it is known."""
    print("| " + " | ".join(asdict(line).values()) + " |", flush=True)


def machine() -> dict[str, Any]:
    """What a run ran on."""
    return {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "load": os.getloadavg(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "commit": _git("rev-parse", "HEAD"),
        "changed": bool(_git("status", "--porcelain")),
    }


def _git(*command: str) -> str:
    try:
        return subprocess.run(["git", *command], check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def write_json(path: Path, about: dict[str, Any], lines: list[Line]) -> None:
    """The run as JSON."""
    path.write_text(json.dumps({**about, "lines": [asdict(line) for line in lines]}, indent=1) + "\n")
