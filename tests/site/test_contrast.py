"""Every colour of text can be read on every ground it stands on, in light and in dark (WCAG 2.2 AA)."""

import re
from itertools import product

import pytest
from django.conf import settings

from commitments.codelists import Status

AA_TEXT = 4.5
AA_PARTS = 3.0
TEXT = ("ink", "ink-soft", "link", "link-visited", "link-hover", "warn", "error", "error-hover", "success")
STATUSES = tuple(f"status-{status.value.replace('_', '-')}" for status in Status)
GROUNDS = ("paper", "sheet")


def schemes() -> dict[str, dict[str, str]]:
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)")
    colours = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    first = dict(colours.findall(light))
    return {"light": first, "dark": {**first, **dict(colours.findall(dark))}}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme: str) -> None:
    colours = schemes()[scheme]
    pairs = [
        *product((*TEXT, *STATUSES), GROUNDS),
        *product((*TEXT, *STATUSES), ("focus-paper",)),
        ("ink", "mark"),
        ("focus-ink", "focus-fill"),
        *product(("button-ink",), ("button", "button-hover", "error", "error-hover", "success")),
        ("masthead-ink", "masthead"),
        ("masthead-soft", "masthead"),
    ]

    poor = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in pairs}

    assert {pair: ratio for pair, ratio in poor.items() if ratio < AA_TEXT} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edges_of_fields_and_the_focus_can_be_seen(scheme: str) -> None:
    colours = schemes()[scheme]
    pairs = [*product(("line-strong", "focus", "button"), GROUNDS), ("focus", "focus-paper")]
    # Whatever has the focus changes its ground, and is underlined in the ink of the focus.
    pairs += [("focus-ink", "focus-fill"), ("focus-fill", "masthead")]

    poor = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in pairs}

    assert {pair: ratio for pair, ratio in poor.items() if ratio < AA_PARTS} == {}
