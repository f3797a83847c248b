"""A backup under load holds one moment; restored, every row of every table is there again, or nothing was changed."""

import errno
import io
import itertools
import os
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from commitments.backups import archive, postgresql
from commitments.backups import sqlite as sqlite_backups
from commitments.backups.errors import NotDone
from commitments.backups.make import make
from commitments.backups.restore import restore
from commitments.codelists import Status
from commitments.models import Document, Party
from tests.backups.databases import another, migrate, rows_of, with_programs_in_path
from tests.factories import make_commitment, make_development, make_document, make_party

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "a-key-of-at-least-32-characters-0"


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        monkeypatch.setenv("PATH", with_programs_in_path(os.environ["PATH"]))


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    """Captures and releases, with a file in each."""
    found = {name: tmp_path / name for name in archive.FOLDERS}
    for name, content in (("captures/2026/1.warc.gz", b"WARC" * 1000), ("releases/2026.11/data.csv", b"a,b\n")):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(content)
    return found


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, Path]:
    """Folders to restore into."""
    found = {name: tmp_path / "elsewhere" / name for name in archive.FOLDERS}
    for folder in found.values():
        folder.mkdir(parents=True)
    return found


def filled() -> None:
    commitment = make_commitment("BACK-1", due="2024-06")
    make_development(commitment, status=Status.IN_PROGRESS)


@contextmanager
def load() -> Iterator[None]:
    """Somebody writes all the while: a document and a party, both or neither."""
    is_over, is_going = threading.Event(), threading.Event()

    def write() -> None:
        try:
            for number in itertools.count():
                with transaction.atomic():
                    make_document(f"Under load {number}", url=f"https://load.example/{number}")
                    make_party(f"Under load {number}")
                if number > 5:
                    is_going.set()
                if is_over.is_set():
                    return
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert is_going.wait(20)
        yield
    finally:
        is_over.set()
        thread.join()


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_a_backup_under_load_is_one_moment_and_comes_back_row_by_row(
    key: str, tmp_path: Path, folders: dict[str, Path], elsewhere: dict[str, Path]
) -> None:
    filled()

    with load():
        path, manifest = make(tmp_path, connection=connection, folders=folders, key=key)

    source = rows_of(connection)
    with another(tmp_path) as copy:
        restore(path, connection=copy, folders=elsewhere, key=key)
        restored = rows_of(copy)
    documents, parties = (
        sum("Under load" in repr(row) for row in restored[model._meta.db_table]) for model in (Document, Party)
    )
    assert documents == parties > 5
    assert {table: len(rows) for table, rows in restored.items()} == {table: manifest.rows[table] for table in restored}
    # Rows were only added meanwhile: all that came back is there still, just so.
    # (The text index of SQLite is one file of its own making.)
    assert [
        table
        for table, rows in restored.items()
        if not table.startswith("commitments_searchindex") and not {*map(repr, rows)} <= {*map(repr, source[table])}
    ] == []
    for name in ("captures/2026/1.warc.gz", "releases/2026.11/data.csv"):
        assert (tmp_path / "elsewhere" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_at_rest_every_row_of_every_table_is_the_same(tmp_path: Path, folders: dict[str, Path]) -> None:
    filled()
    before = rows_of(connection)
    path, _manifest = make(tmp_path / "one.backup", connection=connection, folders=folders)

    with another(tmp_path) as copy:
        restore(path, connection=copy, folders=folders)
        restored = rows_of(copy)

    assert sum(map(len, restored.values())) > 100
    assert restored == before
    assert path.stat().st_mode & 0o077 == 0


def test_what_an_earlier_version_backed_up_comes_back_and_is_migrated(tmp_path: Path, folders: dict[str, Path]) -> None:
    with another(tmp_path) as old:
        migrate(old, "commitments", "0005")
        with old.cursor() as cursor:
            for number in range(20):
                cursor.execute(
                    "INSERT INTO commitments_sector (code, name, short_label, withdrawn) VALUES (%s, %s, '', %s)",
                    [str(100 + number), f"Sector {number}", False],
                )
        before = rows_of(old)
        path, manifest = make(tmp_path / "old.backup", connection=old, folders=folders)
    assert "commitments.0005_indexes_for_lists" in manifest.migrations
    assert "commitments.0006_form_keys" not in manifest.migrations

    with another(tmp_path) as copy:
        restore(path, connection=copy, folders=folders)
        assert rows_of(copy) == before
        migrate(copy)
        after = rows_of(copy)

    assert after["commitments_sector"] == before["commitments_sector"]
    assert "commitments_formkey" in after
    assert len(before["commitments_sector"]) == 20


def test_it_refuses_a_database_that_holds_something(tmp_path: Path, folders: dict[str, Path]) -> None:
    filled()
    path, _manifest = make(tmp_path / "one.backup", connection=connection, folders=folders)
    with another(tmp_path) as copy:
        restore(path, connection=copy, folders=folders)
        with copy.cursor() as cursor:
            cursor.execute("UPDATE commitments_document SET title = 'Changed since'")
        changed = rows_of(copy)

        with pytest.raises(NotDone, match="--overwrite"):
            restore(path, connection=copy, folders=folders)
        assert rows_of(copy) == changed

        restore(path, connection=copy, folders=folders, overwrite=True)
        assert rows_of(copy) == rows_of(connection)


# --- what is refused --------------------------------------------------------------------------------------------------


def cut(path: Path, key: str) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3)


def damaged(path: Path, key: str) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)


def empty(path: Path, key: str) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
@pytest.mark.parametrize("damage", [cut, damaged, empty])
def test_a_damaged_backup_changes_nothing(damage: Any, key: str, tmp_path: Path, folders: dict[str, Path]) -> None:
    path, _manifest = make(tmp_path / "one.backup", connection=connection, folders=folders, key=key)
    damage(path, key)
    (folders["captures"] / "2026/1.warc.gz").write_bytes(b"as it is now")

    with another(tmp_path) as copy:
        with pytest.raises(NotDone, match=r"damaged|cut short|manifest"):
            restore(path, connection=copy, folders=folders, key=key)
        assert not rows_of(copy)
    assert (folders["captures"] / "2026/1.warc.gz").read_bytes() == b"as it is now"
    assert not list(tmp_path.glob(".tracker-*"))


@pytest.mark.parametrize(("key", "said"), [("", "set BACKUP_KEY"), ("l" * 32, "BACKUP_KEY another")])
def test_without_its_key_it_stays_shut(key: str, said: str, tmp_path: Path, folders: dict[str, Path]) -> None:
    path, _manifest = make(tmp_path / "one.backup", connection=connection, folders=folders, key=KEY)

    with another(tmp_path) as copy, pytest.raises(NotDone, match=said):
        restore(path, connection=copy, folders=folders, key=key)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../outside", "which no backup does"),
        ("captures/../../outside", "which no backup does"),
        ("/etc/outside", "which no backup does"),
        ("captures/added", "captures/added"),
    ],
)
def test_a_member_that_nobody_backed_up_is_refused(
    name: str, said: str, tmp_path: Path, folders: dict[str, Path]
) -> None:
    path, _manifest = make(tmp_path / "one.backup", connection=connection, folders=folders)
    other = tmp_path / "two.backup"
    with tarfile.open(path) as source, tarfile.open(other, "w:gz") as target:
        for entry in source:
            target.addfile(entry, source.extractfile(entry))
        target.addfile(tarfile.TarInfo(name), io.BytesIO())

    with another(tmp_path) as copy, pytest.raises(NotDone, match=said):
        restore(other, connection=copy, folders=folders)
    assert not list(tmp_path.rglob("outside"))


def test_a_manifest_with_other_counts_changes_nothing(tmp_path: Path, folders: dict[str, Path]) -> None:
    path, manifest = make(tmp_path / "one.backup", connection=connection, folders=folders)
    loads = {"sqlite": sqlite_backups.load, "postgresql": postgresql.load}
    staged = tmp_path / "staged"
    staged.mkdir()
    archive.unpack(path, staged, "")

    with another(tmp_path) as copy:
        with pytest.raises(NotDone, match="manifest says"):
            loads[connection.vendor](copy, staged / archive.DATABASE, {**manifest.rows, "commitments_party": 7})
        assert not rows_of(copy)


def test_another_kind_of_database_is_refused(
    tmp_path: Path, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _manifest = make(tmp_path / "one.backup", connection=connection, folders=folders)

    with another(tmp_path) as copy:
        monkeypatch.setattr(copy, "vendor", "other")
        with pytest.raises(NotDone, match="the database here is other"):
            restore(path, connection=copy, folders=folders, overwrite=True)


def test_while_somebody_has_the_database_open_it_is_not_exchanged(
    tmp_path: Path, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL exchanges it in a transaction, beside whoever reads.
    monkeypatch.setattr(sqlite_backups, "BUSY_SECONDS", 0.1)
    filled()
    path, _manifest = make(tmp_path / "one.backup", connection=connection, folders=folders)

    with another(tmp_path) as copy:
        restore(path, connection=copy, folders=folders)
        with closing(sqlite3.connect(copy.settings_dict["NAME"])) as reader:
            reader.execute("SELECT COUNT(*) FROM commitments_commitment").fetchone()
            with pytest.raises(NotDone, match="stop site and workers"):
                restore(path, connection=copy, folders=folders, overwrite=True)
            assert reader.execute("SELECT code FROM commitments_commitment").fetchall() == [("BACK-1",)]


# --- the commands -----------------------------------------------------------------------------------------------------


def test_what_is_being_written_is_not_backed_up(tmp_path: Path, folders: dict[str, Path]) -> None:
    filled()
    for name in ("captures/2026/.capture-half", "releases/.2026.12-half/data.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"half")

    _path, manifest = make(tmp_path / "one.backup", connection=connection, folders=folders)

    assert sorted(manifest.members) == ["captures/2026/1.warc.gz", "database", "releases/2026.11/data.csv"]


def test_a_database_without_tables_is_not_backed_up(tmp_path: Path, folders: dict[str, Path]) -> None:
    with another(tmp_path) as empty, pytest.raises(NotDone, match="DATABASE_URL"):
        make(tmp_path / "one.backup", connection=empty, folders=folders)

    assert not (tmp_path / "one.backup").exists()


def test_a_full_disk_is_said_and_leaves_nothing_behind(
    tmp_path: Path, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    filled()
    make(tmp_path / "one.backup", connection=connection, folders=folders)
    monkeypatch.setattr(archive.Writer, "add", full)
    (tmp_path / "backups").mkdir()
    with pytest.raises(NotDone, match=r"two\.backup: No space left on device"):
        make(tmp_path / "backups" / "two.backup", connection=connection, folders=folders)
    monkeypatch.setattr(archive, "_is_known", full)
    (tmp_path / "staged").mkdir()
    with pytest.raises(NotDone, match=r"staged: No space left on device\. Nothing was changed"):
        archive.unpack(tmp_path / "one.backup", tmp_path / "staged", "")

    assert list((tmp_path / "backups").iterdir()) == []


def test_the_commands_say_what_they_did(tmp_path: Path, settings: Any) -> None:
    settings.CAPTURES_DIR, settings.RELEASES_DIR = tmp_path / "captures", tmp_path / "releases"
    settings.CAPTURES_DIR.mkdir()
    settings.RELEASES_DIR.mkdir()
    filled()
    out, err = io.StringIO(), io.StringIO()

    call_command("backup", str(tmp_path / "one.backup"), stdout=out, stderr=err)

    assert "rows in" in out.getvalue()
    assert "not encrypted" in err.getvalue()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(tmp_path / "one.backup"), stdout=out, stderr=err)
    with pytest.raises(CommandError, match="is no folder"):
        call_command("backup", str(tmp_path / "nowhere" / "one.backup"), stdout=out, stderr=err)
    with pytest.raises(CommandError, match="is no file"):
        call_command("restore", str(tmp_path / "none.backup"), stdout=out)
    with pytest.raises(CommandError, match="holds something"):
        call_command("restore", str(tmp_path / "one.backup"), stdout=out)
