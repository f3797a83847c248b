"""What every file of a release says of it: which one it is, of which moment, whose, and under which licence."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commitments import citations
from commitments.citations import Work
from commitments.codelists import CODEBOOK_VERSION
from commitments.exports.about import LICENCE
from commitments.exports.column import Context
from commitments.models import Release
from commitments.releases.addresses import release_address

# The one database's, and so Datasette's address.
DATABASE = "commitments.sqlite"
LICENCE_CODE, LICENCE_ADDRESS = "CC-BY-4.0", LICENCE.rpartition(" ")[2]
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"


@dataclass(frozen=True)
class Facts:
    """A release before it is made. `as_at` is when: what was taken back by then is not in it. `site` is our address."""

    version: str
    known_at: dt.datetime
    as_at: dt.datetime
    site: str
    previous: Release | None

    @property
    def title(self) -> str:
        return _("Commitments made at summits")

    @property
    def description(self) -> str:
        return _(
            "What governments promised at summits, by whom and to whom, by when, and what came of it: every status"
            " that was given rests on a dated entry with its sources."
        )

    @property
    def day(self) -> dt.date:
        """The day of the moment, by UTC."""
        return self.known_at.astimezone(dt.UTC).date()

    @property
    def codebook_version(self) -> str:
        return CODEBOOK_VERSION

    @property
    def address(self) -> str:
        return release_address(self.site, self.version)

    @property
    def context(self) -> Context:
        """What cells depend on: addresses are this site's, and what is overdue is judged by the day of the moment."""
        return Context(site=self.site, today=self.day)

    @property
    def work(self) -> Work:
        """The release as a work to cite: dated by what it knows, so that making it again changes nothing."""
        release = Release(version=self.version, known_at=self.known_at, released_at=self.known_at)
        return citations.of_release(release, url=self.address, accessed=self.day)

    def said(self, count: int, label: str, definition: str) -> dict[str, str]:
        """What a Parquet file says of itself."""
        return {
            "dataset": self.title,
            "shape": label,
            "row": definition,
            "version": self.version,
            "known_at": self.known_at.isoformat(),
            "count": str(count),
            "licence": LICENCE,
            "codebook_version": CODEBOOK_VERSION,
            "address": self.address,
        }
