"""What other sites show in a frame, and how they find it: embeds and the oEmbed provider."""

from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.codelists import Publication, Status
from tests.factories import make_commitment, make_country, make_development, merge
from tests.markup import Markup, body

pytestmark = pytest.mark.django_db
ADDRESSES = ("/embed/commitments/EMB-01/", "/embed/commitments/?country=KZ", "/embed/commitments/?status=withdrawn")


def policy(client: Client, address: str) -> dict[str, str]:
    header = client.get(address)["Content-Security-Policy"]
    return dict(one.strip().partition(" ")[::2] for one in header.split(";"))


def asked(client: Client, address: str, **parameters: str) -> object:
    return client.get("/oembed", {"url": f"http://testserver{address}", **parameters}).json()


def test_only_embeds_may_be_framed(client: Client) -> None:
    make_commitment("EMB-01")

    for address in ADDRESSES:
        assert policy(client, address) == {
            "default-src": "'none'",
            "style-src": "'self'",
            "img-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "*",
            "require-trusted-types-for": "'script'",
            "trusted-types": "'none'",
        }
        assert "X-Frame-Options" not in client.get(address)
    for address in ("/commitments/EMB-01/", "/commitments/", "/oembed"):
        assert policy(client, address)["frame-ancestors"] == "'none'", address
    assert client.get("/commitments/EMB-01/")["X-Frame-Options"] == "DENY"


def test_a_frame_is_small_has_no_script_and_its_links_leave_it(client: Client) -> None:
    make_commitment("EMB-01", due="2024-03")

    for address in ADDRESSES:
        response = client.get(address)
        page = Markup.of(response)
        assert len(response.content) < 12_000
        assert not page.all("script")
        assert not response.cookies
        assert [link["href"] for link in page.all("link", rel="stylesheet")] == [
            "/static/css/tokens.css",
            "/static/css/embed.css",
        ]
        assert page.all("a")
        for link in page.all("a"):
            assert (link["target"], link["rel"]) == ("_blank", "noopener")
        assert len(page.all("h1")) == len(page.all("main")) == 1
        assert page.one("meta", name="robots")["content"] == "noindex"
        assert "As of " in page.words


def test_the_card_says_where_it_stands_as_of_a_day(client: Client) -> None:
    commitment = make_commitment("EMB-01", title="Build a railway", due="2024-03")
    make_development(commitment, status=Status.DELIVERED, happened="2024-02-08")

    now = Markup.of(client.get("/embed/commitments/EMB-01/")).words
    then = Markup.of(client.get("/embed/commitments/EMB-01/?as_of=2024-01")).words

    for words in ("EMB-01", "Build a railway", "Delivered", "since 8 February 2024", "Kazakhstan", "due March 2024"):
        assert words in now
    assert "Not assessed" in then
    assert "As of 31 January 2024" in then


def test_the_table_has_the_first_rows_and_says_how_many_there_are(client: Client) -> None:
    for number in range(10):
        make_commitment(f"EMB-{number:02}")

    page = Markup.of(client.get("/embed/commitments/?colour=red"))

    assert len(page.all("tr")) == 1 + 8
    assert "All 10 commitments" in page.words
    assert "Left out of what was asked for: colour" in page.words


def test_the_table_asks_the_database_as_often_for_many_as_for_few(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/embed/commitments/")
        return len(captured)

    make_commitment()
    few = queries()
    make_commitment()
    make_commitment()

    # How many, the keys, the rows, their sectors and makers.
    assert few == queries() == 5


def test_what_is_not_public_has_no_frame(client: Client) -> None:
    kept = make_commitment("EMB-01")
    make_commitment("EMB-02", publication=Publication.DRAFT)
    make_commitment("EMB-03", publication=Publication.RETRACTED)
    merge(make_commitment("EMB-04"), kept)

    for code, status in (("EMB-02", 404), ("EMB-03", 410), ("EMB-04", 301), ("NONE-01", 404)):
        assert client.get(f"/embed/commitments/{code}/").status_code == status
        address = quote(f"http://testserver/commitments/{code}/", safe="")
        assert client.get(f"/oembed?url={address}").status_code == status
    moved = client.get("/oembed", {"url": "http://testserver/commitments/EMB-04/", "format": "xml"})
    assert moved["Location"] == "/oembed?url=http%3A%2F%2Ftestserver%2Fcommitments%2FEMB-01%2F&format=xml"


def test_the_provider_answers_with_the_frame(client: Client) -> None:
    make_commitment("EMB-01", title='Build a "railway"', makers=(make_country("KZ"),))

    said = asked(client, "/commitments/emb-01/?as_of=2024-01-31", maxwidth="320")

    assert said == {
        "type": "rich",
        "version": "1.0",
        "title": 'EMB-01: Build a "railway"',
        "provider_name": "Commitment tracker",
        "provider_url": "http://testserver/",
        "cache_age": 3600,
        "html": (
            '<iframe src="http://testserver/embed/commitments/EMB-01/?as_of=2024-01-31" width="320" height="280" '
            'title="EMB-01: Build a &quot;railway&quot;" loading="lazy"></iframe>'
        ),
        "width": 320,
        "height": 280,
    }
    whole = client.get("/oembed", {"url": "http://testserver/commitments/EMB-01/"}).json()
    assert whole["thumbnail_url"] == "http://testserver/commitments/EMB-01/card.png"
    listed = client.get("/oembed", {"url": "http://testserver/commitments/?country=KZ&colour=red"}).json()
    assert 'src="http://testserver/embed/commitments/?country=KZ"' in listed["html"]


def test_it_answers_in_xml_too(client: Client) -> None:
    make_commitment("EMB-01", title="Rails & <roads>\x07")

    response = client.get("/oembed", {"url": "http://testserver/commitments/EMB-01/", "format": "xml"})

    root = ET.fromstring(response.content)
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert root.findtext("title") == "EMB-01: Rails & <roads>"
    assert "<iframe" in (root.findtext("html") or "")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": "http://elsewhere.example/commitments/EMB-01/"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://[broken"}, 404),
        ({"url": "http://testserver/about/"}, 404),
        ({"url": "http://testserver/commitments/EMB-01/", "format": "yaml"}, 501),
        ({"url": "http://testserver/commitments/EMB-01/", "maxwidth": "wide"}, 400),
        ({}, 400),
    ],
)
def test_what_it_has_not_it_refuses(client: Client, query: dict[str, str], status: int) -> None:
    make_commitment("EMB-01")

    assert client.get("/oembed", query).status_code == status


def test_pages_name_every_form_that_they_have(client: Client) -> None:
    make_commitment("EMB-01")

    def types(address: str) -> set[str]:
        page = Markup.of(client.get(address))
        links = page.all("link", rel="alternate")
        assert all(client.get(link["href"].removeprefix("http://testserver")).status_code == 200 for link in links)
        return {link["type"] for link in links}

    feeds = {"application/atom+xml", "application/feed+json", "application/json+oembed", "text/xml+oembed"}
    assert types("/commitments/EMB-01/") == {*feeds, "application/json"}
    assert types("/commitments/?country=KZ") >= {*feeds, "text/csv", "application/json", "text/calendar"}
    assert types("/calendar/") == {"text/calendar"}
    code = Markup.of(client.get("/commitments/EMB-01/")).one("textarea", id="embed-code").text
    assert code.startswith('<iframe src="http://testserver/embed/commitments/EMB-01/"')
    assert "iframe" in body(client.get("/commitments/"))
