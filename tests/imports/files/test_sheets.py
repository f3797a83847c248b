"""A cell is text, or says why it is none and keeps what stands there."""

import pytest

from commitments.imports.files.sheets import Damaged, cell_of, has_text, text_of


@pytest.mark.parametrize("text", ["X-1", "", "1e5", "-5"])
def test_what_can_be_taken_over_is_the_text_itself(text: str) -> None:
    assert cell_of(f" {text}\r\n") == text


@pytest.mark.parametrize(("text", "kept"), [(" #REF! ", "#REF!"), ("=A1+1", "=A1+1"), ("1E5", "1E5"), ("a\0b", "a�b")])
def test_what_cannot_keeps_what_stands_there(text: str, kept: str) -> None:
    cell = cell_of(text)

    assert isinstance(cell, Damaged)
    assert cell.message.endswith(".")
    assert text_of(cell) == kept


def test_a_formula_is_found_by_its_place_where_it_has_one() -> None:
    placed, other = cell_of("=A1+1", "C7"), cell_of("=A1+1")

    assert isinstance(placed, Damaged)
    assert placed.message.startswith("Cell C7 holds a formula:")
    assert isinstance(other, Damaged)
    assert other.message.startswith("The cell holds a formula:")


def test_a_row_has_text_even_if_it_cannot_be_read() -> None:
    assert has_text(["", Damaged("#REF!", "An error.")])
    assert not has_text(["", ""])
