"""The gallery of components: everything that the public pages are made of, for editors to look at."""

import re
from collections import Counter

from django.conf import settings
from django.test import Client

from commitments.codelists import Flag, Status
from tests.markup import Markup, read

GALLERY = "/admin/gallery/"


def shown(desk: Client) -> Markup:
    return read(desk, GALLERY)


def test_it_is_for_editors_alone(client: Client, db: None) -> None:
    response = client.get(GALLERY)

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_it_shows_every_status_and_every_flag(desk: Client) -> None:
    page = shown(desk)
    classes = {name for element in page.elements for name in element.classes}

    assert {f"status--{status.value}" for status in Status} <= classes
    assert {f"fill--{status.value}" for status in Status} <= classes
    for flag in Flag:
        assert str(flag.label) in page.words


def test_it_shows_every_part_that_pages_share(desk: Client) -> None:
    css = (settings.BASE_DIR / "static" / "css" / "components.css").read_text(encoding="utf-8")
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)))
    templates = (settings.BASE_DIR / "templates" / "components").glob("*.html")
    named = " ".join(
        names for path in templates for names in re.findall(r'class="([^"{]*)', path.read_text(encoding="utf-8"))
    )
    page = shown(desk)

    shared = styled & set(named.split())

    assert shared
    assert shared - {name for element in page.elements for name in element.classes} == set()


def test_it_keeps_the_promises_of_every_page(desk: Client) -> None:
    page = shown(desk)
    ids = Counter(element["id"] for element in page.elements if "id" in element.attributes)

    assert len(page.all("h1")) == 1
    assert [name for name, times in ids.items() if times > 1] == []
    assert not [element for element in page.elements if "style" in element.attributes]
    assert page.one("meta", name="robots")["content"] == "noindex"
