"""Makes a release: builds it beside its place, moves it there whole, and records it."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import releases
from commitments.actions.errors import Refused
from commitments.models import Release, User
from commitments.models.releases import VERSION_VALIDATOR
from commitments.releases.build import Built, File, build, sha256, synced
from commitments.releases.facts import Facts
from commitments.releases.known import anything_public, count_of_revisions

MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Made:
    """A release, and whether it was there before, byte for byte."""

    release: Release
    folder: Path
    was_there: bool


def make(
    *,
    by: User,
    version: str,
    known_at: dt.datetime | None = None,
    folder: Path | None = None,
    at: dt.datetime | None = None,
) -> Made:
    """Make the release `version` of what this site said at `known_at` (now), in its place or in `folder`.

    A version that exists is made again and compared: with the same bytes nothing happens, with others it is refused.
    Raises `Refused`, `Conflict` and `ValidationError` with what is wrong; then nothing is left behind.
    """
    VERSION_VALIDATOR(version)
    at = at or timezone.now()
    existing = Release.objects.filter(version=version).first()
    known_at = known_at or (existing.known_at if existing else at)
    if known_at > at:
        raise Refused(_("Nobody knows yet what this site will say: choose a moment that has passed."))
    target = folder or Path(settings.RELEASES_DIR) / version
    if existing is not None:
        return _again(existing, known_at, target)
    if not 1 <= int(version.split(".")[1]) <= MONTHS_PER_YEAR:
        raise Refused(_("%(version)s names no month: after the year stands one from 1 to 12.") % {"version": version})
    if not anything_public():
        raise Refused(_("Nothing is published: there is nothing to release."))
    _refuse_what_knows_less(known_at)
    facts = facts_of(version, known_at, at, _before(known_at))
    revisions = count_of_revisions(known_at)
    with _beside(target) as place:
        built = build(facts, place)
        is_new = _put(place, target, built)
    try:
        release = releases.publish(
            by=by,
            version=version,
            known_at=known_at,
            counts=built.counts,
            manifest=_manifest(facts, built, revisions),
            revisions=revisions,
            at=at,
        )
    except BaseException:
        if is_new:
            shutil.rmtree(target, ignore_errors=True)
        raise
    return Made(release, target, was_there=False)


def rebuilt(release: Release, place: Path) -> Built:
    """The release made again, as of when it was made, in an empty folder."""
    previous = Release.objects.filter(version=release.manifest["previous"]).first()
    return build(facts_of(release.version, release.known_at, release.released_at, previous), place)


def files_of(release: Release) -> list[File]:
    """Its files, as they were when it was made."""
    return [File(**one) for one in release.manifest["files"]]


def _again(release: Release, known_at: dt.datetime, target: Path) -> Made:
    """Nothing but the files, if they are not there: what was released stays what it was."""
    same_moment = known_at == release.known_at
    with _beside(target) as place:
        built = rebuilt(release, place) if same_moment else None
        if built is None or built.files != files_of(release):
            raise Refused(
                _("Release %(version)s exists, and would not be the same: choose another version.")
                % {"version": release.version}
            )
        if not target.exists():
            _put(place, target, built)
    return Made(release, target, was_there=True)


def facts_of(version: str, known_at: dt.datetime, as_at: dt.datetime, previous: Release | None) -> Facts:
    """What a release says of itself."""
    # By UTC, whatever the time zone of whoever asked.
    return Facts(version, known_at.astimezone(dt.UTC), as_at, settings.SITE_URL, previous)


def _before(known_at: dt.datetime) -> Release | None:
    return Release.objects.filter(known_at__lt=known_at).order_by("-known_at").first()


def _refuse_what_knows_less(known_at: dt.datetime) -> None:
    """Before the work, not after it; the action asks again."""
    last = Release.objects.filter(known_at__gte=known_at).order_by("-known_at").first()
    if last is not None:
        raise Refused(
            _("Release %(version)s knows as much already: a later release has to know more.")
            % {"version": last.version}
        )


def _manifest(facts: Facts, built: Built, revisions: int) -> dict[str, object]:
    return {
        "files": [asdict(one) for one in built.files],
        "previous": facts.previous.version if facts.previous else None,
        "revisions": revisions,
        "written_with": built.written_with,
    }


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """An empty folder on the same disk, gone afterwards unless it was moved."""
    target.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _put(place: Path, target: Path, built: Built) -> bool:
    """Move the folder to its place at once, and say so. One that a killed try left there stays, if it is the same."""
    if target.exists():
        there = {path.name: sha256(path) for path in target.iterdir() if path.is_file()}
        if there != {one.name: one.sha256 for one in built.files}:
            raise Refused(_("%(folder)s exists and holds something else: move it away.") % {"folder": target})
        return False
    synced(place)
    # Everybody may read it: it is for publishing.
    place.chmod(0o755)
    place.replace(target)
    return True
