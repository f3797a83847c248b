"""The words under which each public commitment is found, kept in step with what the site says of it."""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from django.db import transaction

from commitments.models import Commitment, SearchEntry
from commitments.readings import Reading
from commitments.search.words import words

BATCH = 500
# Seconds until what somebody was writing to is tried again.
PAUSE = 0.1
# Stands between two texts, so that no phrase begins in one and ends in the other. No word is made of it.
GAP = "·"
# Stands before a word as written, where its stem is another: `minera*` finds minerals, whose stem is miner.
AS_WRITTEN = "·"


@transaction.atomic(savepoint=False)
def index(commitments: Iterable[int]) -> None:
    """Write anew the entries of the commitments with these ids. One that is not public has none."""
    pks = list(commitments)
    found = Commitment.objects.filter(pk__in=pks).select_related("summit__series")
    write(Reading(found))


@transaction.atomic(savepoint=False)
def write(reading: Reading) -> None:
    """Write anew the entries of commitments that are read already. One that is not public has none."""
    gone = [one.pk for one in reading.commitments if one.published_at is not None and not one.is_public]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    entries = [_entry(one, reading) for one in reading.commitments if one.is_public]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["commitment"], update_fields=["title", "body"]
    )


def rebuild() -> None:
    """Write every entry anew, in batches. What somebody is writing to just then is left for later, and waited for."""
    waiting = list(Commitment.objects.order_by("pk").values_list("pk", flat=True))
    while waiting:
        left = [pk for batch in batched(waiting, BATCH) for pk in _rebuilt(batch)]
        if left:
            time.sleep(PAUSE)
        waiting = left


@transaction.atomic
def _rebuilt(pks: Sequence[int]) -> list[int]:
    """Write anew what nobody else holds of these, held meanwhile: an older text never replaces a newer. The rest."""
    # Who waits for no row is in nobody's way, whatever they hold. Its key free, a row may be referred to meanwhile.
    free = Commitment.objects.select_for_update(skip_locked=True, no_key=True).order_by("pk")
    held = list(free.filter(pk__in=pks).values_list("pk", flat=True))
    index(held)
    there = Commitment.objects.filter(pk__in=pks).values_list("pk", flat=True)
    return sorted(set(there) - set(held))


def _entry(commitment: Commitment, reading: Reading) -> SearchEntry:
    return SearchEntry(
        commitment=commitment,
        title=_indexed([commitment.title, commitment.code]),
        body=_indexed(_texts(commitment, reading)),
    )


def _texts(commitment: Commitment, reading: Reading) -> Iterator[str]:
    """What a reader of the commitment's page reads, in their own language or another."""
    pk = commitment.pk
    yield from (commitment.summary, commitment.success_criterion, commitment.condition, commitment.note)
    summit = commitment.summit
    yield from (summit.name, summit.place, summit.setting, summit.series.name if summit.series else "")
    parties = {row.party for row in reading.parties.get(pk, ())}
    parties |= {row.country for row in reading.countries.get(pk, ())}
    for party in sorted(parties, key=lambda party: party.pk):
        yield from (party.name, party.name_ru, party.alpha2 or "", party.alpha3 or "")
    sectors = {level for sector in reading.sectors(pk) for level in (sector, sector.parent) if level}
    for sector in sorted(sectors, key=lambda sector: sector.code):
        yield from (sector.name, sector.short_label, sector.code)
    for wording in reading.wordings.get(pk, ()):
        yield from (wording.quotation, wording.translation, wording.note)
    for development in sorted(reading.developments.get(pk, ()), key=lambda development: development.pk):
        yield from (development.summary, development.searched, development.note)


def _indexed(texts: Iterable[str]) -> str:
    """The stems of these texts in their order, then, each once, the words as written that their stems do not show."""
    stems: list[str] = []
    written: dict[str, None] = {}
    for text in texts:
        for word in words(text):
            stems.append(word.stem)
            if word.folded != word.stem:
                written[f"{AS_WRITTEN}{word.folded}"] = None
        stems.append(GAP)
    return " ".join([*stems, *written])
