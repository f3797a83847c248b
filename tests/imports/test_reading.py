"""Seed files are checked against one another before anything is written."""

import pytest

from commitments.imports.seeds.files import AMOUNTS, SEED_FILES, WORDINGS
from commitments.imports.seeds.reading import hash_cells, read_seeds
from commitments.imports.table import Problem
from tests.imports.seed_folder import SeedFolder


def problems(folder: SeedFolder) -> list[Problem]:
    return read_seeds(folder.path)[1]


def places(folder: SeedFolder) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.row, problem.column) for problem in problems(folder)]


def test_a_folder_without_faults_is_read_whole(folder: SeedFolder) -> None:
    seeds, found = read_seeds(folder.path)

    assert found == []
    assert len(seeds.entries) == sum(len(rows) for rows in folder.rows.values())


def test_every_file_comes_after_those_that_it_needs() -> None:
    names = [file.name for file in SEED_FILES]

    for file in SEED_FILES:
        if not file.later:
            needed = {name for column in file.columns for name in column.refers_to}
            assert needed <= set(names[: names.index(file.name) + 1]), file.name


def test_a_file_that_nobody_reads_is_a_problem(folder: SeedFolder) -> None:
    (folder.path / "comitments.csv").write_text("code\n")

    (problem,) = problems(folder)
    assert (problem.file, problem.row) == ("comitments.csv", 0)
    assert "rename it to one of amounts.csv," in problem.message


def test_a_missing_file_is_one_problem_and_not_one_for_each_row_that_needs_it(folder: SeedFolder) -> None:
    (folder.path / "documents.csv").unlink()

    assert places(folder) == [("documents.csv", 0, "")]


@pytest.mark.parametrize(
    ("file", "column", "files"),
    [
        ("wordings.csv", "document", "documents.csv"),
        ("commitment_parties.csv", "party", "countries.csv or parties.csv"),
        ("commitments.csv", "sectors", "sectors.csv"),
        ("developments.csv", "corrects", "developments.csv"),
    ],
)
def test_a_key_that_no_row_has_is_a_problem(folder: SeedFolder, file: str, column: str, files: str) -> None:
    folder.change(file, **{column: "nowhere"})

    (problem,) = problems(folder)
    assert (problem.file, problem.row, problem.column) == (file, 2, column)
    assert problem.message == f"“nowhere” is not in {files}: add it there, or correct it here."


def test_of_several_keys_each_unknown_one_is_a_problem(folder: SeedFolder) -> None:
    folder.change("commitments.csv", sectors="32210;99999;88888")

    assert [problem.message[:7] for problem in problems(folder)] == ["“99999”", "“88888”"]


def test_two_rows_with_one_key_are_a_problem(folder: SeedFolder) -> None:
    row = folder.add("commitment_parties.csv", commitment="NY-01", party="US", role="maker")

    (problem,) = problems(folder)
    assert (problem.row, problem.column) == (row, "commitment")
    assert problem.message == ("Row 2 has the same commitment, party, role: remove one of the two, or tell them apart.")


def test_two_sums_of_one_stage_and_currency_are_told_apart_by_their_order(folder: SeedFolder) -> None:
    folder.add("amounts.csv", commitment="NY-01", stage="announced", qualifier="exact", value="20", currency="USD")

    seeds, found = read_seeds(folder.path)

    assert found == []
    assert [entry.key for entry in seeds.of(AMOUNTS)] == ["NY-01|announced|USD", "NY-01|announced|USD#2"]


def test_a_row_must_stand_below_the_rows_of_its_file_that_it_names(folder: SeedFolder) -> None:
    folder.insert("sectors.csv", 2, code="32262", parent="322", name="Coal")

    (problem,) = problems(folder)
    assert (problem.file, problem.row, problem.column) == ("sectors.csv", 2, "parent")
    assert problem.message == "Row 3 of sectors.csv must stand above the row that refers to it: move it up."


def test_a_bloc_must_stand_below_its_members(folder: SeedFolder) -> None:
    folder.add("memberships.csv", bloc="c5", member="usaid")

    assert places(folder) == [("memberships.csv", 3, "member")]


def test_relations_may_name_commitments_that_stand_further_down(folder: SeedFolder) -> None:
    folder.add("commitments.csv", **{**folder.rows["commitments.csv"][0], "code": "NY-02"})
    folder.add("relations.csv", commitment="NY-01", kind="part_of", other="NY-02")

    assert problems(folder) == []


@pytest.mark.parametrize("key", ["two words", "ключ", "-a", "a--b", "x" * 81])
def test_a_key_has_letters_and_digits_joined_by_hyphens(folder: SeedFolder, key: str) -> None:
    folder.add("documents.csv", **{**folder.rows["documents.csv"][0], "key": key, "url": ""})

    assert places(folder) == [("documents.csv", 4, "key")]


def test_all_problems_of_all_files_come_at_once_in_the_order_of_files_and_rows(folder: SeedFolder) -> None:
    folder.change("wordings.csv", strength="firm", document="nowhere")
    folder.change("commitments.csv", title="", made="soon")
    folder.change("amounts.csv", value="much")

    assert places(folder) == [
        ("amounts.csv", 2, "value"),
        ("commitments.csv", 2, "title"),
        ("commitments.csv", 2, "made"),
        ("wordings.csv", 2, "strength"),
        ("wordings.csv", 2, "document"),
    ]


def test_a_row_is_the_same_until_one_of_its_texts_changes() -> None:
    cells = {"code": "A", "note": ""}

    assert hash_cells(cells) == hash_cells({"note": "", "code": "A", "new_column": ""})
    assert hash_cells(cells) != hash_cells({"code": "A", "note": "x"})
    assert hash_cells({"a": "x", "b": ""}) != hash_cells({"a": "", "b": "x"})


def test_a_key_that_is_too_long_to_be_stored_still_tells_its_row_apart(folder: SeedFolder) -> None:
    document = "article-" + "x" * 72
    folder.change("documents.csv", key=document)
    folder.change("passages.csv", document=document)
    code = "NY-" + "1" * 27
    folder.add("commitments.csv", **{**folder.rows["commitments.csv"][0], "code": code})
    wording = {"commitment": code, "document": document, "strength": "announced", "language": "en"}
    folder.change("wordings.csv", locator="y" * 100, **wording)
    folder.add("wordings.csv", locator="z" * 100, **wording)

    seeds, found = read_seeds(folder.path)

    assert found == []
    assert [len(entry.key) for entry in seeds.of(WORDINGS)] == [64, 64]
