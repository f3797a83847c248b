"""Putting a record back to what it was, by a new change: the same action, the same rules, a reason of its own."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import commitments, shared_records
from commitments.actions.errors import Conflict, Refused
from commitments.models import Commitment, Document, Party, Summit, SummitSeries, User
from commitments.models.base import OptionalUncertainDateAttribute, VersionedModel
from commitments.models.record import REASON_LENGTH, REASON_LENGTH_IN_HISTORY

type Record = Commitment | Document | Party | Summit | SummitSeries

# Addresses, which never change; and what other actions write, from what they know by now.
_KEPT: dict[type[Model], frozenset[str]] = {
    Commitment: frozenset(("code", *commitments.DERIVED_FIELDS)),
    Document: frozenset(("captured_on", "sha256", "link_health", "gone_since")),
    Party: frozenset(("slug",)),
    Summit: frozenset(("code",)),
    SummitSeries: frozenset(("slug",)),
}
_OF_EVERY_RECORD = frozenset(("id", "version"))


@dataclass(frozen=True)
class Change:
    """One thing that putting it back would change: a field, an uncertain date, or what it is linked to (a list)."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Plan:
    """What putting a record back would change, what it cannot (`lost`), and what it leaves to others (`kept`)."""

    changes: list[Change] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def plan(*, record: Record, entry: Any) -> Plan:
    """Compare a record as it is with an entry of its history. Writes nothing; `lost` and `kept` name fields."""
    found = Plan()
    kept = _OF_EVERY_RECORD | _KEPT[type(record)]
    dates = _uncertain_dates(type(record))
    for name, columns in dates.items():
        if kept.isdisjoint(columns) and getattr(record, name) != getattr(entry.instance, name):
            found.changes.append(Change(name, getattr(record, name), getattr(entry.instance, name)))
    of_dates = {column for columns in dates.values() for column in columns}
    for column in type(entry).tracked_fields:
        if column.name not in of_dates | _OF_EVERY_RECORD:
            _plan_column(found, column, record, entry.instance, is_kept=column.name in kept)
    for change, is_whole in _links(record, entry):
        if not is_whole:
            found.lost.append(change.name)
        if change.before != change.after:
            found.changes.append(change)
    return found


@transaction.atomic
def revert(*, by: User, record: Record, entry: Any, version: int, reason: str, at: dt.datetime | None = None) -> Plan:
    """Write a new change to `record` that puts back what an entry of its history held, as far as it can be.

    `version` is the one that was read with the plan. Raises `Conflict` when the record has been saved since, `Refused`
    without a reason or where nothing would change, and what the record's own action raises.
    """
    if not reason.strip():
        raise Refused(_("Say why."))
    record = type(record)._default_manager.get(pk=record.pk)
    if record.version != version:
        raise Conflict
    found = plan(record=record, entry=entry)
    if not found.changes:
        raise Refused(_("It says this already: nothing would change."))
    links = dict(_apply(record, found))

    def write() -> None:
        for name, targets in links.items():
            getattr(record, name).set(targets)

    record._change_reason = reason[:REASON_LENGTH_IN_HISTORY]  # type: ignore[union-attr] # simple-history's own hook
    if isinstance(record, Commitment):
        given = reason[:REASON_LENGTH]
        commitments.edit(by=by, commitment=record, version=version, reason=given, write=write, at=at or timezone.now())
    else:
        shared_records.save(by=by, record=record, version=version, write=write, at=at)
    return found


def _apply(record: Record, found: Plan) -> Iterator[tuple[str, list[Model]]]:
    """Set the changed fields on the record in hand; yields the links, which are set once it is saved."""
    linked = {relation.name for relation in type(record)._meta.many_to_many}
    for change in found.changes:
        if change.name in linked:
            yield change.name, change.after
        else:
            setattr(record, change.name, change.after)


def _plan_column(found: Plan, column: "Field[Any, Any]", record: Record, was: Model, *, is_kept: bool) -> None:
    if getattr(record, column.attname) == getattr(was, column.attname):
        return
    if is_kept:
        found.kept.append(column.name)
    elif _is_gone(column, was):
        found.lost.append(column.name)
    else:
        found.changes.append(Change(column.name, getattr(record, column.name), getattr(was, column.name)))


def _links(record: Record, entry: Any) -> Iterator[tuple[Change, bool]]:
    """What each list of links held then, of that which is still there, and whether that is all of it.

    A save writes its entry before its lists are set, and one more for each: the last of its version holds them all.
    """
    entries: Any = type(entry)._default_manager
    entry = entries.filter(id=record.pk, version=entry.version).latest("history_id")
    for relation in _tracked_links(type(record)):
        model: Any = relation.related_model
        keys = set(getattr(entry, relation.name).values_list(f"{relation.m2m_reverse_field_name()}_id", flat=True))
        then = list(model._default_manager.filter(pk__in=keys))
        now = list(getattr(record, relation.name).all())
        yield Change(relation.name, sorted(now, key=str), sorted(then, key=str)), len(then) == len(keys)


def _tracked_links(model: type[VersionedModel]) -> list[Any]:
    history: Any = model.history.model  # type: ignore[attr-defined] # simple-history's own
    tracked = {relation.name for relation in getattr(history, "_history_m2m_fields", ())}
    return [relation for relation in model._meta.many_to_many if relation.name in tracked]


def untracked(model: type[VersionedModel]) -> list[str]:
    """The names of the lists of links that this record's history does not hold."""
    tracked = {relation.name for relation in _tracked_links(model)}
    return [relation.name for relation in model._meta.many_to_many if relation.name not in tracked]


def _uncertain_dates(model: type[Model]) -> dict[str, list[str]]:
    return {
        name: value.columns for name, value in vars(model).items() if isinstance(value, OptionalUncertainDateAttribute)
    }


def _is_gone(column: "Field[Any, Any]", was: Model) -> bool:
    """Whether the field named a row that is no longer there."""
    key = getattr(was, column.attname)
    if column.related_model is None or key is None:
        return False
    model: Any = column.related_model
    return not model._base_manager.filter(pk=key).exists()
