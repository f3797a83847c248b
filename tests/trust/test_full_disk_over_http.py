"""Nothing is acknowledged on a disk that is full. The long form: `python -m tests.trust.full_disk`."""

from pathlib import Path

import pytest

from tests.trust import full_disk

# The tables that it is given are copied from the tests' own, which are made where a test asks for them.
pytestmark = [pytest.mark.once, pytest.mark.django_db]


def test_editors_are_told_that_it_is_not_saved_and_lose_nothing(tables: Path | None) -> None:
    row = full_disk.row(2, tables)

    assert row.met, row
