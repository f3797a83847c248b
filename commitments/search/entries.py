"""The words under which each public commitment is found, kept in step with what the site says of it."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Prefetch

from commitments.models import Commitment, CommitmentCountry, CommitmentParty, Development, SearchEntry, Wording
from commitments.search.words import words

BATCH = 500
# Stands between two texts, so that no phrase begins in one and ends in the other. No word is made of it.
GAP = "·"
# Stands before a word as written, where its stem is another: `minera*` finds minerals, whose stem is miner.
AS_WRITTEN = "·"


@transaction.atomic(savepoint=False)
def index(commitments: Iterable[int]) -> None:
    """Write anew the entries of the commitments with these ids. One that is not public has none."""
    pks = list(commitments)
    entries = [_entry(commitment) for commitment in _readable(pks)]
    SearchEntry.objects.filter(pk__in=set(pks) - {entry.pk for entry in entries}).delete()
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["commitment"], update_fields=["title", "body"]
    )


def rebuild() -> None:
    """Write every entry anew, in batches."""
    batch: list[int] = []
    for pk in list(Commitment.objects.order_by("pk").values_list("pk", flat=True)):
        batch.append(pk)
        if len(batch) == BATCH:
            index(batch)
            batch = []
    index(batch)


def _readable(pks: list[int]) -> Iterable[Commitment]:
    """The public ones among these, with everything that their entries are made of."""
    return (
        Commitment.objects.published()
        .filter(pk__in=pks)
        .select_related("summit__series")
        .prefetch_related(
            "sectors__parent",
            Prefetch("parties", CommitmentParty.objects.select_related("party").order_by("pk")),
            Prefetch("countries", CommitmentCountry.objects.select_related("country").order_by("pk")),
            Prefetch("wordings", Wording.objects.select_related("document").order_by("pk")),
            Prefetch("developments", Development.objects.published().order_by("pk"), to_attr="public_developments"),
        )
    )


def _entry(commitment: Commitment) -> SearchEntry:
    return SearchEntry(
        commitment=commitment,
        title=_indexed([commitment.title, commitment.code]),
        body=_indexed(_texts(commitment)),
    )


def _texts(commitment: Commitment) -> Iterator[str]:
    """What a reader of the commitment's page reads, in their own language or another."""
    yield from (commitment.summary, commitment.success_criterion, commitment.condition, commitment.note)
    summit = commitment.summit
    yield from (summit.name, summit.place, summit.setting, summit.series.name if summit.series else "")
    parties = {row.party for row in commitment.parties.all()} | {row.country for row in commitment.countries.all()}
    for party in sorted(parties, key=lambda party: party.pk):
        yield from (party.name, party.name_ru, party.alpha3 or "")
    sectors = {level for sector in commitment.sectors.all() for level in (sector, sector.parent) if level}
    for sector in sorted(sectors, key=lambda sector: sector.code):
        yield from (sector.name, sector.short_label, sector.code)
    for wording in commitment.wordings.all():
        yield from (wording.quotation, wording.translation, wording.note)
    for development in commitment.public_developments:  # type: ignore[attr-defined] # prefetched
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
