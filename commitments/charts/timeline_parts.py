"""What the picture of a commitment over time is made of: what it tells, and its parts with their places."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commitments.charts.axis import Tick
from commitments.charts.labels import Anchor, Hung
from commitments.codelists import DatePrecision, DevelopmentKind, Status
from commitments.rules import Segment
from commitments.uncertain_dates import UncertainDate

# How long a mark is at least, how high a bar and the band are, how far words stand from what they name.
MARK = 16
BAR = 10
BAND = 14
LABEL_GAP = 6
# How far the line of time stays from the edges of the picture.
EDGE = 10


@dataclass(frozen=True)
class Happening:
    """One entry: when, what its mark says in few words and in more, its whole name, and the address it leads to."""

    date: UncertainDate
    short: str
    label: str
    name: str
    href: str
    kind: str = DevelopmentKind.DEVELOPMENT
    status: str = ""
    is_corrected: bool = False


@dataclass(frozen=True)
class Story:
    """What the picture tells. `statuses` are the steps of the status of the whole, oldest first."""

    made: UncertainDate
    due: UncertainDate | None
    today: dt.date
    happenings: Sequence[Happening] = ()
    statuses: Sequence[Segment] = ()
    # The reader stands on another day than today.
    looks_back: bool = False


@dataclass(frozen=True)
class Signpost:
    """Made, due or today: a line at `x`, or a span from `left` to `right`, and its label above."""

    kind: str
    label: str
    left: float
    right: float
    x: float
    text_x: float
    text_y: float
    anchor: Anchor
    has_line: bool

    @property
    def width(self) -> float:
        return round(self.right - self.left, 1)


@dataclass(frozen=True)
class Mark:
    """One happening: a point at `x`, or a bar from `left` to `right`; `y` is its middle. No label where none fits."""

    happening: Happening
    left: float
    right: float
    y: float
    label: str
    text_x: float
    anchor: Anchor

    @property
    def is_bar(self) -> bool:
        return self.happening.date.precision != DatePrecision.DAY

    @property
    def x(self) -> float:
        return round((self.left + self.right) / 2, 1)

    @property
    def width(self) -> float:
        return round(self.right - self.left, 1)

    @property
    def bar_y(self) -> float:
        return self.y - BAR / 2

    @property
    def bar_height(self) -> int:
        return BAR

    @property
    def glyph_x(self) -> float:
        return round(self.x - MARK / 2, 1)

    @property
    def glyph_y(self) -> float:
        return self.y - MARK / 2

    @property
    def text_y(self) -> float:
        """The line on which its label stands."""
        return self.y + LABEL_GAP - 1


@dataclass(frozen=True)
class Band:
    """A status from `left` to `right`, its label below, and how long its beginning is uncertain (`unsure`, units)."""

    status: Status
    left: float
    right: float
    unsure: float
    hung: Hung
    size: float
    text_y: float

    @property
    def width(self) -> float:
        return round(self.right - self.left, 1)

    @property
    def line_x(self) -> float:
        return round(self.hung.x, 1)

    @property
    def shape_x(self) -> float:
        return round(self.hung.left + LABEL_GAP / 2, 1)

    @property
    def shape_y(self) -> float:
        return round(self.text_y - self.size * 0.85, 1)

    @property
    def text_x(self) -> float:
        return round(self.shape_x + self.size + LABEL_GAP / 2, 1)


@dataclass(frozen=True)
class Timeline:
    """The whole picture: marks from `marks_top` to `line_y`, then dates and the band; `left_out` are not drawn."""

    width: int
    height: float
    size: float
    signposts: list[Signpost]
    marks: list[Mark]
    ticks: list[Tick]
    bands: list[Band]
    marks_top: float
    line_y: float
    left_out: int

    @property
    def start(self) -> float:
        """Where the line of time begins."""
        return EDGE

    @property
    def edge(self) -> float:
        """Where the line of time ends on the right."""
        return self.width - EDGE

    @property
    def marks_height(self) -> float:
        return self.line_y - self.marks_top

    @property
    def tick_y(self) -> float:
        """The line on which the dates stand."""
        return self.line_y + self.size + LABEL_GAP

    @property
    def band_y(self) -> float:
        return band_y(self.line_y, self.size)

    @property
    def band_height(self) -> float:
        return BAND

    @property
    def foot_y(self) -> float:
        """How far down the lines of made, due and today go: through the dates they would cross words."""
        return self.line_y

    @property
    def band_bottom(self) -> float:
        return self.band_y + BAND


def band_y(line_y: float, size: float) -> float:
    """Where the band begins: below the dates, which stand below the line."""
    return line_y + size + 2 * LABEL_GAP
