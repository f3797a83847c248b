"""Plans into rows, a batch at a time: what the actions would have written of each commitment, all of it in bulk.

The actions write one commitment, with all that is derived from it, in some tens of milliseconds. Here the same is
derived in memory by the same rules; `manage.py check_history` finds nothing against it.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from commitments import search
from commitments.codelists import DevelopmentKind, DocumentKind, EvidenceRole, SourceKind, Status
from commitments.found_under import CountryRole, resolve_parties
from commitments.models import (
    Amount,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Development,
    Document,
    Evidence,
    Revision,
    StatusChange,
    Wording,
)
from commitments.synthetic.history import log, revisions
from commitments.synthetic.plans import Plan
from commitments.synthetic.records import Record, records
from commitments.synthetic.reference import Reference

# So many developments rest on one report.
PER_REPORT = 10


class Writer:
    """Writes the plans of one seed."""

    def __init__(self, seed: int, reference: Reference) -> None:
        self.seed = seed
        self.reference = reference
        # Memberships have no dates here: where a party is found does not hang on the day.
        self._found_under: dict[tuple[int, str], set[CountryRole]] = {}

    @transaction.atomic
    def write(self, plans: Sequence[Plan]) -> None:
        """Write these commitments with everything that hangs on them and everything derived from them."""
        batch = records(plans, self.seed, self.reference)
        Commitment.objects.bulk_create(record.commitment for record in batch)
        self._write_parts(batch)
        self._write_developments(batch)
        StatusChange.objects.bulk_create(line for record in batch for line in log(record))
        Revision.objects.bulk_create(one for record in batch for one in revisions(record, self.reference))
        search.index(record.commitment.pk for record in batch)

    def _write_parts(self, batch: Sequence[Record]) -> None:
        sectors = Commitment.sectors.through
        CommitmentParty.objects.bulk_create(row for record in batch for row in record.parties)
        Wording.objects.bulk_create(row for record in batch for row in record.wordings)
        Amount.objects.bulk_create(row for record in batch for row in record.amounts)
        sectors.objects.bulk_create(
            sectors(commitment_id=record.commitment.pk, sector_id=self.reference.sectors[sector].pk)
            for record in batch
            for sector in record.plan.sectors
        )
        CommitmentCountry.objects.bulk_create(
            CommitmentCountry(commitment=record.commitment, country_id=country, role=role)
            for record in batch
            for country, role in sorted(self._countries(record))
        )

    def _countries(self, record: Record) -> set[CountryRole]:
        found: set[CountryRole] = set()
        for row in record.parties:
            pair = (row.party_id, row.role)
            if pair not in self._found_under:
                self._found_under[pair] = resolve_parties([(row.party, row.role)], record.plan.made.start)
            found |= self._found_under[pair]
        return found

    def _write_developments(self, batch: Sequence[Record]) -> None:
        developments = [one for record in batch for one in record.developments]
        Development.objects.bulk_create(developments)
        reports = self._write_reports(developments)
        for record in batch:
            record.evidence = {
                place: [_evidence(one, reports[one.pk])]
                for place, one in enumerate(record.developments)
                if one.kind != DevelopmentKind.CHECK
            }
        Evidence.objects.bulk_create(row for record in batch for rows in record.evidence.values() for row in rows)
        # Last, as the database wants it: what is published has its evidence.
        Development.objects.filter(pk__in=[one.pk for one in developments]).update(
            published_at=F("entered_at"), approved_by=self.reference.reviewer
        )

    def _write_reports(self, developments: Sequence[Development]) -> dict[int, Document]:
        """What each of these rests on, by its key."""
        made = [self._report(first) for first in developments[::PER_REPORT]]
        Document.objects.bulk_create(made)
        return {one.pk: made[place // PER_REPORT] for place, one in enumerate(developments)}

    def _report(self, first: Development) -> Document:
        document = Document(
            title=f"Report no. {first.pk}",
            publisher="The Gazette",
            kind=DocumentKind.NEWS_REPORT,
            source_kind=SourceKind.SECONDARY,
            url=f"https://example.org/syn{self.seed}/{first.pk}",
        )
        document.dated = first.happened
        return document


def _evidence(development: Development, document: Document) -> Evidence:
    is_done = development.status == Status.DELIVERED
    role = EvidenceRole.VERIFIES_DELIVERY if is_done else EvidenceRole.SHOWS_PROGRESS
    return Evidence(development=development, document=document, role=role)
