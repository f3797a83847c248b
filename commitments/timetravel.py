"""The record as it stood: what had happened by a day, and what this site had said by another. Reads, never writes.

Two clocks. *As of* asks when something happened in the world, *as known* asks when this site said so; both rest on the
status log (`models.StatusChange`), of which no line is ever changed.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, TruncDate
from django.utils import timezone

from commitments.codelists import PUBLIC_PUBLICATIONS, Status
from commitments.models import Commitment, Development, Revision, StatusChange
from commitments.models.commitments import CommitmentQuerySet
from commitments.rules import Segment
from commitments.timelines import Subject, Timelines, logged_timelines
from commitments.uncertain_dates import UncertainDate

# The columns that `at` adds: the status on the day, as known, in whose place stands `status` where nobody travels, and
# the first day of its date, as `as_they_stood` has it; and what the latter is made of.
STATUS_THEN = "status_then"
CHANGED_THEN = "changed_then"
_UNTIL_THEN = "until_then"


@dataclass(frozen=True)
class Moment:
    """The two days a reader looks from: what had happened by `as_of`, what this site had said by the end of `as_known`.

    Either may be missing. Without `as_of`, one looks from the day on which it was known. False when both are missing.
    """

    as_of: dt.date | None = None
    as_known: dt.date | None = None

    def __bool__(self) -> bool:
        return self.as_of is not None or self.as_known is not None

    def day(self, today: dt.date) -> dt.date:
        """The day on which the reader stands: deadlines and flags are judged by it."""
        return self.as_of or self.as_known or today

    @property
    def latest(self) -> dt.date | None:
        """The last day of which anything is told; None for no limit."""
        return self.as_of or self.as_known

    @property
    def known_before(self) -> dt.datetime | None:
        """The moment before which something was said to count as known; None for no limit."""
        if self.as_known is None:
            return None
        following = dt.datetime.combine(self.as_known + dt.timedelta(days=1), dt.time())
        return timezone.make_aware(following)

    @property
    def parameters(self) -> dict[str, str]:
        """The query parameters that lead here."""
        days = {"as_of": self.as_of, "as_known": self.as_known}
        return {name: day.isoformat() for name, day in days.items() if day is not None}

    @property
    def lines(self) -> Q:
        """The condition under which a line of the status log counts."""
        return self._happened("effective_start") & self._said("recorded_at")

    @property
    def developments(self) -> Q:
        """The condition under which a published development counts."""
        return self.happened & self.known

    @property
    def happened(self) -> Q:
        """The condition under which a development had happened."""
        return self._happened("happened_start")

    @property
    def known(self) -> Q:
        """The condition under which a published development was known."""
        return self._said("published_at")

    def _happened(self, column: str) -> Q:
        return Q() if self.latest is None else Q(**{f"{column}__lte": self.latest})

    def _said(self, column: str) -> Q:
        return Q() if self.known_before is None else Q(**{f"{column}__lt": self.known_before})


NOW = Moment()


def at(queryset: CommitmentQuerySet, moment: Moment) -> CommitmentQuerySet:
    """Those of these that had been made and were known at the moment, with `STATUS_THEN` and `CHANGED_THEN`."""
    if moment.latest is not None:
        queryset = queryset.filter(made_start__lte=moment.latest)
    if moment.known_before is not None:
        queryset = queryset.filter(published_at__lt=moment.known_before)
    lines = StatusChange.objects.filter(moment.lines, commitment=OuterRef("pk"), party=None)
    last = lines.order_by("-effective_start", "-recorded_at", "-pk").values("to_status")[:1]
    then = Coalesce(Subquery(last), Value(Status.NOT_ASSESSED.value))
    return _with_change(queryset.annotate(**{STATUS_THEN: then}), lines, moment)


def _with_change(queryset: CommitmentQuerySet, lines: QuerySet[StatusChange], moment: Moment) -> CommitmentQuerySet:
    """The same with `CHANGED_THEN`, by these lines: what they say again of what held already moves nothing."""
    # The last day on which it stood otherwise; of lines of one day the last recorded counts.
    recorded_later = Q(recorded_at__gt=OuterRef("recorded_at")) | Q(
        recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk")
    )
    of_that_day = {"commitment": OuterRef("commitment"), "effective_start": OuterRef("effective_start")}
    overtaking = StatusChange.objects.filter(moment.lines, recorded_later, party=None, **of_that_day)
    otherwise = lines.exclude(to_status=OuterRef(STATUS_THEN)).exclude(Exists(overtaking))
    until = Subquery(otherwise.order_by("-effective_start").values("effective_start")[:1])
    after = Q(effective_start__gt=Coalesce(OuterRef(_UNTIL_THEN), Value(dt.date.min)))
    since = Subquery(lines.filter(after).order_by("effective_start").values("effective_start")[:1])
    # Where every line took a status back, none ever held.
    ever_had_one = ~Q(**{STATUS_THEN: Status.NOT_ASSESSED}) | Q(**{f"{_UNTIL_THEN}__isnull": False})
    return queryset.annotate(**{_UNTIL_THEN: until}).annotate(**{CHANGED_THEN: Case(When(ever_had_one, then=since))})


def as_they_stood(commitments: Iterable[Commitment], moment: Moment) -> list[Commitment]:
    """The same commitments with status, its date and the day of the last check as they were; not to be saved.

    Whether what was delivered lasted, and whether the record was closed, is as this site had said by the day known on:
    neither has a day of its own. Titles, parties and the like stay as they are today. In a fixed number of queries;
    none when nobody travels.
    """
    found = list(commitments)
    if not moment or not found:
        return found
    timelines = _timelines(found, moment)
    said = _said(found, moment)
    checks = _last_checks(found, moment)
    for commitment in found:
        last = _last(timelines.get(commitment.pk, {}), None)
        commitment.status = last.status if last else Status.NOT_ASSESSED
        commitment.status_since = last.effective if last else None
        last_check, commitment.durability, commitment.publication = said.get(
            commitment.pk, (None, "", commitment.publication)
        )
        if last_check is None or (moment.latest is not None and last_check > moment.latest):
            last_check = checks.get(commitment.pk)
        commitment.last_checked_on = last_check
        # The next one was planned later.
        commitment.next_check_on = None
    return found


def makers_as_they_stood(commitment: Commitment, moment: Moment) -> None:
    """Give the commitment's prefetched parties the status that each maker had; not to be saved."""
    if not moment:
        return
    timelines = _timelines([commitment], moment).get(commitment.pk, {})
    for row in commitment.parties.all():
        last = _last(timelines, row.party_id) if row.is_maker else None
        row.status = last.status if last else Status.NOT_ASSESSED
        row.status_since = last.effective if last else None


@dataclass(frozen=True)
class Standing:
    """A status, since when it held without a break, and the development with which it began, if we know one."""

    status: Status = Status.NOT_ASSESSED
    since: UncertainDate | None = None
    development: int | None = None


NOT_ASSESSED = Standing()


def standings(commitments: Iterable[Commitment], moment: Moment) -> dict[int, dict[Subject, Standing]]:
    """Where everyone stood: by commitment, every maker's standing, and under None that of the whole.

    Whoever had not been assessed is missing. In a fixed number of queries.
    """
    found = list(commitments)
    corrections = _corrections(found, moment)
    return {
        pk: {
            subject: Standing(last.status, last.effective, _put_right(last.development, corrections))
            for subject in timelines
            if (last := _last(timelines, subject)) and last.status != Status.NOT_ASSESSED
        }
        for pk, timelines in _timelines(found, moment).items()
    }


def _corrections(commitments: Sequence[Commitment], moment: Moment) -> dict[int, int]:
    """By what they correct, the published developments that correct another."""
    corrections = Development.objects.published().filter(
        moment.developments, commitment__in=[one.pk for one in commitments], corrects__isnull=False
    )
    return dict(corrections.order_by().values_list("corrects", "pk"))  # type: ignore[arg-type]


def _put_right(development: int, corrections: Mapping[int, int]) -> int | None:
    """The development that stands in this one's place today: the log keeps the first that gave a status."""
    while development in corrections:
        development = corrections[development]
    return development or None


def forget_later_corrections(developments: Iterable[Development], moment: Moment) -> None:
    """Make these read as they did before corrections that the moment does not know of."""
    known_before = moment.known_before
    if known_before is None:
        return
    relation = Development._meta.get_field("correction")
    for development in developments:
        correction: Development | None = getattr(development, "correction", None)
        if correction and (correction.published_at is None or correction.published_at >= known_before):
            relation.set_cached_value(development, None)


def _timelines(commitments: Sequence[Commitment], moment: Moment) -> dict[int, Timelines]:
    """Of each commitment the statuses over time that the log gave, subject by subject."""
    lines = StatusChange.objects.filter(moment.lines, commitment__in=[commitment.pk for commitment in commitments])
    ordered = lines.order_by("commitment", "recorded_at", "pk")
    return {pk: logged_timelines(group) for pk, group in groupby(ordered, key=lambda line: line.commitment_id)}


def _last(timelines: Timelines, subject: Subject) -> Segment | None:
    """The status that a subject had last, from when it held without a break.

    None before its first line, and where corrections took everything back: no entry supported a status. One that had a
    status before and has none since is “Not assessed” from a day.
    """
    found: Segment | None = None
    for segment in timelines.get(subject, []):
        if segment.status != (found.status if found else Status.NOT_ASSESSED):
            found = segment
    return found


type _Said = tuple[dt.date | None, str, str]


def _said(commitments: Sequence[Commitment], moment: Moment) -> dict[int, _Said]:
    """Day of the last check, durability and publication as this site gave them: by the last revision then known.

    From the checks alone that day would not follow: an editor may also give it with an edit.
    """
    now = {one.pk: (one.last_checked_on, one.durability, one.publication) for one in commitments}
    if moment.known_before is None:
        return now
    known = Revision.objects.filter(commitment__in=list(now), recorded_at__lt=moment.known_before).order_by()
    last = Revision.objects.filter(pk__in=known.values("commitment").annotate(last=Max("pk")).values("last"))
    columns = ("commitment", *(f"snapshot__{name}" for name in ("last_checked_on", "durability", "publication")))
    found = {}
    for pk, day, durability, publication in last.order_by().values_list(*columns):
        # While a record is taken back nothing is said of it.
        is_public = publication in PUBLIC_PUBLICATIONS
        found[pk] = (
            dt.date.fromisoformat(day) if day else None,
            durability or "",
            publication if is_public else now[pk][2],
        )
    return found


def _last_checks(commitments: Sequence[Commitment], moment: Moment) -> dict[int, dt.date]:
    pks = [one.pk for one in commitments]
    # A correction counts from when it was known, whatever day it says: what it corrects is left out before days count.
    known = Development.objects.published().filter(moment.known, commitment__in=pks)
    checks = known.checks().filter(moment.happened)
    # As `Development.looked_on`.
    looked = Least("happened_end", TruncDate("published_at"))
    return dict(checks.order_by().values_list("commitment").annotate(last=Max(looked)))


def status_at(commitment: Commitment, moment: Moment) -> tuple[Status, UncertainDate | None]:
    """The commitment's status at a moment, and since when."""
    last = _last(_timelines([commitment], moment).get(commitment.pk, {}), None)
    return (last.status, last.effective) if last else (Status.NOT_ASSESSED, None)
