"""Where words stand in a picture: never over one another, never outside it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

# Parts of the font's size, on the generous side of the fonts in use: what fits here fits on every screen.
_NARROW = frozenset("ijlItf.,:;|!'’() ")
_WIDE = frozenset("mwMWЖШЩЮМФжшщюмф–—→%@")
_NARROW_WIDTH, _USUAL_WIDTH, _CAPITAL_WIDTH, _WIDE_WIDTH = 0.32, 0.56, 0.7, 0.95

type Anchor = Literal["start", "middle", "end"]


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """About how wide a text is, in units, at a font of `size` units; rather too wide than too narrow."""
    return size * sum(_width(character) for character in text)


def _width(character: str) -> float:
    if character in _NARROW:
        return _NARROW_WIDTH
    if character in _WIDE:
        return _WIDE_WIDTH
    return _CAPITAL_WIDTH if character.isupper() else _USUAL_WIDTH


def pack(boxes: Sequence[tuple[float, float]], *, gap: float) -> list[int]:
    """The lane of each box (left, right), in the order given: the first one that is free with a gap of `gap`."""
    ends: list[list[tuple[float, float]]] = []
    lanes = []
    for left, right in boxes:
        taken = (
            lane
            for lane, there in enumerate(ends)
            if all(right + gap <= other[0] or other[1] + gap <= left for other in there)
        )
        lane = next(taken, len(ends))
        if lane == len(ends):
            ends.append([])
        ends[lane].append((left, right))
        lanes.append(lane)
    return lanes


@dataclass(frozen=True)
class Hung:
    """A label that hangs on a line at `x`: the box that it takes in its lane, and on which side of the line it stands.

    Lane 0 is the nearest. `has_line` is False where the line could not reach it without crossing another label.
    """

    x: float
    left: float
    right: float
    lane: int
    anchor: Anchor
    has_line: bool

    @property
    def text_x(self) -> float:
        """Where its text is anchored."""
        return {"start": self.left, "middle": (self.left + self.right) / 2, "end": self.right}[self.anchor]

    def covers(self, x: float) -> bool:
        """Whether a line at `x` through its lane would cross it."""
        return self.left < x < self.right


def hang(points: Sequence[tuple[float, float]], *, span: float, gap: float) -> list[Hung]:
    """Labels on lines: (x, width of the label) each, in the order given, all between 0 and `span`.

    No two labels overlap and no line crosses a label. Of two orders of placing, the one that leaves more lines and
    takes fewer lanes.
    """
    from_left = sorted(range(len(points)), key=lambda index: points[index])
    tries = [_hung(points, order, span=span, gap=gap) for order in (from_left, from_left[::-1])]
    return min(tries, key=lambda hung: (sum(not one.has_line for one in hung), sum(one.lane for one in hung)))


def _hung(points: Sequence[tuple[float, float]], order: Sequence[int], *, span: float, gap: float) -> list[Hung]:
    placed: dict[int, Hung] = {}
    for index in order:
        x, width = points[index]
        placed[index] = _first_free(x, min(width, span), list(placed.values()), span=span, gap=gap)
    return [placed[index] for index in range(len(points))]


def _first_free(x: float, width: float, others: Sequence[Hung], *, span: float, gap: float) -> Hung:
    sides = _sides(x, width, span)
    for has_line in (True, False):
        # Without a line, the lane beyond the last is always free.
        for lane, (left, anchor) in itertools.product(range(len(others) + 1), sides):
            candidate = Hung(x, left, left + width, lane, anchor, has_line=has_line)
            if all(_apart(candidate, other, gap) and _apart(other, candidate, gap) for other in others):
                return candidate
    message = "A lane beyond the last one is free."
    raise AssertionError(message)


def _sides(x: float, width: float, span: float) -> list[tuple[float, Anchor]]:
    """To the right of its line, to the left of it, or across it where neither side has room."""
    sides: list[tuple[float, Anchor]] = []
    if x + width <= span:
        sides.append((x, "start"))
    if x - width >= 0:
        sides.append((x - width, "end"))
    return sides or [(min(max(x - width / 2, 0), span - width), "middle")]


def _apart(one: Hung, other: Hung, gap: float) -> bool:
    """Whether the boxes are apart, and the line of one clear of the other's box."""
    if one.lane == other.lane:
        return one.right + gap <= other.left or other.right + gap <= one.left
    return not (one.has_line and one.lane > other.lane and other.covers(one.x))
