"""Loading the seed files of a folder: everything is checked first, then written in one transaction, or nothing is."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from commitments.imports.seeds import records
from commitments.imports.seeds.accounts import AUTHOR, REVIEWER, service_account
from commitments.imports.seeds.developments import load_developments
from commitments.imports.seeds.ledger import Ledger, Notice, Outcome
from commitments.imports.seeds.reading import Seeds, read_seeds
from commitments.imports.seeds.reference import load_sdg_targets, load_sectors
from commitments.imports.seeds.run import Run
from commitments.imports.table import Problem
from commitments.models import User


class SeedsRefused(Exception):
    """Something is wrong with the seed files, so that nothing was loaded. `problems` says everything that is."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True)
class Report:
    """What became of the rows of each file, and which were left alone or are gone from the files."""

    outcomes: Counter[tuple[str, Outcome]]
    notices: list[Notice]


def load_seeds(folder: Path, *, only_check: bool = False, at: dt.datetime | None = None) -> Report:
    """Load the seed files of a folder; with `only_check`, try everything and undo it.

    A row that is in the database as it is in the file costs no write. Raises `SeedsRefused` with everything that is
    wrong, and `AccountCanLogIn` when somebody could act as one of the service accounts; then nothing was written.
    """
    seeds, problems = read_seeds(folder)
    if problems:
        raise SeedsRefused(problems)
    with transaction.atomic():
        report = _load(seeds, at or timezone.now())
        transaction.set_rollback(only_check)
    return report


def _load(seeds: Seeds, at: dt.datetime) -> Report:
    author, reviewer = service_account(AUTHOR), service_account(REVIEWER)
    # Two sites that start at once load one after the other.
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    ledger = Ledger(services=(author, reviewer), at=at)
    run = Run(seeds, ledger, author, reviewer, at)
    _load_in_order(run)
    if run.problems:
        raise SeedsRefused(run.problems)
    ledger.save()
    ledger.notices += ledger.removed(seeds.entries.keys())
    return Report(ledger.outcomes, ledger.notices)


def _load_in_order(run: Run) -> None:
    """Load every noun after those that it refers to."""
    records.load_records(run, records.COUNTRY_RECORDS)
    load_sectors(run)
    load_sdg_targets(run)
    for noun in (
        records.PARTY_RECORDS,
        records.SERIES_RECORDS,
        records.SUMMIT_RECORDS,
        records.DOCUMENT_RECORDS,
        records.COMMITMENT_RECORDS,
    ):
        records.load_records(run, noun)
    # Relations before developments: “superseded” asks for one.
    for noun in (records.COMMITMENT_RECORDS, records.DOCUMENT_RECORDS):
        records.load_later_parts(run, noun)
    load_developments(run)
