"""What the pages load: from this host alone, within what the policy allows, and light enough for a slow line."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client

from tests.markup import Markup, body
from tests.site.addresses import make_world, page_addresses

STATIC = Path(settings.BASE_DIR) / "static"
STYLESHEETS = sorted(STATIC.rglob("*.css"))
VENDORED = sorted((STATIC / "vendor").glob("*.css"))
# Over the wire, compressed, fonts aside.
STYLES_BUDGET = 25_000
PAGE_BUDGET = 100_000


def text_of(path: Path) -> str:
    """A stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def named(path: Path) -> str:
    return path.relative_to(STATIC).as_posix()


@pytest.mark.parametrize("path", STYLESHEETS, ids=named)
def test_a_stylesheet_loads_nothing_that_the_policy_forbids(path: Path) -> None:
    css = path.read_text(encoding="utf-8")

    for forbidden in ("@import", "data:", "sourceMappingURL", "expression("):
        assert forbidden not in css
    for target in re.findall(r"url\(\s*[\"']?([^\"')]+)", css):
        assert not re.match(r"[a-z]+:|//|/", target), target
        assert (path.parent / target).is_file(), target


@pytest.mark.parametrize("path", VENDORED, ids=named)
def test_what_was_made_elsewhere_says_its_version_and_licence(path: Path) -> None:
    banner = path.read_text(encoding="utf-8").partition("*/")[0]
    licences = re.findall(r"LICENCE-[a-z0-9-]+\.txt", banner)

    assert re.search(r"\d+\.\d+\.\d+", banner)
    assert licences
    for licence in licences:
        assert "Permission is hereby granted" in (path.parent / licence).read_text(encoding="utf-8")


def test_the_foundation_takes_every_colour_from_the_tokens() -> None:
    (foundation,) = (STATIC / "vendor").glob("govuk-frontend-*.css")
    css = text_of(foundation)
    defined = set(re.findall(r"(--[\w-]+):", text_of(STATIC / "css" / "tokens.css") + css))

    assert re.findall(r"#[0-9a-f]{3,8}\b", css) == []
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= defined


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*.css")), ids=named)
def test_no_stylesheet_names_a_custom_property_that_is_not_there(path: Path) -> None:
    defined = set(re.findall(r"(--[\w-]+):", text_of(STATIC / "css" / "tokens.css") + text_of(path)))

    assert set(re.findall(r"var\((--[\w-]+)\)", text_of(path))) <= defined


def test_the_browser_paints_its_own_frame_as_the_masthead() -> None:
    page = Markup()
    page.feed(render_to_string("404.html"))
    tokens = text_of(STATIC / "css" / "tokens.css")

    frames = [meta["content"] for meta in page.all("meta", name="theme-color")]

    assert frames == re.findall(r"--masthead: (#[0-9a-f]+)", tokens)


def loaded(page: Markup) -> dict[str, bytes]:
    """The stylesheets and scripts of a page. Tests serve them under their own names."""
    links = [link["href"] for link in page.all("link", rel="stylesheet")]
    links += [script["src"] for script in page.all("script") if "src" in script.attributes]
    files = {link: finders.find(link.removeprefix(settings.STATIC_URL)) for link in links}
    return {link: Path(str(file)).read_bytes() for link, file in files.items()}


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 9))


@pytest.mark.django_db
def test_every_page_is_light(client: Client) -> None:
    for found in page_addresses(make_world()).values():
        for address in found:
            html = body(client.get(address))
            page = Markup()
            page.feed(html)
            parts = {link: weight(content) for link, content in loaded(page).items()}

            assert sum(size for link, size in parts.items() if link.endswith(".css")) < STYLES_BUDGET, address
            assert sum(parts.values()) + weight(html.encode()) < PAGE_BUDGET, address
