"""What is measured, beside what, and how fast it has to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What a page is measured beside.
LOOP, STOCK = "floor-loop", "stock admin"


@dataclass(frozen=True)
class Target:
    """A page, at one or several addresses in turn, and how many times its reference it may take."""

    name: str
    addresses: Sequence[str]
    median: float
    p95: float | None = None
    reference: str = LOOP
    most_queries: int | None = None

    @property
    def is_for_editors(self) -> bool:
        return self.addresses[0].startswith("/admin/")


def targets(facts: Mapping[str, Any], *, rows: int) -> list[Target]:
    """The pages, for a site with these facts (`inside.facts`)."""
    country, sector, summit = facts["country"], facts["sector"], facts["summit"]
    pairs = [(country, sector), *zip(facts["others"], facts["sectors"], strict=True)]
    # Page 1,000 of the list, or its last.
    deep = min(1000, rows // 60)
    admin = "/admin/commitments"
    commitments, changes = ([f"{start}{one}{end}" for one in facts[what]] for start, what, end in _OF_EACH)
    return [
        Target("list by country and sector", [f"/commitments/?country={c}&sector={s}" for c, s in pairs], 2, 4),
        Target("list of everything", ["/commitments/"], 2, 4),
        Target("list by title", ["/commitments/?sort=title"], 2, 4),
        Target("search, common word", ["/commitments/?q=emissions"], 3),
        Target("search, rare word", ["/commitments/?q=railways"], 3),
        Target("search, two words", ["/commitments/?q=courts+loans"], 3),
        Target("deep page", [f"/commitments/?page={deep}"], 3),
        Target("deep page by due date", [f"/commitments/?sort=due&page={deep}"], 3),
        Target("deep page by title", [f"/commitments/?sort=title&page={deep}"], 3),
        Target("list as of a past date", ["/commitments/?as_of=2015-06-30"], 4),
        Target("commitment", commitments, 1, most_queries=12),
        Target("country", [f"/countries/{country}/"], 3),
        Target("summit", [f"/summits/{summit}/"], 3),
        Target("home", ["/"], 3),
        Target("matrix", ["/matrix/"], 3),
        Target("admin: change list", [f"{admin}/commitment/"], 1, reference=STOCK),
        Target("admin: change form", changes, 3, reference=STOCK),
        Target("admin: log a development", [f"{admin}/development/log/"], 1, reference=STOCK),
    ]


_OF_EACH = (("/commitments/", "codes", "/"), ("/admin/commitments/commitment/", "pks", "/change/"))
# Milliseconds of work.
MOST_FOR_PUBLISHING = 50
# Of the requests a second of the floor's ready bytes.
LEAST_REPEATED = 0.5
# How many times as long Datasette takes as the same list here.
LEAST_BESIDE_DATASETTE = 10
LEAST_IMPORTED = 1_000
LEAST_CSV_ROWS = 20_000
MOST_CSV_MEMORY = 150
