"""Saving a row as somebody, and only if nobody saved it since it was read."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import F, Model

from commitments.actions import revisions
from commitments.actions.errors import Conflict
from commitments.models import User
from commitments.models.base import VersionedModel

# What an action calls to save the rows that hang on its record, within its transaction.
type Write = Callable[[], object]


def nothing() -> None:
    """No further rows to write."""


def save_as(row: Model, by: User) -> None:
    """Save a row with `by` as the who of its history."""
    row._history_user = by  # type: ignore[attr-defined] # simple-history's own hook
    row.save()


def save_valid(row: Model, by: User) -> None:
    """Save a row as `save_as` does if it is right. Raises `ValidationError` with everything that is wrong with it.

    The database holds it against the constraints; only a row that it refuses is then asked which of them it breaks.
    Asking beforehand, one query a constraint, takes longer than saving: it tells in an import.
    """
    row.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            save_as(row, by)
    except IntegrityError:
        row.full_clean()
        raise


def claim_version(row: VersionedModel, version: int) -> None:
    """Count one more write on a row that was read at `version`. Raises `Conflict` when somebody else wrote since.

    A conditional update, so that of two who save at once exactly one gets through.
    """
    revisions.in_turn()
    claimed = type(row)._default_manager.filter(pk=row.pk, version=version).update(version=F("version") + 1)
    if not claimed:
        raise Conflict
    row.version = version + 1
