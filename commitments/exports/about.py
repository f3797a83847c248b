"""What a file says of itself: which list it holds, seen from when, under which licence, and how to cite it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments import citations
from commitments.codelists import CODEBOOK_VERSION
from commitments.exports.shape import Listing

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class About:
    """The list in words, and the day of the download; the number of rows is known when they are written."""

    listing: Listing
    day: dt.date

    @classmethod
    def of(cls, listing: Listing) -> "About":
        """As of today."""
        return cls(listing, timezone.localdate())

    def said(self, count: int) -> dict[str, str | int]:
        """Everything, by the names under which files hold it."""
        return {
            "dataset": _("Commitments made at summits"),
            "shape": self.listing.shape.name,
            "row": str(self.listing.shape.definition),
            "query": self.listing.sentence,
            "address": self.listing.address,
            **self.listing.days,
            "downloaded_on": self.day.isoformat(),
            "count": count,
            "licence": LICENCE,
            "codebook_version": CODEBOOK_VERSION,
            "citation": self.citation(count),
        }

    def citation(self, count: int) -> str:
        """One line to put under a figure: of a list of commitments, the very line that its page offers."""
        listing = self.listing
        return citations.plain(
            citations.of_rows(
                listing.name,
                listing.subject,
                listing.counted(count),
                days=listing.days,
                url=listing.address,
                accessed=self.day,
            )
        )
