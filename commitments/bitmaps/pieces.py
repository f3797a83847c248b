"""Pieces of pages that are made of one commitment each, kept until it changes."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from commitments.models import Party, Sector, Summit

# Of as many characters, the pieces asked for last: a row of a list takes about a thousand, one of the matrix several.
_MOST = 5_000_000

type Variant = Hashable


class Pieces:
    """What was made of commitments, by how it was made. Not to be used by two threads at once."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[int, Variant], str] = OrderedDict()
        self._variants: dict[int, set[Variant]] = {}
        self._length = 0
        # A higher one after anything changed.
        self.generation = 0

    def get(self, keys: Iterable[int], variant: Variant) -> dict[int, str]:
        """Those of these that are there, by the commitment's key."""
        found = {}
        for key in keys:
            if (piece := self._made.get((key, variant))) is not None:
                self._made.move_to_end((key, variant))
                found[key] = piece
        return found

    def put(self, made: Mapping[int, str], variant: Variant, generation: int) -> None:
        """Keep these, made of what was read in this generation: if it is over, they may be out of date by now."""
        if generation != self.generation:
            return
        for key, piece in made.items():
            self._drop(key, variant)
            self._made[key, variant] = piece
            self._variants.setdefault(key, set()).add(variant)
            self._length += len(piece)
        while self._length > _MOST:
            self._drop(*next(iter(self._made)))

    def discard(self, keys: Iterable[int]) -> None:
        """Forget what was made of these."""
        self.generation += 1
        for key in keys:
            for variant in tuple(self._variants.get(key, ())):
                self._drop(key, variant)

    def clear(self) -> None:
        """Forget everything."""
        self.generation += 1
        self._made.clear()
        self._variants.clear()
        self._length = 0

    def _drop(self, key: int, variant: Variant) -> None:
        if (piece := self._made.pop((key, variant), None)) is None:
            return
        self._length -= len(piece)
        self._variants[key].discard(variant)
        if not self._variants[key]:
            del self._variants[key]


class Records(Protocol):
    """Gives all records of a kind that commitments refer to, by id: everybody's, not to be changed."""

    def __call__[M: Party | Sector | Summit](self, model: type[M]) -> Mapping[int, M]: ...


@dataclass(frozen=True)
class Shelf:
    """The pieces of one index as one request may use them, as of the generation in which it asked, and its records."""

    using: str
    pieces: Pieces
    generation: int
    records: Records
