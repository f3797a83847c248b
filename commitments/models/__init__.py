"""The tables, one module a noun. Nothing here knows what stands above it."""

from commitments.models.activities import Activity
from commitments.models.amounts import Amount
from commitments.models.assessments import Assessment
from commitments.models.base import AppendOnlyError
from commitments.models.captures import Capture
from commitments.models.commitments import Commitment, CommitmentCountry, CommitmentParty
from commitments.models.coverage import CoverageSession
from commitments.models.developments import Development, Evidence
from commitments.models.documents import Document, Passage
from commitments.models.form_drafts import FormDraft
from commitments.models.form_keys import FormKey
from commitments.models.imports import Import, StatusWord
from commitments.models.link_checks import LinkCheck
from commitments.models.merges import Distinction, Merge
from commitments.models.parties import Membership, Party
from commitments.models.record import Revision, StatusChange
from commitments.models.relations import Relation
from commitments.models.releases import Release
from commitments.models.remits import Remit
from commitments.models.reviews import Review
from commitments.models.search_entries import SearchEntry
from commitments.models.sectors import SDGTarget, Sector
from commitments.models.seeding import SeedRow
from commitments.models.subscriptions import Delivery, Subscription
from commitments.models.suggestions import Suggestion
from commitments.models.summits import Participation, Summit, SummitSeries
from commitments.models.users import User
from commitments.models.wordings import Wording

__all__ = [
    "Activity",
    "Amount",
    "AppendOnlyError",
    "Assessment",
    "Capture",
    "Commitment",
    "CommitmentCountry",
    "CommitmentParty",
    "CoverageSession",
    "Delivery",
    "Development",
    "Distinction",
    "Document",
    "Evidence",
    "FormDraft",
    "FormKey",
    "Import",
    "LinkCheck",
    "Membership",
    "Merge",
    "Participation",
    "Party",
    "Passage",
    "Relation",
    "Release",
    "Remit",
    "Review",
    "Revision",
    "SDGTarget",
    "SearchEntry",
    "Sector",
    "SeedRow",
    "StatusChange",
    "StatusWord",
    "Subscription",
    "Suggestion",
    "Summit",
    "SummitSeries",
    "User",
    "Wording",
]
