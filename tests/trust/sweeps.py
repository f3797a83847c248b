"""The sweeps of `make test` that hold a promise, each with the test in which a planted fault must be found.

    python -m tests.trust.sweeps [--short]

runs them on SQLite and prints a row for each; `--short` leaves out those that take longest.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.deploy.nginx import ROOT
from tests.trust.table import Row, report


@dataclass(frozen=True)
class Sweep:
    """What the tests of these files show, and those among them that plant a fault and must find it."""

    metric: str
    paths: tuple[str, ...]
    controls: tuple[str, ...]
    is_long: bool = False


SWEEPS = (
    Sweep(
        "history cannot be rewritten",
        ("tests/models/test_history_is_append_only.py",),
        ("test_every_guard_is_needed", "test_a_missing_guard_is_named"),
    ),
    Sweep(
        "a backup comes back row by row, also that of the version before",
        ("tests/backups",),
        ("test_a_damaged_backup_changes_nothing", "test_a_manifest_with_other_counts_changes_nothing"),
        is_long=True,
    ),
    Sweep(
        "nothing is sent twice or written over unsaid",
        ("tests/admin/test_sent_twice.py", "tests/public/test_sent_twice.py", "tests/admin/test_two_editors.py"),
        ("test_a_form_without_its_key_would_make_two",),
        is_long=True,
    ),
    Sweep(
        "no draft is seen in public",
        ("tests/site/test_drafts_never_leak.py",),
        ("test_publishing_is_what_makes_it_public",),
    ),
    Sweep(
        "every role does what its row says, at every address, by every method",
        ("tests/site/test_who_may_what.py",),
        ("test_without_the_middleware_another_method_would_get_through",),
    ),
    Sweep(
        "no request hides another",
        ("tests/deploy/test_attacks.py",),
        ("test_one_that_hides_nothing_is_seen", "test_without_nginx_they_would_not"),
    ),
    Sweep(
        "axe finds nothing on any page",
        ("tests/browser/test_accessibility.py",),
        ("test_axe_finds_a_fault",),
        is_long=True,
    ),
)


def row(sweep: Sweep) -> Row:
    """Run its tests."""
    with tempfile.TemporaryDirectory(prefix="tracker-sweep-") as folder:
        path = Path(folder) / "found.xml"
        command = [sys.executable, "-m", "pytest", "--quiet", "--numprocesses", "2", "--junit-xml", str(path)]
        variables = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
        subprocess.run([*command, *sweep.paths], cwd=ROOT, env=variables, check=False, stdout=subprocess.DEVNULL)
        passed, failed = outcomes(path.read_text(encoding="utf-8")) if path.exists() else (set(), {"no test ran"})
    missing = [control for control in sweep.controls if control not in passed or control in failed]
    return Row(
        sweep.metric,
        "every test passes",
        f"{len(passed)} pass" + (f", {len(failed)} fail: {', '.join(sorted(failed))}" if failed else ""),
        f"not found: {', '.join(missing)}" if missing else f"found by {', '.join(sweep.controls)}",
        bool(passed) and not failed and not missing,
    )


def outcomes(xml: str) -> tuple[set[str], set[str]]:
    """The names of the tests that pass, and of those that do not, in what pytest wrote; without their parameters."""
    passed: set[str] = set()
    failed: set[str] = set()
    # It is our own: written a moment ago by the tests.
    for case in ElementTree.fromstring(xml).iter("testcase"):
        name = case.attrib["name"].partition("[")[0]
        is_well = not any(case.find(what) is not None for what in ("failure", "error", "skipped"))
        (passed if is_well else failed).add(name)
    return passed - failed, failed


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.sweeps", description=__doc__)
    parser.add_argument("--short", action="store_true", help="without those that take longest")
    options = parser.parse_args(arguments)
    return report([row(sweep) for sweep in SWEEPS if not (options.short and sweep.is_long)])


if __name__ == "__main__":
    sys.exit(main())
