"""Proves that a release is still what was released: its files by their checksums, and made again from the record."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from commitments.models import Release
from commitments.releases.addresses import directory
from commitments.releases.build import sha256, written_with
from commitments.releases.make import files_of, rebuilt


def findings(release: Release, *, folder: Path | None = None, rebuild: bool = True) -> Iterator[str]:
    """What is wrong with it, a sentence each; none when all is well."""
    folder = folder or directory(release.version)
    wanted = {one.name: one for one in files_of(release)}
    for name, file in wanted.items():
        path = folder / name
        if not path.is_file():
            yield _("%(name)s is missing.") % {"name": name}
        elif sha256(path) != file.sha256:
            yield _("%(name)s is not what was released: its SHA-256 differs.") % {"name": name}
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name not in wanted:
                yield _("%(name)s does not belong to the release.") % {"name": path.name}
    if rebuild:
        yield from _differences(release)


def other_programs(release: Release) -> dict[str, tuple[str, str]]:
    """The programs that wrote it in another version than is here: with them, made again, bytes may differ."""
    then, now = release.manifest["written_with"], written_with()
    names = sorted(then.keys() | now.keys())
    return {name: (then.get(name, "–"), now.get(name, "–")) for name in names if then.get(name) != now.get(name)}


def _differences(release: Release) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        made = {one.name: one.sha256 for one in rebuilt(release, Path(place)).files}
    released = {one.name: one.sha256 for one in files_of(release)}
    for name in sorted(made.keys() | released.keys()):
        if made.get(name) != released.get(name):
            yield _("%(name)s comes out otherwise when it is made again.") % {"name": name}
