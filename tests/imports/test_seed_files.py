"""The project's own seed files: what their README says of them is so, and they keep to their own rules."""

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from commitments.imports.seeds.files import SEED_FILES

FOLDER = Path(settings.BASE_DIR) / "seeds"
README = (FOLDER / "README.md").read_text()
TABLE_ROW = re.compile(r"^\| `(?P<file>\w+\.csv)` \| (?P<rows>\d+) \| (?P<columns>.+) \|$", re.MULTILINE)
NAME = re.compile(r"`([a-z][a-z0-9_]*)`")
# Stored coverage of the news ends here: nothing in these files can be later.
LAST_NEWS = dt.date(2026, 3, 4)
FILES = [file.name for file in SEED_FILES]

type Cells = dict[str, str]


def rows(name: str) -> list[Cells]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def documented() -> dict[str, re.Match[str]]:
    return {match["file"]: match for match in TABLE_ROW.finditer(README)}


# --- the README -----------------------------------------------------------------------------------------------------


def test_the_readme_documents_every_file_and_no_other() -> None:
    assert sorted(documented()) == sorted(FILES) == sorted(path.name for path in FOLDER.glob("*.csv"))


@pytest.mark.parametrize("file", FILES)
def test_the_readme_counts_the_rows_rightly(file: str) -> None:
    assert int(documented()[file]["rows"]) == len(rows(file))


@pytest.mark.parametrize("file", FILES)
def test_the_readme_documents_every_column(file: str) -> None:
    header = set(rows(file)[0])

    assert header - set(NAME.findall(documented()[file]["columns"])) == set()


def test_the_readme_gives_every_file_an_origin_and_a_licence() -> None:
    origin = README.partition("## Origin and licence")[2].partition("\n## ")[0]

    assert all(f"`{file}`" in origin for file in ("sectors.csv", "countries.csv", "sdg_targets.csv"))
    assert "| all other files |" in origin
    for licence in ("CC BY 4.0; attribution: IATI Standard, iatistandard.org", "MIT", "CC BY 4.0"):
        assert licence in origin


def test_every_code_in_the_readme_is_a_record() -> None:
    codes = {row["code"] for row in rows("commitments.csv")}
    named = set(re.findall(r"`((?:C51|B51|EUCA)-\d{4}-[A-Z]?\d+)`", README))

    assert named
    assert named - codes == set()


# --- the files ------------------------------------------------------------------------------------------------------


def test_no_column_could_hold_the_sentences_of_a_source() -> None:
    for file in FILES:
        assert {"quotation", "translation"}.isdisjoint(rows(file)[0])


def test_no_address_stands_there_twice_and_each_is_one() -> None:
    urls = [row["url"] for row in rows("documents.csv")]

    assert [url for url, count in Counter(urls).items() if count > 1] == []
    assert all(re.match(r"https?://[a-z0-9.-]+/", url) for url in urls)


def test_every_document_is_used() -> None:
    used = {row["document"] for file in ("wordings.csv", "passages.csv", "evidence.csv") for row in rows(file)}

    assert {row["key"] for row in rows("documents.csv")} == used


def test_nothing_is_dated_after_the_last_news() -> None:
    happened = [row["happened"] for row in rows("developments.csv")]
    dated = [row["dated"] for row in rows("documents.csv")]
    checked = [row["last_checked_on"] for row in rows("commitments.csv")]

    assert max([*happened, *dated, *checked]) <= LAST_NEWS.isoformat()


def test_only_the_agencys_own_pages_are_known_to_be_gone() -> None:
    gone = {
        row["url"].split("/")[2]: row["gone_since"] for row in rows("documents.csv") if row["link_health"] == "gone"
    }

    assert gone == {"www.usaid.gov": "2025-02-01"}


def test_machine_rewrites_and_opinions_are_marked_with_a_caution() -> None:
    cautions = {row["key"]: row["caution"] for row in rows("documents.csv")}

    assert "machine rewrite" in cautions["turkish-news-world-2024-blinken"]
    assert all(cautions[row["key"]] for row in rows("documents.csv") if row["source_kind"] == "opinion")


def test_evidence_of_medium_confidence_is_explained() -> None:
    notes = {row["key"]: row["note"] for row in rows("developments.csv")}
    uncertain = {row["development"] for row in rows("evidence.csv") if row["confidence"] != "high"}

    assert uncertain
    assert [key for key in sorted(uncertain) if not notes[key]] == []


def test_a_deadline_that_we_computed_says_so() -> None:
    implied = [row for row in rows("commitments.csv") if row["due_basis"] == "implied"]

    assert implied
    assert [row["code"] for row in implied if "is ours" not in row["note"]] == []


def test_countries_have_all_their_codes_and_both_names() -> None:
    for row in rows("countries.csv"):
        assert re.fullmatch(r"[A-Z]{2},[A-Z]{3},\d{3}", f"{row['alpha2']},{row['alpha3']},{row['m49']}"), row
        assert row["name_en"], row
        assert re.search("[а-я]", row["name_ru"]), row
    assert [row["alpha2"] for row in rows("countries.csv") if not row["region"]] == ["AQ"]


def test_no_commitment_bears_the_code_of_a_withdrawn_sector() -> None:
    withdrawn = {row["code"] for row in rows("sectors.csv") if row["withdrawn"]}
    used = {code for row in rows("commitments.csv") for code in row["sectors"].split(";")}

    assert withdrawn
    assert used & withdrawn == set()
