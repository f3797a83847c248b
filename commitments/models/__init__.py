"""The tables, one module a noun. Nothing here knows what stands above it."""

from commitments.models.base import AppendOnlyError
from commitments.models.commitments import (
    Amount,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Relation,
)
from commitments.models.developments import Development, Evidence
from commitments.models.documents import Document, Passage
from commitments.models.parties import Membership, Party
from commitments.models.record import Revision, StatusChange
from commitments.models.search_entries import SearchEntry
from commitments.models.sectors import SDGTarget, Sector
from commitments.models.seeding import SeedRow
from commitments.models.summits import Participation, Summit, SummitSeries
from commitments.models.users import User
from commitments.models.wordings import Wording

__all__ = [
    "Amount",
    "AppendOnlyError",
    "Commitment",
    "CommitmentCountry",
    "CommitmentParty",
    "Development",
    "Document",
    "Evidence",
    "Membership",
    "Participation",
    "Party",
    "Passage",
    "Relation",
    "Revision",
    "SDGTarget",
    "SearchEntry",
    "Sector",
    "SeedRow",
    "StatusChange",
    "Summit",
    "SummitSeries",
    "User",
    "Wording",
]
