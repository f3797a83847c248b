"""The commitments of a page of a list: read when they are needed, and what was made of them before taken as it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, overload

from django.db.models import Prefetch

from commitments.bitmaps import Shelf, Variant, reading
from commitments.models import Commitment, Party, Sector, Summit
from commitments.models.commitments import CommitmentQuerySet, makers_by_name
from commitments.timetravel import Moment, as_they_stood


class Listed(Sequence[Commitment]):
    """The commitments with these keys, in their order, each as it stood at the moment.

    One that was withdrawn since its key was found is left out. `shelf` holds rows of pages that were made before, and
    the records that rows name.
    """

    def __init__(self, keys: Sequence[int], moment: Moment, shelf: Shelf | None = None) -> None:
        self._keys, self._moment, self._shelf = list(keys), moment, shelf

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Commitment]:
        return iter(self._rows)

    @overload
    def __getitem__(self, place: int) -> Commitment: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Commitment]: ...
    def __getitem__(self, place: int | slice) -> Commitment | Sequence[Commitment]:
        return self._rows[place]

    def pieces(self, variant: Variant, make: Callable[[Sequence[Commitment]], Sequence[str]]) -> list[str]:
        """A piece of each, which `make` makes of several; of those whose piece is on the shelf, nothing is read."""
        shelf = self._shelf
        if shelf is None:
            return list(make(self._rows))
        variant = (variant, self._moment)
        with reading(shelf.using):
            found = shelf.pieces.get(self._keys, variant)
        missing = [key for key in self._keys if key not in found]
        if missing:
            rows = _read(missing, self._moment, shelf)
            made = dict(zip((row.pk for row in rows), make(rows), strict=True))
            with reading(shelf.using):
                shelf.pieces.put(made, variant, shelf.generation)
            found |= made
        return [found[key] for key in self._keys if key in found]

    @cached_property
    def _rows(self) -> list[Commitment]:
        return _read(self._keys, self._moment, self._shelf)


def _read(keys: Sequence[int], moment: Moment, shelf: Shelf | None) -> list[Commitment]:
    found = Commitment.objects.published().filter(pk__in=keys)
    rows = {row.pk: row for row in (found.for_list() if shelf is None else _joined(found, shelf))}
    return as_they_stood([rows[key] for key in keys if key in rows], moment)


def _joined(found: CommitmentQuerySet, shelf: Shelf) -> Iterable[Commitment]:
    """The same as `for_list()`, with the summits, sectors and parties that are at hand.

    Each of these would be made anew for every row that names it: that is most of what it costs to read fifty.
    """
    rows: list[Any] = list(found.prefetch_related(Prefetch("parties", queryset=makers_by_name(), to_attr="makers")))
    sectors = defaultdict(list)
    links = Commitment.sectors.through.objects.filter(commitment__in=[row.pk for row in rows]).order_by("sector__code")
    for commitment, sector in links.values_list("commitment", "sector"):
        sectors[commitment].append(sector)
    with reading(shelf.using):
        parties, known_sectors, summits = shelf.records(Party), shelf.records(Sector), shelf.records(Summit)
    try:
        for row in rows:
            row.summit = summits[row.summit_id]
            row.in_sectors = [known_sectors[sector] for sector in sectors[row.pk]]
            for maker in row.makers:
                maker.party = parties[maker.party_id]
    except KeyError:
        # Written after the records were read.
        return found.for_list()
    return rows
