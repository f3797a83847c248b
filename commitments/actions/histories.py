"""The editors' history of commitments: one entry a write, made once everything that the write saves is there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from commitments.models import Commitment, User
from commitments.readings import Reading

CREATED, CHANGED = "+", "~"


@contextmanager
def none_yet(commitment: Commitment) -> Iterator[None]:
    """Within, saving this row and its links adds no entry; `add` does so at the end of the write."""
    commitment.skip_history_when_saving = True  # type: ignore[attr-defined] # simple-history's own hook
    try:
        yield
    finally:
        del commitment.skip_history_when_saving  # type: ignore[attr-defined]


def add(*, by: User, reading: Reading, kind: str) -> None:
    """Add an entry of each of these commitments as it is stored, with its links, and the reason that it was given.

    Copied within the database: the columns of a thousand rows need not come here and go back.
    """
    by_reason: dict[str | None, list[int]] = {}
    for commitment in reading.commitments:
        by_reason.setdefault(getattr(commitment, "_change_reason", None), []).append(commitment.pk)
    for reason, pks in by_reason.items():
        said = {
            "history_date": connection.ops.adapt_datetimefield_value(timezone.now()),
            "history_type": kind,
            "history_user_id": by.pk,
            "history_change_reason": reason,
        }
        _copy_rows(pks, said)
        for relation in ("sectors", "sdg_targets"):
            linked = set(reading.having(relation)).intersection(pks)
            if linked:
                _copy_links(relation, sorted(linked), said["history_date"])


def _copy_rows(pks: Sequence[int], said: dict[str, Any]) -> None:
    history: Any = Commitment.history.model
    copied = _names([column.column for column in history.tracked_fields])
    own = _names(list(said))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {history._meta.db_table} ({copied}, {own})"
            f" SELECT {copied}, {_places(said)} FROM {Commitment._meta.db_table}"
            f" WHERE id IN ({_places(pks)}) ORDER BY id",
            [*said.values(), *pks],
        )


def _copy_links(relation: str, pks: Sequence[int], entered: Any) -> None:
    """Copy the links of these commitments to the entries that were made of them at the moment `entered`."""
    history: Any = Commitment.history.model
    through = getattr(Commitment, relation).through
    names = [column.column for column in through._meta.fields]
    copied = ", ".join(f"link.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {getattr(history, relation).model._meta.db_table} ({_names(names)}, history_id)"
            f" SELECT {copied}, entry.history_id FROM {through._meta.db_table} AS link"
            f" JOIN {history._meta.db_table} AS entry ON entry.id = link.commitment_id"
            f" WHERE entry.id IN ({_places(pks)}) AND entry.history_date = %s ORDER BY link.id",
            [*pks, entered],
        )


def _names(columns: Sequence[str]) -> str:
    return ", ".join(connection.ops.quote_name(column) for column in columns)


def _places(parameters: Any) -> str:
    return ", ".join(["%s"] * len(parameters))
