"""A folder of seed files for a test: a small world that loads, which the test then changes."""

import csv
from pathlib import Path

from commitments.actions import replay
from commitments.imports.seeds.files import SEED_FILES
from commitments.imports.seeds.load import load_seeds
from commitments.models import Commitment

type Cells = dict[str, str]

HEADERS = {file.name: [column.name for column in file.columns] for file in SEED_FILES}


class SeedFolder:
    """The files of a seed folder. Every change is written at once; a cell that is not named is empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[str, list[Cells]] = {name: [] for name in HEADERS}
        for name in HEADERS:
            self._write(name)

    def add(self, file: str, /, **cells: str) -> int:
        """Add a row at the end of a file. Returns its number, as a spreadsheet shows it."""
        self.rows[file].append(cells)
        self._write(file)
        return len(self.rows[file]) + 1

    def insert(self, file: str, row: int, /, **cells: str) -> None:
        """Add a row so that it has this number."""
        self.rows[file].insert(row - 2, cells)
        self._write(file)

    def change(self, file: str, row: int = 2, /, **cells: str) -> None:
        """Change some cells of the row with this number."""
        self.rows[file][row - 2] |= cells
        self._write(file)

    def remove(self, file: str, row: int = 2) -> None:
        """Remove the row with this number."""
        del self.rows[file][row - 2]
        self._write(file)

    def _write(self, file: str) -> None:
        with (self.path / file).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, HEADERS[file])
            writer.writeheader()
            writer.writerows(self.rows[file])


def load(folder: SeedFolder) -> list[str]:
    """Load a folder, prove that the history agrees with the record, and return what was left alone."""
    notices = [str(notice) for notice in load_seeds(folder.path).notices]
    assert list(replay.findings(Commitment.objects.all())) == []
    return notices


def small_world(path: Path) -> SeedFolder:
    """One promise of the United States to five states, in two documents, kept in October; and an agency, now gone."""
    folder = SeedFolder(path)
    _add_parties(folder)
    _add_sources(folder)
    _add_commitment(folder)
    _add_what_happened(folder)
    return folder


def _add_parties(folder: SeedFolder) -> None:
    for alpha2, alpha3, m49, name, name_ru in (
        ("KZ", "KAZ", "398", "Kazakhstan", "Казахстан"),
        ("US", "USA", "840", "United States of America", "Соединённые Штаты Америки"),
    ):
        folder.add("countries.csv", alpha2=alpha2, alpha3=alpha3, m49=m49, name_en=name, name_ru=name_ru)
    folder.add("sectors.csv", code="322", name="Mineral Resources & Mining", short_label="Mining")
    folder.add("sectors.csv", code="32210", parent="322", name="Mineral/mining policy")
    folder.add("sdg_targets.csv", code="9.4")
    folder.add("parties.csv", slug="c5", kind="bloc", name="C5")
    folder.add("parties.csv", slug="state", kind="institution", name="State Department", country="US")
    folder.add(
        "parties.csv",
        slug="usaid",
        kind="institution",
        name="USAID",
        country="US",
        abolished_on="2025-07-01",
        successor="state",
    )
    folder.add("memberships.csv", bloc="c5", member="KZ")
    folder.add("series.csv", slug="c5-plus-1", name="C5+1", members="KZ;US")
    folder.add(
        "summits.csv", code="NY-2023", name="New York", series="c5-plus-1", kind="leaders", starts_on="2023-09-19"
    )
    folder.add("participations.csv", summit="NY-2023", party="KZ", role="participant", representative="The president")


def _add_sources(folder: SeedFolder) -> None:
    for key in ("article", "report"):
        folder.add(
            "documents.csv",
            key=key,
            title=f"The {key}",
            publisher="The Gazette",
            kind="news_report",
            source_kind="secondary",
            language="en",
            link_health="unchecked",
            url=f"https://example.org/{key}",
        )


def _add_commitment(folder: SeedFolder) -> None:
    folder.add(
        "commitments.csv",
        code="NY-01",
        summit="NY-2023",
        classification="commitment",
        title="Convene a ministerial",
        summary="The United States will call the ministers together.",
        kind="event",
        strength="announced",
        firmness="declared",
        collectivity="unilateral",
        sectors="32210",
        sdg_targets="9.4",
        made="2023-09-19",
        due="2023-10",
        due_basis="stated",
        verifiability="yes",
        last_checked_on="2026-03-04",
    )
    folder.add("commitment_parties.csv", commitment="NY-01", party="US", role="maker")
    folder.add("commitment_parties.csv", commitment="NY-01", party="c5", role="addressee")
    folder.add("amounts.csv", commitment="NY-01", stage="announced", qualifier="exact", value="100", currency="USD")
    folder.add(
        "wordings.csv",
        commitment="NY-01",
        document="article",
        paragraph="4",
        sentence="2",
        verb="announced",
        strength="announced",
        language="en",
    )
    folder.add(
        "passages.csv",
        document="article",
        paragraph="4",
        sentence="2",
        classification="commitment",
        summary="A ministerial is announced.",
        reason="An actor, an act and a month.",
        commitment="NY-01",
    )


def _add_what_happened(folder: SeedFolder) -> None:
    folder.add(
        "developments.csv",
        key="NY-01-D01",
        commitment="NY-01",
        kind="development",
        happened="2023-10-24",
        summary="The ministers met.",
        status="delivered",
    )
    folder.add(
        "evidence.csv",
        development="NY-01-D01",
        document="report",
        role="verifies_delivery",
        provenance="third_party",
        confidence="high",
    )
