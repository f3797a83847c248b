"""What every run of a site of its own begins with."""

from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.deploy.site import copy_sqlite


@pytest.fixture(scope="session")
def tables(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Path | None:
    """A file of SQLite with every table and no commitment; None where the tests run on PostgreSQL."""
    if connection.vendor != "sqlite":
        return None
    path = tmp_path_factory.mktemp("tables") / "db.sqlite3"
    with django_db_blocker.unblock():
        copy_sqlite(path)
    return path
