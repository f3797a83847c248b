"""Agreement against published examples, and what of the assessments it is computed from."""

from fractions import Fraction

import pytest

from commitments.agreement import cohens_kappa, krippendorffs_alpha, nominal, ordinal, percent

# K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), part E: four observers, twelve units, gaps.
OBSERVERS = (
    "123321412...",
    "1233224125.3",
    ".3332342251.",
    "12332441251.",
)
UNITS = [[int(code) for code in unit if code != "."] for unit in zip(*OBSERVERS, strict=True)]


def test_alpha_is_that_of_krippendorffs_example_with_four_observers() -> None:
    assert round(float(krippendorffs_alpha(UNITS, nominal) or 0), 3) == 0.743
    assert round(float(krippendorffs_alpha(UNITS, ordinal) or 0), 3) == 0.815


def test_alpha_is_that_of_krippendorffs_example_with_two_observers_and_two_values() -> None:
    # The same paper, part A.
    pairs = list(zip("0100000010", "1110010000", strict=True))

    assert round(float(krippendorffs_alpha(pairs) or 0), 3) == 0.095


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # J. L. Fleiss, B. Levin and M. C. Paik, “Statistical Methods for Rates and Proportions” (2003), table 18.1.
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.676),
        # J. Cohen, “A Coefficient of Agreement for Nominal Scales” (1960), table 1, of 200 units.
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492),
    ],
)
def test_kappa_is_that_of_published_examples(table: list[list[int]], kappa: float) -> None:
    pairs = [(row, column) for row, line in enumerate(table) for column, n in enumerate(line) for _ in range(n)]

    assert round(float(cohens_kappa(pairs) or 0), 3) == kappa


def test_without_anything_to_compare_there_is_no_figure() -> None:
    assert percent([]) is cohens_kappa([]) is krippendorffs_alpha([]) is None


def test_where_both_say_one_and_the_same_of_everything_chance_cannot_be_told() -> None:
    same = [(1, 1), (1, 1)]

    assert percent(same) == Fraction(1)
    assert cohens_kappa(same) is krippendorffs_alpha(same, ordinal) is None
