"""Maps coloured by a number: the shapes of countries, and the classes of a number with their legend.

The shapes are files beside this module, made by `deploy/vendor/maps.py` and keyed by ISO 3166-1 alpha-2.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

SHAPES = Path(__file__).resolve().parent / "shapes"
MAPS = ("central_asia", "world")
CLASSES = 5
# A country smaller than this many units, in a picture 1000 wide, gets a mark that can be seen and met.
LEAST_SIZE = 9


@dataclass(frozen=True)
class Shape:
    """A country: its path, a point in its largest part, and how long that part is, in units of its map."""

    code: str
    path: str
    x: int
    y: int
    size: int


@dataclass(frozen=True)
class Land:
    """A map without numbers: its size in units, its shapes by code, and those with room for a number inside."""

    name: str
    width: int
    height: int
    shapes: Mapping[str, Shape]
    labelled: frozenset[str]


@cache
def land(name: str) -> Land:
    """One of `MAPS`, read once."""
    drawn = json.loads((SHAPES / f"{name}.json").read_text(encoding="utf-8"))
    shapes = {code: Shape(code, **shape) for code, shape in drawn["shapes"].items()}
    return Land(name, drawn["width"], drawn["height"], shapes, frozenset(drawn["labelled"]))


@dataclass(frozen=True)
class Step:
    """A class of numbers, from `least` to `most`, both included; `shade` from 1, palest, to `CLASSES`."""

    shade: int
    least: int
    most: int


def steps(values: Sequence[int], classes: int = CLASSES) -> list[Step]:
    """At most so many classes that hold every number above zero, none empty, like numbers together.

    Natural breaks (Fisher, Jenks): of all ways to cut the different numbers, the one that leaves least variance.
    """
    distinct = sorted({value for value in values if value > 0})
    number = min(classes, len(distinct))
    parts = [distinct[start:end] for start, end in pairwise(_breaks(distinct, number))]
    return [Step(_shade(index, number), part[0], part[-1]) for index, part in enumerate(parts)]


def _shade(index: int, number: int) -> int:
    """The shade of one of so many classes: few of them are as far apart as many."""
    return CLASSES if number == 1 else 1 + round(index * (CLASSES - 1) / (number - 1))


def _breaks(numbers: Sequence[int], parts: int) -> tuple[int, ...]:
    """Where to cut sorted numbers into so many parts: the index at which each begins, and the end."""
    sums = [*accumulate(numbers, initial=0)]
    squares = [*accumulate((number * number for number in numbers), initial=0)]

    def variance(start: int, end: int) -> float:
        total = sums[end] - sums[start]
        return squares[end] - squares[start] - total * total / (end - start)

    # The best cuts of the first `end` numbers into as many parts as steps taken: what they cost, and where they are.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for _part in range(parts):
        best = {
            end: min((cost + variance(start, end), (*cuts, end)) for start, (cost, cuts) in best.items() if start < end)
            for end in range(min(best) + 1, len(numbers) + 1)
        }
    return best[len(numbers)][1]


def shade_of(value: int, found: Sequence[Step]) -> int:
    """The shade of a value's class; 0 for a value in none."""
    return next((step.shade for step in found if step.least <= value <= step.most), 0)


@dataclass(frozen=True)
class Painted:
    """A country on the map with its number and shade; `has_mark` where its shape alone would not be seen."""

    shape: Shape
    value: int
    shade: int
    has_mark: bool
    has_number: bool


def painted(on: Land, values: Mapping[str, int], found: Sequence[Step]) -> list[Painted]:
    """Every shape of the map, those with a number last, so that their borders and marks lie above."""
    countries = [
        Painted(
            shape,
            value,
            shade_of(value, found),
            has_mark=value > 0 and shape.size < LEAST_SIZE,
            has_number=value > 0 and code in on.labelled,
        )
        for code, shape in on.shapes.items()
        for value in [values.get(code, 0)]
    ]
    return sorted(countries, key=lambda one: (one.shade, one.value, one.shape.code))
