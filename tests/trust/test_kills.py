"""What was acknowledged is kept though its servers are killed. The long form: `python -m tests.trust.kills`."""

from pathlib import Path

import pytest
from django.db import connection

from tests.trust import kills

# The tables that it is given are copied from the tests' own, which are made where a test asks for them.
pytestmark = pytest.mark.django_db


def test_what_was_acknowledged_is_there_once_though_everything_was_killed(tables: Path | None) -> None:
    found = kills.run(connection.vendor, acknowledged=24, kills=2, seconds=60, tables=tables)

    assert found.acknowledged >= 24
    assert sum(found.kills.values()) == 2
    assert (found.lost, found.doubled, found.half, found.history) == ([], [], [], "")


@pytest.mark.once
def test_a_site_that_acknowledges_what_it_undoes_is_found_out(tables: Path | None) -> None:
    found = kills.run("sqlite", acknowledged=20, kills=0, seconds=60, planted=True, tables=tables)

    assert found.lost
    assert not found.is_whole
