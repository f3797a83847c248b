"""The activities that carry out a commitment, as their publishers report them to the IATI registry."""

from dataclasses import dataclass
from urllib.parse import quote

from commitments.models import Activity, Commitment

# D-portal shows what anybody reported to the registry, by the identifier alone.
_PORTAL = "https://d-portal.org/q.html?aid="


@dataclass(frozen=True)
class Shown:
    """An activity, and where anybody can read what was reported of it."""

    activity: Activity
    address: str


def activities(commitment: Commitment) -> list[Shown]:
    """Those of a commitment, by their identifiers."""
    found = commitment.activities.order_by("identifier")
    return [Shown(one, f"{_PORTAL}{quote(one.identifier, safe='')}") for one in found]
