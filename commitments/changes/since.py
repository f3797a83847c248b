"""What changed in public since a revision, of the commitments that a query finds or found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Max

from commitments.changes import telling
from commitments.changes.followed import Followed
from commitments.changes.telling import Change
from commitments.codelists import Publication
from commitments.models import Revision
from commitments.names import Names, names_for
from commitments.said import says_nothing

# What is read at once: what comes after it is the next portion.
MOST_REVISIONS = 300


def last_of(seen: int, *, most: int = MOST_REVISIONS) -> int:
    """The key of the last revision of the next portion after `seen`; `seen` itself when nothing came after."""
    following = Revision.objects.filter(pk__gt=seen).order_by("pk").values_list("pk", flat=True)
    portion = following[:most].aggregate(last=Max("pk"))["last"]
    return portion or seen


def changes_since(followed: Followed, seen: int, until: int) -> list[Change]:
    """What the revisions after `seen` up to `until` changed, one change a commitment, the last changed last.

    Told are commitments that the query finds now, or found by what they said at `seen`: so is that one left it, or was
    retracted or merged. A retraction takes back every revision up to itself: nothing of those is told, whenever it
    came.
    """
    rows = Revision.objects.filter(pk__gt=seen, pk__lte=until).order_by("pk").values_list("pk", "commitment")
    last = {commitment: pk for pk, commitment in rows}
    if not last:
        return []
    found = followed.now(last)
    before = _before(last, seen)
    told = {pk for pk in last if pk in found or (pk in before and followed.then(before[pk].snapshot))}
    after = _after(told, seen, until)
    retractions = _retractions(told)
    ends = [*(before[pk] for pk in told & before.keys()), *(after[pk][-1] for pk in told)]
    names = names_for(*(revision.snapshot for revision in ends))
    changes = {pk: _change(before.get(pk), after[pk], retractions.get(pk, 0), names) for pk in told}
    ordered = sorted(told, key=lambda pk: last[pk])
    return [change for pk in ordered if (change := changes[pk]) is not None and change.says_something]


def retracted_since(codes: Iterable[str], until: int) -> set[str]:
    """Those of these commitments that were taken back after the revision `until`."""
    found = Revision.objects.filter(
        commitment__code__in=list(codes), pk__gt=until, snapshot__publication=Publication.RETRACTED
    )
    return set(found.order_by().values_list("commitment__code", flat=True))


def _before(commitments: Iterable[int], seen: int) -> dict[int, Revision]:
    """What each had said last, by the revision `seen`."""
    latest = (
        Revision.objects.filter(commitment__in=list(commitments), pk__lte=seen)
        .order_by()
        .values("commitment")
        .annotate(last=Max("pk"))
    )
    return {row.commitment_id: row for row in Revision.objects.filter(pk__in=latest.values("last"))}


def _after(commitments: Iterable[int], seen: int, until: int) -> Mapping[int, list[Revision]]:
    found: dict[int, list[Revision]] = defaultdict(list)
    revisions = Revision.objects.filter(commitment__in=list(commitments), pk__gt=seen, pk__lte=until)
    for revision in revisions.select_related("commitment").order_by("pk"):
        found[revision.commitment_id].append(revision)
    return found


def _retractions(commitments: Iterable[int]) -> dict[int, int]:
    """The number of the revision that took each back last, up to this very moment."""
    taken_back = Revision.objects.filter(commitment__in=list(commitments), snapshot__publication=Publication.RETRACTED)
    return dict(taken_back.order_by().values_list("commitment").annotate(Max("number")))


def _change(before: Revision | None, revisions: Sequence[Revision], retraction: int, names: Names) -> Change | None:
    """What is told of one commitment, `retraction` being the number of the revision that took it back last, or 0."""
    last = revisions[-1]
    was_public = before is not None and not says_nothing(before.snapshot)
    if last.snapshot["publication"] == Publication.RETRACTED:
        return telling.of_retraction(last, last.commitment.code) if was_public else None
    if last.number <= retraction:
        # Taken back since: the next portion says so.
        return None
    if before is None or not was_public:
        before = None
    if says_nothing(last.snapshot):
        title = before.snapshot["title"] if before is not None and before.number > retraction else ""
        return telling.of_merge(last, last.commitment.code, title) if before is not None else None
    if before is None or before.number <= retraction:
        return telling.of_publication(last, is_again=revisions[0].number > 1 or retraction > 0)
    return telling.of_change(before.snapshot, revisions, names)
