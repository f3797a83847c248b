"""Where the entries of a feed come from: rows that are written once, each with the moment at which the site said it."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from commitments.codelists import MAKER_ROLES, Publication
from commitments.models import Commitment, CommitmentParty, Development, Merge, Revision, StatusChange
from commitments.models.commitments import CommitmentQuerySet
from commitments.timetravel import NOW, Moment, forget_later_corrections

_CURSOR = re.compile(r"(?P<at>\d{20})-(?P<source>[a-z]+(?:-[a-z]+)*)-(?P<pk>\d{1,18})")
_MOMENT = "%Y%m%d%H%M%S%f"


@dataclass(frozen=True)
class Asked:
    """The commitments that a feed is about, and the days from which they are looked at.

    `everything` where nothing narrows the list: only there, retractions of records that are public no more are told. To
    tell them in a narrowed list would tell what the record said, which is just what was taken back.
    """

    commitments: CommitmentQuerySet
    moment: Moment = NOW
    everything: bool = False


@dataclass(frozen=True)
class Source:
    """One sort of entry: its name, which never changes, its rows, and when the site said what a row says.

    `at` is the path of that moment from the row, `public` that of the moment at which its commitment became public:
    what was entered before is said by then only. `joins` has the paths of what is told with a row.
    """

    name: str
    rows: Callable[[Asked], QuerySet[Any]]
    at: str
    public: str = ""
    joins: tuple[str, ...] = ()

    def timed(self, asked: Asked) -> QuerySet[Any]:
        """The rows with `said_at`."""
        said_at = Greatest(F(self.at), F(self.public)) if self.public else F(self.at)
        timed: QuerySet[Any] = self.rows(asked).annotate(said_at=said_at)
        return timed

    def load(self, asked: Asked, keys: Iterable[int]) -> dict[int, Any]:
        """The rows of these keys, whole: few, where sorting all of them whole would take long."""
        rows = self.rows(asked).model._default_manager.filter(pk__in=list(keys)).select_related(*self.joins)
        if self.name == DEVELOPMENT:
            rows = rows.with_evidence().select_related(*self.joins)
            forget_later_corrections(rows, asked.moment)
        return {row.pk: row for row in rows}


def _published(asked: Asked) -> QuerySet[Commitment]:
    return asked.commitments


def _developments(asked: Asked) -> QuerySet[Development]:
    return Development.objects.published().filter(asked.moment.developments, commitment__in=asked.commitments)


def _status_changes(asked: Asked) -> QuerySet[StatusChange]:
    # The only maker's own status is that of the whole: it is told once.
    others = CommitmentParty.objects.filter(commitment=OuterRef("commitment"), role__in=MAKER_ROLES)
    is_told = Q(party=None) | Exists(others.exclude(party=OuterRef("party")))
    return StatusChange.objects.filter(asked.moment.lines, is_told, commitment__in=asked.commitments)


def _merges(asked: Asked) -> QuerySet[Merge]:
    """Of records that were public, into one that is listed."""
    found = Merge.objects.filter(kept__in=asked.commitments, absorbed__published_at__isnull=False)
    return _known(found, asked.moment, "recorded_at")


def _undone_merges(asked: Asked) -> QuerySet[Merge]:
    return _known(_merges(asked).filter(undone_at__isnull=False), asked.moment, "undone_at")


def _retractions(asked: Asked) -> QuerySet[Revision]:
    found = _of_retracted().filter(snapshot__publication=Publication.RETRACTED)
    if not asked.everything:
        found = found.filter(commitment__in=asked.commitments)
    return _known(found, asked.moment, "recorded_at")


def _restored(asked: Asked) -> QuerySet[Revision]:
    """The first revision after a retraction, of a record that is listed again."""
    before = Revision.objects.filter(
        commitment=OuterRef("commitment"), number=OuterRef("number") - 1, snapshot__publication=Publication.RETRACTED
    )
    found = _of_retracted().filter(Exists(before), commitment__in=asked.commitments)
    return _known(found.exclude(snapshot__publication=Publication.RETRACTED), asked.moment, "recorded_at")


def _of_retracted() -> QuerySet[Revision]:
    # Found by their history, which is small and indexed, before any snapshot is opened.
    ever = Commitment.history.filter(publication=Publication.RETRACTED).values("id")
    return Revision.objects.filter(commitment__in=ever)


def _known[Q_: QuerySet[Any]](rows: Q_, moment: Moment, column: str) -> Q_:
    before = moment.known_before
    return rows if before is None else rows.filter(**{f"{column}__lt": before})


PUBLISHED, DEVELOPMENT, STATUS_CHANGE = "commitment", "development", "status-change"
MERGE, UNDONE_MERGE, RETRACTION, RESTORED = "merge", "undone-merge", "retraction", "published-again"
# Their order is that of entries of one moment, the last first; a new one comes last.
SOURCES = (
    Source(PUBLISHED, _published, "published_at", joins=("summit",)),
    Source(
        DEVELOPMENT,
        _developments,
        "published_at",
        "commitment__published_at",
        ("commitment", "party", "corrects", "correction"),
    ),
    Source(
        STATUS_CHANGE,
        _status_changes,
        "recorded_at",
        "commitment__published_at",
        ("commitment", "party", "development"),
    ),
    Source(MERGE, _merges, "recorded_at", joins=("kept", "absorbed")),
    Source(UNDONE_MERGE, _undone_merges, "undone_at", joins=("kept", "absorbed")),
    Source(RETRACTION, _retractions, "recorded_at", joins=("commitment",)),
    Source(RESTORED, _restored, "recorded_at", joins=("commitment",)),
)
RANKS = {source.name: rank for rank, source in enumerate(SOURCES)}


@dataclass(frozen=True, order=True)
class Cursor:
    """A place between two entries: what comes after it was said earlier. New entries never move it."""

    at: dt.datetime
    rank: int
    pk: int

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """What `str` gave. Raises `ValueError` for anything else."""
        found = _CURSOR.fullmatch(text)
        if found is None or found["source"] not in RANKS:
            message = f"No place in a feed: {text}"
            raise ValueError(message)
        at = dt.datetime.strptime(found["at"], _MOMENT).replace(tzinfo=dt.UTC)
        return cls(at, RANKS[found["source"]], int(found["pk"]))

    def __str__(self) -> str:
        return f"{self.at.astimezone(dt.UTC).strftime(_MOMENT)}-{SOURCES[self.rank].name}-{self.pk}"

    def earlier(self, rank: int) -> Q:
        """The condition under which a row of the source of this rank comes after this place."""
        if rank < self.rank:
            return Q(said_at__lte=self.at)
        condition = Q(said_at__lt=self.at)
        return condition | Q(said_at=self.at, pk__lt=self.pk) if rank == self.rank else condition
