"""The names of what a snapshot holds by key alone: a reader sees “Kazakhstan”, and not “kazakhstan”."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commitments.models import Party, Sector, Summit
from commitments.snapshots import Snapshot


@dataclass(frozen=True)
class Names:
    """Names by key. A key without a name stands for itself."""

    parties: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)
    summits: Mapping[str, str] = field(default_factory=dict)


NO_NAMES = Names()


def names_for(*snapshots: Snapshot) -> Names:
    """The names of what these snapshots hold, as they are today; in three queries."""
    parties = {row["party"] for one in snapshots for part in ("parties", "developments") for row in one.get(part, [])}
    sectors = {code for one in snapshots for code in one.get("sectors", [])}
    summits = {one.get("summit", "") for one in snapshots}
    return Names(
        parties={party.slug: party.local_name for party in Party.objects.filter(slug__in=parties - {None})},
        sectors={sector.code: sector.label for sector in Sector.objects.filter(code__in=sectors)},
        summits=dict(Summit.objects.filter(code__in=summits).values_list("code", "name")),
    )
