"""Captures of a source at the desk, and what readers are told of them."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from commitments.actions import captures
from commitments.codelists import LinkHealth
from commitments.links import Capturer, NotCaptured
from commitments.links.capturing import Fetched
from commitments.models import Capture, Document, User
from commitments.roles import DeskRole
from tests.actions.test_captures import BODY, FakeCapturer, fetched, make_official
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.factories import make_commitment, make_document
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.CAPTURES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(self: Capturer, url: str) -> Fetched:
        return fetched(url=url)

    monkeypatch.setattr(Capturer, "fetch", fetch)


def page_of(document: Document) -> str:
    return url("document", "change", document.pk)


def test_an_editor_captures_a_source_now(desk: Client, editor: User, answers: None) -> None:
    document = make_official()
    assert "Nothing was captured yet." in read(desk, page_of(document)).words

    response = desk.post(url("document", "capture", document.pk), follow=True)

    row = Capture.objects.get()
    page = Markup.of(response)
    assert f"It is captured: {len(BODY)} bytes of text/plain." in page.words
    assert row.sha256 in page.words
    assert BODY.decode() in page.one("details", **{"class": "more"}).text
    document.refresh_from_db()
    assert document.history.latest().history_user == editor
    # The form, opened now, holds the day and may be saved.
    assert desk.post(page_of(document), filled(response, caution="Careful.")).status_code == 302


def test_what_is_not_captured_is_said(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(self: Capturer, url: str) -> Fetched:
        raise NotCaptured("Its publisher asks not to archive it (noarchive).")

    monkeypatch.setattr(Capturer, "fetch", fetch)
    document = make_official()

    page = Markup.of(desk.post(url("document", "capture", document.pk), follow=True))

    assert "It was not captured. Its publisher asks not to archive it" in page.words


def test_where_policy_does_not_allow_it_there_is_no_button_but_a_reason(desk: Client) -> None:
    document = make_document()

    page = read(desk, page_of(document))
    posted = Markup.of(desk.post(url("document", "capture", document.pk), follow=True))

    assert "Only what a government or an organisation published itself is captured" in page.words
    assert not [form for form in page.all("form") if form.attributes.get("action", "").endswith("/capture/")]
    assert "Only what a government" in posted.one("ul", **{"class": "messagelist"}).text


def test_an_editor_downloads_the_file(desk: Client, editor: User, folder: Path) -> None:
    row = captures.capture(by=editor, document=make_official(), capturer=FakeCapturer())
    address = f"/admin/commitments/document/{row.document_id}/captures/{row.pk}/"
    assert read(desk, page_of(row.document)).all("a", href=address)

    response: Any = desk.get(address)

    assert response.content == (folder / row.warc).read_bytes()
    assert response["Content-Type"] == "application/warc"
    assert response["Content-Disposition"].startswith("attachment")
    assert desk.get(f"/admin/commitments/document/{make_document().pk}/captures/{row.pk}/").status_code == 404
    (folder / row.warc).unlink()
    assert desk.get(address).status_code == 404


def test_whoever_edits_no_sources_reads_neither_text_nor_file(editor: User) -> None:
    row = captures.capture(by=editor, document=make_official(), capturer=FakeCapturer())
    contributor = logged_in(make_member(DeskRole.CONTRIBUTOR))

    shown = body(contributor.get(page_of(row.document)))

    assert row.sha256 in shown
    assert BODY.decode() not in shown
    assert "captures/" not in shown


def test_the_public_is_told_the_day_and_the_hash_and_never_the_text(
    client: Client, editor: User, settings: Settings
) -> None:
    settings.CAPTURE_SOURCES = "all"
    document = make_commitment().wordings.get().document
    document.archive_url = "https://archive.example.org/1"
    document.link_health, document.gone_since = LinkHealth.GONE, "2025-02-01"
    document.save()
    row = captures.capture(by=editor, document=document, capturer=FakeCapturer())

    response = client.get(document.get_absolute_url())

    words = Markup.of(response).words
    assert f"Captured on {row.captured_at:%-d %B %Y}" in words
    assert row.sha256 in words
    assert "Original gone since 1 February 2025" in words
    assert "https://archive.example.org/1" in words
    assert BODY.decode() not in body(response)


def test_only_the_newest_captures_are_shown(desk: Client, editor: User) -> None:
    document = make_official()
    for number in range(6):
        captures.capture(by=editor, document=document, capturer=FakeCapturer(f"Words {number}".encode()))

    assert "The latest 5 of 6." in read(desk, page_of(document)).words
