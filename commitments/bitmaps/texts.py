"""Which commitments hold a term that was searched for, remembered and kept true."""

from collections import OrderedDict
from collections.abc import Iterable

from pyroaring import BitMap

from commitments import search
from commitments.models import SearchEntry
from commitments.search.query import Query, Term

# Of as many terms, the ones asked for last. One that half of all commitments hold takes an eighth of a byte for each.
_MOST = 512

type _Asked = tuple[Term, bool]


class Texts:
    """The entries of full-text search that hold a term: asked of the database once, then kept."""

    def __init__(self, using: str) -> None:
        self._using = using
        self._kept: OrderedDict[_Asked, BitMap] = OrderedDict()
        keys = SearchEntry.objects.using(using).order_by().values_list("pk", flat=True)
        self.indexed = BitMap(keys.iterator(chunk_size=10_000))

    def matching(self, query: Query) -> BitMap:
        """Those that hold all wanted terms and none that is not wanted; none where nothing is asked for."""
        if query.is_empty:
            return BitMap()
        found = self.indexed.copy()
        for term in query.wanted:
            found &= self._holding(term)
        for term in query.unwanted:
            found -= self._holding(term)
        return found

    def by_hits_in_title(self, query: Query, matching: BitMap) -> list[BitMap]:
        """These, by how many of the wanted terms their titles hold: those with most first."""
        # At each place those with so many at least.
        levels = [matching]
        for term in query.wanted:
            titles = self._holding(term, in_title=True)
            more = [level & titles for level in levels]
            levels = [levels[0], *(a | b for a, b in zip(levels[1:], more[:-1], strict=True)), more[-1]]
        exact = [level - above for level, above in zip(levels, [*levels[1:], BitMap()], strict=True)]
        return [level for level in reversed(exact) if level]

    def _holding(self, term: Term, *, in_title: bool = False) -> BitMap:
        asked = (term, in_title)
        if asked not in self._kept:
            self._kept[asked] = BitMap(search.keys_holding(term, using=self._using, in_title=in_title))
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        self._kept.move_to_end(asked)
        return self._kept[asked]

    def update(self, subjects: Iterable[int]) -> None:
        """Look again at these."""
        gone = BitMap(subjects)
        entries = list(SearchEntry.objects.using(self._using).filter(pk__in=gone).values_list("pk", "title", "body"))
        self.indexed -= gone
        self.indexed |= BitMap(pk for pk, _title, _body in entries)
        for (term, in_title), members in self._kept.items():
            members.difference_update(gone)
            members.update(
                pk for pk, title, body in entries if _holds(title, term) or (not in_title and _holds(body, term))
            )


def _holds(indexed: str, term: Term) -> bool:
    """Whether an entry's text, words with one space between them, holds the term: what both engines find."""
    padded = f" {indexed} "
    return any(
        f" {' '.join(words)}{'' if is_beginning else ' '}" in padded for words, is_beginning in search.ways(term)
    )
