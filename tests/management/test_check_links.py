"""`manage.py check_links`: which sources still answer."""

from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from commitments.actions import links as link_actions
from commitments.codelists import DocumentKind, LinkHealth, LinkOutcome, SourceKind
from commitments.links import Checker, Result
from commitments.management.commands import check_links
from commitments.models import Capture, LinkCheck
from tests.factories import make_document, make_user
from tests.links.servers import answer, checker_for, serving

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("check_links", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are tried, each without a word to the network."""
    found: list[str] = []

    def check(self: Checker, url: str) -> Result:
        found.append(url)
        return Result(LinkOutcome.NOT_FOUND, 404, "https://example.org/lost", "A note.")

    monkeypatch.setattr(Checker, "check", check)
    return found


def test_it_tries_every_source_and_says_what_came_of_each(tried: list[str]) -> None:
    document = make_document(url="https://example.org/a")

    said = run()

    assert tried == ["https://example.org/a"]
    assert "Not found: https://example.org/a 404 → https://example.org/lost A note." in said
    assert "Tried 1 addresses. not found: 1" in said
    assert document.link_checks.count() == 1


def test_it_tries_a_server_for_real(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answer()) as server:
        document = make_document(url=server.url)
        monkeypatch.setattr(check_links.Command, "checker", lambda self: checker_for(server))
        run()

    document.refresh_from_db()
    assert document.link_health == LinkHealth.OK
    assert len(server.asked) == 1


def test_as_it_comes_it_asks_nobody_on_this_machine() -> None:
    with serving(answer()) as canary:
        document = make_document(url=canary.url)
        said = run()

    assert canary.asked == []
    assert "Not tried" in said
    document.refresh_from_db()
    assert document.link_health == LinkHealth.UNCHECKED


def test_a_dry_run_lists_what_is_due_and_opens_nothing(tried: list[str]) -> None:
    make_document(url="https://example.org/a")

    assert run("--dry-run") == "would try https://example.org/a\n"

    assert tried == []
    assert not LinkCheck.objects.exists()


def test_it_takes_so_many_and_leaves_what_was_tried_lately(tried: list[str]) -> None:
    for _ in range(3):
        make_document()

    run("--limit", "2")
    run()
    run()

    assert len(tried) == 3
    run("--older-than", "0", "--limit", "1")
    assert len(tried) == 4


@pytest.mark.parametrize(
    "arguments", [("--limit", "0"), ("--limit", "x"), ("--older-than", "-1"), ("--limit", "9" * 20)]
)
def test_a_number_that_makes_no_sense_is_refused(arguments: Any) -> None:
    with pytest.raises(CommandError, match="is not a number from"):
        run(*arguments)


def test_it_writes_under_no_name_that_somebody_can_log_in_with(tried: list[str]) -> None:
    make_user(link_actions.LINK_CHECKER)
    make_document()

    with pytest.raises(CommandError, match="rename it"):
        run()

    assert tried == []


def test_it_captures_what_answers_when_asked_to(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.CAPTURES_DIR = tmp_path
    kept = {"kind": DocumentKind.READOUT, "source_kind": SourceKind.PRIMARY}
    with serving(answer(body=b"A readout.")) as server, serving(answer(body=b"?", X__Robots__Tag="noarchive")) as other:
        make_document(url=server.url, **kept)
        make_document(url=other.url, **kept)
        monkeypatch.setattr(check_links.Command, "checker", lambda self: checker_for(server, other))
        said = run("--capture")

    assert "Captured 1." in said
    assert f"Not captured: {other.url}" in said
    row = Capture.objects.get()
    assert (row.document.url, row.sha256) == (server.url, sha256(b"A readout.").hexdigest())
    assert f"Captured: {server.url} → {row.warc}" in said
