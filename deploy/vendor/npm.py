"""Packages of the npm registry, in a folder that is gone afterwards."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def installed(**packages: str) -> Iterator[Path]:
    """The node_modules folder with these packages at these versions. None of their scripts is run."""
    with tempfile.TemporaryDirectory() as folder:
        quietly = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
        wanted = [f"{name}@{version}" for name, version in packages.items()]
        subprocess.run(["npm", "install", "--prefix", folder, *quietly, *wanted], check=True, stdout=subprocess.DEVNULL)
        yield Path(folder) / "node_modules"
