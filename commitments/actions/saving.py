"""Saving a row as somebody, and only if nobody saved it since it was read."""

from django.db.models import F, Model

from commitments.actions.errors import Conflict
from commitments.models import User
from commitments.models.base import VersionedModel


def save_as(row: Model, by: User) -> None:
    """Save a row with `by` as the who of its history."""
    row._history_user = by  # type: ignore[attr-defined] # simple-history's own hook
    row.save()


def claim_version(row: VersionedModel, version: int) -> None:
    """Count one more write on a row that was read at `version`. Raises `Conflict` when somebody else wrote since.

    A conditional update, so that of two who save at once exactly one gets through.
    """
    claimed = type(row)._default_manager.filter(pk=row.pk, version=version).update(version=F("version") + 1)
    if not claimed:
        raise Conflict
    row.version = version + 1
