"""Making releases: what they know, what is refused, and what changed since the one before."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from commitments.actions import commitments as actions
from commitments.actions import releases
from commitments.actions.errors import Conflict, Refused
from commitments.actions.service_accounts import service_account
from commitments.codelists import Publication, Status
from commitments.models import Commitment, Release, User
from commitments.releases import build
from commitments.releases.check import findings
from commitments.releases.make import Made, make
from tests.exports.reading import of_csv
from tests.factories import make_commitment, make_country, make_development, make_user, merge

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _place(settings: Any, tmp_path: Path) -> None:
    settings.RELEASES_DIR = tmp_path / "releases"


def release(version: str = "2026.1", **further: Any) -> Made:
    return make(by=make_user("editor"), version=version, **further)


def rows(made: Made, name: str) -> list[dict[str, Any]]:
    return of_csv((made.folder / f"{name}.csv").read_bytes())


def retract(commitment: Commitment) -> None:
    actions.retract(by=User.objects.get(username="editor"), commitment=commitment, reason="It was never said.")


def rename(commitment: Commitment, title: str) -> None:
    commitment.refresh_from_db()
    commitment.title = title
    version = commitment.version
    actions.edit(by=make_user("editor"), commitment=commitment, version=version, reason="Better words.")


def test_it_holds_what_the_site_said_at_the_moment() -> None:
    kazakhstan = make_country("KZ")
    commitment = make_commitment("A-1", title="Build a road", makers=(kazakhstan,))
    moment = timezone.now()
    make_commitment("A-2", title="Build a bridge")
    make_development(commitment, status=Status.DELIVERED, happened="2024-02")
    rename(commitment, "Build a motorway")
    kazakhstan.name = "Another name"
    kazakhstan.save()

    then, now = release(known_at=moment), release("2026.2")

    (row,) = rows(then, "commitments")
    assert (row["code"], row["title"], row["status"]) == ("A-1", "Build a road", "not_assessed")
    assert row["makers"] == "Kazakhstan"
    assert rows(then, "developments") == rows(then, "status-changes") == []
    assert [(row["code"], row["title"], row["status"]) for row in rows(now, "commitments")] == [
        ("A-1", "Build a motorway", "delivered"),
        ("A-2", "Build a bridge", "not_assessed"),
    ]
    assert rows(now, "commitments")[0]["makers"] == "Another name"


def test_what_was_taken_back_since_is_not_in_it() -> None:
    commitment = make_commitment("A-1", title="Never said")
    make_commitment("A-2")
    moment = timezone.now()
    retract(commitment)

    assert [row["code"] for row in rows(release(known_at=moment), "commitments")] == ["A-2"]


def test_a_retraction_after_it_leaves_it_as_it_is() -> None:
    commitment = make_commitment("A-1", title="Never said")
    made = release()
    retract(commitment)

    assert list(findings(made.release)) == []
    assert [row["code"] for row in rows(made, "commitments")] == ["A-1"]


def test_the_changelog_says_what_changed_since_the_release_before() -> None:
    stays, goes, merged, kept = (make_commitment(f"A-{number}", title=f"Title {number}") for number in range(1, 5))
    release()
    make_development(stays, status=Status.DELIVERED, happened="2024-02")
    retract(goes)
    merge(merged, kept)
    make_commitment("A-9", title="New")
    made = release("2026.2")

    text = (made.folder / "CHANGELOG.md").read_text()
    assert "**A-1**: Not assessed → Delivered, effective 2024-02" in text
    changes = {(row["code"], row["change"], row["merged_into"]) for row in rows(made, "changed-records")}
    assert changes == {
        ("A-1", "changed", ""),
        ("A-2", "retracted", ""),
        ("A-3", "merged", "A-4"),
        ("A-4", "changed", ""),
        ("A-9", "added", ""),
    }
    assert "Title 2" not in text
    assert {row["to_status"] for row in rows(made, "changed-statuses")} == {"delivered"}
    assert list(findings(made.release)) == []


def test_a_version_is_made_once() -> None:
    make_commitment("A-1")
    made = release()

    assert release().was_there
    with pytest.raises(Refused, match="exists, and would not be the same"):
        release(known_at=made.release.known_at - DAY)
    make_commitment("A-2")
    assert release().was_there
    assert Release.objects.count() == 1


def test_a_release_knows_more_than_the_one_before() -> None:
    make_commitment("A-1")
    known_at = release().release.known_at

    with pytest.raises(Refused, match=r"2026\.1 knows as much already"):
        release("2026.2", known_at=known_at)
    with pytest.raises(Refused, match="Nobody knows yet"):
        release("2026.2", known_at=timezone.now() + DAY)
    # Somebody else's was recorded while this one was being made.
    with pytest.raises(Refused, match=r"2026\.1 knows as much already"):
        releases.publish(
            by=make_user(),
            version="2026.2",
            known_at=known_at,
            counts={},
            manifest={},
            revisions=1,
        )


def test_nothing_is_left_where_nothing_was_released(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="Nothing is published"):
        release()
    make_commitment("A-1", publication=Publication.DRAFT)
    with pytest.raises(Refused, match="Nothing is published"):
        release()
    make_commitment("A-2")
    with pytest.raises(ValidationError):
        release("latest")
    # A slip that would stand at an address for good.
    for slip in ("2026.0", "2026.13", "2026.31.2"):
        with pytest.raises(Refused, match="names no month"):
            release(slip)

    def broken(*_given: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("commitments.releases.build._write_archive", broken)
    with pytest.raises(OSError, match="No space"):
        release()
    assert list(Path(settings.RELEASES_DIR).iterdir()) == []
    assert not Release.objects.exists()


def test_what_somebody_publishes_meanwhile_is_not_left_out(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_commitment("A-1")
    real = build.build

    def slowly(*given: Any) -> build.Built:
        built = real(*given)
        make_commitment("A-2", at=given[0].known_at)
        return built

    monkeypatch.setattr("commitments.releases.make.build", slowly)
    with pytest.raises(Conflict, match="published meanwhile"):
        release()
    assert list(Path(settings.RELEASES_DIR).iterdir()) == []
    monkeypatch.setattr("commitments.releases.make.build", real)
    assert release().release.counts["commitments"] == 2


def test_a_folder_left_by_a_try_that_broke_off_is_taken_over_if_it_is_the_same() -> None:
    make_commitment("A-1")
    moment = timezone.now()
    made = release(known_at=moment)
    Release.objects.all().delete()
    at = made.release.released_at

    assert not release(known_at=moment, at=at).was_there
    Release.objects.all().delete()
    (made.folder / "README.md").write_text("Something else")
    with pytest.raises(Refused, match="holds something else"):
        release(known_at=moment, at=at)


def test_only_somebody_at_the_desk_or_the_site_itself_releases() -> None:
    make_commitment("A-1")
    left = User.objects.create_user("left", is_active=False)
    sent_away = make_user("sent-away", is_active=False)

    for nobody in (make_user("reader", is_staff=False), left, sent_away, service_account("link-checker")):
        with pytest.raises(Refused, match="Your role"):
            make(by=nobody, version="2026.1")
    assert make(by=service_account(releases.RELEASER), version="2026.1").release.by.username == releases.RELEASER


def test_the_commands_make_and_check_a_release(capsys: pytest.CaptureFixture[str]) -> None:
    make_commitment("A-1")
    call_command("make_release", "2026.1")
    call_command("check_release", "2026.1")
    said = capsys.readouterr().out

    assert "Release 2026.1 as known at" in said
    assert "1 commitments, 0 developments" in said
    assert "OK: release 2026.1" in said
    assert Release.objects.get().by.username == "releases"


def test_the_check_names_what_is_not_as_it_was(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    make_commitment("A-1")
    folder = release().folder
    (folder / "README.md").write_text("Something else")
    (folder / "LICENSE").unlink()
    (folder / "more.csv").touch()

    with pytest.raises(CommandError, match="3 findings"):
        call_command("check_release", "2026.1", "--only-checksums")
    said = capsys.readouterr().err
    assert "README.md is not what was released" in said
    assert "LICENSE is missing" in said
    assert "more.csv does not belong" in said
    with pytest.raises(CommandError, match=r"There is no release 2026\.9\. Releases: 2026\.1\."):
        call_command("check_release", "2026.9")


@pytest.mark.parametrize("argument", ["soon", "2026-13-01", "2026-11-25T25:00", "0001-01-01T00:00:00+05:00"])
def test_a_moment_that_is_none_is_refused(argument: str) -> None:
    with pytest.raises(CommandError, match=r"is no moment|beyond the calendar"):
        call_command("make_release", "2026.1", "--known-at", argument)


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    make_commitment("A-1")
    (tmp_path / "file").write_text("In the way.")

    with pytest.raises(CommandError, match=r"Nothing was released\. .*file: (File exists|Not a directory)\."):
        call_command("make_release", "2026.1", "--directory", str(tmp_path / "file" / "release"))
    assert not Release.objects.exists()


def test_a_day_stands_for_its_end_and_the_desk_is_asked_who(capsys: pytest.CaptureFixture[str]) -> None:
    make_commitment("A-1", at=dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC))
    make_commitment("A-2", at=dt.datetime(2024, 5, 2, 12, tzinfo=dt.UTC))

    with pytest.raises(CommandError, match="Nobody at the editors' desk is called nobody"):
        call_command("make_release", "2026.1", "--by", "nobody")
    call_command("make_release", "2026.1", "--known-at", "2024-05-01", "--by", make_user("editor").username)
    assert Release.objects.get().counts["commitments"] == 1
