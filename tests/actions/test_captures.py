"""Keeping what sources answer: where policy allows, the file first, and proved later."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from commitments.actions import captures, shared_records
from commitments.actions import links as link_actions
from commitments.actions.errors import Conflict, Refused
from commitments.actions.service_accounts import service_account
from commitments.codelists import DocumentKind, LinkOutcome, SourceKind
from commitments.links import Capturer, Checker, NotCaptured, Result
from commitments.links.capturing import Exchange, Fetched
from commitments.models import Capture, Document, User
from commitments.tasks import check_links
from tests.factories import make_document, make_user

pytestmark = pytest.mark.django_db

BODY = b"We will build a road."


def fetched(body: bytes = BODY, url: str = "https://example.org/1") -> Fetched:
    at = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    exchange = Exchange(
        url, at, "192.0.2.1", "GET /1 HTTP/1.1", [("Host", "example.org")], 200, "OK", [("Server", "x")], body
    )
    return Fetched((exchange,), hashlib.sha256(body).hexdigest(), "text/plain", body.decode())


class FakeCapturer(Capturer):
    """Answers every address alike, and notes it."""

    def __init__(self, body: bytes = BODY, why_not: str = "") -> None:
        super().__init__(FakeChecker())
        self.body, self.why_not = body, why_not
        self.asked: list[str] = []

    def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        if self.why_not:
            raise NotCaptured(self.why_not)
        return fetched(self.body, url)


class FakeChecker(Checker):
    def check(self, url: str) -> Result:
        return Result(LinkOutcome.NOT_FOUND, 404) if "lost" in url else Result(LinkOutcome.ANSWERED, 200)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.CAPTURES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def by() -> User:
    return service_account(link_actions.LINK_CHECKER)


def make_official(**fields: Any) -> Document:
    return make_document(kind=DocumentKind.JOINT_STATEMENT, source_kind=SourceKind.PRIMARY, **fields)


@pytest.mark.django_db
def test_what_has_not_changed_is_not_kept_again() -> None:
    document = make_official()
    captures.capture(by=make_user(), document=document, capturer=FakeCapturer())

    with pytest.raises(Refused, match="It has not changed since"):
        captures.capture(by=make_user(), document=document, capturer=FakeCapturer())
    assert document.captures.count() == 1


def test_a_capture_is_a_file_a_row_and_a_day_on_the_document(by: User, folder: Path) -> None:
    document = make_official()

    row = captures.capture(by=by, document=document, capturer=FakeCapturer())

    assert (row.url, row.size, row.media_type, row.text) == (document.url, len(BODY), "text/plain", BODY.decode())
    assert (folder / row.warc).is_file()
    document.refresh_from_db()
    assert (document.sha256, document.captured_on) == (row.sha256, row.captured_at.date())
    assert document.history.latest().history_user == by
    assert list(captures.findings()) == []


def test_an_editor_whose_form_was_open_is_told(by: User) -> None:
    document = make_official()
    opened = Document.objects.get()

    captures.capture(by=by, document=document, capturer=FakeCapturer())

    with pytest.raises(Conflict):
        shared_records.save(by=make_user(), record=opened, version=opened.version)


def test_it_is_written_whatever_was_saved_since_the_document_was_read(by: User) -> None:
    document = make_official()
    stale = Document.objects.get()
    document.caution = "Careful."
    shared_records.save(by=make_user(), record=document, version=document.version)

    captures.capture(by=by, document=stale, capturer=FakeCapturer())

    document.refresh_from_db()
    assert document.caution == "Careful."
    assert document.captured_on is not None


def test_what_was_captured_at_an_address_that_changed_meanwhile_says_nothing_of_the_new_one(by: User) -> None:
    document = make_official()

    class Slow(FakeCapturer):
        def fetch(self, url: str) -> Fetched:
            Document.objects.update(url="https://example.org/moved")
            return super().fetch(url)

    captures.capture(by=by, document=document, capturer=Slow())

    document.refresh_from_db()
    assert document.captured_on is None
    assert Capture.objects.get().document == document


@pytest.mark.parametrize(
    ("setting", "kind", "source_kind", "allowed"),
    [
        ("official", DocumentKind.COMMUNIQUE, SourceKind.PRIMARY, True),
        ("official", DocumentKind.PRESS_RELEASE, SourceKind.REPUBLISHED_PRIMARY, False),
        ("official", DocumentKind.NEWS_REPORT, SourceKind.PRIMARY, False),
        ("official", DocumentKind.READOUT, SourceKind.SECONDARY, False),
        ("official", DocumentKind.OPINION, SourceKind.OPINION, False),
        ("all", DocumentKind.NEWS_REPORT, SourceKind.SECONDARY, True),
        ("none", DocumentKind.COMMUNIQUE, SourceKind.PRIMARY, False),
    ],
)
def test_policy_says_what_may_be_kept(
    by: User, settings: Settings, setting: str, kind: DocumentKind, source_kind: SourceKind, allowed: bool
) -> None:
    settings.CAPTURE_SOURCES = setting
    document = make_document(kind=kind, source_kind=source_kind)
    capturer = FakeCapturer()

    if allowed:
        captures.capture(by=by, document=document, capturer=capturer)
    else:
        with pytest.raises(Refused):
            captures.capture(by=by, document=document, capturer=capturer)

    # What may not be kept is not asked for.
    assert bool(capturer.asked) == Capture.objects.exists() == allowed


def test_what_is_not_captured_is_said_and_leaves_nothing(by: User, folder: Path) -> None:
    document = make_official()

    with pytest.raises(Refused, match="noarchive"):
        captures.capture(by=by, document=document, capturer=FakeCapturer(why_not="noarchive\x1b"))

    assert list(folder.iterdir()) == []
    document.refresh_from_db()
    assert document.version == 1


def test_a_disk_that_is_full_is_a_refusal(by: User, folder: Path) -> None:
    (folder / f"{timezone.now():%Y}").write_text("In the way.")

    with pytest.raises(Refused, match="cannot be stored"):
        captures.capture(by=by, document=make_official(), capturer=FakeCapturer())

    assert not Capture.objects.exists()


def test_a_document_that_is_deleted_while_it_is_captured_is_a_refusal(by: User) -> None:
    document = make_official()

    class Slow(FakeCapturer):
        def fetch(self, url: str) -> Fetched:
            Document.objects.filter(pk=document.pk).delete()
            return super().fetch(url)

    with pytest.raises(Refused, match="deleted"):
        captures.capture(by=by, document=document, capturer=Slow())


def test_a_run_captures_what_answers_and_is_not_captured_yet(by: User) -> None:
    fresh, known = make_official(), make_official()
    make_official(url="https://example.org/lost")
    make_document()
    captures.capture(by=by, document=known, capturer=FakeCapturer())
    capturer = FakeCapturer()
    told: list[tuple[Document, object]] = []

    counts, captured = captures.check_and_capture(
        by=by, capturer=capturer, told=lambda document, outcome: told.append((document, outcome))
    )

    assert capturer.asked == [fresh.url]
    assert (counts[LinkOutcome.ANSWERED], counts[LinkOutcome.NOT_FOUND], captured) == (3, 1, 1)
    assert told == [(fresh, Capture.objects.get(document=fresh))]


def test_a_run_goes_on_after_one_that_is_not_captured(by: User) -> None:
    make_official()
    make_official()
    capturer = FakeCapturer(why_not="It is larger.")

    _counts, captured = captures.check_and_capture(by=by, capturer=capturer)

    assert (len(capturer.asked), captured) == (2, 0)


def test_the_task_captures_when_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Checker, "check", lambda self, url: Result(LinkOutcome.ANSWERED, 200))
    monkeypatch.setattr(Capturer, "fetch", lambda self, url: fetched(url=url))
    make_official()

    assert check_links.call(capture=True)["captured"] == 1


def test_every_file_is_held_against_its_row(by: User, folder: Path) -> None:
    rows = [captures.capture(by=by, document=make_official(), capturer=FakeCapturer()) for _ in range(4)]
    missing, cut, other, _right = rows
    (folder / missing.warc).unlink()
    whole = (folder / cut.warc).read_bytes()
    (folder / cut.warc).write_bytes(whole[: len(whole) // 2])
    forged = captures.capture(by=by, document=make_official(), capturer=FakeCapturer(b"We will not."))
    (folder / forged.warc).replace(folder / other.warc)
    Capture.objects.filter(pk=forged.pk).delete()
    (folder / "left.warc.gz").write_bytes(b"")
    longer = captures.capture(by=by, document=make_official(), capturer=FakeCapturer())
    Capture.objects.filter(pk=longer.pk).update(size=longer.size + 1)

    found = {finding.capture: finding.problem for finding in captures.findings()}

    assert found.keys() == {missing, cut, other, longer}
    assert "SHA-256" in found[other]
    assert found[longer] == f"{longer.size} bytes, and were {longer.size + 1}."
    assert captures.leftovers() == ["left.warc.gz"]
