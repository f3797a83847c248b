"""What has to survive a power cut."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until the disk has this file or, of a folder, its entries. Raises `OSError`."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
