"""What is cited: a revision of a record, a list as it was found, a release of the dataset."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.citations.words import day_in_words
from commitments.filters import CommitmentFilter
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
    """A list as it was found on a day: `count` rows, seen from the days that its query names.

    Its address has both days, so that it leads to the same list later: what is asked without one is asked as of today
    and as known today.
    """
    days = {"as_of": accessed.isoformat(), "as_known": accessed.isoformat(), **commitment_filter.moment.parameters}
    query = commitment_filter.query_replacing(**days)
    rows = ngettext("%(number)d commitment", "%(number)d commitments", count) % {"number": count}
    moments = [_("as of %(day)s") % {"day": day_in_words(dt.date.fromisoformat(days["as_of"]))}]
    moments += [_("as known on %(day)s") % {"day": day_in_words(dt.date.fromisoformat(days["as_known"]))}]
    return Work(
        kind="dataset",
        identifier=f"commitments-{accessed.isoformat()}",
        title=_("Commitments made at summits: %(query)s") % {"query": commitment_filter.subject},
        container=_("Commitments made at summits"),
        issued=dt.date.fromisoformat(days["as_known"]),
        accessed=accessed,
        version=", ".join(moments),
        url=f"{site}{reverse('commitments')}{query}",
        notes=(rows,),
    )


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
