"""Holding a record that is not saved against its table's check constraints, without asking the database.

Django asks it once a constraint: for thousands of rows that takes minutes. The rules themselves stay in the models.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from django.db.models import CheckConstraint, F, Model, Q

type Truth = bool | None
type Test = Callable[[Model], Truth]

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
    for constraint, holds in _tests(type(record)):
        # As in SQL, what is unknown breaks nothing.
        if holds(record) is False:
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


@cache
def _tests(model: type[Model]) -> tuple[tuple[CheckConstraint, Test], ...]:
    """Each check constraint of a table with what tells whether it holds of one: read once, asked often."""
    checks = (one for one in model._meta.constraints if isinstance(one, CheckConstraint))
    return tuple((check, _all_of(model, check.condition)) for check in checks)


def _all_of(model: type[Model], condition: Any) -> Test:
    tests = [
        _all_of(model, child) if isinstance(child, Q) else _comparison(model, *child) for child in condition.children
    ]
    decisive, is_negated = condition.connector == Q.OR, bool(condition.negated)

    def holds(record: Model) -> Truth:
        truth: Truth = not decisive
        for test in tests:
            found = test(record)
            if found is decisive:
                truth = decisive
                break
            if found is None:
                truth = None
        return truth if truth is None else truth != is_negated

    return holds


def _comparison(model: type[Model], path: str, other: Any) -> Test:
    name, _separator, lookup = path.partition("__")
    value = _value(model, name)
    if lookup == "isnull":
        return lambda record: bool((value(record) is None) == other)
    compare = _LOOKUPS[lookup or "exact"]
    against = _value(model, other.name) if isinstance(other, F) else lambda _record: other  # type: ignore[attr-defined] # not in the stubs

    def holds(record: Model) -> Truth:
        left, right = value(record), against(record)
        return None if left is None or right is None else compare(left, right)

    return holds


def _value(model: type[Model], name: str) -> Callable[[Model], Any]:
    """What gives the value of a record's column by the name of its field."""
    if name == "id":
        return attrgetter("pk")
    field: Any = model._meta.get_field(name)
    if not field.is_relation:
        return attrgetter(name)

    def key(record: Model) -> Any:
        # What it refers to may be unsaved as well: then there is no key yet.
        related = getattr(record, name, None) if field.is_cached(record) else None
        found = getattr(record, field.attname)
        return found if found is not None or related is None else related

    return key
