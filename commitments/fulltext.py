"""What full-text search keeps in each database beside the table of entries, and how to put it there.

Both engines split an entry at its spaces and nowhere else, so that the stems made in Python are the words of the
index: SQLite by FTS5's `ascii` tokenizer, to which everything but ASCII punctuation is part of a word, PostgreSQL by a
function of our own, because its parser takes numbers, hyphens and foreign letters apart by rules that differ between
servers.

SQLite drops a table's triggers when a migration remakes the table, so they are put back after every `migrate`
(`apps.py`). Imports no models: it is needed before they are loaded.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ENTRIES = "commitments_searchentry"
COLUMNS = frozenset({"commitment_id", "title", "body"})

# SQLite: the FTS5 table, which reads the texts from the entries.
INDEX = "commitments_searchindex"
_INTO_INDEX = f"INSERT INTO {INDEX} (rowid, title, body) VALUES (NEW.commitment_id, NEW.title, NEW.body);"
_OUT_OF_INDEX = (
    f"INSERT INTO {INDEX} ({INDEX}, rowid, title, body) VALUES ('delete', OLD.commitment_id, OLD.title, OLD.body);"
)
_SQLITE = {
    INDEX: (
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5"
        f" (title, body, content='{ENTRIES}', content_rowid='commitment_id', tokenize='ascii')"
    ),
    **{
        f"search_{event.lower()}": (
            f"CREATE TRIGGER search_{event.lower()} AFTER {event} ON {ENTRIES} BEGIN {' '.join(actions)} END"
        )
        for event, actions in {
            "INSERT": [_INTO_INDEX],
            "UPDATE": [_OUT_OF_INDEX, _INTO_INDEX],
            "DELETE": [_OUT_OF_INDEX],
        }.items()
    },
}

# PostgreSQL: a stored column made of the entry, and its index. A changed function needs a new name, and so a new
# column: stored values are not made anew.
WORDS = "words"
_FUNCTION = "commitments_search_words"
_GIN = "commitments_searchentry_words"
_POSTGRESQL = (
    # Quoted, so that no word can be taken for a position or a weight.
    f"""
    CREATE OR REPLACE FUNCTION {_FUNCTION}(entry text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $search$
        SELECT coalesce(
            string_agg($$'$$ || replace(replace(word, $$\\$$, $$\\\\$$), $$'$$, $$''$$) || $$':$$ || place, ' '), ''
        )::tsvector
        FROM unnest(string_to_array(entry, ' ')) WITH ORDINALITY AS words (word, place)
        WHERE word <> ''
    $search$
    """,
    f"""
    ALTER TABLE {ENTRIES} ADD COLUMN IF NOT EXISTS {WORDS} tsvector GENERATED ALWAYS AS (
        setweight({_FUNCTION}(title), 'A') || setweight({_FUNCTION}(body), 'B')
    ) STORED
    """,
    f"CREATE INDEX IF NOT EXISTS {_GIN} ON {ENTRIES} USING gin ({WORDS})",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing on this database and index the entries it holds. Safe to repeat.

    Does nothing where the entries' table is not there, or not yet as it is now.
    """
    if not _has_entries(connection) or not missing(connection):
        return
    statements = _POSTGRESQL if connection.vendor == "postgresql" else _sqlite()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove all of it from this database; the entries stay."""
    if connection.vendor == "postgresql":
        statements = [
            f"ALTER TABLE {ENTRIES} DROP COLUMN IF EXISTS {WORDS}",
            f"DROP FUNCTION IF EXISTS {_FUNCTION}(text)",
        ]
    else:
        statements = _sqlite_drops()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of what this database lacks, or holds in another form, in the order of creation."""
    if connection.vendor == "postgresql":
        query = "SELECT indexname, '' FROM pg_indexes WHERE schemaname = current_schema()"
        expected = dict.fromkeys([_GIN], "")
    else:
        query = "SELECT name, sql FROM sqlite_master"
        expected = _SQLITE
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = dict(cursor.fetchall())
    return [name for name, definition in expected.items() if present.get(name) != definition]


def _has_entries(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        if ENTRIES not in connection.introspection.table_names(cursor):
            return False
        columns = {column.name for column in connection.introspection.get_table_description(cursor, ENTRIES)}
    return columns >= COLUMNS


def _sqlite() -> list[str]:
    # Anew as a whole: while one part was missing, the index may have missed changes.
    return [*_sqlite_drops(), *_SQLITE.values(), f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')"]


def _sqlite_drops() -> list[str]:
    triggers = [name for name in _SQLITE if name != INDEX]
    return [*(f"DROP TRIGGER IF EXISTS {name}" for name in triggers), f"DROP TABLE IF EXISTS {INDEX}"]
