"""What changed since when: a mark for every commitment that a transaction wrote to, made by triggers on both databases.

Whoever keeps something that was made of the record, in memory or in a cache, asks for the state: its name differs
whenever anything the public may read differs, and it says which commitments changed since another state. Triggers write
the marks, so that nothing gets past them: no action, no import, no statement by hand.

PostgreSQL marks with the number of the transaction, of which many run at once: what is below the horizon is over, what
is not may still appear. SQLite, which has one writer at a time, counts. Imports no models, as `fulltext.py` does not.
"""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from commitments.triggers import Trigger, differing, function_statement

TABLE = "commitments_mark"
# Subjects that are no commitment's id: records that commitments refer to, all else the public reads, and whole tables
# that were emptied.
RECORDS, OTHERS, EVERYTHING = 0, -1, -2
# More subjects than this changed, or by more marks: whoever asks had better begin anew.
MOST, _MOST_MARKS = 2_000, 20_000
# Rows that are no marks: which database this is, and the last mark that was thrown away.
_IDENTITY, _FLOOR = -2, -1

# By table, the columns that name the commitments whose public reading a row belongs to.
OF_COMMITMENTS: dict[str, tuple[str, ...]] = {
    "commitments_commitment": ("id",),
    "commitments_commitment_sectors": ("commitment_id",),
    "commitments_commitment_sdg_targets": ("commitment_id",),
    "commitments_commitmentparty": ("commitment_id",),
    "commitments_commitmentcountry": ("commitment_id",),
    "commitments_amount": ("commitment_id",),
    "commitments_activity": ("commitment_id",),
    "commitments_relation": ("source_id", "target_id"),
    "commitments_wording": ("commitment_id",),
    "commitments_development": ("commitment_id",),
    "commitments_statuschange": ("commitment_id",),
    "commitments_revision": ("commitment_id",),
    "commitments_merge": ("kept_id", "absorbed_id"),
    "commitments_searchentry": ("commitment_id",),
}
OF_RECORDS = (
    "commitments_party",
    "commitments_sector",
    "commitments_sdgtarget",
    "commitments_summit",
    "commitments_summitseries",
)
OF_OTHERS = (
    "commitments_assessment",
    "commitments_capture",
    "commitments_coveragesession",
    "commitments_document",
    "commitments_evidence",
    "commitments_linkcheck",
    "commitments_membership",
    "commitments_participation",
    "commitments_passage",
    "commitments_release",
    "commitments_review",
    "commitments_summitseries_members",
)
# No page that is kept shows anything of these: the editors' desk, accounts, queues, and histories, which are written
# together with what they are the history of.
UNMARKED = (
    "commitments_delivery",
    "commitments_distinction",
    "commitments_formdraft",
    "commitments_formkey",
    "commitments_import",
    "commitments_remit",
    "commitments_remit_parties",
    "commitments_remit_sectors",
    "commitments_remit_series",
    "commitments_seedrow",
    "commitments_statusword",
    "commitments_subscription",
    "commitments_suggestion",
    "commitments_user",
    "commitments_user_groups",
    "commitments_user_user_permissions",
)
HISTORIES = "commitments_historical"

_EVENTS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class State:
    """The record as a connection sees it.

    `changed` are the subjects of what has appeared since the view that was asked about; None where they are too many to
    tell or it lies too far back. Whoever took them in asks next time about `view`.
    """

    name: str
    database: int
    # Begins with its horizon: the number of the oldest write that might not be in it.
    view: str
    changed: frozenset[int] | None

    @property
    def horizon(self) -> int:
        return _horizon(self.view)


def state(connection: BaseDatabaseWrapper, since: str = "") -> State:
    """The state that this connection sees, and what changed in it `since` the view of an earlier one. One query."""
    statement = _POSTGRESQL_STATE if connection.vendor == "postgresql" else _SQLITE_STATE
    with connection.cursor() as cursor:
        cursor.execute(statement, {"since": since or None})
        database, floor, view, last, latest, found = cursor.fetchone()
    changed: frozenset[int] | None = None
    if since and floor < _horizon(since) <= _horizon(view):
        subjects = [int(subject) for subject in found.split(",")] if found else []
        changed = frozenset(subjects)
        if len(subjects) > _MOST_MARKS or len(changed) > MOST:
            changed = None
    seen = f"{database} {max(last or 0, floor)} {latest or ''}"
    return State(hashlib.sha256(seen.encode()).hexdigest()[:32], database, view, changed)


def _horizon(view: str) -> int:
    return int(view.partition(":")[0])


# A name is the last mark of those that are over, and each of those that may not be: a transaction appears with its
# mark, whenever it commits, and no two views of the record have both in common. A view is a snapshot: it knows which
# transactions were over, so that nothing is told twice while an old one runs.
# A function, whose plan PostgreSQL keeps: every page asks, and planning would take most of it.
_STATE = "mark_state"
_POSTGRESQL_STATE = f"SELECT * FROM {_STATE}(%(since)s)"
_SIGNATURE = f"""{_STATE}(
    since pg_snapshot,
    OUT database bigint, OUT floor bigint, OUT view text, OUT last bigint, OUT latest text, OUT changed text
) LANGUAGE plpgsql STABLE"""
_BODY = f"""
DECLARE
    seen pg_snapshot := pg_current_snapshot();
    horizon bigint := pg_snapshot_xmin(seen)::text::bigint;
    oldest bigint := pg_snapshot_xmin(since)::text::bigint;
BEGIN
    view := seen::text;
    database := coalesce((SELECT subject FROM {TABLE} WHERE at = {_IDENTITY}), 0);
    floor := coalesce((SELECT subject FROM {TABLE} WHERE at = {_FLOOR}), 0);
    last := (SELECT at FROM {TABLE} WHERE at > 0 AND at < horizon ORDER BY at DESC LIMIT 1);
    latest := (SELECT string_agg(DISTINCT at::text, ',' ORDER BY at::text) FROM {TABLE} WHERE at >= horizon);
    IF since IS NOT NULL THEN
        changed := (
            SELECT string_agg(subject::text, ',') FROM (
                SELECT subject FROM {TABLE}
                WHERE at >= oldest AND NOT pg_visible_in_snapshot(at::text::xid8, since)
                LIMIT {_MOST_MARKS + 1}
            ) AS marked
        );
    END IF;
END
"""
# Not `max(at)`, for which SQLite goes through all marks where it stands within another expression.
_LAST = f"(SELECT at FROM {TABLE} ORDER BY at DESC LIMIT 1)"
_SQLITE_STATE = f"""
SELECT
    coalesce((SELECT subject FROM {TABLE} WHERE at = {_IDENTITY}), 0),
    coalesce((SELECT subject FROM {TABLE} WHERE at = {_FLOOR}), 0),
    CAST(max(0, coalesce({_LAST}, 0)) + 1 AS text),
    max(0, coalesce({_LAST}, 0)),
    '',
    (SELECT group_concat(subject) FROM
        (SELECT subject FROM {TABLE} WHERE at >= CAST(%(since)s AS integer) LIMIT {_MOST_MARKS + 1}) AS marked)
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the table and the triggers on this database. Safe to repeat; does nothing where there are no tables."""
    if not missing(connection):
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if not {*OF_COMMITMENTS, *OF_RECORDS, *OF_OTHERS} <= set(connection.introspection.table_names(cursor)):
            # After a migration back to nothing there is nothing to mark.
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
            return
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE}"
            " (at bigint NOT NULL, subject bigint NOT NULL, PRIMARY KEY (at, subject))"
        )
        if connection.vendor == "postgresql":
            # One that answers with other columns is not replaced.
            cursor.execute(f"DROP FUNCTION IF EXISTS {_STATE}(pg_snapshot)")
            cursor.execute(function_statement(_SIGNATURE, _BODY))
        for trigger in _triggers(connection):
            for statement in trigger.statements():
                cursor.execute(statement)
    # While a trigger was missing, a change may have got past.
    renew(connection)


def renew(connection: BaseDatabaseWrapper) -> None:
    """Begin anew, as after a restore: whatever anybody keeps of this database is then out of date."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
        cursor.execute(
            f"INSERT INTO {TABLE} (at, subject) VALUES (%s, %s), (%s, 0)",
            [_IDENTITY, secrets.randbelow(2**62), _FLOOR],
        )


def prune(connection: BaseDatabaseWrapper, *, dry_run: bool = False) -> int:
    """Throw away the marks of all that is over, and say how many. Who asks about an earlier state begins anew.

    With `dry_run` say how many they are, and keep them.
    """
    horizon = state(connection).horizon
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"SELECT max(at) FROM {TABLE} WHERE at > 0 AND at < %s", [horizon])
        (last,) = cursor.fetchone()
        if last is None:
            return 0
        if dry_run:
            cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE at > 0 AND at < %s", [last])
            return int(cursor.fetchone()[0])
        cursor.execute(f"UPDATE {TABLE} SET subject = %s WHERE at = {_FLOOR}", [last])
        # The last stays: SQLite counts on from it.
        cursor.execute(f"DELETE FROM {TABLE} WHERE at > 0 AND at < %s", [last])
        return int(cursor.rowcount)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of what this database lacks, or has otherwise than it is here, in the order of creation."""
    found = []
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            found.append(TABLE)
        if connection.vendor == "postgresql":
            cursor.execute("SELECT 1 FROM pg_proc WHERE proname = %s AND prosrc = %s", [_STATE, _BODY])
            if not cursor.fetchone():
                found.append(_STATE)
    return found + differing(connection, _triggers(connection))


def _triggers(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    for table, columns in OF_COMMITMENTS.items():
        yield from make(table, columns)
    for table in OF_RECORDS:
        yield from make(table, (str(RECORDS),))
    for table in OF_OTHERS:
        yield from make(table, (str(OTHERS),))


def _name(table: str, event: str) -> str:
    return f"mark_{table.removeprefix('commitments_')}_{event.lower()}"


def _sqlite(table: str, subjects: tuple[str, ...]) -> Iterator[Trigger]:
    """One trigger an event, fired for each row: `subjects` are columns, or a number."""
    for event in _EVENTS:
        rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
        named = dict.fromkeys(one if one.lstrip("-").isdigit() else f"{row}.{one}" for row in rows for one in subjects)
        marks = " ".join(
            f"INSERT INTO {TABLE} (at, subject) SELECT max(0, coalesce({_LAST}, 0)) + 1, {one} WHERE {one} IS NOT NULL;"
            for one in named
        )
        name = _name(table, event)
        yield Trigger(name, f"TRIGGER {name} AFTER {event} ON {table} BEGIN {marks} END")


def _postgresql(table: str, subjects: tuple[str, ...]) -> Iterator[Trigger]:
    """One trigger an event, fired once a statement: a thousand rows are marked by one more statement."""
    for event in _EVENTS:
        rows = {"INSERT": ("new_rows",), "UPDATE": ("old_rows", "new_rows"), "DELETE": ("old_rows",)}[event]
        marked = " UNION ".join(f"SELECT {one} FROM {row}" for row in rows for one in subjects)
        tables = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
        referencing = " ".join(f"{one} TABLE AS {one.lower()}_rows" for one in tables)
        yield _postgresql_trigger(
            table, event, f"SELECT subject FROM ({marked}) AS marked (subject) WHERE subject IS NOT NULL", referencing
        )
    yield _postgresql_trigger(table, "TRUNCATE", f"SELECT {EVERYTHING}")


def _postgresql_trigger(table: str, event: str, subjects: str, referencing: str = "") -> Trigger:
    name = _name(table, event)
    fires = f"AFTER {event} ON {table}{f' REFERENCING {referencing}' if referencing else ''} FOR EACH STATEMENT"
    return Trigger(
        name,
        f"TRIGGER {name} {fires} EXECUTE FUNCTION {name}()",
        name,
        f" BEGIN INSERT INTO {TABLE} (at, subject) SELECT pg_current_xact_id()::text::bigint, marked.subject"
        f" FROM ({subjects}) AS marked (subject) ON CONFLICT DO NOTHING; RETURN NULL; END ",
    )
