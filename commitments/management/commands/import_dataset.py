"""Import another tracker's data by a mapping, or say what would be imported, and what not and why."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.actions.service_accounts import AccountCanLogIn
from commitments.imports.datasets.mapping import MappingRefused, read_mapping
from commitments.imports.datasets.run import FileRefused, Report, import_dataset


class Command(BaseCommand):
    help = "Import another tracker's file as drafts, by a mapping (docs/import-dataset.md). Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mapping", type=Path, help="what the columns and words of the file mean here (TOML)")
        parser.add_argument("file", type=Path, help="the file: CSV or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="try everything, write nothing")
        parser.add_argument(
            "--publish", action="store_true", help="publish what one person may publish; verdicts stay drafts"
        )

    def handle(self, *args: Any, mapping: Path, file: Path, dry_run: bool, publish: bool, **options: Any) -> None:
        try:
            read = read_mapping(_content(mapping))
            report = import_dataset(read, file.name, _content(file), publish=publish, dry_run=dry_run)
        except MappingRefused as refused:
            self._refuse([f"{mapping.name}: {problem}" for problem in refused.problems])
        except FileRefused as refused:
            self._refuse([str(problem) for problem in refused.problems])
        except AccountCanLogIn as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        else:
            self._tell(report)
            if dry_run:
                self.stdout.write("Tried only: nothing was written.")

    def _refuse(self, problems: list[str]) -> None:
        for problem in problems:
            self.stderr.write(problem)
        raise CommandError(f"Nothing was imported: {len(problems)} problem{'s' * (len(problems) > 1)}.")

    def _tell(self, report: Report) -> None:
        for note in report.notes:
            self.stdout.write(note)
        for heading, problems in (("Not imported:", report.lost), ("Imported, to be looked at:", report.remarks)):
            if problems:
                self.stdout.write(heading)
            for problem in problems:
                self.stdout.write(f"  {problem}")
        self.stdout.write(f"Rows: {report.rows}, of which {report.imported_rows} are imported.")
        for what, number in sorted(report.counts.items()):
            self.stdout.write(f"{what[:1].upper()}{what[1:]}: {number}")
        if report.averages.compared:
            self.stdout.write(
                f"Averages: {report.averages.equal} of {report.averages.compared} are those of the file's own scores."
            )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read ({error.strerror}).") from error
