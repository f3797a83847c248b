"""Pages by cursor: from a key that never changes, so that nothing is skipped or repeated while others write."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from commitments.api.asked import Asked, Cursor


@dataclass(frozen=True)
class Page:
    """The keys of one page, in order, and the cursors of its neighbours."""

    keys: Sequence[int]
    next: str | None
    previous: str | None


def page(queryset: QuerySet[Any], asked: Asked) -> Page:
    """The page asked for of a queryset, by its primary key."""
    cursor, size = asked.cursor or Cursor(is_before=False, key=0), asked.size
    if cursor.is_before:
        found = _keys(queryset.filter(pk__lt=cursor.key).order_by("-pk"), size + 1)
        keys = found[:size][::-1]
        after = keys[-1] if keys else cursor.key - 1
        return Page(keys, f"a{after}" if after else None, f"b{keys[0]}" if len(found) > size else None)
    found = _keys(queryset.filter(pk__gt=cursor.key).order_by("pk"), size + 1)
    keys = found[:size]
    before = keys[0] if keys else cursor.key + 1
    return Page(keys, f"a{keys[-1]}" if len(found) > size else None, f"b{before}" if asked.cursor else None)


def _keys(queryset: QuerySet[Any], number: int) -> list[int]:
    return list(queryset.values_list("pk", flat=True)[:number])
