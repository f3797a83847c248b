"""From the database's rows to sets of commitments."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.aggregates import StringAgg
from django.db.models.functions import Cast
from pyroaring import BitMap

type Groups[K] = dict[K, BitMap]


def grouped(rows: QuerySet[Any, Any], pk: str, *keys: Any, only: Iterable[int] | None = None) -> Groups[Any]:
    """By the value of a column, or the values of several, the commitments that have rows with it.

    `pk` is the column with the commitment's id; `only` these are looked for, if any are named. The database puts the
    ids of a group together: a million rows are then a few thousand.
    """
    if only is not None:
        rows = rows.filter(**{f"{pk}__in": list(only)})
    ids = StringAgg(Cast(pk, TextField()), Value(","))
    found = rows.order_by().values_list(*keys).annotate(subjects=ids)
    return {(row[0] if len(keys) == 1 else row[:-1]): BitMap(map(int, row[-1].split(","))) for row in found.iterator()}


def among(rows: QuerySet[Any, Any], pk: str, only: Iterable[int] | None = None) -> BitMap:
    """The commitments that have any of these rows."""
    if only is not None:
        rows = rows.filter(**{f"{pk}__in": list(only)})
    return BitMap(rows.order_by().values_list(pk, flat=True).iterator(chunk_size=10_000))
