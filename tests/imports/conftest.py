"""What the tests of the imports share."""

from pathlib import Path

import pytest

from commitments.imports.seeds.load import load_seeds
from tests.imports.seed_folder import SeedFolder, small_world


@pytest.fixture
def folder(tmp_path: Path) -> SeedFolder:
    """A folder of seed files that loads as it is."""
    return small_world(tmp_path)


@pytest.fixture
def loaded(folder: SeedFolder) -> SeedFolder:
    """The folder, after it was loaded."""
    load_seeds(folder.path)
    return folder
