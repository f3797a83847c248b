"""What came of `mutmut run`: how many planted faults the tests found, and each that they did not.

    python -m tests.mutants

Ends with 1 if fewer than 90 of 100 were found. docs/mutants.md says why the others stay.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path

LEAST = 0.9
MUTMUT = str(Path(sys.executable).parent / "mutmut")
FOUND = ("killed", "timeout", "suspicious", "segfault")


def results() -> dict[str, str]:
    """What became of each mutant, by its name."""
    lines = _said("results", "--all", "true").splitlines()
    pairs = (line.strip().partition(": ") for line in lines if ": " in line)
    return {name: became for name, _colon, became in pairs}


def change(name: str) -> str:
    """The lines that a mutant takes away and puts there."""
    lines = _said("show", name).splitlines()
    return "\n".join(line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---"))


def score(became: dict[str, str]) -> float:
    """How many of all were found."""
    counts = Counter(became.values())
    return sum(counts[one] for one in FOUND) / max(sum(counts.values()), 1)


def main() -> int:
    became = results()
    if not became:
        print("There are no mutants: run `make mutants`.", file=sys.stderr)
        return 1
    for name, what in sorted(became.items()):
        if what not in FOUND:
            print(f"\n{name}: {what}\n{change(name)}")
    print(f"\n{len(became)} mutants, {score(became):.1%} found; at least {LEAST:.0%} have to be.")
    return 0 if score(became) >= LEAST else 1


def _said(*command: str) -> str:
    return subprocess.run([MUTMUT, *command], check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
