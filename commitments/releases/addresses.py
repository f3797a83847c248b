"""Where a release can be found on this site, and where its files lie."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse


def release_address(site: str, version: str) -> str:
    """The permanent address of a release."""
    return f"{site}{reverse('release', args=[version])}"


def directory(version: str) -> Path:
    """The folder of a release's files."""
    return Path(settings.RELEASES_DIR) / version
