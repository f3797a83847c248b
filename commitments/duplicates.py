"""Commitments that may be recorded twice: made at one summit, and worded alike. Reads, never writes.

A proposal for an editor, never a decision: how alike two records are is the share of what their titles and summaries
say that both say, where a word counts the more the fewer records of the summit have it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from commitments.codelists import Publication
from commitments.models import Commitment, Distinction, Summit, Wording
from commitments.search.stopwords import STOP_WORDS
from commitments.search.words import words

# From here on two records are shown to an editor. Below it, pledges of one summit share little more than its subject.
ALIKE = 0.45
NOT_RECORDS = (Publication.RETRACTED, Publication.MERGED)
# How many commitments one page of the queue reads, summit by summit.
READ_AT_ONCE = 5000
MOST_SHOWN = 8
PLACE = ("document", "paragraph", "sentence")

# What a text says: the stems of its words, each with the word as it first stands there.
type Said = Mapping[str, str]


@dataclass(frozen=True)
class Alike:
    """Two records that may be one: how alike they are (0 to 1), and the words or the sentence that both have."""

    one: Commitment
    other: Commitment
    likeness: float
    shared: tuple[str, ...]
    same_sentence: bool = False

    @property
    def percent(self) -> int:
        """The likeness in whole percent."""
        return round(self.likeness * 100)


@dataclass(frozen=True)
class Queue:
    """The pairs of some summits, and the summit after which to go on; None when all were read."""

    pairs: list[Alike]
    after: int | None


def said_in(text: str) -> Said:
    """What a text says, by the stems of its words, without the most common ones."""
    found: dict[str, str] = {}
    for word in words(text):
        if word.folded not in STOP_WORDS:
            found.setdefault(word.stem, word.folded)
    return found


def doubles_of(commitment: Commitment, *, limit: int = 5) -> list[Alike]:
    """Records of the same summit that `commitment` may repeat, the likeliest first. It need not be saved yet."""
    others = [one for one in _records([commitment.summit_id]) if one.pk != commitment.pk]
    said = {one.pk: _said(one) for one in others}
    asked = _said(commitment)
    weights = _weights([*said.values(), asked])
    apart = _told_apart([commitment.pk]) if commitment.pk else set()
    found = [
        alike
        for one in others
        if frozenset((commitment.pk, one.pk)) not in apart
        and (alike := _compared(commitment, one, asked, said[one.pk], weights)).likeness >= ALIKE
    ]
    return sorted(found, key=lambda alike: (-alike.likeness, alike.other.code))[:limit]


def queue(after: int = 0) -> Queue:
    """Every likely pair of the next summits, in the order of their keys, as far as one page reads."""
    summits = (
        Summit.objects.filter(pk__gt=after)
        .annotate(records=Count("commitments", filter=~Q(commitments__publication__in=NOT_RECORDS)))
        .filter(records__gt=1)
        .order_by("pk")
        .values_list("pk", "records")
    )
    asked: list[int] = []
    read = 0
    for pk, records in summits.iterator():
        if read and read + records > READ_AT_ONCE:
            return Queue(_likeliest(_doubles_at(asked)), after)
        asked.append(pk)
        read, after = read + records, pk
    return Queue(_likeliest(_doubles_at(asked)), None)


def _doubles_at(summits: Sequence[int]) -> list[Alike]:
    """Every pair of records of one of these summits that may be one, but those that an editor told apart.

    In so many queries, however many summits.
    """
    by_summit: dict[int, dict[int, Commitment]] = {pk: {} for pk in summits}
    for one in _records(summits):
        by_summit[one.summit_id][one.pk] = one
    keys = [pk for records in by_summit.values() for pk in records]
    apart, sentences = _told_apart(keys), _same_sentences(keys)
    return [alike for records in by_summit.values() for alike in _doubles_among(records, apart, sentences)]


def _doubles_among(
    records: Mapping[int, Commitment], apart: set[frozenset[int]], sentences: Mapping[int, set[tuple[int, int]]]
) -> list[Alike]:
    """The same among the records of one summit."""
    said = {pk: _said(one) for pk, one in records.items()}
    weights = _weights(said.values())
    same = {pair for pk in records for pair in sentences.get(pk, ())}
    found = []
    for first, second in sorted(_candidates(said) | same):
        if frozenset((first, second)) in apart:
            continue
        alike = _compared(records[first], records[second], said[first], said[second], weights)
        is_said_once = (first, second) in same
        if alike.likeness >= ALIKE or is_said_once:
            found.append(Alike(alike.one, alike.other, alike.likeness, alike.shared, is_said_once))
    return found


def _records(summits: Sequence[int]) -> list[Commitment]:
    return list(Commitment.objects.filter(summit__in=summits).exclude(publication__in=NOT_RECORDS).order_by("pk"))


def _said(commitment: Commitment) -> Said:
    return said_in(f"{commitment.title} {commitment.summary}")


def _weights(texts: Iterable[Said]) -> dict[str, float]:
    """What each word is worth: the more, the fewer of these texts have it."""
    every = list(texts)
    counts = Counter(stem for text in every for stem in text)
    return {stem: math.log(1 + len(every) / count) for stem, count in counts.items()}


def _compared(one: Commitment, other: Commitment, first: Said, second: Said, weights: Mapping[str, float]) -> Alike:
    both = first.keys() & second.keys()
    whole = sum(weights[stem] for stem in first.keys() | second.keys())
    likeness = sum(weights[stem] for stem in both) / whole if whole else 0.0
    shared = [first[stem] for stem in sorted(both, key=lambda stem: (-weights[stem], stem))]
    return Alike(one, other, likeness, tuple(shared[:MOST_SHOWN]))


def _candidates(said: Mapping[int, Said]) -> set[tuple[int, int]]:
    """The pairs worth comparing: those that share two words which at most a tenth of the records, or a few, have."""
    holders: dict[str, list[int]] = defaultdict(list)
    for pk, stems in said.items():
        for stem in stems:
            holders[stem].append(pk)
    most = max(12, len(said) // 10)
    shared: Counter[tuple[int, int]] = Counter()
    for pks in holders.values():
        if len(pks) <= most:
            ordered = sorted(pks)
            shared.update((a, b) for n, a in enumerate(ordered) for b in ordered[n + 1 :])
    return {pair for pair, count in shared.items() if count > 1}


def _same_sentences(pks: Iterable[int]) -> dict[int, set[tuple[int, int]]]:
    """Pairs of these of one summit that rest on the same numbered sentence of a document, by the first of the two."""
    numbered = Wording.objects.filter(commitment__in=list(pks), paragraph__isnull=False, sentence__isnull=False)
    places: dict[Sequence[int | None], set[int]] = defaultdict(set)
    for pk, *place in numbered.values_list("commitment", "commitment__summit", *PLACE):
        places[tuple(place)].add(pk)
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for held in places.values():
        ordered = sorted(held)
        for n, a in enumerate(ordered):
            found[a].update((a, b) for b in ordered[n + 1 :])
    return found


def _told_apart(pks: Iterable[int]) -> set[frozenset[int]]:
    """The pairs with one of these that an editor told apart."""
    keys = list(pks)
    rows = Distinction.objects.filter(Q(first__in=keys) | Q(second__in=keys)).values_list("first", "second")
    return {frozenset(pair) for pair in rows}


def _likeliest(pairs: list[Alike]) -> list[Alike]:
    return sorted(pairs, key=lambda alike: (not alike.same_sentence, -alike.likeness, alike.one.code))
