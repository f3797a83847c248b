"""The command that imports other trackers' data: what it says, and how it ends."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commitments.models import Commitment, User
from tests.factories import make_country, make_summit
from tests.imports.datasets.files import MAPPINGS, as_csv

pytestmark = pytest.mark.django_db
ROWS = [
    ("id", "text", "status", "changed_on", "source", "remark"),
    ("1", "Open a door", "Limited", "2024-01", "", ""),
    ("2", "Shut a door", "Splendid", "2024-01", "", ""),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    make_country("UZ")
    make_summit("C51-2023-NEW-YORK")
    path = tmp_path / "log.csv"
    path.write_bytes(as_csv(ROWS))
    return path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_dataset", MAPPINGS / "history.toml", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_it_lists_what_it_did_and_what_not(file: Path) -> None:
    said = run(file)

    assert "log.csv, row 3, column status: “Splendid” – Nothing says what this word means here" in said
    assert "Columns that the mapping does not name: remark." in said
    assert "Rows: 2, of which 2 are imported." in said
    assert "Commitments made: 2" in said
    assert Commitment.objects.count() == 2


def test_a_trial_says_so_and_writes_nothing(file: Path) -> None:
    assert "Tried only: nothing was written." in run("--dry-run", file)
    assert not Commitment.objects.exists()


def test_it_ends_with_an_error_where_nothing_can_be_read(file: Path) -> None:
    for content in (b"", b"id,text\n1,A\n"):
        file.write_bytes(content)
        with pytest.raises(CommandError, match="Nothing was imported"):
            run(file)
    with pytest.raises(CommandError, match="cannot be read"):
        run(file.parent / "none.csv")


def test_it_does_not_write_as_somebody_who_can_log_in(file: Path) -> None:
    User.objects.create_user("datasets", password="known")

    with pytest.raises(CommandError, match="datasets"):
        run(file)
