"""What tests of pages share."""

import pytest

from commitments.public import pagination


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of which a page shows five rows: long ones take their time to write."""
    monkeypatch.setattr(pagination, "PER_PAGE", 5)
