"""The site as files: every page, every link within it, and nothing that needs a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from commitments.bundle.make import Bundle, NotBundled, make
from commitments.bundle.pages import Writer
from commitments.bundle.places import Place, split
from commitments.codelists import Publication
from tests.bundle.links import TAGS, broken, pages
from tests.factories import make_commitment
from tests.site.addresses import make_world

pytestmark = pytest.mark.django_db
DATA = '<script type="application/ld+json">{"a": "b < c"}</script>'


@pytest.fixture(scope="module")
def bundle(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bundle]:
    """A bundle of a small world, which has a draft and a record that was taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_world()
        make_commitment("W-05", title="A secret draft", publication=Publication.DRAFT)
        make_commitment("W-06", title="Taken back for good", publication=Publication.RETRACTED)
        yield make(tmp_path_factory.mktemp("bundle") / "site")
        transaction.set_rollback(True)


def test_every_link_within_it_leads_to_a_file(bundle: Bundle) -> None:
    found = pages(bundle.folder)

    assert len(found) == bundle.pages + 1
    assert broken(found) == []


def test_every_page_that_the_site_has_is_there(bundle: Bundle) -> None:
    names = """index commitments commitments/W-01 commitments/W-01/v1 summits summits/S-2023 summits/S-2023/coverage
    series/c5-plus-1 countries countries/KZ parties parties/agency sectors sectors/322 developments corrections
    calendar map matrix compare method data about contents""".split()

    assert [name for name in names if not (bundle.folder / f"{name}.html").is_file()] == []
    contents = (bundle.folder / "contents.html").read_text()
    assert 'href="commitments/W-01.html"' in contents


def test_nothing_in_it_runs_sends_or_waits_for_a_server(bundle: Bundle) -> None:
    for path, page in pages(bundle.folder).items():
        assert {tag for tag, _type in page.elements} & TAGS == set(), path.name
        assert {kind for tag, kind in page.elements if tag == "script"} <= {"application/ld+json"}, path.name
        assert "script-src &#x27;none&#x27;" in path.read_text()


def test_every_page_says_what_it_is_and_where_it_is_online(bundle: Bundle) -> None:
    text = (bundle.folder / "commitments" / "W-01.html").read_text()

    assert "Offline copy of" in text
    assert '<a href="http://localhost:8000/commitments/W-01/">This page online</a>' in text
    assert '<link rel="canonical" href="http://localhost:8000/commitments/W-01/">' in text
    # What is filtered is found online.
    assert 'href="http://localhost:8000/commitments.csv' in (bundle.folder / "commitments.html").read_text()


def test_nothing_that_the_public_may_not_see_is_in_it(bundle: Bundle) -> None:
    for path in bundle.folder.rglob("*.html"):
        text = path.read_text()
        assert "A secret draft" not in text, path.name
        assert "Taken back for good" not in text, path.name


def test_made_twice_it_is_the_same(bundle: Bundle, tmp_path: Path) -> None:
    again = make(tmp_path / "again")

    def files(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert files(again.folder) == files(bundle.folder)


def test_it_writes_over_nothing(bundle: Bundle) -> None:
    with pytest.raises(CommandError, match="is there already"):
        call_command("make_bundle", str(bundle.folder))


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("In the way.")

    with pytest.raises(CommandError, match=r"Nothing was written\. .*file: (File exists|Not a directory)\."):
        call_command("make_bundle", str(tmp_path / "file" / "site"))


def test_a_site_that_does_not_answer_by_its_name_is_said(tmp_path: Path) -> None:
    with override_settings(SITE_URL="http://elsewhere.example.org"), pytest.raises(NotBundled, match="ALLOWED_HOSTS"):
        make(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/commitments/", "commitments.html"),
        ("/commitments/?page=2", "commitments-page-2.html"),
        ("/commitments/W-01/v1/", "commitments/W-01/v1.html"),
        ("/commitments/?country=KZ", None),
        ("/commitments/?page=2&country=KZ", None),
        ("/commitments.csv", None),
        ("/admin/", None),
        ("/follow/", None),
        ("/commitments/W-01/suggest/", None),
    ],
)
def test_which_file_a_page_is(address: str, file: str | None) -> None:
    url = split(address)
    assert url is not None
    place = Place.of(url)

    assert (place.file if place else None) == file


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<a href="/x/?a=1&amp;b=2">A &amp; B &#8211; c</a>', '<a href="[/x/?a=1&amp;b=2]">A &amp; B &#8211; c</a>'),
        ("<p>1</p><form><p>2</p><form></form></form><p>3</p>", "<p>1</p>INSTEAD<p>3</p>"),
        ("<script src=x>if (a < b) {}</script><p>1</p>", "<p>1</p>"),
        (
            '<script type="application/ld+json">{"a": "b"}</script>',
            '<script type="application/ld+json">{"a": "b"}</script>',
        ),
        ('<label class="govuk-radios__label" for="a">A</label><label>B</label>', "<span>A</span>"),
        ('<img src="/a.svg" alt>', '<img src="[/a.svg]" alt>'),
        ("<!doctype html><main><br/></main>", "<!doctype html><main>NOTICE<br/></main>"),
        ('<link rel="preload" href="/a"><link rel="stylesheet" href="/b">', '<link rel="stylesheet" href="[/b]">'),
    ],
)
def test_a_page_is_copied_but_for_what_has_to_change(page: str, expected: str) -> None:
    writer = Writer(lambda address: f"[{address}]", notice="NOTICE", instead="INSTEAD")
    writer.feed(page)
    writer.close()

    assert writer.written.text == expected


def test_the_title_is_read_as_text() -> None:
    with override("en"):
        writer = Writer(str, notice="", instead="")
        writer.feed("<title>A &amp; B</title><svg><title>C</title></svg>")

    assert writer.written.title == "A & B"
