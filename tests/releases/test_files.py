"""What is in a release: what the site says, in files that others' programs read."""

import csv
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frictionless
import pyarrow.parquet
import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from django.conf import settings
from django.test import Client

from commitments.codelists import CODELISTS
from commitments.releases.build import build
from commitments.releases.facts import DATABASE
from commitments.releases.make import Made, facts_of, files_of
from commitments.releases.sqlite import SCHEMA
from commitments.releases.tables import TABLES
from tests.exports.reading import content, of_csv
from tests.releases.conftest import SECRETS

pytestmark = pytest.mark.django_db


def rows(made: Made, name: str) -> list[dict[str, Any]]:
    return of_csv((made.folder / f"{name}.csv").read_bytes())


@contextmanager
def database(made: Made) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{made.folder / DATABASE}?mode=ro", uri=True)
    try:
        yield connection
    finally:
        connection.close()


def test_made_twice_it_is_the_same_byte_for_byte(made: Made, tmp_path: Path) -> None:
    release = made.release
    again = build(facts_of(release.version, release.known_at, release.released_at, None), tmp_path)

    assert again.files == files_of(release)
    assert {file.name for file in again.files} == {path.name for path in made.folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("commitments", ("code",)),
        ("parties", ("code", "party")),
        ("developments", ("id",)),
        ("status-changes", ("id",)),
    ],
)
def test_its_rows_are_those_of_the_sites_own_downloads(
    made: Made, client: Client, name: str, key: tuple[str, ...]
) -> None:
    address = "/commitments.csv" if name == "commitments" else f"/commitments/{name}.csv"
    data = content(client.get(f"{address}?topics=1", headers={"host": "localhost:8000"}))
    online = {tuple(row[column] for column in key): row for row in of_csv(data)}

    assert online
    assert {tuple(row[column] for column in key): row for row in rows(made, name)} == online


def test_nothing_that_the_public_may_not_see_is_in_any_file(made: Made) -> None:
    for path in made.folder.iterdir():
        data = path.read_bytes()
        assert [secret for secret in SECRETS if secret.encode() in data] == [], path.name
    texts = (made.folder / "commitments.csv").read_text()
    assert "W-05" not in texts
    assert "W-06" not in texts
    assert "W-07" not in texts
    assert "W-08" in texts


def test_no_file_names_a_folder_of_this_machine(made: Made) -> None:
    named = [path.name for path in made.folder.iterdir() if str(made.folder.parent).encode() in path.read_bytes()]

    assert named == []


def test_frictionless_finds_nothing_to_complain_of(made: Made) -> None:
    report = frictionless.Package(str(made.folder / "datapackage.json")).validate()

    assert report.flatten(["type", "message"]) == []
    assert report.valid
    assert len(report.tasks) == len(TABLES)


def test_the_data_package_ties_the_tables_and_says_what_codes_there_are(made: Made) -> None:
    package = json.loads((made.folder / "datapackage.json").read_text())
    resources = {one["name"]: one for one in package["resources"]}
    parties = resources["parties"]["schema"]
    status = next(one for one in resources["commitments"]["schema"]["fields"] if one["name"] == "status")

    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert parties["primaryKey"] == ["code", "party"]
    assert {"fields": "code", "reference": {"resource": "commitments", "fields": "code"}} in parties["foreignKeys"]
    assert "in_progress" in status["constraints"]["enum"]


def test_the_database_holds_together(made: Made) -> None:
    with database(made) as connection:
        run = connection.execute
        assert run("PRAGMA foreign_key_check").fetchall() == []
        assert run("PRAGMA integrity_check").fetchone() == ("ok",)
        assert run("PRAGMA user_version").fetchone() == (SCHEMA,)
        for table in TABLES:
            found = run(f'SELECT count(*) FROM "{table.sql_name}"').fetchone()[0]
            assert found == made.release.counts[table.name], table.name
            keys = run(f'SELECT name FROM pragma_table_info("{table.sql_name}") WHERE pk ORDER BY pk').fetchall()
            assert tuple(key for (key,) in keys) == table.key


def test_the_database_says_what_the_codes_mean(made: Made) -> None:
    query = (
        "SELECT c.code, l.label FROM commitments AS c JOIN codelist_status AS l ON l.code = c.status"
        " WHERE c.code = 'W-01'"
    )
    with database(made) as connection:
        assert connection.execute(query).fetchall() == [("W-01", "Delivered")]
        # A formula is one in spreadsheets alone.
        title = connection.execute("SELECT title FROM commitments WHERE code = 'W-08'").fetchone()
    assert title == ("=Kept, with a formula",)


def test_datasette_opens_the_database_as_it_is(made: Made) -> None:
    addresses = ("/commitments", "/commitments/commitments?_facet=status", "/commitments/evidence?_labels=on")
    as_json = "/commitments/commitments.json?_shape=objects&_size=1"
    ran = subprocess.run(
        [sys.executable, "-m", "tests.releases.datasette_answers", made.folder, *addresses, as_json],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
    )
    (home, table, evidence, page) = json.loads(ran.stdout)

    assert [status for status, _text in (home, table, evidence, page)] == [200] * 4
    assert "One row a commitment." in table[1]
    assert "Creative Commons" in home[1]
    assert "The article" in evidence[1]
    assert json.loads(page[1])["primary_keys"] == ["code"]


def test_parquet_has_the_same_rows_with_types(made: Made) -> None:
    for table in TABLES:
        assert pyarrow.parquet.read_table(made.folder / f"{table.name}.parquet").num_rows == len(rows(made, table.name))
    amounts = pyarrow.parquet.read_table(made.folder / "amounts.parquet").to_pylist()
    assert [str(row["value"]) for row in amounts] == ["1000000.00"]


def test_reference_managers_read_its_citations(made: Made) -> None:
    address = f"{settings.SITE_URL}/data/releases/2026.11/"
    bibtex = parse_string((made.folder / "citation.bib").read_text())
    (ris,) = rispy.loads((made.folder / "citation.ris").read_text())
    (csl,) = json.loads((made.folder / "citation.csl.json").read_text())
    cff = yaml.safe_load((made.folder / "CITATION.cff").read_text())

    assert bibtex.failed_blocks == []
    assert bibtex.entries[0]["url"] == address
    assert ris["urls"] == [address]
    assert csl["URL"] == address
    assert (cff["version"], cff["url"], cff["type"]) == ("2026.11", address, "dataset")


def test_the_checksums_cover_every_file_and_the_archive_holds_them_all(made: Made) -> None:
    lines = [line.split("  ") for line in (made.folder / "SHA256SUMS").read_text().splitlines()]
    sums = {name: sha256 for sha256, name in lines}
    archive = zipfile.ZipFile(made.folder / "commitments-2026.11.zip")
    held = {name.removeprefix("commitments-2026.11/"): archive.read(name) for name in archive.namelist()}

    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in held.items() if name != "SHA256SUMS"}
    assert held.keys() | {"commitments-2026.11.zip"} == {path.name for path in made.folder.iterdir()}
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_codebook_has_every_code_and_every_column(made: Made) -> None:
    codebook = json.loads((made.folder / "codebook.json").read_text())
    text = (made.folder / "codebook.md").read_text()
    columns = list(csv.DictReader(io.StringIO((made.folder / "columns.csv").read_text())))

    assert len(codebook["codelists"]) == len(CODELISTS)
    assert all(f"`{code.value}`" in text for codelist in CODELISTS for code in codelist)
    assert len(columns) == sum(len(table.columns) for table in TABLES)
    assert all(row["definition"] for row in columns)


def test_it_says_how_far_two_assessors_agree_and_nothing_of_a_score_that_is_still_blind(made: Made) -> None:
    told = json.loads((made.folder / "agreement.json").read_text())

    assert (told["n"], told["agreed"], told["percent"]) == (1, 0, 0)
    assert [(row["code"], row["n"]) for row in told["records"]] == [("W-09", 1)]
    assert told["krippendorffs_alpha_nominal"] == 0


def test_the_first_release_has_no_changes(made: Made) -> None:
    assert "first release" in (made.folder / "CHANGELOG.md").read_text()
    assert rows(made, "changed-statuses") == rows(made, "changed-records") == []
