"""Maps: every shape inside its frame under its code, and classes of numbers that hold every number once."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.charts.maps import CLASSES, LEAST_SIZE, MAPS, land, painted, shade_of, steps

NUMBERS = re.compile(r"-?\d+")
values = st.lists(st.integers(0, 400), max_size=60)


@settings(max_examples=50, deadline=None)
@given(values)
def test_every_number_above_zero_is_in_one_class_and_zero_in_none(numbers: list[int]) -> None:
    found = steps(numbers)

    assert len(found) <= CLASSES
    for number in numbers:
        assert sum(step.least <= number <= step.most for step in found) == (number > 0)
        assert shade_of(number, found) == 0 if number == 0 else shade_of(number, found) > 0


@settings(max_examples=50, deadline=None)
@given(values)
def test_classes_follow_one_another_and_none_is_empty(numbers: list[int]) -> None:
    found = steps(numbers)

    shades = [step.shade for step in found]
    assert shades == sorted(set(shades))
    assert set(shades) <= set(range(1, CLASSES + 1))
    assert all(before.most < after.least for before, after in itertools.pairwise(found))
    for step in found:
        assert step.least in numbers
        assert step.most in numbers


def test_few_different_numbers_have_a_class_each() -> None:
    assert [(step.least, step.most) for step in steps([0, 3, 3, 33])] == [(3, 3), (33, 33)]
    assert steps([]) == []


def test_like_numbers_share_a_class_however_many_countries_have_them() -> None:
    numbers = [69, 64, 59, 58, 57, 57, *[15] * 27, 2, 1]

    assert [(step.least, step.most) for step in steps(numbers)] == [(1, 2), (15, 15), (57, 59), (64, 64), (69, 69)]


@pytest.mark.parametrize("name", MAPS)
def test_every_shape_has_a_code_and_a_path_that_begins_inside_or_near_the_frame(name: str) -> None:
    on = land(name)

    for code, shape in on.shapes.items():
        assert re.fullmatch("[A-Z]{2}|-", code), code
        assert re.fullmatch(r"(M-?\d+,-?\d+[lhv][-\d hv]+z)+", shape.path), code
        for start in re.findall(r"M(-?\d+),(-?\d+)", shape.path):
            x, y = map(int, start)
            assert -0.05 * on.width <= x <= 1.05 * on.width, code
            assert -0.05 * on.height <= y <= 1.05 * on.height, code


def test_the_world_has_the_countries_of_every_continent_and_is_small() -> None:
    shapes = land("world").shapes

    assert {"KZ", "US", "BR", "ZA", "FR", "AU", "SG", "MT"} <= shapes.keys()
    assert len(shapes) > 200
    assert sum(len(shape.path) for shape in shapes.values()) < 40_000


def test_central_asia_has_its_five_countries_with_room_for_their_numbers() -> None:
    on = land("central_asia")

    assert on.labelled == {"KZ", "KG", "TJ", "TM", "UZ"}
    for code in on.labelled:
        shape = on.shapes[code]
        assert 0 < shape.x < on.width
        assert 0 < shape.y < on.height
    assert {"AF", "CN", "IR", "RU"} <= on.shapes.keys()


def test_countries_with_numbers_lie_above_and_the_smallest_get_a_mark() -> None:
    on = land("world")
    drawn = painted(on, {"KZ": 9, "SG": 2}, steps([9, 2]))

    assert [(one.shape.code, one.shade) for one in drawn[-2:]] == [("SG", 1), ("KZ", CLASSES)]
    assert all(one.shade == 0 and not one.has_mark for one in drawn[:-2])
    assert on.shapes["SG"].size < LEAST_SIZE
    assert [one.has_mark for one in drawn[-2:]] == [True, False]


def test_only_countries_with_room_bear_their_number_in_the_picture() -> None:
    drawn = painted(land("central_asia"), {"KZ": 9, "RU": 2}, steps([9, 2]))

    assert [one.shape.code for one in drawn if one.has_number] == ["KZ"]
