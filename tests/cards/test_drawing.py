"""A card: the same bytes for the same words, nothing cut by the edge, every letter and every status drawn."""

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from commitments.cards import HEIGHT, WIDTH, Card, draw, shapes, text
from commitments.cards.drawing import MARGIN, MASTHEAD, PAPER, SHEET, STATUS_INKS, TITLE_LINES
from commitments.codelists import Status
from tests.site.test_contrast import AA_TEXT, contrast

ALPHABETS = "AZaz ÄéŠş АЯаяЁё ӘәҒғҚқҢңӨөҰұҮүҺһІі ҶҷӮӯҲҳӢӣ 0–9 “”«»…№"
RUSSIAN = "Построить железную дорогу между Казахстаном и Узбекистаном "
KAZAKH = "Қазақстан мен Өзбекстан арасындағы теміржолды салу туралы міндеттеме "


def make_card(**words: str) -> Card:
    defaults = {"site": "Commitment tracker", "code": "C-01", "title": "Build a railway", "makers": "Kazakhstan"}
    days = "since 8 February 2024, as of 25 November 2026"
    return Card(**{**defaults, **words}, status=Status.DELIVERED, status_word="Delivered", days=days)


def picture(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(draw(card))).convert("RGB")


def test_it_is_a_png_of_the_size_that_open_graph_asks_for() -> None:
    image = Image.open(io.BytesIO(draw(make_card())))

    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))


def test_the_same_words_give_the_same_bytes() -> None:
    first = draw(make_card())
    draw.cache_clear()

    assert draw(make_card()) == first
    assert draw(make_card(title="Build two railways")) != first


@pytest.mark.parametrize("words", [RUSSIAN, KAZAKH, "Щ" * 50 + " ", "w" * 200])
def test_a_title_of_200_characters_stays_within_the_card(words: str) -> None:
    title = (words * 10)[:200]
    image = picture(make_card(title=title, makers=title))

    for box in ((0, MASTHEAD + 1, MARGIN, HEIGHT - 132), (WIDTH - MARGIN, MASTHEAD + 1, WIDTH, HEIGHT - 132)):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), (255, 255, 255))]
    # A strip of paper is left between the makers and the foot.
    assert image.crop((0, HEIGHT - 138, WIDTH, HEIGHT - 133)).getcolors() == [(WIDTH * 5, (255, 255, 255))]


def test_a_long_title_is_cut_with_an_ellipsis_and_a_short_one_is_not() -> None:
    typeface = text.font("Semibold", 54)

    cut = text.lines((RUSSIAN * 9)[:400], typeface, WIDTH - 2 * MARGIN, TITLE_LINES)

    assert len(cut) == TITLE_LINES
    assert cut[-1].endswith("…")
    assert text.lines("Build a railway", typeface, WIDTH - 2 * MARGIN, TITLE_LINES) == ["Build a railway"]


@given(st.text(alphabet="Aбқ -", max_size=200), st.integers(60, 800), st.integers(1, 4))
def test_no_line_is_wider_than_its_room_and_no_word_is_lost_before_the_ellipsis(
    words: str, width: int, most: int
) -> None:
    typeface = text.font("Regular", 32)

    found = text.lines(words, typeface, width, most)

    assert len(found) <= most
    assert all(typeface.getlength(line) <= width for line in found)
    shown = "".join(found).removesuffix("…").replace(" ", "")
    assert words.replace(" ", "").startswith(shown)


def test_the_typeface_has_every_letter_of_the_sites_languages() -> None:
    typeface = text.font("Regular", 32)
    missing = bytes(typeface.getmask("\ue000"))

    assert [letter for letter in ALPHABETS if letter != " " and bytes(typeface.getmask(letter)) == missing] == []


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_shape_of_its_own(status: Status) -> None:
    drawn = [shapes.mask(one, 32).tobytes() for one in Status]

    share = sum(shapes.mask(status, 32).tobytes()) / (32 * 32 * 255)
    assert 0.1 < share < 0.8
    assert drawn.count(shapes.mask(status, 32).tobytes()) == 1


def test_an_arc_goes_round_its_centre() -> None:
    (circle,) = shapes.outlines("M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z")

    distances = [((x - 8) ** 2 + (y - 8) ** 2) ** 0.5 for x, y in circle]
    assert distances == [pytest.approx(7)] * len(distances)
    assert max(abs(one[0] - other[0]) for one, other in pairwise(circle)) < 2


@pytest.mark.parametrize("status", Status)
def test_every_status_can_be_read(status: Status) -> None:
    for ground in (PAPER, SHEET):
        assert contrast(STATUS_INKS[status], ground) >= AA_TEXT
