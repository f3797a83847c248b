"""Where a party stands: what it made of its own, beside others at the same summits, and what its bodies left."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commitments.codelists import StatusGroup
from commitments.counts import Counts, counted
from commitments.models import Party, Summit
from commitments.public.tallies import filtered
from commitments.scorecards import Left, Share, left_unsettled, shares
from commitments.timetravel import Moment

# The newest summits: an address that names more of them is hard to hand on.
COMPARED_SUMMITS = 20
# So many parties stand beside each other; the scores of the same summits have all who made anything there.
COMPARED_PARTIES = 20
UNSETTLED = (StatusGroup.OPEN.value, StatusGroup.UNKNOWN.value)


@dataclass(frozen=True)
class Comparison:
    """What a party and others at the same summits made there: the others that made most, by name.

    `parties` is how many there were, `summits` how many summits are compared, `is_cut` whether there are older ones,
    and `query` asks for everything that was made at those.
    """

    shares: list[Share]
    parties: int
    summits: int
    is_cut: bool
    query: str

    @property
    def leaves_out(self) -> bool:
        """Whether there are parties that are not shown."""
        return len(self.shares) < self.parties


def compared(
    party: Party, summits: Sequence[Summit], *, today: dt.date, moment: Moment, beside: Counts
) -> Comparison | None:
    """What parties at these summits, newest first, made at them; None where `party` would stand alone.

    `beside` are numbers of another list of the page.

    Like with like: only what was made at these summits is counted, for every one of them.
    """
    same = summits[:COMPARED_SUMMITS]
    others = Party.objects.filter(participations__summit__in=[summit.pk for summit in same]).distinct()
    found = list(others.order_by("name"))
    if not any(other.pk != party.pk for other in found):
        return None
    made_there = filtered(today=today, moment=moment, summit=[summit.code for summit in same])
    counts = counted(made_there, beside=beside)
    every = shares(made_there, found, counts)
    # Its own first; then as they stand, where they made as much.
    most = sorted(every, key=lambda share: (share.party.pk != party.pk, -share.made))[:COMPARED_PARTIES]
    keys = {share.party.pk for share in most}
    shown = [share for share in every if share.party.pk in keys]
    return Comparison(shown, len(every), len(same), is_cut=len(summits) > len(same), query=made_there.query)


def left_by(bodies: Iterable[Party], *, today: dt.date, moment: Moment, beside: Counts) -> list[Left]:
    """What those of these bodies that were abolished by the day looked from left unsettled."""
    day = moment.day(today)
    abolished = [body for body in bodies if body.abolished_on and body.abolished_on <= day]
    return left_unsettled(filtered(today=today, moment=moment, status_group=UNSETTLED), abolished, beside=beside)
