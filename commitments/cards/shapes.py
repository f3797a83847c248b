"""The shapes of the statuses, read from the template that draws them on pages, so that a card shows the same ones."""

import math
import re
from collections.abc import Iterator
from functools import cache

from django.template.loader import render_to_string
from PIL import Image, ImageChops, ImageDraw

from commitments.codelists import Status

GRID = 16
# Drawn so many times larger, then made smaller: the edges become smooth.
FINER = 8
ARC_STEPS = 24
_SYMBOL = re.compile(r'<symbol id="shape-(\w+)"[^>]*>.*?<path[^>]* d="([^"]+)"', re.DOTALL)
_TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}

Point = tuple[float, float]


@cache
def paths() -> dict[str, str]:
    """The path data of every shape, by the code of its status."""
    return dict(_SYMBOL.findall(render_to_string("components/shapes.html")))


def mask(status: Status, size: int) -> Image.Image:
    """A picture of the shape, `size` pixels wide and high: white where the shape is."""
    scale = size * FINER / GRID
    large = Image.new("1", (size * FINER, size * FINER))
    for outline in outlines(paths()[status.value]):
        layer = Image.new("1", large.size)
        ImageDraw.Draw(layer).polygon([(x * scale, y * scale) for x, y in outline], fill=1)
        # An outline within another is a hole in it.
        large = ImageChops.logical_xor(large, layer)
    return large.convert("L").resize((size, size), Image.Resampling.BOX)


def outlines(data: str) -> list[list[Point]]:
    """The closed outlines of SVG path data, arcs made into short lines. Knows the commands M L H V A Z."""
    found: list[list[Point]] = []
    points: list[Point] = []
    here: Point = (0, 0)
    for command, numbers in _commands(data):
        if command.upper() == "M" and points:
            found.append(points)
            points = []
        if command.upper() == "Z":
            here = points[0]
            found.append(points)
            points = []
            continue
        target = _target(command, numbers, here)
        points += _arc(here, target, numbers) if command.upper() == "A" else [target]
        here = target
    return [*found, points] if points else found


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(data)
    command, place = "", 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command, place = tokens[place], place + 1
        count = _NUMBERS[command.upper()]
        yield command, [float(token) for token in tokens[place : place + count]]
        place += count
        # What follows a move without a command of its own is a line.
        command = {"M": "L", "m": "l"}.get(command, command)


def _target(command: str, numbers: list[float], here: Point) -> Point:
    x, y = here
    left, top = here if command.islower() else (0, 0)
    if command.upper() == "H":
        return left + numbers[0], y
    if command.upper() == "V":
        return x, top + numbers[0]
    return left + numbers[-2], top + numbers[-1]


def _arc(start: Point, end: Point, numbers: list[float]) -> list[Point]:
    """Points of a circle's arc; the shapes have no ellipses. After the SVG specification, appendix B.2.4."""
    radius, is_large, is_clockwise = numbers[0], bool(numbers[3]), bool(numbers[4])
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    half = math.hypot(half_x, half_y)
    radius = max(radius, half)
    away = math.sqrt(max(radius**2 - half**2, 0)) / half * (-1 if is_large == is_clockwise else 1)
    centre = (start[0] + end[0]) / 2 + away * half_y, (start[1] + end[1]) / 2 - away * half_x
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    turn = math.atan2(end[1] - centre[1], end[0] - centre[0]) - first
    if is_clockwise and turn < 0:
        turn += math.tau
    elif not is_clockwise and turn > 0:
        turn -= math.tau
    angles = [first + turn * step / ARC_STEPS for step in range(1, ARC_STEPS)]
    return [*((centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles), end]
