"""Statuses over time: as published developments give them, and as the status log has them. Reads, never writes."""

import datetime as dt
from collections.abc import Iterable, Sequence

from commitments.codelists import Status
from commitments.models import Commitment, Development, StatusChange
from commitments.rules import Segment, StatusEvent, timelines

type Subject = int | None
type Timelines = dict[Subject, list[Segment]]


def derived_timelines(
    commitment: Commitment,
    *,
    known_before: dt.datetime | None = None,
    published: Iterable[Development] | None = None,
) -> Timelines:
    """Every maker's statuses over time, and under None the commitment's, as its published developments give them.

    With `known_before`, only by what had been published before that moment. `published` are all of them, where they
    are at hand.
    """
    known = Development.objects.filter(commitment=commitment, published_at__isnull=False)
    if known_before is not None:
        known = known.filter(published_at__lt=known_before)
    ordered = sorted(known if published is None else published, key=lambda one: (one.published_at, one.pk))
    return timelines(events(ordered), _makers(commitment))  # type: ignore[return-value]


def timelines_if_published(commitment: Commitment, drafts: Sequence[Development]) -> Timelines:
    """The same as if these drafts, each with a key of its own, were published now too. Reads, never writes."""
    known = Development.objects.filter(commitment=commitment, published_at__isnull=False)
    published = list(known.order_by("published_at", "pk"))
    return timelines(events([*published, *drafts]), _makers(commitment))  # type: ignore[return-value]


def _makers(commitment: Commitment) -> set[int]:
    return {row.party_id for row in commitment.parties.all() if row.is_maker}


def events(published: Sequence[Development]) -> list[StatusEvent]:
    """The events that these developments, in the order of their publication, are to the statuses."""
    # What a published correction corrects no longer counts; the correction stands in its place, also among those of one
    # day: a typo put right must not overtake what was published after it.
    corrected = {development.corrects_id for development in published}
    places: dict[int | None, int] = {}
    for place, development in enumerate(published):
        places[development.pk] = places.get(development.corrects_id, place)
    return [
        StatusEvent(
            subject=development.party_id,
            status=Status(development.status),
            effective=development.happened,
            order=places[development.pk],
            development=development.pk,
        )
        for development in published
        if development.status and development.pk not in corrected
    ]


def logged_timelines(changes: Iterable[StatusChange]) -> Timelines:
    """The statuses over time that the log gives, per subject: of lines effective on one day the last recorded counts.

    `changes` come in the order in which they were recorded.
    """
    lines: dict[Subject, dict[dt.date, Segment]] = {}
    for change in changes:
        segment = Segment(change.effective, Status(change.to_status), change.development_id or 0)
        lines.setdefault(change.party_id, {})[change.effective_start] = segment
    return {subject: [by_day[day] for day in sorted(by_day)] for subject, by_day in lines.items()}
