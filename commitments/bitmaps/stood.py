"""The status of every commitment as a whole on any day, as the status log has it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Window
from django.db.models.functions import Lead, RowNumber
from pyroaring import BitMap

from commitments.bitmaps.days import Days, union
from commitments.codelists import Status
from commitments.models import StatusChange


@dataclass
class _Round:
    """The first line of each commitment, or the second, and so on: from when, until before when, with which status."""

    begun: Days = field(default_factory=lambda: Days({}))
    ended: Days = field(default_factory=lambda: Days({}))
    statuses: dict[str, BitMap] = field(default_factory=dict)


class Stood:
    """The lines of the log about whole commitments, each in force until the next one's day."""

    def __init__(self, using: str) -> None:
        self._using = using
        self._rounds: list[_Round] = []
        self.read()

    def read(self, only: Iterable[int] | None = None) -> None:
        """Take in the lines of all commitments, or of `only` these, of which none is held."""
        ordered = [F("effective_start").asc(), F("recorded_at").asc(), F("pk").asc()]
        lines = StatusChange.objects.using(self._using).filter(party=None)
        if only is not None:
            lines = lines.filter(commitment__in=list(only))
        rows = lines.order_by().annotate(
            place=Window(RowNumber(), partition_by="commitment", order_by=ordered),
            until=Window(Lead("effective_start"), partition_by="commitment", order_by=ordered),
        )
        begun: dict[int, dict[dt.date, list[int]]] = {}
        ended: dict[int, dict[dt.date, list[int]]] = {}
        statuses: dict[int, dict[str, list[int]]] = {}
        columns = ("commitment_id", "place", "effective_start", "until", "to_status")
        for pk, place, start, until, status in rows.values_list(*columns).iterator(chunk_size=10_000):
            begun.setdefault(place, {}).setdefault(start, []).append(pk)
            statuses.setdefault(place, {}).setdefault(status, []).append(pk)
            if until is not None:
                ended.setdefault(place, {}).setdefault(until, []).append(pk)
        for place in sorted(begun):
            if place > len(self._rounds):
                self._rounds.append(_Round())
            found = self._rounds[place - 1]
            found.begun.add({day: BitMap(pks) for day, pks in begun[place].items()})
            found.ended.add({day: BitMap(pks) for day, pks in ended.get(place, {}).items()})
            for status, pks in statuses[place].items():
                found.statuses.setdefault(status, BitMap()).update(pks)

    def discard(self, subjects: BitMap) -> None:
        """Forget the lines of these."""
        for one in self._rounds:
            one.begun.discard(subjects)
            one.ended.discard(subjects)
            for members in one.statuses.values():
                members.difference_update(subjects)

    def on(self, day: dt.date, everything: BitMap) -> dict[str, BitMap]:
        """By status, those of `everything` that had it on this day."""
        found: dict[str, BitMap] = {}
        for one in self._rounds:
            in_force = (one.begun.until(day) - one.ended.until(day)) & everything
            for status, members in one.statuses.items():
                found[status] = found.get(status, BitMap()) | (members & in_force)
        unknown = everything - union(found.values())
        found[Status.NOT_ASSESSED] = found.get(Status.NOT_ASSESSED, BitMap()) | unknown
        return found
