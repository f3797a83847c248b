"""A card, drawn as PNG. The same card gives the same bytes."""

import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from commitments.cards import shapes, text
from commitments.codelists import Status

# What Open Graph recommends.
WIDTH, HEIGHT = 1200, 630
MARGIN = 64
MASTHEAD = 84
TITLE_LINES, MAKERS_LINES = 4, 2
SHAPE = 56

PAPER, SHEET = "#ffffff", "#f3f4f6"
INK, SOFT = "#17191d", "#53575e"
MASTHEAD_PAPER, MASTHEAD_INK = "#10243d", "#ffffff"
# Dark enough for text on PAPER and on SHEET; tests/cards compares.
STATUS_INKS = {
    Status.NOT_ASSESSED: "#5c6067",
    Status.NO_EVIDENCE: "#6d5320",
    Status.NOT_STARTED: "#4a5361",
    Status.IN_PROGRESS: "#1a5a9c",
    Status.STALLED: "#8a4b00",
    Status.PARTIALLY_DELIVERED: "#44630f",
    Status.DELIVERED: "#17683a",
    Status.NOT_DELIVERED: "#a41d1d",
    Status.WITHDRAWN: "#7d2c70",
    Status.SUPERSEDED: "#3f5a6b",
    Status.NOT_VERIFIABLE: "#5b4593",
}
# A few of the cards asked for last: whoever shares a page asks for its card several times within seconds.
KEPT = 64


@dataclass(frozen=True)
class Card:
    """What a card says, in the reader's language."""

    site: str
    code: str
    title: str
    makers: str
    status: Status
    status_word: str
    # Since when the status holds, and the day that all this is told of.
    days: str


@lru_cache(maxsize=KEPT)
def draw(card: Card) -> bytes:
    """The card as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _masthead(pen, card)
    below = _block(pen, card.title, MASTHEAD + 40, weight="Semibold", size=54, most=TITLE_LINES, ink=INK)
    _block(pen, card.makers, below + 12, weight="Regular", size=32, most=MAKERS_LINES, ink=SOFT)
    _foot(image, pen, card)
    file = io.BytesIO()
    # Few colours besides the smoothed edges: a palette makes the file a third as large.
    image.quantize(colors=64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


def _masthead(pen: ImageDraw.ImageDraw, card: Card) -> None:
    pen.rectangle((0, 0, WIDTH, MASTHEAD), fill=MASTHEAD_PAPER)
    small = text.font("Regular", 30)
    code_width = round(small.getlength(card.code))
    (site,) = text.lines(card.site, text.font("Semibold", 32), WIDTH - 3 * MARGIN - code_width, 1)
    pen.text((MARGIN, MASTHEAD / 2), site, MASTHEAD_INK, text.font("Semibold", 32), anchor="lm")
    pen.text((WIDTH - MARGIN, MASTHEAD / 2), card.code, MASTHEAD_INK, small, anchor="rm")


def _block(pen: ImageDraw.ImageDraw, words: str, top: int, *, weight: str, size: int, most: int, ink: str) -> int:
    """Write lines from `top` down; where they end."""
    typeface = text.font(weight, size)
    height = round(size * 1.2)
    for line in text.lines(words, typeface, WIDTH - 2 * MARGIN, most):
        pen.text((MARGIN, top), line, ink, typeface, anchor="la")
        top += height
    return top


def _foot(image: Image.Image, pen: ImageDraw.ImageDraw, card: Card) -> None:
    """The status by shape, word and colour, and the day that it is told of."""
    ink = STATUS_INKS[card.status]
    top = HEIGHT - 132
    middle = (top + HEIGHT) // 2
    pen.rectangle((0, top, WIDTH, HEIGHT), fill=SHEET)
    pen.rectangle((0, top, 16, HEIGHT), fill=ink)
    image.paste(Image.new("RGB", (SHAPE, SHAPE), ink), (MARGIN, middle - SHAPE // 2), shapes.mask(card.status, SHAPE))
    left = MARGIN + SHAPE + 20
    room = WIDTH - MARGIN - left
    (word,) = text.lines(card.status_word, text.font("Semibold", 44), room, 1)
    pen.text((left, middle - 22), word, ink, text.font("Semibold", 44), anchor="lm")
    (days,) = text.lines(card.days, text.font("Regular", 28), room, 1)
    pen.text((left, middle + 28), days, SOFT, text.font("Regular", 28), anchor="lm")
