"""Releases of the dataset: what each holds, how it is cited, and its files, which never change."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments import citations
from commitments.models import Release
from commitments.releases.addresses import directory, release_address
from commitments.releases.build import CHECKSUMS, File, archive_name
from commitments.releases.make import files_of
from commitments.releases.tables import TABLES

_YEAR = 365 * 24 * 60 * 60
_PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "cff": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "sqlite": "application/vnd.sqlite3",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
}
# Files with which others cite a release, and what they are called.
CITED = {
    "citation.bib": "BibTeX",
    "citation.ris": "RIS",
    "citation.csl.json": "CSL-JSON",
    "CITATION.cff": "CITATION.cff",
}


@dataclass(frozen=True)
class Counted:
    """How many rows a table has in a release, and in the one before; None where it is not known."""

    name: str
    label: str | Promise
    rows: int | None
    before: int | None

    @property
    def more(self) -> int | None:
        return None if self.rows is None or self.before is None else self.rows - self.before


@dataclass(frozen=True)
class Listed:
    """A release with what a list of releases says of it."""

    release: Release
    archive: File | None
    size: int

    @property
    def counts(self) -> dict[str, int]:
        return {name.replace("-", "_"): rows for name, rows in self.release.counts.items()}


def listed() -> list[Listed]:
    """Every release, the newest first."""
    return [_listed(release) for release in Release.objects.order_by("-known_at", "-pk")]


def _listed(release: Release) -> Listed:
    files = files_of(release)
    archive = next((one for one in files if one.name == archive_name(release.version)), None)
    return Listed(release, archive, sum(one.size for one in files if one is not archive))


@require_safe
def release(request: HttpRequest, version: str) -> HttpResponse:
    """One release: what it holds, what changed since the one before, how to cite it, and its files."""
    found = get_object_or_404(Release, version=version)
    files = files_of(found)
    sums = next((one.sha256 for one in files if one.name == CHECKSUMS), "")
    before = Release.objects.filter(version=found.manifest["previous"]).first()
    # The address that was cited, whatever name somebody reaches this site by.
    address = release_address(settings.SITE_URL, version)
    work = citations.of_release(found, url=address, accessed=timezone.localdate(), sha256=sums)
    return render(
        request,
        "public/release.html",
        {
            "release": found,
            "before": before,
            "counted": _counted(found, before),
            "groups": _grouped(files),
            "archive": _listed(found).archive,
            "citation": citations.plain(work),
            "cited": [(label, name) for name, label in CITED.items() if any(one.name == name for one in files)],
            "address": address,
            "newest": Release.objects.order_by("-known_at", "-pk").first(),
        },
    )


def _counted(release: Release, before: Release | None) -> list[Counted]:
    labels = {table.name: table.label for table in TABLES}
    then = before.counts if before else {}
    return [Counted(name, labels.get(name, name), rows, then.get(name)) for name, rows in release.counts.items()]


def _grouped(files: Sequence[File]) -> list[tuple[str | Promise, list[File]]]:
    """The files by what they are for."""
    groups: dict[str, tuple[str | Promise, list[File]]] = {
        "about": (_("To read and to check"), []),
        "csv": (_("Tables as CSV"), []),
        "parquet": (_("Tables as Parquet"), []),
    }
    whole: list[File] = []
    described = {"columns.csv", "changed-records.csv", "changed-statuses.csv"}
    for file in files:
        ending = file.name.rpartition(".")[2]
        if ending in ("zip", "sqlite"):
            whole.append(file)
        else:
            groups[ending if ending in groups and file.name not in described else "about"][1].append(file)
    found = [(_("All of it"), whole), groups["about"], groups["csv"], groups["parquet"]]
    return [(label, some) for label, some in found if some]


@require_safe
def release_file(request: HttpRequest, version: str, name: str) -> HttpResponseBase:
    """A file of a release, or the part of it that is asked for (206). Only what the release names is ever opened."""
    found = get_object_or_404(Release, version=version)
    file = next((one for one in files_of(found) if one.name == name), None)
    if file is None:
        raise Http404
    etag = f'"{file.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged if unchanged is not None else _sent(request, version, file, etag)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=_YEAR, immutable=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _sent(request: HttpRequest, version: str, file: File, etag: str) -> HttpResponseBase:
    path = directory(version) / file.name
    if not path.is_file():
        raise Http404
    kind = MEDIA_TYPES.get(file.name.rpartition(".")[2], "text/plain; charset=utf-8")
    headers = {"Accept-Ranges": "bytes", "Content-Disposition": f'attachment; filename="{file.name}"'}
    wanted = _range(request, file.size, etag)
    if wanted is None:
        headers["Content-Length"] = str(file.size)
        return StreamingHttpResponse(_part(path, range(file.size)), content_type=kind, headers=headers)
    if not wanted:
        headers["Content-Range"] = f"bytes */{file.size}"
        return HttpResponse(status=416, content_type=kind, headers=headers)
    headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{file.size}"
    headers["Content-Length"] = str(len(wanted))
    return StreamingHttpResponse(_part(path, wanted), status=206, content_type=kind, headers=headers)


def _range(request: HttpRequest, size: int, etag: str) -> range | None:
    """The one range that is asked for: empty for one that cannot be had, None where the whole is to be sent."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or found.group() == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    stop = min(size, int(last) + 1) if last else size
    return range(int(first), stop)


def _part(path: Path, wanted: range) -> Iterator[bytes]:
    """A part of a file, opened when it is sent: for a HEAD it never is."""
    with path.open("rb") as file:
        file.seek(wanted.start)
        left = len(wanted)
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
