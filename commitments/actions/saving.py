"""Saving a row as somebody, and only if nobody saved it since it was read."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Field, Model, UniqueConstraint

from commitments.actions import revisions
from commitments.actions.errors import Conflict
from commitments.constraints import broken
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


def save_valid(row: Model, by: User, *, known: Collection[str] = ()) -> None:
    """Save a row as `save_as` does if it is right. Raises `ValidationError` with everything that is wrong with it.

    The database holds it against the constraints; only a row that it refuses is then asked which of them it breaks.
    Asking beforehand, one query a constraint, takes longer than saving: it tells in an import. `known` names what the
    row refers to and this transaction has seen: it need not be looked for.
    """
    row.full_clean(exclude=set(known), validate_unique=False, validate_constraints=False)
    if not _could_be_refused(row):
        save_as(row, by)
        return
    try:
        with transaction.atomic():
            save_as(row, by)
    except IntegrityError:
        row.full_clean()
        raise


def create_valid(rows: Sequence[Model], by: User, *, known: Collection[str] = ()) -> None:
    """Save new rows of one model all at once, without their history. Raises what `save_valid` raises of the first."""
    if not rows:
        return
    _clean(rows, set(known))
    try:
        with transaction.atomic():
            type(rows[0])._default_manager.bulk_create(rows)
    except IntegrityError:
        for row in rows:
            save_valid(row, by)
        raise


def _clean(rows: Sequence[Model], known: set[str]) -> None:
    """Raise `ValidationError` if a field of a row is wrong. What they refer to is looked for once, for all of them."""
    relations = [column for column in rows[0]._meta.concrete_fields if column.is_relation]
    asked = {column.name for column in relations if column.name not in known and _are_there(column, rows)}
    for row in rows:
        row.full_clean(exclude=known | asked, validate_unique=False, validate_constraints=False)


def _are_there(column: "Field[Any, Any]", rows: Sequence[Model]) -> bool:
    """Whether all rows refer to something, unless they need not, and all of that is there."""
    keys = {getattr(row, column.attname) for row in rows}
    if None in keys:
        if not (column.null and column.blank):
            return False
        keys.remove(None)
    model: Any = column.related_model
    # What may be referred to is limited here and there: those are looked for one by one.
    if column.get_limit_choices_to():  # type: ignore[attr-defined] # of relations
        return False
    return not keys or model._base_manager.filter(pk__in=keys).count() == len(keys)


def _could_be_refused(row: Model) -> bool:
    """Whether the database could refuse a row whose fields are right, so that what was saved before has to be kept."""
    is_unique = any(
        column.unique and not column.primary_key and getattr(row, column.attname) is not None
        for column in row._meta.concrete_fields
    )
    is_unique = is_unique or any(isinstance(constraint, UniqueConstraint) for constraint in row._meta.constraints)
    return is_unique or next(broken(row), None) is not None


def claim_version(row: VersionedModel, version: int) -> None:
    """Count one more write on a row that was read at `version`. Raises `Conflict` when somebody else wrote since.

    A conditional update, so that of two who save at once exactly one gets through.
    """
    revisions.in_turn()
    claimed = type(row)._default_manager.filter(pk=row.pk, version=version).update(version=F("version") + 1)
    if not claimed:
        raise Conflict
    row.version = version + 1
