"""Loading what editors edit: parties, series, summits, documents and commitments, with the rows that hang on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from commitments.actions import commitments as commitment_actions
from commitments.actions import shared_records
from commitments.actions.saving import Write
from commitments.actions.shared_records import SharedRecord
from commitments.codelists import PartyKind
from commitments.imports.seeds.files import (
    AMOUNTS,
    COMMITMENT_PARTIES,
    COMMITMENTS,
    COUNTRIES,
    DOCUMENTS,
    MEMBERSHIPS,
    PARTICIPATIONS,
    PARTIES,
    PASSAGES,
    RELATIONS,
    SERIES,
    SUMMITS,
    WORDINGS,
)
from commitments.imports.seeds.reading import Entry
from commitments.imports.seeds.run import Run, Written
from commitments.imports.seeds.schema import SeedFile
from commitments.models import Commitment, Party


@dataclass(frozen=True)
class Noun:
    """How one kind of record is found and written.

    `natural_key` maps the model's field, by which two records are the same to people, to its column. `create` and
    `update` call the action; `write` in them saves the rows that hang on the record.
    """

    file: SeedFile
    natural_key: tuple[str, str]
    create: Callable[[Run, Model, Write], object]
    update: Callable[[Run, Model, str, Write], object]
    parts: tuple[SeedFile, ...] = ()

    def find(self, entry: Entry) -> int | None:
        """The record that has this row's natural key already."""
        name, column = self.natural_key
        if not entry[column]:
            return None
        found = self.file.model._default_manager.filter(**{name: entry[column]})
        return found.values_list("pk", flat=True).first()


def _create_country(run: Run, record: Model, write: Write) -> object:
    country = cast("Party", record)
    country.kind = PartyKind.COUNTRY
    # Fixed from here on, as an address is, whatever the country is called later.
    country.slug = slugify(country.name)
    return _create_shared(run, record, write)


def _create_shared(run: Run, record: Model, write: Write) -> object:
    return shared_records.save(by=run.author, record=cast("SharedRecord", record), write=write, at=run.at)


def _update_shared(run: Run, record: Model, reason: str, write: Write) -> object:
    shared = cast("SharedRecord", record)
    shared._change_reason = reason  # type: ignore[union-attr] # simple-history's own hook for why
    return shared_records.save(by=run.author, record=shared, version=shared.version, write=write, at=run.at)


def _create_commitment(run: Run, record: Model, write: Write) -> object:
    commitment = cast("Commitment", record)
    commitment_actions.create(by=run.author, commitment=commitment, write=write, at=run.at)
    return commitment_actions.publish(by=run.reviewer, commitment=commitment, at=run.at)


def _update_commitment(run: Run, record: Model, reason: str, write: Write) -> object:
    commitment = cast("Commitment", record)
    return commitment_actions.edit(
        by=run.author,
        commitment=commitment,
        version=commitment.version,
        reason=reason,
        write=write,
        # An edit leaves the day of the last check alone, because checks move it. The file may only move it forward.
        checked_on=commitment.last_checked_on,
        at=run.at,
    )


COUNTRY_RECORDS = Noun(COUNTRIES, ("alpha2", "alpha2"), _create_country, _update_shared)
PARTY_RECORDS = Noun(PARTIES, ("slug", "slug"), _create_shared, _update_shared, parts=(MEMBERSHIPS,))
SERIES_RECORDS = Noun(SERIES, ("slug", "slug"), _create_shared, _update_shared)
SUMMIT_RECORDS = Noun(SUMMITS, ("code", "code"), _create_shared, _update_shared, parts=(PARTICIPATIONS,))
DOCUMENT_RECORDS = Noun(DOCUMENTS, ("url", "url"), _create_shared, _update_shared, parts=(PASSAGES,))
COMMITMENT_RECORDS = Noun(
    COMMITMENTS,
    ("code", "code"),
    _create_commitment,
    _update_commitment,
    parts=(COMMITMENT_PARTIES, AMOUNTS, WORDINGS, RELATIONS),
)


def load_records(run: Run, noun: Noun) -> None:
    """Load the rows of one file, each with the rows that hang on it."""
    by_file = [run.seeds.parts(file) for file in noun.parts if not file.later]
    for entry in run.seeds.of(noun.file):
        parts = [part for by_record in by_file for part in by_record.get(entry.name, [])]
        if run.ledger.is_new(entry):
            _add(run, noun, entry, parts)
        else:
            _update(run, noun, entry, [entry, *parts])


def load_later_parts(run: Run, noun: Noun) -> None:
    """Load the rows that hang on records of this noun and refer to records that came after them."""
    for file in noun.parts:
        if file.later:
            for name, parts in run.seeds.parts(file).items():
                _update(run, noun, run.seeds.entries[name], parts)


def _add(run: Run, noun: Noun, entry: Entry, parts: list[Entry]) -> None:
    """Write a new record, unless an editor made it already."""
    found = noun.find(entry)
    if found is None:
        run.attempt([entry, *parts], lambda: _create(run, noun, entry, parts))
    else:
        run.ledger.adopt(entry, found)
        run.ledger.left_alone([entry, *parts], run.ledger.why_not_ours(entry))


def _create(run: Run, noun: Noun, entry: Entry, parts: list[Entry]) -> Written:
    record = run.build(entry)
    written: Written = [(entry, record)]

    def write() -> None:
        run.set_many(entry, record)
        written.extend(run.write_parts(record, parts))

    noun.create(run, record, write)
    return written


def _update(run: Run, noun: Noun, entry: Entry, rows: list[Entry]) -> None:
    """Write those of a record's rows that changed, unless somebody else has written the record since."""
    fresh = run.changed(rows)
    why = run.ledger.why_not_ours(entry) if fresh else ""
    if why:
        run.ledger.left_alone(fresh, why)
    elif fresh:
        run.attempt(fresh, lambda: _rewrite(run, noun, entry, fresh))


def _rewrite(run: Run, noun: Noun, entry: Entry, fresh: list[Entry]) -> Written:
    record = run.existing(entry)
    assert record is not None, entry.name
    parts = [row for row in fresh if row is not entry]
    written: Written = []
    if entry in fresh:
        run.build(entry, record)
        written.append((entry, record))

    def write() -> None:
        if entry in fresh:
            run.set_many(entry, record)
        written.extend(run.write_parts(record, parts))

    only_new = all(run.ledger.is_new(row) for row in fresh)
    noun.update(run, record, _("Seed data added") if only_new else _("Seed data updated"), write)
    return written
