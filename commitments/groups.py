"""What the commitments of a list are counted by, besides their own codes: rows that name them, and their keys."""

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from commitments.codelists import MAKER_ROLES
from commitments.models import Commitment, CommitmentCountry, CommitmentParty, Sector

type Key = Any
# The rows that say who is what in a commitment: those named, or the countries under which they are found.
type Relation = Literal["parties", "countries"]

RELATED: dict[Relation, tuple[type[CommitmentParty | CommitmentCountry], str]] = {
    "parties": (CommitmentParty, "party"),
    "countries": (CommitmentCountry, "country"),
}

# What a record that commitments refer to is shown with.
NAMED: dict[type[Any], tuple[str, ...]] = {Sector: ("parent",)}


@dataclass(frozen=True)
class Group:
    """Rows of `model`, each with a commitment in the column `commitment`, by the columns or expressions of their key.

    `repeats`: a commitment may have several rows with one key.
    """

    model: type[Any]
    keys: tuple[Any, ...]
    commitment: str = "commitment"
    condition: tuple[tuple[str, Any], ...] = ()
    repeats: bool = False

    @property
    def rows(self) -> QuerySet[Any, Any]:
        """Its rows, in no order."""
        rows: QuerySet[Any, Any] = self.model._default_manager.filter(**dict(self.condition)).order_by()
        return rows

    @property
    def is_own(self) -> bool:
        """Whether it is a column of the commitment itself."""
        return self.model is Commitment

    @property
    def first(self) -> str:
        """The column that begins the key."""
        return str(self.keys[0])

    def key(self, values: tuple[Any, ...]) -> Key:
        """The key made of these values: one by itself, several together."""
        return values[0] if len(self.keys) == 1 else values


_IN_SECTORS = Commitment.sectors.through
GROUPS = {
    "summit": Group(Commitment, ("summit",), commitment="pk"),
    "country": Group(CommitmentCountry, ("country",), repeats=True),
    "country_role": Group(CommitmentCountry, ("country", "role")),
    "party": Group(CommitmentParty, ("party",), repeats=True),
    "party_role": Group(CommitmentParty, ("party", "role")),
    "maker": Group(CommitmentParty, ("party",), condition=(("role__in", MAKER_ROLES),), repeats=True),
    "sector": Group(_IN_SECTORS, ("sector",)),
    "category": Group(_IN_SECTORS, (Coalesce("sector__parent", "sector"),), repeats=True),
}
