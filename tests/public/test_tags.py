"""Small things that every page is made of."""

import datetime as dt
import os
import subprocess
import sys
from decimal import Decimal

import pytest
from django.template import Context, Template

from commitments.codelists import Status
from commitments.facets import Choice
from commitments.models import Amount
from commitments.templatetags.pages import language_name, money, rich_text
from commitments.templatetags.times import time_element
from commitments.uncertain_dates import UncertainDate
from tests.markup import Markup


def rendered(source: str, **context: object) -> Markup:
    markup = Markup()
    markup.feed(Template("{% load pages %}<main>" + source + "</main>").render(Context(context)))
    return markup


def test_the_first_two_who_read_an_editors_text_find_all_rules_of_it() -> None:
    # In a process of its own: here, others have read such texts before.
    program = (
        "import django; django.setup(); from commitments.templatetags.pages import _markdown as markdown; "
        "rulers = [markdown.core.ruler, markdown.block.ruler, markdown.inline.ruler, markdown.inline.ruler2]; "
        "print(all(ruler.__cache__ for ruler in rulers))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings", "DEBUG": "true"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "True"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UncertainDate.parse("2023-10-24"), '<time datetime="2023-10-24">24 October 2023</time>'),
        (UncertainDate.parse("2023-10"), '<time datetime="2023-10">October 2023</time>'),
        (UncertainDate.parse("2023-Q4"), '<time datetime="2023">Q4 2023</time>'),
        (UncertainDate.parse("2023"), '<time datetime="2023">2023</time>'),
        (dt.date(2023, 10, 24), '<time datetime="2023-10-24">24 October 2023</time>'),
        (
            dt.datetime(2023, 10, 24, 8, 5, tzinfo=dt.UTC),
            '<time datetime="2023-10-24T08:05:00+00:00">24 October 2023, 08:05</time>',
        ),
        (None, ""),
    ],
)
def test_a_date_shows_as_exactly_as_it_is_known(value: UncertainDate | dt.date | None, expected: str) -> None:
    assert time_element(value) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Amount(value=Decimal("14300000.00"), currency="USD", qualifier="exact"), "USD 14,300,000"),
        (Amount(value=Decimal("0.50"), currency="USD", qualifier="up_to"), "up to USD 0.50"),
        (
            Amount(value=Decimal(1), value_max=Decimal(2), currency="EUR", qualifier="range"),
            "between EUR 1 and EUR 2",
        ),
    ],
)
def test_a_sum_shows_its_currency_and_how_exact_it_is(amount: Amount, expected: str) -> None:
    assert money(amount) == expected


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_word_a_shape_and_a_colour(status: Status) -> None:
    page = rendered('{% include "components/shapes.html" %}{% status code %}', code=status.value)

    (shape,) = page.all("use")
    assert page.all("symbol", id=shape["href"].removeprefix("#"))
    assert page.words == str(status.label)
    assert any(f"status--{status.value}" in element.classes for element in page.all("span"))


def test_the_bar_of_a_distribution_is_as_long_as_its_numbers() -> None:
    choices = [
        Choice("delivered", "Delivered", 3, selected=False, query="?status=delivered"),
        Choice("stalled", "Stalled", 1, selected=False, query="?status=stalled"),
    ]

    page = rendered('{% distribution choices "By status" %}', choices=choices)

    assert [(bar["x"], bar["width"]) for bar in page.all("rect")] == [("0.000", "75.000"), ("75.000", "25.000")]
    assert page.words == "By status Status Commitments Delivered 3 Stalled 1"


def test_a_distribution_of_nothing_says_so() -> None:
    assert "There are none." in rendered('{% distribution choices "By status" %}', choices=[]).words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain", "<p>Plain</p>\n"),
        (
            "**B** [a](https://example.org)",
            '<p><strong>B</strong> <a href="https://example.org" rel="nofollow">a</a></p>\n',
        ),
        ("# C5+1", "<p># C5+1</p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>\n"),
        ("![a](x.png)", '<p>!<a href="x.png" rel="nofollow">a</a></p>\n'),
    ],
)
def test_an_editors_markdown_becomes_plain_safe_markup(text: str, expected: str) -> None:
    assert rich_text(text) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("ru", "Russian"), ("zh-Hans", "Simplified Chinese"), ("xx-??", "xx-??")]
)
def test_a_language_shows_its_name_or_else_its_code(code: str, expected: str) -> None:
    assert language_name(code) in (expected, "Chinese (Simplified)")
