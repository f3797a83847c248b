"""Make the shapes of the maps: Natural Earth's countries, projected, simplified and written as paths by ISO code.

README.md beside this file says how to run it. Writes `world.json` and `central_asia.json` into
`commitments/charts/shapes/`. The same input gives the same bytes.
"""

import csv
import itertools
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from npm import installed

PACKAGE, VERSION = "world-atlas", "2.0.2"
ORIGIN = f"Natural Earth 4.1.0, admin 0 countries (public domain), by way of npm {PACKAGE} {VERSION}"
ROOT = Path(__file__).resolve().parents[2]
SHAPES = ROOT / "commitments" / "charts" / "shapes"
# Entities without an ISO code have no page here: they are drawn, and bear no name and no figure.
NO_CODE = "-"
ANTARCTICA = "AQ"
# What the shapes hold apart, and ISO does not: leased ground stays its owner's.
PART_OF = {"Baikonur": "KZ"}
WHOLE_TURN = 360.0

type Point = tuple[float, float]
type Ring = list[Point]
type Projection = Callable[[float, float], Point]


@dataclass(frozen=True)
class Box:
    """A window on the projected plane, y downwards, in the units of the projection."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, part: float) -> "Box":
        """The same with a margin of this part of its size on every side."""
        across, down = (self.right - self.left) * part, (self.bottom - self.top) * part
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)


@dataclass(frozen=True)
class Plan:
    """One map: which detail, which projection, which window (longitudes and latitudes of its edge), how coarse.

    `width` is that of the viewBox in units; `least_triangle` and `least_ring` are areas in square units below which a
    point, or an island, is left out. `labelled` get a point inside them where a number can stand.
    """

    name: str
    source: str
    project: Projection
    edge: Sequence[Point]
    width: int
    least_triangle: float
    least_ring: float
    labelled: tuple[str, ...] = ()


def equal_earth(longitude: float, latitude: float) -> Point:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2018): areas keep their ratio, y points down."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = (
        2
        * math.sqrt(3)
        * math.radians(longitude)
        * math.cos(theta)
        / (3 * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)))
    )
    return x, -theta * (a1 + a2 * square + sixth * (a3 + a4 * square))


def albers(longitude: float, latitude: float) -> Point:
    """Albers' conic with equal areas, true along 37° and 50° north, upright at 67° east."""
    south, north, middle = math.radians(37), math.radians(50), 67
    n = (math.sin(south) + math.sin(north)) / 2
    constant = math.cos(south) ** 2 + 2 * n * math.sin(south)
    radius = math.sqrt(constant - 2 * n * math.sin(math.radians(latitude))) / n
    turn = n * math.radians(longitude - middle)
    return radius * math.sin(turn), radius * math.cos(turn)


PLANS = (
    Plan(
        name="world",
        source="countries-50m.json",
        project=equal_earth,
        edge=[(-180, 0), (180, 0), (0, 84), (0, -57)],
        width=1000,
        least_triangle=0.9,
        least_ring=1.2,
    ),
    Plan(
        name="central_asia",
        source="countries-10m.json",
        project=albers,
        edge=[(45, 47), (89, 47), (67, 56.5), (67, 33.5)],
        width=800,
        least_triangle=2.5,
        least_ring=6,
        labelled=("KZ", "KG", "TJ", "TM", "UZ"),
    ),
)


def main() -> None:
    codes = _codes()
    with installed(**{PACKAGE: VERSION}) as modules:
        for plan in PLANS:
            topology = json.loads((modules / PACKAGE / plan.source).read_text(encoding="utf-8"))
            drawn = draw(topology, plan, codes)
            text = json.dumps(drawn, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
            (SHAPES / f"{plan.name}.json").write_text(text, encoding="utf-8")
            sys.stdout.write(f"{plan.name}: {len(drawn['shapes'])} countries, {len(text)} characters\n")


def _codes() -> dict[str, str]:
    """Alpha-2 by M49, which is ISO 3166-1 numeric, from the countries that the site holds."""
    with (ROOT / "seeds" / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["m49"]: row["alpha2"] for row in csv.DictReader(lines)}


def draw(topology: dict[str, Any], plan: Plan, codes: dict[str, str]) -> dict[str, Any]:
    """The map's viewBox, and for each code its path, middle and size, all in whole units."""
    edge = [plan.project(*point) for point in plan.edge]
    window = Box(min(x for x, _ in edge), min(y for _, y in edge), max(x for x, _ in edge), max(y for _, y in edge))
    scale = plan.width / (window.right - window.left)

    def place(longitude: float, latitude: float) -> Point:
        x, y = plan.project(longitude, latitude)
        return (x - window.left) * scale, (y - window.top) * scale

    height = round((window.bottom - window.top) * scale)
    arcs = [simplified(arc, place, plan.least_triangle) for arc in _arcs(topology)]
    sheet = Box(0, 0, plan.width, height).grown(0.03)
    shapes: dict[str, list[Ring]] = {}
    inner = _inner_borders(topology)
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = PART_OF.get(geometry["properties"]["name"]) or codes.get(geometry.get("id", ""), NO_CODE)
        if code != ANTARCTICA:
            placed = ([place(*point) for point in part] for ring in _rings(geometry, arcs, inner) for part in cut(ring))
            shapes.setdefault(code, []).extend(clipped(ring, sheet) for ring in placed)
    drawn = {code: _shape(rings, plan, code) for code, rings in shapes.items()}
    return {
        "origin": ORIGIN,
        "width": plan.width,
        "height": height,
        "labelled": list(plan.labelled),
        "shapes": {code: shape for code, shape in sorted(drawn.items()) if shape["path"]},
    }


def _arcs(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Every arc as longitudes and latitudes; one that crosses 180° goes on beyond it."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for right, up in arc:
            x, y = x + right, y + up
            points.append((x * kx + dx, y * ky + dy))
        yield unrolled(points)


def unrolled(points: Iterable[Point]) -> list[Point]:
    """The same points with no leap from 180° to −180°: the longitudes go on beyond."""
    out: list[Point] = []
    for longitude, latitude in points:
        turns = round((longitude - out[-1][0]) / WHOLE_TURN) if out else 0
        out.append((longitude - turns * WHOLE_TURN, latitude))
    return out


def cut(ring: Ring) -> Iterator[Ring]:
    """A ring in degrees as its parts between −180° and 180°: the rest comes back on the other side."""
    for turns in (-1, 0, 1):
        turned = [(longitude + turns * WHOLE_TURN, latitude) for longitude, latitude in ring]
        part = clipped(turned, Box(-WHOLE_TURN / 2, -math.inf, WHOLE_TURN / 2, math.inf))
        if part:
            yield part


def _numbers(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The arcs of every ring; one that is walked backwards has its number inverted."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return itertools.chain.from_iterable(polygons)


def _inner_borders(topology: dict[str, Any]) -> set[int]:
    """The arcs around what is drawn as a part of its surroundings: both its ring and the hole for it are left out."""
    geometries = topology["objects"]["countries"]["geometries"]
    parts = (geometry for geometry in geometries if geometry["properties"]["name"] in PART_OF)
    return {max(number, ~number) for part in parts for ring in _numbers(part) for number in ring}


def _rings(geometry: dict[str, Any], arcs: Sequence[list[Point]], inner: set[int]) -> Iterator[Ring]:
    for ring in _numbers(geometry):
        if inner.issuperset(max(number, ~number) for number in ring):
            continue
        points: Ring = []
        for index in ring:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        yield unrolled(points)


def triangle(a: Point, b: Point, c: Point) -> float:
    """The area between three points."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplified(arc: list[Point], place: Projection, least: float) -> list[Point]:
    """The points of an arc in degrees that matter on the map, by the areas that they span there.

    Visvalingam and Whyatt: again and again the point that matters least goes, while it matters less than `least`.

    Arcs, not rings, so that two neighbours keep one border. Both ends stay. A closed arc keeps at least four points.
    """
    points = [place(*point) for point in arc]
    kept = list(arc)
    floor = 4 if arc[0] == arc[-1] else 2
    weights = [math.inf, *(triangle(*points[i - 1 : i + 2]) for i in range(1, len(points) - 1)), math.inf]
    while len(points) > floor:
        lightest = min(range(len(points)), key=weights.__getitem__)
        if weights[lightest] >= least:
            break
        gone = weights[lightest]
        del points[lightest], kept[lightest], weights[lightest]
        for near in (lightest - 1, lightest):
            if 0 < near < len(points) - 1:
                # Never lighter than what went before it, else a coast unravels from one end.
                weights[near] = max(gone, triangle(*points[near - 1 : near + 2]))
    return kept


def clipped(ring: Ring, box: Box) -> Ring:
    """The part of a ring inside a box (Sutherland and Hodgman); edges along the box lie outside what is shown."""
    for axis, limit, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.top, 1), (1, box.bottom, -1)):
        if math.isinf(limit):
            continue
        kept: Ring = []
        for before, point in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            inside, was_inside = (sign * (p[axis] - limit) >= 0 for p in (point, before))
            if inside != was_inside:
                part = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def area(ring: Ring) -> float:
    """The area of a ring, whichever way it turns."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise([*ring, *ring[:1]]))) / 2


def _shape(rings: Iterable[Ring], plan: Plan, code: str) -> dict[str, Any]:
    """A country's path, and the middle and the longer side of its largest part, for a mark where it is too small."""
    found = sorted((ring for ring in rings if len(ring) > 2), key=area, reverse=True)
    if not found:
        return {"path": ""}
    largest = found[0]
    # A country of small islands keeps its largest one.
    kept = [ring for ring in found if ring is largest or area(ring) >= plan.least_ring]
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    middle = deepest(largest) if code in plan.labelled else ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return {
        "path": "".join(path(ring) for ring in kept),
        "x": round(middle[0]),
        "y": round(middle[1]),
        "size": round(max(max(xs) - min(xs), max(ys) - min(ys))),
    }


def path(ring: Ring) -> str:
    """A ring as an SVG path in whole units: absolute to its start, then steps."""
    whole = [point for point, _ in itertools.groupby((round(x), round(y)) for x, y in ring)]
    if len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    steps = "".join(f"{_number(b[0] - a[0])}{_number(b[1] - a[1])}" for a, b in itertools.pairwise(whole))
    start = f"M{whole[0][0]},{whole[0][1]}"
    # A speck of one point is still a speck: a unit square.
    return f"{start}l{steps.lstrip(' ')}z" if len(whole) > 2 else f"{start}h1v1h-1z"


def _number(value: int) -> str:
    return f" {value}" if value >= 0 else str(value)


def deepest(ring: Ring, grid: int = 60) -> Point:
    """The point inside a ring that lies farthest from its border, on a grid: where a number has most room."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    points = [
        (min(xs) + (max(xs) - min(xs)) * i / grid, min(ys) + (max(ys) - min(ys)) * j / grid)
        for i in range(1, grid)
        for j in range(1, grid)
    ]
    return max((point for point in points if _inside(point, ring)), key=lambda point: _room(point, ring))


def _inside(point: Point, ring: Ring) -> bool:
    x, y = point
    crossings = (
        (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] > x
        for a, b in itertools.pairwise([*ring, ring[0]])
        if (a[1] > y) != (b[1] > y)
    )
    return sum(crossings) % 2 == 1


def _room(point: Point, ring: Ring) -> float:
    # Numbers are wider than high: room across counts for less.
    flat = [((x - point[0]) / 1.5, y - point[1]) for x, y in ring]
    return min(_distance(a, b) for a, b in itertools.pairwise([*flat, flat[0]]))


def _distance(a: Point, b: Point) -> float:
    """From the origin to the stretch between two points."""
    across, down = b[0] - a[0], b[1] - a[1]
    square = across * across + down * down
    part = max(0.0, min(1.0, -(a[0] * across + a[1] * down) / square)) if square else 0.0
    return math.hypot(a[0] + part * across, a[1] + part * down)


if __name__ == "__main__":
    main()
