"""One row a commitment and party: what the party is to it and, if it made it, where the party itself stands with it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.codelists import MAKER_ROLES, Role, Status
from commitments.exports import of_commitments
from commitments.exports.among import Among
from commitments.exports.column import ROWS, Column, Context, Raw, address, always, coded, dated, plain
from commitments.exports.evidence import evidence
from commitments.exports.shape import Shape
from commitments.models import Commitment, CommitmentParty
from commitments.timetravel import NOT_ASSESSED, Standing, standings

_OF_THE_PARTY = ("pk", "slug", "name", "kind", "alpha3")
_OF_THE_ROW = frozenset(
    {
        *(f"party__{name}" for name in _OF_THE_PARTY),
        "roles",
        "own_status",
        *(f"own_since_{part}" for part in ("start", "end", "precision")),
        "development",
    }
)


@dataclass(frozen=True)
class _Line:
    """What one party is to the commitment at `place` among those read."""

    place: int
    commitment: int
    party: tuple[Any, ...]
    roles: tuple[str, ...]

    @property
    def is_maker(self) -> bool:
        return not set(MAKER_ROLES).isdisjoint(self.roles)


def load(
    keys: Sequence[int], names: Collection[str], context: Context, *, ranks: Mapping[int, int] | None = None
) -> Raw:
    """The parties of these commitments; with `ranks`, by key, those parties alone and in that order."""
    raw = of_commitments.load(keys, set(names) - _OF_THE_ROW, context)
    lines = list(_lines(raw[ROWS], ranks))
    found: dict[str, Sequence[Any]] = {
        name: [raw[name][line.place] for line in lines] for name in names if name not in _OF_THE_ROW
    }
    found[ROWS] = [line.commitment for line in lines]
    for index, name in enumerate(_OF_THE_PARTY):
        found[f"party__{name}"] = [line.party[index] for line in lines]
    found["roles"] = [line.roles for line in lines]
    return found | _standings(lines, raw[ROWS], context)


def _lines(commitments: Sequence[int], ranks: Mapping[int, int] | None) -> Iterable[_Line]:
    """Each party of each commitment once, with all its roles: in the order of the ranks, or of roles and names."""
    rows = CommitmentParty.objects.filter(Among("commitment_id", commitments)).order_by()
    found: dict[int, dict[tuple[Any, ...], set[str]]] = {}
    paths = ("commitment", "role", *(f"party__{name}" for name in _OF_THE_PARTY))
    for commitment, role, *party in rows.values_list(*paths):
        if ranks is None or party[0] in ranks:
            found.setdefault(commitment, {}).setdefault(tuple(party), set()).add(role)
    for place, commitment in enumerate(commitments):
        lines = [
            _Line(place, commitment, party, tuple(role.value for role in Role if role in roles))
            for party, roles in found.get(commitment, {}).items()
        ]
        if ranks is None:
            # Those who made it first.
            yield from sorted(lines, key=lambda line: [list(Role).index(Role(line.roles[0])), line.party[2]])
        else:
            yield from sorted(lines, key=lambda line: ranks[line.party[0]])


def _standings(lines: Sequence[_Line], commitments: Sequence[int], context: Context) -> dict[str, Sequence[Any]]:
    stood = standings([Commitment(pk=pk) for pk in commitments], context.moment)
    own = [_own(line, stood.get(line.commitment, {})) for line in lines]
    since = [one.since if one else None for one in own]
    return {
        "own_status": [str(one.status) if one else None for one in own],
        "own_since_start": [date.start if date else None for date in since],
        "own_since_end": [date.end if date else None for date in since],
        "own_since_precision": [date.precision.value if date else "" for date in since],
        "development": [one.development if one else None for one in own],
    }


def _own(line: _Line, stood: Mapping[int | None, Standing]) -> Standing | None:
    return stood.get(line.party[0], NOT_ASSESSED) if line.is_maker else None


def _only_the_whole(own: str | None, whole: str) -> bool:
    return own == Status.NOT_ASSESSED and whole != Status.NOT_ASSESSED


COLUMNS: tuple[Column, ...] = (
    plain("code", _("Code"), _("The commitment's public code. It never changes."), datatype="code"),
    address("address", _("Address"), _("Its page on this site."), reads="code", of="commitment"),
    plain("title", _("Title"), _("What is promised, in one line of our own.")),
    plain(
        "summit", _("Summit"), _("The code of the summit at which it was made."), reads="summit__code", datatype="code"
    ),
    *coded("commitment_status", _("Overall status"), _("Where the whole stands."), Status, reads="status"),
    *dated(
        "commitment_status_since",
        _("Overall status since"),
        _("When that status began, as exactly as its source."),
        reads="status_since",
    ),
    plain("party", _("Party"), _("The party's name in addresses."), reads="party__slug", datatype="code"),
    plain("party_name", _("Party"), _("The same in words."), reads="party__name"),
    plain(
        "party_country",
        _("Country"),
        _("ISO 3166-1 alpha-3 code; empty for who is no country."),
        reads="party__alpha3",
        datatype="code",
    ),
    *coded("roles", _("Roles"), _("What the party is to the commitment."), Role, many=True),
    *coded(
        "status",
        _("Status of the party"),
        _("Where this maker itself stands with it; empty for who is no maker."),
        Status,
        reads="own_status",
    ),
    *dated(
        "status_since",
        _("Status of the party since"),
        _("When that status began, as exactly as its source."),
        reads="own_since",
    ),
    Column(
        "only_the_whole",
        _("Not assessed on its own"),
        _("Whether the commitment as a whole has a status and this maker has none of its own."),
        ("own_status", "status"),
        always(_only_the_whole),
        "boolean",
    ),
    evidence(
        _("Where this site tells of the development that gave the party its status, with its sources."),
    ),
)
SHAPE = Shape(
    "parties",
    _("Parties to commitments"),
    _("One row a commitment and party to it."),
    COLUMNS,
    load,
)
