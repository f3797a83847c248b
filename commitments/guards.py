"""Triggers that keep history as it was written, on both databases, for whoever goes past Django.

SQLite drops a table's triggers when a migration remakes the table, and refuses to remake a table that another's
triggers read. So those are lifted before the migrations run and all are put back after every `migrate` (`apps.py`);
`manage.py check_history` says which are missing or are not as they are here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from commitments.triggers import Trigger, differing

APPEND_ONLY = "This row is history: add a row that corrects it."
CODE_IS_FIXED = "A code is an address and never changes."
NEEDS_EVIDENCE = "A development needs evidence before it is published."
EVIDENCE_IS_FROZEN = "The evidence of a published development does not change."

HAS_NO_EVIDENCE = (
    "NEW.kind NOT IN ('check', 'reply')"
    " AND NOT EXISTS (SELECT 1 FROM commitments_evidence WHERE development_id = NEW.id)"
    # Who corrects a check or a reply needs no more evidence than that had.
    " AND NOT (NEW.status = '' AND NEW.corrects_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM commitments_evidence WHERE development_id = NEW.corrects_id))"
)
IS_PUBLISHED = (
    "EXISTS (SELECT 1 FROM commitments_development WHERE id = {row}.development_id AND published_at IS NOT NULL)"
)
# A published development goes over to another commitment with the whole of its record, when the two are merged or
# parted again, and in no other way.
DEVELOPMENT_COLUMNS = (
    "id",
    "version",
    "kind",
    "happened_start",
    "happened_end",
    "happened_precision",
    "summary",
    "party_id",
    "status",
    "reason_code",
    "searched",
    "note",
    "corrects_id",
    "entered_by_id",
    "entered_at",
    "approved_by_id",
    "published_at",
)
GOES_OVER = (
    " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in DEVELOPMENT_COLUMNS)
    + " AND EXISTS (SELECT 1 FROM commitments_merge WHERE"
    " (absorbed_id = OLD.commitment_id AND kept_id = NEW.commitment_id AND undone_at IS NULL)"
    " OR (kept_id = OLD.commitment_id AND absorbed_id = NEW.commitment_id AND undone_at IS NOT NULL))"
)


@dataclass(frozen=True)
class Guard:
    """One trigger: before `event` on `table`, when `condition` (SQL over OLD and NEW) holds, refuse with `message`."""

    name: str
    table: str
    event: str
    condition: str
    message: str


GUARDS: tuple[Guard, ...] = (
    *(
        Guard(
            f"guard_{name}_{event.lower()}",
            f"commitments_{name}",
            event,
            "TRUE",
            APPEND_ONLY,
        )
        for name in ("statuschange", "revision", "review", "assessment")
        for event in ("UPDATE", "DELETE")
    ),
    Guard(
        "guard_development_update",
        "commitments_development",
        "UPDATE",
        f"OLD.published_at IS NOT NULL AND NOT ({GOES_OVER})",
        APPEND_ONLY,
    ),
    Guard("guard_development_delete", "commitments_development", "DELETE", "OLD.published_at IS NOT NULL", APPEND_ONLY),
    *(
        Guard(
            f"guard_development_evidence_{event.lower()}",
            "commitments_development",
            event,
            f"NEW.published_at IS NOT NULL AND {HAS_NO_EVIDENCE}",
            NEEDS_EVIDENCE,
        )
        for event in ("INSERT", "UPDATE")
    ),
    Guard(
        "guard_evidence_insert",
        "commitments_evidence",
        "INSERT",
        IS_PUBLISHED.format(row="NEW"),
        EVIDENCE_IS_FROZEN,
    ),
    Guard(
        "guard_evidence_update",
        "commitments_evidence",
        "UPDATE",
        f"{IS_PUBLISHED.format(row='OLD')} OR {IS_PUBLISHED.format(row='NEW')}",
        EVIDENCE_IS_FROZEN,
    ),
    Guard(
        "guard_evidence_delete",
        "commitments_evidence",
        "DELETE",
        IS_PUBLISHED.format(row="OLD"),
        EVIDENCE_IS_FROZEN,
    ),
    *(
        Guard(
            f"guard_{name}_code",
            f"commitments_{name}",
            "UPDATE",
            "NEW.code <> OLD.code",
            CODE_IS_FIXED,
        )
        for name in ("commitment", "summit")
    ),
)
# PostgreSQL's TRUNCATE fires no DELETE trigger.
TRUNCATE_GUARDED = (
    "commitments_statuschange",
    "commitments_revision",
    "commitments_review",
    "commitments_assessment",
    "commitments_development",
    "commitments_evidence",
)
# Nor do the deletions within SQLite's INSERT OR REPLACE and UPDATE OR REPLACE fire one: there, whatever they would
# replace is looked for first.
_REPLACED = {
    "statuschange": "EXISTS (SELECT 1 FROM commitments_statuschange WHERE id = NEW.id)",
    "revision": (
        "EXISTS (SELECT 1 FROM commitments_revision"
        " WHERE id = NEW.id OR (commitment_id = NEW.commitment_id AND number = NEW.number))"
    ),
    "review": "EXISTS (SELECT 1 FROM commitments_review WHERE id = NEW.id)",
    "assessment": (
        "EXISTS (SELECT 1 FROM commitments_assessment WHERE id = NEW.id"
        " OR (commitment_id = NEW.commitment_id AND party_id = NEW.party_id"
        " AND (place = NEW.place OR assessor_id = NEW.assessor_id)))"
    ),
    # Asked apart: few developments correct another, and a table of which nearly every row has no key in a column would
    # be gone through from end to end.
    "development": (
        "(EXISTS (SELECT 1 FROM commitments_development WHERE published_at IS NOT NULL AND id = NEW.id)"
        " OR (NEW.corrects_id IS NOT NULL AND EXISTS (SELECT 1 FROM commitments_development"
        " WHERE published_at IS NOT NULL AND corrects_id = NEW.corrects_id)))"
    ),
    "evidence": (
        "EXISTS (SELECT 1 FROM commitments_evidence AS kept JOIN commitments_development AS owner"
        " ON owner.id = kept.development_id WHERE owner.published_at IS NOT NULL AND kept.id = NEW.id)"
    ),
}
REPLACE_GUARDS: tuple[Guard, ...] = (
    *(
        Guard(f"guard_{name}_replace", f"commitments_{name}", "INSERT", condition, APPEND_ONLY)
        for name, condition in _REPLACED.items()
    ),
    # Rows of the log and revisions are not updated at all.
    *(
        Guard(
            f"guard_{name}_replace_by_update",
            f"commitments_{name}",
            "UPDATE",
            f"NEW.id <> OLD.id AND {_REPLACED[name]}",
            APPEND_ONLY,
        )
        for name in ("development", "evidence")
    ),
    *(
        Guard(
            f"guard_{name}_replace",
            f"commitments_{name}",
            "INSERT",
            f"EXISTS (SELECT 1 FROM commitments_{name} WHERE id = NEW.id AND code <> NEW.code)",
            CODE_IS_FIXED,
        )
        for name in ("commitment", "summit")
    ),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every guard anew on this database. Safe to repeat; does nothing where the tables are not there yet."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        # After a migration back to nothing there is nothing to guard.
        if not {guard.table for guard in GUARDS} <= present:
            return
        for trigger in _triggers(connection):
            for statement in trigger.statements():
                cursor.execute(statement)


def lift_before_migrating(connection: BaseDatabaseWrapper) -> None:
    """Take away, on SQLite, the guards that read another table than their own; `install` puts them back.

    While such a trigger stands, SQLite cannot remake the table that it reads, and so not migrate it.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for guard in (*GUARDS, *REPLACE_GUARDS):
            if "SELECT" in guard.condition:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the guards that this database lacks, or has otherwise than they are here, in their order."""
    return differing(connection, _triggers(connection))


def expected(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of all guards that this database should have."""
    return [trigger.name for trigger in _triggers(connection)]


def _triggers(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _sqlite() -> Iterator[Trigger]:
    for guard in (*GUARDS, *REPLACE_GUARDS):
        yield Trigger(
            guard.name,
            f"TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW WHEN {guard.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END",
        )


def _postgresql() -> Iterator[Trigger]:
    # A trigger's WHEN cannot hold a subquery there, so each condition has its own function.
    for guard in GUARDS:
        returned = "OLD" if guard.event == "DELETE" else "NEW"
        yield Trigger(
            guard.name,
            f"TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
            guard.name,
            f" BEGIN IF {guard.condition} THEN {_refusal(guard.message)} END IF; RETURN {returned}; END ",
        )
    for table in TRUNCATE_GUARDED:
        name = f"guard_{table.removeprefix('commitments_')}_truncate"
        yield Trigger(
            name,
            f"TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()",
            "guard_truncate",
            f" BEGIN {_refusal(APPEND_ONLY)} END ",
        )


def _refusal(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';"
