"""What has to survive a power cut, and what a disk refuses."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until the disk has this file or, of a folder, its entries. Raises `OSError`."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refusal(error: OSError, where: Path | str) -> str:
    """What the system says of a file that could not be read or written, in a sentence; `where`, if it names none."""
    return f"{error.filename or where}: {error.strerror or error}."
