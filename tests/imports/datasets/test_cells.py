"""Scores as spreadsheets write them, and what they have damaged."""

from decimal import Decimal

import pytest

from commitments.imports.datasets.cells import number_of
from commitments.imports.files.sheets import FromNumber, cell_of
from tests.imports.datasets.files import DAMAGED, WRITTEN


@pytest.mark.parametrize(("number", "text"), [(number, text) for number, texts in WRITTEN.items() for text in texts])
def test_a_score_is_read_however_it_is_written(number: int, text: str) -> None:
    assert number_of(cell_of(text)) == number


def test_numbers_of_a_workbook_and_texts_that_begin_with_an_apostrophe_are_read() -> None:
    assert number_of(FromNumber("-1")) == -1
    assert number_of("'+1") == 1
    assert number_of("0.5") == Decimal("0.5")
    assert number_of(" ") is None


@pytest.mark.parametrize("text", [text for text in DAMAGED if text != "2"])
def test_what_is_damaged_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        number_of(cell_of(text))
