"""What every page promises, asked of every page at once."""

import json
import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.markup import Markup, body, read
from tests.site.addresses import World, addresses

pytestmark = pytest.mark.django_db
# Pages with a form that is sent, and how they answer to a POST that is none of theirs.
FORMS = {
    **dict.fromkeys(("suggest", "follow", "follow_webhook", "follow_confirm", "follow_manage"), 415),
    "follow_unsubscribe": 400,
}


def test_every_page_has_one_heading_and_its_landmarks(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        assert len(page.all("h1")) == 1, address
        for landmark in ("header", "main", "footer"):
            assert page.all(landmark), (address, landmark)
        assert len(page.all("main")) == 1, address
        unnamed = [nav for nav in page.all("nav") if not {"aria-label", "aria-labelledby"} & nav.attributes.keys()]
        assert not unnamed, address


def test_headings_leave_out_no_level(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
        steps = [later - earlier for earlier, later in pairwise(levels)]
        assert levels[0] == 1, address
        assert max(steps, default=0) <= 1, (address, levels)


def test_every_page_has_a_title_and_a_description_of_its_own(pages: dict[str, Markup]) -> None:
    titles = Counter(" ".join(page.all("title")[0].text.split()) for page in pages.values())
    descriptions = Counter(page.one("meta", name="description")["content"] for page in pages.values())

    for texts in (titles, descriptions):
        assert "" not in texts
        assert [text for text, times in texts.items() if times > 1] == []


def test_every_page_names_its_language_and_lets_one_skip_to_the_content(pages: dict[str, Markup]) -> None:
    for page in pages.values():
        assert page.one("html")["lang"] == "en"
        assert page.all("a")[0]["href"] == "#main"
        assert page.one("main")["id"] == "main"


def test_no_page_has_anything_that_the_policy_forbids(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        assert not page.all("style"), address
        for element in page.elements:
            assert "style" not in element.attributes, (address, element)
            assert not [name for name in element.attributes if name.startswith("on")], (address, element)
        for script in page.all("script"):
            if "src" not in script.attributes:
                # A block of data is not run, so the policy has nothing against it.
                assert script["type"] == "application/ld+json", address
                assert json.loads(script.text)["@context"] == "https://schema.org", address


def test_no_page_loads_anything_from_another_host(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        loaded = [element.attributes.get("src", "") for element in page.elements]
        loaded += [element["href"] for element in page.all("use")]
        loaded += [element["href"] for element in page.all("link") if element["rel"] not in ("canonical", "alternate")]
        assert not [url for url in loaded if urlsplit(url).netloc], address


def test_every_id_is_there_once_and_everything_that_names_one_finds_it(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        ids = Counter(element["id"] for element in page.elements if "id" in element.attributes)
        assert not [name for name, times in ids.items() if times > 1], address
        named = {
            name
            for element in page.elements
            for attribute in ("for", "aria-labelledby", "aria-describedby", "form")
            for name in element.attributes.get(attribute, "").split()
        }
        named |= {
            element["href"][1:] for tag in ("a", "use") for element in page.all(tag) if element["href"].startswith("#")
        }
        assert named <= ids.keys(), (address, named - ids.keys())


def test_every_field_has_a_label(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        labelled = {element["for"] for element in page.all("label")}
        fields = [
            field for tag in ("input", "select") for field in page.all(tag) if field.attributes.get("type") != "hidden"
        ]
        assert {field["id"] for field in fields} <= labelled, address


def test_every_number_links_to_as_many_rows_as_it_says(pages: dict[str, Markup], client: Client) -> None:
    counts: dict[str, int] = {}
    for page in pages.values():
        for link, number in page.linked_counts.items():
            # The same list is the same number wherever it stands.
            assert counts.setdefault(link, number) == number, link

    assert len(counts) > 30
    assert {link: read(client, link).total for link in counts} == counts


def test_every_link_within_the_site_leads_somewhere(pages: dict[str, Markup], client: Client) -> None:
    links = {urlsplit(link)._replace(fragment="").geturl() for page in pages.values() for link in page.links}
    links.discard("/admin/")

    broken = {link for link in links if client.get(link).status_code != 200}

    assert broken == set()


def test_links_into_a_page_find_their_place(pages: dict[str, Markup]) -> None:
    anchored = {link for page in pages.values() for link in page.links if "#" in link}
    assert anchored
    for link in anchored:
        address, _, fragment = link.partition("#")
        assert [element for element in pages[address].elements if element.attributes.get("id") == fragment], link


def test_head_answers_as_get_does_without_a_body(shared_world: World, client: Client) -> None:
    for found in addresses(shared_world).values():
        for address in found:
            response = client.head(address)
            assert response.status_code == 200, address
            assert body(response) == "", address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_page_takes_anything_but_reading(shared_world: World, client: Client, method: str) -> None:
    for name, found in addresses(shared_world).items():
        for address in found:
            # Forms take a POST of their own kind alone: tests/public/test_suggest.py, test_follow.py.
            expected = FORMS.get(name, 405) if method == "post" else 405
            assert getattr(client, method)(address).status_code == expected, address


def test_reading_writes_nothing_and_sets_no_cookie(shared_world: World, client: Client) -> None:
    for name, found in addresses(shared_world).items():
        # A form that is sent needs the cookie that shows who opened it.
        for address in found if name not in FORMS or name == "follow_unsubscribe" else ():
            response = client.get(address)
            assert not response.cookies, address
            assert "Cookie" not in response.headers.get("Vary", ""), address


def test_the_pages_for_errors_keep_the_same_promises(client: Client) -> None:
    for name in ("400", "403", "403_csrf", "404", "500"):
        page = Markup()
        page.feed(render_to_string(f"{name}.html"))
        assert len(page.all("h1")) == 1, name
        assert page.one("meta", name="description")["content"], name
        assert not [element for element in page.elements if "style" in element.attributes], name
