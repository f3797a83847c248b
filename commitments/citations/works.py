"""What is cited: a revision of a record, a list as it was found, a release of the dataset."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.citations.words import day_in_words
from commitments.filters import MOMENTS, CommitmentFilter
from commitments.models import Commitment, Release, Revision

_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True)
class Work:
    """One thing to cite. `identifier` names it within this site, `notes` say what a reader needs to find it again."""

    kind: Literal["record", "dataset"]
    identifier: str
    title: str
    container: str
    issued: dt.date
    accessed: dt.date
    version: str
    url: str
    notes: tuple[str, ...] = ()

    @property
    def author(self) -> str:
        """The site: its records are the work of its editors together."""
        return _("Commitment tracker")

    @property
    def key(self) -> str:
        """What a reference manager calls it."""
        return _NOT_IN_A_KEY.sub("-", self.identifier).strip("-")


def of_revision(
    commitment: Commitment, revision: Revision, *, site: str, accessed: dt.date, title: str | None = None
) -> Work:
    """What the site said of a commitment in one revision: its address and its hash never change.

    `title` is what the revision calls it, for whoever knows it and has not read the rest.
    """
    said = title or revision.snapshot.get("title", commitment.title)
    return Work(
        kind="record",
        identifier=f"{commitment.code}-v{revision.number}",
        title=f"{said} ({commitment.code})",
        container=_("Commitments made at summits"),
        issued=timezone.localdate(revision.recorded_at),
        accessed=accessed,
        version=_("revision %(number)d") % {"number": revision.number},
        url=f"{site}{reverse('revision', args=[commitment.code, revision.number])}",
        notes=(f"SHA-256 {revision.sha256}",),
    )


def of_list(commitment_filter: CommitmentFilter, count: int, *, site: str, accessed: dt.date) -> Work:
    """A list of commitments as it was found on a day: `count` rows, seen from the days that its query names."""
    return of_rows(
        "commitments",
        commitment_filter.subject,
        commitments_in_words(count),
        days=commitment_filter.fixed_days,
        url=f"{site}{reverse('commitments')}{commitment_filter.fixed_query}",
        accessed=accessed,
    )


def of_rows(name: str, subject: str, rows: str, *, days: Mapping[str, str], url: str, accessed: dt.date) -> Work:
    """Rows of any kind as they were found on a day: so many, seen from two days, `as_of` and `as_known`.

    `name` says what they are within this site, `subject` what was asked for. `url` has both days, so that it leads to
    the same rows later.
    """
    as_of, as_known = (dt.date.fromisoformat(days[moment]) for moment in MOMENTS)
    return Work(
        kind="dataset",
        identifier=f"{name}-{accessed.isoformat()}",
        title=_("Commitments made at summits: %(query)s") % {"query": subject},
        container=_("Commitments made at summits"),
        issued=as_known,
        accessed=accessed,
        version=", ".join(
            [
                _("as of %(day)s") % {"day": day_in_words(as_of)},
                _("as known on %(day)s") % {"day": day_in_words(as_known)},
            ]
        ),
        url=url,
        notes=(rows,),
    )


def commitments_in_words(count: int) -> str:
    """“12 commitments”."""
    return ngettext("%(number)d commitment", "%(number)d commitments", count) % {"number": count}


def rows_in_words(count: int) -> str:
    """“12 rows”."""
    return ngettext("%(number)d row", "%(number)d rows", count) % {"number": count}


def of_release(release: Release, *, url: str, accessed: dt.date, sha256: str = "") -> Work:
    """A release of the dataset, at its address; `sha256` is that of the file whose checksums cover all others."""
    return Work(
        kind="dataset",
        identifier=f"commitments-{release.version}",
        title=_("Commitments made at summits"),
        container=_("Commitments made at summits"),
        issued=timezone.localdate(release.released_at),
        accessed=accessed,
        version=release.version,
        url=url,
        notes=(f"SHA-256 {sha256}",) if sha256 else (),
    )
