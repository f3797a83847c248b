"""A database of synthetic commitments made so many times as large, by itself and in minutes.

    DATABASE_URL=... python -m tests.benchmarks.copies 10

Each commitment comes again under other codes, with all that hangs on it: as many to a country, sector and summit as if
they had been generated one by one, which takes hours. What is written twice says the same, and the hashes of revisions
are those of the first: pages are timed here, nothing is proved.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import django
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import AutoField, Max, Model

# What is copied, each after what it refers to. Statements of summits, parties and sectors stay one.
_COPIED = (
    "document", "commitment", "commitmentparty", "commitmentcountry", "commitment_sectors", "wording", "amount",
    "development", "evidence", "statuschange", "revision", "searchentry",
)  # fmt: skip
# The part of a trigger's name by which the full-text index of SQLite is kept.
_INDEXING = "search_"


def copy(times: int) -> None:
    """Write every commitment, with what hangs on it, until each is there so many times. On a database at rest."""
    models = [apps.get_model("commitments", name) for name in _COPIED]
    spans = {model: model._default_manager.aggregate(found=Max("pk"))["found"] for model in models}
    with _without_triggers(), transaction.atomic():
        for copy_number in range(1, times):
            for model in models:
                _copy(model, copy_number, spans)
            print(f"\r{copy_number + 1} times", end="", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _copy(model: type[Model], copy_number: int, spans: Mapping[type[Model], int]) -> None:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    columns = ", ".join(_column(field) for field in fields)
    values = ", ".join(_value(field, copy_number, spans) for field in fields)
    table, key = connection.ops.quote_name(model._meta.db_table), _column(model._meta.pk)
    which = f"{key} <= %s"
    if model._meta.model_name == "document":
        which += f" AND {key} IN (SELECT document_id FROM commitments_evidence)"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {which}", [spans[model]])


def _column(field: Any) -> str:
    return connection.ops.quote_name(field.column)


def _value(field: Any, copy_number: int, spans: Mapping[type[Model], int]) -> str:
    """What a column of the copy holds, in SQL over the row that is copied."""
    column, name = _column(field), f"{field.model._meta.model_name}.{field.name}"
    if name == "commitment.code":
        return f"replace({column}, '-', 'X{copy_number}-')"
    if name == "document.url":
        return f"{column} || '/{copy_number}'"
    refers_to = field.model if isinstance(field, AutoField) else field.related_model
    # What words a commitment is the statement of its summit.
    if refers_to in spans and name != "wording.document":
        return f"{column} + {copy_number * spans[refers_to]}"
    return column


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Let history be written in bulk, as no site may; only the full-text index follows what is written."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [(name, sql) for name, sql in cursor.fetchall() if not name.startswith(_INDEXING)]
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    copy(int(sys.argv[1]))
