"""The tables, one module a noun. Nothing here knows what stands above it."""

from commitments.models.base import AppendOnlyError
from commitments.models.commitments import (
    Amount,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Relation,
)
from commitments.models.coverage import CoverageSession
from commitments.models.developments import Development, Evidence
from commitments.models.documents import Document, Passage
from commitments.models.link_checks import LinkCheck
from commitments.models.parties import Membership, Party
from commitments.models.record import Revision, StatusChange
from commitments.models.reviews import Review
from commitments.models.search_entries import SearchEntry
from commitments.models.sectors import SDGTarget, Sector
from commitments.models.seeding import SeedRow
from commitments.models.suggestions import Suggestion
from commitments.models.summits import Participation, Summit, SummitSeries
from commitments.models.users import User
from commitments.models.wordings import Wording

__all__ = [
    "Amount",
    "AppendOnlyError",
    "Commitment",
    "CommitmentCountry",
    "CommitmentParty",
    "CoverageSession",
    "Development",
    "Document",
    "Evidence",
    "LinkCheck",
    "Membership",
    "Participation",
    "Party",
    "Passage",
    "Relation",
    "Review",
    "Revision",
    "SDGTarget",
    "SearchEntry",
    "Sector",
    "SeedRow",
    "StatusChange",
    "Suggestion",
    "Summit",
    "SummitSeries",
    "User",
    "Wording",
]
