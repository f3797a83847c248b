"""Load the seed data, or say everything that is wrong with it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from commitments.imports.seeds.accounts import AccountCanLogIn
from commitments.imports.seeds.files import SEED_FILES
from commitments.imports.seeds.ledger import Outcome
from commitments.imports.seeds.load import Report, SeedsRefused, load_seeds


class Command(BaseCommand):
    help = "Load the seed data. Safe to repeat: what is loaded already, or was changed by an editor, is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=Path(settings.BASE_DIR) / "seeds",
            help="folder of the seed files (default: seeds/ of the project)",
        )
        parser.add_argument("--check", action="store_true", help="try everything, write nothing")

    def handle(self, *args: Any, folder: Path, check: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}: name the one that holds the seed files.")
        try:
            report = load_seeds(folder, only_check=check)
        except SeedsRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            count = len(refused.problems)
            raise CommandError(f"Nothing was loaded: {count} problem{'s' * (count > 1)} in {folder}.") from refused
        except AccountCanLogIn as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self._summarise(report)
        if check:
            self.stdout.write("Checked only: nothing was written.")

    def _summarise(self, report: Report) -> None:
        for notice in report.notices:
            self.stdout.write(str(notice))
        if all(outcome == Outcome.UNCHANGED for _file, outcome in report.outcomes):
            self.stdout.write(f"Seed data: all {report.outcomes.total()} rows are loaded already.")
            return
        heads = [outcome.name.lower().replace("_", " ") for outcome in Outcome]
        self.stdout.write(f"{'':24}" + "".join(f"{head:>12}" for head in heads))
        for file in SEED_FILES:
            counts = [report.outcomes[file.name, outcome] for outcome in Outcome]
            self.stdout.write(f"{file.name:24}" + "".join(f"{count:12}" for count in counts))
