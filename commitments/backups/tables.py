"""The tables of a database as it is, whatever models the code has: a backup also holds those of an earlier version."""

from django.db.backends.base.base import BaseDatabaseWrapper

from commitments import marks

_MIGRATIONS = "django_migrations"
# They hold rows from the first `migrate` on.
_ALWAYS = frozenset(
    {
        _MIGRATIONS,
        "django_content_type",
        "auth_permission",
        "auth_group",
        "auth_group_permissions",
    }
)
# What SQLite's full text search keeps for itself: never empty.
_INDEX = "commitments_searchindex"


def count_rows(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows every table has. Marks of changes are none of the record: they begin anew."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table in sorted({*connection.introspection.table_names(cursor)} - {marks.TABLE}):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether it holds nothing that anybody entered."""
    counts = count_rows(connection).items()
    return not any(rows for table, rows in counts if table not in _ALWAYS and not table.startswith(_INDEX))


def migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """The migrations that it has been through."""
    with connection.cursor() as cursor:
        if _MIGRATIONS not in connection.introspection.table_names(cursor):
            return []
        cursor.execute(f"SELECT app, name FROM {_MIGRATIONS}")
        return sorted(f"{app}.{name}" for app, name in cursor.fetchall())
