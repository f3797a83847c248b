"""Holding a record that is not saved against its table's check constraints, without asking the database.

Django asks it once a constraint: for thousands of rows that takes minutes. The rules themselves stay in the models.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import CheckConstraint, F, Model, Q

type Truth = bool | None

_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, other: bool(value == other),
    "gt": lambda value, other: bool(value > other),
    "gte": lambda value, other: bool(value >= other),
    "lt": lambda value, other: bool(value < other),
    "lte": lambda value, other: bool(value <= other),
    "in": lambda value, other: value in other,
    "regex": lambda value, other: re.search(other, value) is not None,
}


def broken(record: Model) -> Iterator[CheckConstraint]:
    """The check constraints of the record's table that it breaks."""
    for constraint in record._meta.constraints:
        # As in SQL, what is unknown breaks nothing.
        if isinstance(constraint, CheckConstraint) and _holds(record, constraint.condition) is False:
            yield constraint


def fields_of(constraint: CheckConstraint) -> list[str]:
    """The names of the fields that a constraint speaks of, in its own order, each once."""
    return list(dict.fromkeys(_names(constraint.condition)))


def _names(condition: Any) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
        else:
            yield child[0].partition("__")[0]
            if isinstance(child[1], F):
                yield child[1].name  # type: ignore[attr-defined] # not in the stubs


def _holds(record: Model, condition: Any) -> Truth:
    truths = [
        _holds(record, child) if isinstance(child, Q) else _compare(record, *child) for child in condition.children
    ]
    decisive: bool = condition.connector == Q.OR
    truth: Truth = not decisive
    if decisive in truths:
        truth = decisive
    elif None in truths:
        truth = None
    return truth if truth is None else truth != bool(condition.negated)


def _compare(record: Model, path: str, other: Any) -> Truth:
    name, _separator, lookup = path.partition("__")
    value = _value(record, name)
    if lookup == "isnull":
        return bool((value is None) == other)
    if isinstance(other, F):
        other = _value(record, other.name)  # type: ignore[attr-defined] # not in the stubs
    if value is None or other is None:
        return None
    return _LOOKUPS[lookup or "exact"](value, other)


def _value(record: Model, name: str) -> Any:
    if name == "id":
        return record.pk
    field = record._meta.get_field(name)
    if not field.is_relation:
        return getattr(record, name)
    # What it refers to may be unsaved as well: then there is no key yet.
    related = getattr(record, name, None) if field.is_cached(record) else None  # type: ignore[union-attr]
    key = getattr(record, field.attname)  # type: ignore[union-attr]
    return key if key is not None or related is None else related
