"""An average of a file is right if the file's own scores give it, as exactly as the file writes it."""

import pytest

from commitments.codelists import Status
from commitments.imports.datasets.averages import Compared

KEPT, PARTLY, BROKEN, UNKNOWN = Status.DELIVERED, Status.IN_PROGRESS, Status.NOT_DELIVERED, Status.NOT_ASSESSED


@pytest.mark.parametrize(
    ("cell", "statuses"),
    [
        ("0.5", [KEPT, PARTLY]),
        ("+0,33", [KEPT, PARTLY, PARTLY]),
        ("−0.67", [BROKEN, BROKEN, PARTLY]),
        pytest.param("0", [KEPT, PARTLY], id="half-way, down"),
        pytest.param("1", [KEPT, PARTLY], id="half-way, up"),
        pytest.param("0.3", [KEPT, PARTLY, PARTLY, PARTLY], id="half-way, of a tenth"),
        pytest.param("1", [KEPT, UNKNOWN], id="what has no score does not count"),
    ],
)
def test_an_average_that_rounds_to_what_the_file_says_is_right(cell: str, statuses: list[Status]) -> None:
    compared = Compared()

    assert compared.compare(cell, statuses) == ""
    assert (compared.compared, compared.equal) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "statuses", "said"),
    [
        ("0.4", [KEPT, PARTLY], "contradicts itself: the 2 scores of the row average +0.50."),
        ("0.50", [KEPT, PARTLY, PARTLY], "contradicts itself: the 3 scores of the row average +0.33."),
        ("1", [BROKEN], "contradicts itself: the 1 score of the row averages −1.00."),
        ("0", [UNKNOWN], "contradicts itself: the 0 scores of the row average –."),
    ],
)
def test_one_that_does_not_is_said_with_what_the_scores_give(cell: str, statuses: list[Status], said: str) -> None:
    compared = Compared()

    assert compared.compare(cell, statuses) == f"The file {said}"
    assert (compared.compared, compared.equal) == (1, 0)


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([KEPT], "The 1 score of the row that can be read averages +1.00; cells that cannot be read: 2."),
        ([KEPT, KEPT], "The 2 scores of the row that can be read average +1.00; cells that cannot be read: 2."),
    ],
)
def test_where_cells_could_not_be_read_the_file_is_not_said_to_contradict_itself(
    statuses: list[Status], said: str
) -> None:
    assert Compared().compare("0.2", statuses, unread=2) == said


def test_every_average_is_counted_and_an_empty_cell_is_none() -> None:
    compared = Compared()

    said = [compared.compare(cell, [KEPT]) for cell in ("1", "0.3", "1.0", "0.2", "", " ")]

    assert [bool(one) for one in said] == [False, True, False, True, False, False]
    assert (compared.compared, compared.equal) == (4, 2)


def test_an_average_that_is_no_number_is_refused_and_not_counted() -> None:
    compared = Compared()

    with pytest.raises(ValueError, match="no number"):
        compared.compare("good", [KEPT])
    assert compared.compared == 0
