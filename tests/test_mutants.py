"""What is said of planted faults, and when it is too little."""

import pytest

from tests import mutants


def test_it_counts_what_was_found_among_all() -> None:
    assert mutants.score({"a": "killed", "b": "survived", "c": "timeout", "d": "no tests"}) == 0.5


@pytest.mark.parametrize(
    ("found", "missed", "code"), [(9, 1, 0), (89, 11, 1), (0, 0, 1)], ids=["enough", "too few", "none planted"]
)
def test_it_names_those_that_were_missed_and_ends_with_one_for_too_many(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], found: int, missed: int, code: int
) -> None:
    became = {f"found_{n}": "killed" for n in range(found)} | {f"missed_{n}": "survived" for n in range(missed)}
    said = {
        "results": "".join(f"    {name}: {what}\n" for name, what in became.items()),
        "show": "--- a\n+++ b\n x\n-one\n+two\n",
    }
    monkeypatch.setattr(mutants, "_said", lambda *command: said[command[0]])

    assert mutants.main() == code
    output = capsys.readouterr().out
    assert output.count("survived\n-one\n+two\n") == missed
    assert "found_" not in output
