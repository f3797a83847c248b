"""Nothing is acknowledged on a disk that is full. The long form: `python -m tests.trust.full_disk`."""

from pathlib import Path

import pytest

from tests.trust import full_disk

# The tables that it is given are copied from the tests' own, which are made where a test asks for them.
pytestmark = [pytest.mark.once, pytest.mark.django_db]


def test_editors_are_told_that_it_is_not_saved_and_lose_nothing(tables: Path | None) -> None:
    found, _meanwhile = full_disk.measure(1, tables)

    assert found.is_whole, found
    assert found.faults[full_disk.NOT_SAVED] > 0
    assert found.faults.total() == found.faults[full_disk.NOT_SAVED]
    # There is room again: what was refused is taken.
    assert found.acknowledged >= full_disk.BEFORE + full_disk.AFTER
