"""The site's own user of the database adds to the record and cannot rewrite it (deploy/postgresql/roles.sql).

SQLite has no users: there this module is left out (conftest.py).
"""

from collections.abc import Callable, Iterator

import pytest
from django.db import ProgrammingError, connection, transaction

from commitments import guards
from commitments.actions import developments as development_actions
from commitments.codelists import Status
from commitments.models import Commitment, Revision, StatusChange
from tests.deploy.append_only import ROLES, append_only
from tests.factories import (
    make_commitment,
    make_development,
    make_document,
    make_draft_development,
    make_user,
    merge,
)


@pytest.fixture
def as_the_site(db: None) -> Iterator[None]:
    """The roles as they are set up, and this connection as the site's; all undone with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ROLES.read_text())
        # The rights of a user whose password nobody needs here.
        cursor.execute("SET LOCAL ROLE tracker")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refused(statement: str) -> bool:
    """Whether the database refuses it for want of rights, and not for another reason."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        message = str(error)
        return "permission denied" in message or "must be owner" in message or "must have admin option" in message
    return False


@pytest.mark.usefixtures("as_the_site")
def test_it_changes_nothing_that_is_append_only_and_empties_no_table() -> None:
    for table in sorted(append_only()):
        column = "history_id" if table.startswith("commitments_historical") else "id"
        assert refused(f"UPDATE {table} SET {column} = {column}"), table
        assert refused(f"DELETE FROM {table}"), table
    for table in connection.introspection.table_names():
        assert refused(f"TRUNCATE {table} CASCADE"), table


@pytest.mark.usefixtures("as_the_site")
def test_it_drops_no_guard_and_changes_no_table() -> None:
    for guard in guards.GUARDS:
        assert refused(f"DROP TRIGGER {guard.name} ON {guard.table}"), guard.name
        assert refused(f"ALTER TABLE {guard.table} DISABLE TRIGGER {guard.name}"), guard.name
        assert refused(f"DROP FUNCTION {guard.name}() CASCADE"), guard.name
    for statement in (
        "ALTER TABLE commitments_revision ADD COLUMN extra integer",
        "DROP TABLE commitments_revision CASCADE",
        "CREATE TABLE other (id integer)",
        "CREATE TEMPORARY TABLE commitments_evidence (development_id integer)",
        "CREATE FUNCTION other() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION guard_truncate() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
        "GRANT tracker_owner TO tracker",
    ):
        assert refused(statement), statement


@pytest.mark.usefixtures("as_the_site")
def test_the_owner_may() -> None:
    """What the tests above look for: without the roles nothing of it is refused for want of rights."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")

    assert not refused("ALTER TABLE commitments_revision DISABLE TRIGGER guard_revision_update")
    assert not refused("UPDATE django_migrations SET id = id")


def _publish() -> None:
    commitment = make_commitment("R-01")
    make_development(commitment, status=Status.DELIVERED, happened="2024-02-08", documents=(make_document(),))


def _merge() -> None:
    merge(make_commitment("R-02"), make_commitment("R-03"))


def _throw_a_draft_away() -> None:
    draft = make_draft_development(make_commitment("R-04"))
    development_actions.delete_draft(by=make_user("editor"), development=draft, version=draft.version)


@pytest.mark.usefixtures("as_the_site")
@pytest.mark.parametrize("work", [_publish, _merge, _throw_a_draft_away])
def test_it_may_do_its_work(work: Callable[[], None]) -> None:
    work()

    if work is _publish:
        assert Commitment.objects.get().status == Status.DELIVERED
        assert Revision.objects.count() >= 2
        assert StatusChange.objects.exists()
