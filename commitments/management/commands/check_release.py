"""Prove that a release is still what was released."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.models import Release
from commitments.releases.check import findings, other_programs


class Command(BaseCommand):
    help = "Take the checksums of a release's files again, make it once more from the record, and compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version", help="the release, as 2026.11")
        parser.add_argument("--directory", type=Path, metavar="DIR", help="where its files are (default: their place)")
        parser.add_argument("--only-checksums", action="store_true", help="do not make it again")

    def handle(self, *args: Any, version: str, directory: Path | None, only_checksums: bool, **options: Any) -> None:
        release = Release.objects.filter(version=version).first()
        if release is None:
            known = ", ".join(Release.objects.values_list("version", flat=True)) or "none yet"
            raise CommandError(f"There is no release {version}. Releases: {known}.")
        count = 0
        for finding in findings(release, folder=directory, rebuild=not only_checksums):
            count += 1
            self.stderr.write(finding)
        if count:
            for name, (then, now) in other_programs(release).items():
                self.stderr.write(f"It was written with {name} {then}; here is {now}, which may write other bytes.")
            raise CommandError(f"{count} finding{'s' * (count > 1)} in release {version}.")
        self.stdout.write(f"OK: release {version}, {len(release.manifest['files'])} files")
