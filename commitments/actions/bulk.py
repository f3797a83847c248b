"""Many new records at once: the rows that their actions would write one after the other, in few statements.

A file of thousands is written in such portions. Whoever calls this with a portion that is refused writes its records
one by one, and so learns which of them it is.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import histories
from commitments.actions.developments import refuse_gone
from commitments.actions.errors import Refused
from commitments.actions.saving import create_valid
from commitments.actions.settling import lock_all, settle_read
from commitments.codelists import Publication
from commitments.models import Commitment, CommitmentParty, Development, Document, Evidence, User
from commitments.readings import SDG_TARGETS, SECTORS, Reading


@dataclass(frozen=True)
class NewCommitment:
    """A commitment and the rows that hang on it, none of them saved; sectors and SDG targets by their keys."""

    commitment: Commitment
    rows: Sequence[Model] = ()
    sectors: Sequence[int] = ()
    sdg_targets: Sequence[int] = ()


@dataclass(frozen=True)
class NewDevelopment:
    """A development and its evidence, none of it saved."""

    development: Development
    evidence: Sequence[Evidence] = ()


@transaction.atomic
def create_commitments(*, by: User, new: Sequence[NewCommitment], at: dt.datetime | None = None) -> None:
    """Save new commitments as drafts, as `commitments.create` does each.

    Drafts have no revision: nobody waits for the turn of those. Raises `ValidationError` when a field of any is wrong.
    """
    made = [one.commitment for one in new]
    if any(commitment.publication != Publication.DRAFT for commitment in made):
        raise Refused(_("A new commitment begins as a draft."))
    for commitment in made:
        commitment.published_at = commitment.published_by = None
    create_valid(made, by)
    for rows in _by_model(row for one in new for row in one.rows).values():
        create_valid(rows, by, known=("commitment", "source"))
    SECTORS._default_manager.bulk_create(
        SECTORS(commitment_id=one.commitment.pk, sector_id=pk) for one in new for pk in one.sectors
    )
    SDG_TARGETS._default_manager.bulk_create(
        SDG_TARGETS(commitment_id=one.commitment.pk, sdgtarget_id=pk) for one in new for pk in one.sdg_targets
    )
    reading = _reading(new)
    histories.add(by=by, reading=reading, kind=histories.CREATED)
    settle_read(by=by, reading=reading, reason=_("Created"), at=at or timezone.now())


@transaction.atomic
def draft_developments(*, by: User, new: Sequence[NewDevelopment], at: dt.datetime | None = None) -> None:
    """Save new developments as drafts, as `developments.draft` does each. Raises what that raises of any of them."""
    for commitment in lock_all({one.development.commitment_id for one in new}):
        refuse_gone(commitment)
    for one in new:
        development = one.development
        development.entered_by, development.entered_at = by, at or timezone.now()
        development.published_at = development.approved_by = None
    create_valid([one.development for one in new], by, known=("commitment", "entered_by"))
    for one in new:
        for row in one.evidence:
            row.development = one.development
    create_valid([row for one in new for row in one.evidence], by, known=("development",))


@transaction.atomic
def create_documents(*, by: User, new: Sequence[Document]) -> None:
    """Save new documents, as `shared_records.save` does each. Raises `ValidationError` when a field of any is wrong."""
    create_valid(new, by)
    history: Any = Document.history
    # None, as where no reason was given for one.
    history.bulk_history_create(new, default_user=by, default_change_reason=None)


def _reading(new: Sequence[NewCommitment]) -> Reading:
    having = {
        "sectors": [one.commitment.pk for one in new if one.sectors],
        "sdg_targets": [one.commitment.pk for one in new if one.sdg_targets],
    }
    parties = {one.commitment.pk: [row for row in one.rows if isinstance(row, CommitmentParty)] for one in new}
    return Reading.of_new([one.commitment for one in new], having, parties)


def _by_model(rows: Iterable[Model]) -> dict[type[Model], list[Model]]:
    found: dict[type[Model], list[Model]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found
