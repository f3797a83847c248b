"""Run the tests on every other Python that the project supports, where it is found or can be had.

    python -m tests.pythons tests/test_rules.py

Without arguments: all tests that need no browser and run on both databases, on SQLite. Each Python has its packages, as
they are locked, in a folder under .tools/pythons. Prints a line for each, and ends with 1 if a test failed on one.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = str(ROOT / ".tools/bin/uv")
SUPPORTED = ("3.12", "3.13", "3.14")
WHOLE = ("--numprocesses", "2", "--dist", "worksteal", "-m", "not browser and not once")


def prepared(python: str) -> Path | None:
    """The interpreter of a folder that has this Python and every package for development; None if it cannot be had."""
    folder = ROOT / ".tools/pythons" / python
    make = [UV, "venv", "--quiet", "--allow-existing", "--python", python, str(folder)]
    if subprocess.run(make, check=False, stderr=subprocess.DEVNULL).returncode:
        return None
    interpreter = folder / "bin/python"
    lock = str(ROOT / "requirements/dev.txt")
    subprocess.run([UV, "pip", "sync", "--quiet", "--python", str(interpreter), "--require-hashes", lock], check=True)
    return interpreter


def run(interpreter: Path, arguments: Sequence[str]) -> bool:
    """Whether the tests pass on this Python."""
    there = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    there["PATH"] = f"{interpreter.parent}{os.pathsep}{there.get('PATH', '')}"
    command = [str(interpreter), "-m", "pytest", "--quiet", *arguments]
    return subprocess.run(command, cwd=ROOT, env=there, check=False).returncode == 0


def main(arguments: Sequence[str]) -> int:
    """1 if a test failed."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    became = {own: "that of .venv, on which `make test` runs"}
    for python in SUPPORTED:
        if python != own:
            interpreter = prepared(python)
            passed = interpreter is not None and run(interpreter, arguments or WHOLE)
            became[python] = "not here, and not to be had" if interpreter is None else "passed" if passed else "FAILED"
    for python, what in sorted(became.items()):
        print(f"Python {python}: {what}")
    return 1 if "FAILED" in became.values() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
