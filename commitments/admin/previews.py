"""What the public page of a commitment will say once what is being typed is published. Computed, never written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from commitments.codelists import Flag, Status
from commitments.models import Commitment, CommitmentParty, Development, Evidence, Party
from commitments.rules import Segment, needs_second_person
from commitments.standing import page_flags
from commitments.timelines import timelines_if_published
from commitments.uncertain_dates import UncertainDate

# So many at once: whoever logs for more has seen what the event does.
MOST = 10


@dataclass(frozen=True)
class Standing:
    """A status now and once it is published, of one maker or (`party` None) of the whole."""

    party: Party | None
    before: Status
    before_since: UncertainDate | None
    after: Status
    after_since: UncertainDate | None

    @property
    def moves(self) -> bool:
        """Whether it says anything other than now."""
        return (self.before, self.before_since) != (self.after, self.after_since)


@dataclass(frozen=True)
class Preview:
    """What one commitment's page will say: its entries, its status and its makers', its flags."""

    commitment: Commitment
    entries: list[Development]
    whole: Standing
    makers: list[Standing]
    flags: list[Flag]
    flags_gone: list[Flag]

    @property
    def needs_second_person(self) -> bool:
        """Whether one of the entries gives a verdict."""
        return any(needs_second_person(entry.status) for entry in self.entries)

    @property
    def lacks_a_date(self) -> bool:
        """Whether a status that was chosen does not count yet, as nobody knows from when on."""
        return any(entry.status and not has_a_date(entry) for entry in self.entries)


@dataclass(frozen=True)
class Sketch:
    """An entry as far as it is typed. `fields` are those of a development, as the form cleaned them."""

    commitment_id: int
    happened: UncertainDate | None
    evidence: Sequence[Evidence] = ()
    corrects: Development | None = None
    fields: dict[str, Any] = field(default_factory=dict)

    def as_development(self, key: int) -> Development:
        """A row that nobody saves, with a key that no saved row has."""
        development = Development(pk=-key, commitment_id=self.commitment_id, corrects=self.corrects, **self.fields)
        if self.happened is not None:
            development.happened = self.happened
        development._prefetched_objects_cache = {"evidence": list(self.evidence)}  # type: ignore[attr-defined]
        return development


def of(sketches: Sequence[Sketch]) -> list[Preview]:
    """A preview for each commitment that these entries are about, in their order, `MOST` of them."""
    entries: dict[int, list[Development]] = defaultdict(list)
    for key, sketch in enumerate(sketches, 1):
        entries[sketch.commitment_id].append(sketch.as_development(key))
    parties = Prefetch("parties", CommitmentParty.objects.select_related("party").order_by("party__name"))
    shown = list(entries)[:MOST]
    found = Commitment.objects.prefetch_related(parties).in_bulk(shown)
    return [_preview(found[pk], entries[pk]) for pk in shown if pk in found]


def has_a_date(entry: Development) -> bool:
    """Whether it was said when it happened. Asked of the column: the date refuses to be read before it is there."""
    start: dt.date | None = entry.happened_start
    return start is not None


def _preview(commitment: Commitment, entries: list[Development]) -> Preview:
    today = timezone.localdate()
    published = list(commitment.developments.filter(published_at__isnull=False).with_evidence())
    dated = [entry for entry in entries if has_a_date(entry)]
    timelines = timelines_if_published(commitment, dated)
    before = page_flags(commitment, published, today=today)
    whole = _standing(commitment, None, timelines[None])
    makers = [_standing(row, row.party, timelines[row.party_id]) for row in commitment.parties.all() if row.is_maker]
    # In memory only, as the page will find it.
    commitment.status, commitment.status_since = whole.after, whole.after_since
    after = page_flags(commitment, [*published, *dated], today=today)
    return Preview(
        commitment=commitment,
        entries=entries,
        whole=whole,
        makers=makers if len(makers) > 1 else [],
        flags=after,
        flags_gone=[flag for flag in before if flag not in after],
    )


def _standing(row: Commitment | CommitmentParty, party: Party | None, segments: Sequence[Segment]) -> Standing:
    after = (segments[-1].status, segments[-1].effective) if segments else (Status.NOT_ASSESSED, None)
    return Standing(party, Status(row.status), row.status_since, *after)
