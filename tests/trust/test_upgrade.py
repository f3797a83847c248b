"""An upgrade fails no reader. The long form: `python -m tests.trust.upgrade`."""

from pathlib import Path

import pytest
from django.db import connection

from tests.trust import upgrade

# The tables that it is given are copied from the tests' own, which are made where a test asks for them.
pytestmark = pytest.mark.django_db


def test_readers_read_on_while_workers_are_renewed_and_tables_changed(tables: Path | None) -> None:
    found, control = upgrade.measure(connection.vendor, rounds=1, tables=tables)

    assert found.failures == {}
    assert found.answers > 20
    # Without the care that is taken, readers meet with failures, and this test sees them.
    assert control.failures
