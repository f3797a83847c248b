"""`make check-trust` measures every promise in bounded time, and one that cannot be measured falls short."""

import importlib.util
import sys
import time
from pathlib import Path

import pytest

from tests.trust import check, sweeps
from tests.trust.check import PROGRAMS, Program
from tests.trust.table import ROWS_TO, Row, read_rows, report, table

MET = Row("metric", "goal", "measured", "control", met=True)
SHORT = Row("other", "goal", "measured", "control", met=False)


def test_all_of_it_is_done_in_time() -> None:
    assert sum(program.seconds for program in PROGRAMS) < check.MOST_MINUTES * 60
    assert all(program.seconds_short <= program.seconds for program in PROGRAMS)


def test_every_program_and_every_test_that_it_names_is_there() -> None:
    for program in PROGRAMS:
        assert importlib.util.find_spec(f"tests.trust.{program.name}"), program.name
    for sweep in sweeps.SWEEPS:
        files = [
            file
            for path in sweep.paths
            for file in ([Path(path)] if path.endswith(".py") else Path(path).glob("test_*.py"))
        ]
        text = "".join(file.read_text(encoding="utf-8") for file in files)
        assert all(f"def {control}(" in text for control in sweep.controls), sweep.metric


def test_every_program_of_this_folder_is_run() -> None:
    programs = {
        path.stem
        for path in Path("tests/trust").glob("*.py")
        if "report([" in (text := path.read_text(encoding="utf-8")) or "return report(" in text
    }

    assert {program.name for program in PROGRAMS} == programs - {"check", "test_check"}


def test_a_program_that_does_not_end_is_ended_and_falls_short() -> None:
    begun = time.monotonic()
    (row,) = check.measured([sys.executable, "-c", "import time; time.sleep(60)"], 1)

    assert time.monotonic() - begun < 30
    assert (row.met, row.measured) == (False, "not done in 1 s")


def test_a_program_that_fails_says_its_last_words() -> None:
    (row,) = check.run(Program("p", "nowhere_at_all", "", "", 60), short=True)

    assert not row.met
    assert "No module named tests.trust.nowhere_at_all" in row.measured


def test_one_that_falls_short_fails_the_whole_and_the_others_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "run", lambda program, short: [SHORT if program.name == "kills" else MET])

    assert check.main(["--short"]) == 1
    assert capsys.readouterr().out.count("| met |") == sum(program.name != "kills" for program in PROGRAMS)
    assert check.main(["--short", "--only", "costs"]) == 0


def test_rows_are_handed_over_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROWS_TO, str(tmp_path / "rows.json"))

    assert report([MET, SHORT]) == 1
    assert read_rows(tmp_path / "rows.json") == [MET, SHORT]
    assert report([MET]) == 0
    assert read_rows(tmp_path / "none.json") == []


def test_a_bar_in_a_cell_makes_no_column() -> None:
    row = Row("a|b", "goal", "measured", "control", met=True)

    assert table([row]).splitlines()[-1] == "| a/b | goal | measured | control | met |"


def test_a_test_that_fails_in_one_of_its_forms_does_not_pass() -> None:
    xml = (
        '<testsuites><testcase name="test_a[1]"/><testcase name="test_a[2]"><failure/></testcase>'
        '<testcase name="test_b"/><testcase name="test_c"><skipped/></testcase></testsuites>'
    )

    assert sweeps.outcomes(xml) == ({"test_b"}, {"test_a", "test_c"})
