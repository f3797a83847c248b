"""Migrations say what the models say, and can be taken back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from commitments import guards

_APP = "commitments"


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration(capsys: pytest.CaptureFixture[str]) -> None:
    # Exits with an error, and prints what is missing, if a migration is.
    call_command("makemigrations", check=True, dry_run=True)

    assert "No changes detected" in capsys.readouterr().out


@pytest.mark.django_db
def test_every_migration_is_applied() -> None:
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_migrations_have_names_that_say_what_they_do() -> None:
    loader = MigrationLoader(None)  # of files alone: no database
    names = [name for app, name in loader.disk_migrations or () if app == _APP]

    assert names
    assert [name for name in names if "auto" in name] == []


@pytest.mark.django_db(transaction=True)
def test_the_app_can_be_taken_back_to_nothing_and_put_up_again() -> None:
    try:
        call_command("migrate", _APP, "zero", verbosity=0)
        with connection.cursor() as cursor:
            left = [table for table in connection.introspection.table_names(cursor) if table.startswith("commitments_")]
    finally:
        # The other tests need their tables.
        call_command("migrate", verbosity=0)

    assert left == []
    assert guards.missing(connection) == []
