"""`manage.py check_captures`: captures are still what was captured."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from commitments.actions import captures
from tests.actions.test_captures import FakeCapturer, make_official
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.CAPTURES_DIR = tmp_path
    return tmp_path


def test_it_says_that_all_is_well_and_what_may_be_deleted(folder: Path) -> None:
    captures.capture(by=make_user(), document=make_official(), capturer=FakeCapturer())
    (folder / "left.warc.gz").write_bytes(b"")
    out = StringIO()

    call_command("check_captures", stdout=out)

    assert "left.warc.gz belongs to no capture" in out.getvalue()
    assert "OK: 1 captures" in out.getvalue()


def test_it_names_what_is_not_what_it_was(folder: Path) -> None:
    row = captures.capture(by=make_user(), document=make_official(), capturer=FakeCapturer())
    (folder / row.warc).unlink()
    err = StringIO()

    with pytest.raises(CommandError, match="1 finding"):
        call_command("check_captures", stderr=err)

    assert row.warc in err.getvalue()
