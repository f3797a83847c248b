"""`manage.py load_seeds` says what it did, or everything that keeps it from doing it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from commitments.imports.seeds.accounts import REVIEWER
from commitments.models import Commitment, Party
from tests.factories import make_user
from tests.imports.seed_folder import SeedFolder

pytestmark = pytest.mark.django_db


def test_it_counts_what_it_made_file_by_file(folder: SeedFolder, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_seeds", folder.path)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["created", "updated", "unchanged", "left", "alone"]
    assert "countries.csv                      2           0           0           0" in lines
    assert Commitment.objects.count() == 1


def test_a_second_time_it_says_that_nothing_was_to_do(folder: SeedFolder, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_seeds", folder.path)
    capsys.readouterr()

    call_command("load_seeds", folder.path)

    rows = sum(len(rows) for rows in folder.rows.values())
    assert capsys.readouterr().out == f"Seed data: all {rows} rows are loaded already.\n"


def test_it_names_what_it_left_alone(folder: SeedFolder, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_seeds", folder.path)
    folder.remove("participations.csv")
    capsys.readouterr()

    call_command("load_seeds", folder.path)

    assert "participations.csv: “NY-2023|KZ|The president” – The row is gone" in capsys.readouterr().out


def test_it_prints_every_problem_and_fails_without_a_write(
    folder: SeedFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.change("commitments.csv", made="soon", strength="firm")
    folder.change("evidence.csv", document="nowhere")

    with pytest.raises(CommandError, match="Nothing was loaded: 3 problems in"):
        call_command("load_seeds", folder.path)

    printed = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in printed] == [
        "commitments.csv, row 2, column strength",
        "commitments.csv, row 2, column made",
        "evidence.csv, row 2, column document",
    ]
    assert not Party.objects.exists()


def test_one_problem_is_one_problem(folder: SeedFolder) -> None:
    folder.change("commitments.csv", made="soon")

    with pytest.raises(CommandError, match="1 problem in"):
        call_command("load_seeds", folder.path)


def test_a_check_writes_nothing(folder: SeedFolder, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_seeds", folder.path, check=True)

    assert capsys.readouterr().out.endswith("Checked only: nothing was written.\n")
    assert not Party.objects.exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="name the one that holds the seed files"):
        call_command("load_seeds", tmp_path / "nowhere")


def test_an_account_that_can_log_in_stops_it(folder: SeedFolder) -> None:
    make_user(REVIEWER)

    with pytest.raises(CommandError, match=f"Nothing was loaded. The account “{REVIEWER}”"):
        call_command("load_seeds", folder.path)


def test_the_folder_is_the_projects_own_unless_said() -> None:
    assert (Path(settings.BASE_DIR) / "seeds" / "commitments.csv").is_file()
