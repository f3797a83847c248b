"""What this site said at a moment: of commitments by their revisions, of what they refer to by its history."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import batched
from typing import Any

from django.db import models
from django.db.models import Max
from django.db.models.fields.json import KT

from commitments.codelists import PUBLIC_PUBLICATIONS, Publication
from commitments.models import (
    Commitment,
    Document,
    Membership,
    Party,
    Revision,
    SDGTarget,
    Sector,
    Summit,
    SummitSeries,
)
from commitments.snapshots import Snapshot
from commitments.timetravel import Moment

# So many snapshots are held at once.
RECORDS = 500

type Row = dict[str, Any]


@dataclass(frozen=True)
class Until(Moment):
    """As known at an exact moment, that moment included; with no limit to what had happened."""

    known_at: dt.datetime = field(kw_only=True)

    def __bool__(self) -> bool:
        return True

    @property
    def latest(self) -> None:
        return None

    @property
    def known_before(self) -> dt.datetime:
        return self.known_at + dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Said:
    """What the site said of one commitment."""

    pk: int
    code: str
    published_at: dt.datetime | None
    snapshot: Snapshot


@dataclass(frozen=True)
class Known:
    """What the site said at `known_at`, without what was taken back by `as_at`.

    Commitments are as their last revision by then has them. What they refer to is as its history has it; of what was
    entered later and is referred to none the less the first that its history has. Sectors and SDG targets have no
    history: they are today's. `developments` notes the keys of what was written out.
    """

    known_at: dt.datetime
    as_at: dt.datetime
    developments: set[int] = field(default_factory=set)

    @cached_property
    def revisions(self) -> list[tuple[str, int]]:
        """The code of every public commitment, in order, with the key of the revision that it is taken from."""
        rows = Revision.objects.filter(recorded_at__lte=self.known_at).order_by()
        last = rows.values("commitment").annotate(last=Max("pk")).values("last")
        told = Revision.objects.filter(pk__in=last, snapshot__publication__in=PUBLIC_PUBLICATIONS).order_by()
        found = told.values_list("commitment__code", "pk", "commitment")
        # Codes are plain letters and digits, which Python orders as neither database need.
        return sorted((code, pk) for code, pk, commitment in found if commitment not in self._taken_back)

    @cached_property
    def _taken_back(self) -> frozenset[int]:
        rows = self.retractions().filter(recorded_at__gt=self.known_at)
        return frozenset(rows.values_list("commitment", flat=True))

    def retractions(self) -> models.QuerySet[Revision]:
        """The revisions that took a record back, by the moment at which the release was made."""
        return Revision.objects.filter(
            recorded_at__lte=self.as_at, snapshot__publication=Publication.RETRACTED
        ).order_by()

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(code for code, _pk in self.revisions)

    def batches(self) -> Iterator[list[Said]]:
        """Every record, some at a time, by code."""
        for some in batched(self.revisions, RECORDS):
            rows = Revision.objects.filter(pk__in=[pk for _code, pk in some]).order_by()
            found = [
                Said(*row)
                for row in rows.values_list("commitment", "commitment__code", "commitment__published_at", "snapshot")
            ]
            yield sorted(found, key=lambda one: one.code)

    def revisions_of(self, said: Sequence[Said]) -> list[dict[str, Any]]:
        """The revisions of these that can be read: those after the last retraction."""
        rows = Revision.objects.filter(commitment__in=[one.pk for one in said], recorded_at__lte=self.known_at)
        columns = ("commitment__code", "number", "pk", "recorded_at", "reason", "sha256", "previous_sha256")
        found = sorted(
            rows.order_by().annotate(said=KT("snapshot__publication")).values(*columns, "said"),
            key=lambda row: (row["commitment__code"], row["number"]),
        )
        last = {row["commitment__code"]: row["number"] for row in found if row["said"] == Publication.RETRACTED}
        return [row for row in found if row["number"] > last.get(row["commitment__code"], 0)]

    # --- what records refer to -------------------------------------------------------------------------------------

    @cached_property
    def parties(self) -> "Shared":
        return Shared.read(Party, self.known_at, code="slug")

    @cached_property
    def series(self) -> "Shared":
        return Shared.read(SummitSeries, self.known_at, code="slug")

    @cached_property
    def summits(self) -> "Shared":
        return Shared.read(Summit, self.known_at, code="code")

    @cached_property
    def memberships(self) -> list[Row]:
        return Shared.read(Membership, self.known_at, code="id").written()

    def members_of(self, bloc: int, day: dt.date) -> list[int]:
        """The keys of those who were a bloc's members on a day."""
        return [
            row["member_id"]
            for row in self._members.get(bloc, [])
            if (row["joined_on"] is None or row["joined_on"] <= day)
            and (row["left_on"] is None or row["left_on"] >= day)
        ]

    @cached_property
    def _members(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self.memberships:
            found.setdefault(row["bloc_id"], []).append(row)
        return found

    @cached_property
    def documents(self) -> "Shared":
        return Shared.read(Document, self.known_at, code="id")

    @cached_property
    def sectors(self) -> dict[str, Row]:
        rows = Sector.objects.order_by().values("code", "parent__code", "short_label", "name", "withdrawn")
        return {row["code"]: dict(row) for row in sorted(rows, key=lambda row: row["code"])}

    @cached_property
    def sdg_targets(self) -> dict[str, int]:
        """Their order, by code."""
        return dict(SDGTarget.objects.order_by().values_list("code", "pk"))


@dataclass(frozen=True)
class Shared:
    """What records refer to, as its history has it at a moment, by key.

    `late` are rows that are newer: they are written out only where something refers to them all the same, as the first
    that their history has. `used` notes which were looked up.
    """

    rows: dict[int, Row]
    late: frozenset[int]
    by_code: dict[Any, int]
    used: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, model: type[models.Model], known_at: dt.datetime, *, code: str) -> "Shared":
        names = [one.attname for one in model._meta.concrete_fields]
        history = model.history.model.objects  # type: ignore[attr-defined] # simple-history's
        by_then = history.filter(history_date__lte=known_at).order_by()
        last = by_then.values("id").annotate(last=Max("history_id")).values("last")
        rows = history.filter(history_id__in=last).order_by().values(*names, "history_type")
        found = {row["id"]: row for row in rows}
        # What was entered without history is as it is.
        for row in model._default_manager.exclude(pk__in=history.values("id")).order_by().values(*names):
            found[row["id"]] = row
        late: dict[int, Row] = {}
        for row in history.exclude(id__in=by_then.values("id")).order_by("history_id").values(*names):
            late.setdefault(row["id"], row)
        there = {pk: row for pk, row in sorted((found | late).items()) if row.pop("history_type", "+") != "-"}
        return cls(there, frozenset(late), {row[code]: pk for pk, row in there.items()})

    def __getitem__(self, key: int) -> Row:
        self.used.add(key)
        return self.rows[key]

    def get(self, key: int | None) -> Row:
        """The row of that key; of none an empty one."""
        return {} if key is None else self[key]

    def called(self, code: Any) -> Row:
        """The row with that code. Raises `KeyError`."""
        return self[self.by_code[code]]

    def written(self) -> list[Row]:
        """The rows that a release has, in the order of their codes."""
        return [self.rows[pk] for _code, pk in sorted(self.by_code.items()) if pk not in self.late or pk in self.used]


def count_of_revisions(known_at: dt.datetime) -> int:
    """How many revisions there are by a moment: when more come, somebody was still writing."""
    return Revision.objects.filter(recorded_at__lte=known_at).count()


def anything_public() -> bool:
    """Whether there is anything to release."""
    return Commitment.objects.published().exists()
