"""Releases on the site: the list, the page of one, and its files."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.models import Release
from commitments.releases.make import files_of, make
from tests.exports.reading import content
from tests.factories import make_commitment, make_development, make_user
from tests.markup import read

pytestmark = pytest.mark.django_db
PAGE = "/data/releases/2026.11/"


@pytest.fixture(autouse=True)
def _place(settings: Any, tmp_path: Path) -> None:
    settings.RELEASES_DIR = tmp_path / "releases"


@pytest.fixture
def release() -> Release:
    make_commitment("W-01")
    return make(by=make_user("editor"), version="2026.11").release


def test_the_data_page_says_that_there_is_none_yet(client: Client) -> None:
    assert "There is no release yet." in read(client, "/data/").words


def test_the_data_page_lists_every_release_with_its_rows(client: Client, release: Release) -> None:
    make_development(make_commitment("W-02"))
    make(by=make_user("editor"), version="2026.12")
    with CaptureQueriesContext(connection) as queries:
        text = read(client, "/data/").words

    assert text.index("2026.12") < text.index("2026.11")
    assert sum("commitments_release" in query["sql"] for query in queries) == 1


def test_its_page_names_every_file_with_its_checksum_and_how_to_cite_it(client: Client, release: Release) -> None:
    page = client.get(PAGE).content.decode()

    assert [one.name for one in files_of(release) if f"{PAGE}{one.name}" not in page or one.sha256 not in page] == []
    assert "http://localhost:8000/data/releases/2026.11/ (read" in page
    assert "There is no release before it." in page


def test_it_is_compared_with_the_release_before(client: Client, release: Release) -> None:
    make_development(make_commitment("W-02"))
    make(by=make_user("editor"), version="2026.12")

    page = read(client, "/data/releases/2026.12/").words
    assert "Compared with release 2026.11." in page
    assert "+1" in page
    assert "There is a newer release: 2026.12" in read(client, PAGE).words


def test_its_files_are_sent_as_they_were_released_and_may_be_kept(client: Client, release: Release) -> None:
    for file in files_of(release):
        response = client.get(f"{PAGE}{file.name}")
        data = content(response)
        assert len(data) == file.size
        assert response["ETag"] == f'"{file.sha256}"'
        assert "immutable" in response["Cache-Control"]
        assert response["Content-Disposition"].startswith("attachment")
        assert client.get(f"{PAGE}{file.name}", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_a_head_says_how_large_a_file_is(client: Client, release: Release, settings: Any) -> None:
    response = client.head(f"{PAGE}LICENSE")

    assert response["Content-Length"] == str((settings.RELEASES_DIR / "2026.11" / "LICENSE").stat().st_size)
    assert content(response) == b""


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=4-", 206, slice(4, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=2-9999999", 206, slice(2, None)),
        ("bytes=9999999-", 416, slice(0, 0)),
        ("bytes=5-2", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=0-1,3-4", 200, slice(None)),
        ("lines=0-1", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
    ],
)
def test_a_part_of_a_file_can_be_asked_for(
    client: Client, release: Release, settings: Any, asked: str, status: int, expected: slice
) -> None:
    whole = (settings.RELEASES_DIR / "2026.11" / "LICENSE").read_bytes()
    response = client.get(f"{PAGE}LICENSE", headers={"range": asked})
    data = content(response)

    assert (response.status_code, data) == (status, whole[expected])
    assert response["Accept-Ranges"] == "bytes"


def test_a_part_of_what_changed_is_no_part(client: Client, release: Release) -> None:
    response = client.get(f"{PAGE}LICENSE", headers={"range": "bytes=0-3", "if-range": '"another"'})
    content(response)

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["nothing.csv", "..", "%2e%2e", "..%2fsecret_key", ".hidden", "more.txt"])
def test_nothing_else_is_ever_sent(client: Client, release: Release, settings: Any, name: str) -> None:
    (settings.RELEASES_DIR / "2026.11" / "more.txt").write_text("Not released")
    (settings.RELEASES_DIR / "secret_key").write_text("secret")

    assert client.get(f"{PAGE}{name}").status_code == 404


def test_what_is_not_there_is_not_found(client: Client, release: Release, settings: Any) -> None:
    (settings.RELEASES_DIR / "2026.11" / "LICENSE").unlink()

    assert client.get(f"{PAGE}LICENSE").status_code == 404
    assert client.get("/data/releases/2026.10/").status_code == 404
    assert client.get("/data/releases/2026.10/LICENSE").status_code == 404
    assert client.get("/data/releases/latest/").status_code == 404
    assert client.post(PAGE).status_code == 405
