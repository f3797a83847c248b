"""Every page is valid HTML and every stylesheet of ours valid CSS, says the Nu HTML checker of the W3C."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from tests.markup import body
from tests.site import nu
from tests.site.addresses import make_world, page_addresses, states

# Parts of CSS that this release of the checker does not know; every browser does.
UNKNOWN_TO_THE_CHECKER = re.compile(
    "container-type|@container|content-visibility|contain-intrinsic-block-size|paint-order|vector-effect"
    "|“var\\(--[a-z-]+\\)” is not a"
    # Of the width of a container (`cqi`).
    "|“max-inline-size”: Unknown dimension"
)
ERROR_TEMPLATES = ("400", "403", "403_csrf", "404", "500")


def save(folder: Path, name: str, text: str) -> Path:
    """A page in a file that bears its address as name."""
    file = folder / f"{name.strip('/').replace('/', '_').replace('?', '_') or 'home'}.html"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.django_db
def test_every_page_is_valid_html(client: Client, tmp_path: Path) -> None:
    world = make_world()
    paths = [address for found in page_addresses(world).values() for address in found]
    files = [save(tmp_path, address, body(client.get(address))) for address in [*paths, *states()]]
    files += [save(tmp_path, f"error {name}", render_to_string(f"{name}.html")) for name in ERROR_TEMPLATES]

    assert len(set(files)) == len(files)
    assert "\n".join(nu.check(files)) == ""


def test_the_checker_finds_a_fault(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>Twice</title><p id="a">One</p><p id="a">Two</p></html>'

    errors = nu.check([save(tmp_path, "twice", page)])

    assert len(errors) == 1
    assert "Duplicate ID" in errors[0]


def test_every_stylesheet_of_ours_is_valid_css(tmp_path: Path) -> None:
    sheets = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
    bad = tmp_path / "planted.css"
    bad.write_text("p { colour: red }", encoding="utf-8")

    errors = [error for error in nu.check([*sheets, bad], "--css") if not UNKNOWN_TO_THE_CHECKER.search(error)]

    # The control is found, and nothing else.
    assert errors == ["planted.css:1: CSS: “colour”: Property “colour” doesn't exist."]
