"""Sitemaps: every page on which something public stands, nothing else, and when it last changed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.codelists import Publication, Status
from commitments.public.sitemaps import SECTIONS
from commitments.public.urls import urlpatterns
from tests.factories import make_commitment, make_country, make_development, make_party, make_sector, make_summit
from tests.markup import body
from tests.site.addresses import FILES, make_world

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def listed(client: Client, section: str) -> dict[str, str]:
    """The addresses of a sitemap, each with its last change if it names one."""
    text = body(client.get(f"/sitemap-{section}.xml"))
    found = re.findall(r"<url><loc>([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?", re.sub(r"\s", "", text))
    return {address.removeprefix(HOST): changed for address, changed in found}


def test_robots_find_the_index_and_the_index_every_section(client: Client) -> None:
    robots = body(client.get("/robots.txt"))
    (index,) = re.findall(r"Sitemap: (\S+)", robots)

    sections = re.findall(r"<loc>([^<]+)</loc>", body(client.get(index)))

    assert sections == [f"{HOST}/sitemap-{section}.xml" for section in SECTIONS]
    assert all(client.get(address).status_code == 200 for address in sections)
    assert client.get("/sitemap-secrets.xml").status_code == 404


# Forms to be filled in: no page to be found.
FORMS = {"follow", "follow_webhook"}


def test_every_page_that_is_there_once_is_listed(client: Client) -> None:
    there_once = {
        f"/{pattern.pattern}"
        for pattern in urlpatterns
        if "<" not in str(pattern.pattern) and pattern.name not in FILES | FORMS
    }

    assert set(listed(client, "pages")) == there_once
    assert all(client.get(address).status_code == 200 for address in there_once)


def test_what_is_published_is_listed_with_its_last_change(client: Client) -> None:
    commitment = make_commitment("MAP-01", makers=(make_country("KZ"), make_party("Agency")), sectors=(make_sector(),))
    first = listed(client, "commitments")["/commitments/MAP-01/"]
    make_development(commitment, status=Status.DELIVERED)
    revision = commitment.revisions.order_by("-number").first()
    assert revision is not None
    day = revision.recorded_at.date().isoformat()

    assert first <= day
    assert listed(client, "commitments") == {"/commitments/MAP-01/": day}
    assert listed(client, "summits") == {commitment.summit.get_absolute_url(): day}
    assert listed(client, "countries") == {"/countries/KZ/": day}
    assert listed(client, "parties") == {"/parties/agency/": day}
    assert listed(client, "sectors") == {"/sectors/322/": day, "/sectors/32210/": day}
    assert len(listed(client, "documents")) == 2


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.RETRACTED])
def test_what_is_not_published_is_listed_nowhere(client: Client, publication: Publication) -> None:
    make_commitment(
        "MAP-01",
        summit=make_summit("SECRET"),
        makers=(make_country("KZ"), make_party("Agency")),
        sectors=(make_sector(),),
        publication=publication,
    )

    for section in SECTIONS.keys() - {"pages"}:
        assert listed(client, section) == {}, section


def test_every_listed_address_is_the_one_that_its_page_names(client: Client) -> None:
    make_world()
    for section in SECTIONS:
        for address in listed(client, section):
            assert f'<link rel="canonical" href="{HOST}{address}">' in body(client.get(address)), address


@pytest.mark.parametrize("section", SECTIONS)
def test_a_sitemap_asks_as_much_for_many_as_for_few(client: Client, section: str) -> None:
    asked = []
    for rows in (2, 6):
        for number in range(rows):
            make_commitment(f"MAP-{rows}-{number}", makers=(make_party(),), sectors=(make_sector(f"3221{number}"),))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/sitemap-{section}.xml")
            client.get("/sitemap.xml")
        asked.append(len(queries))

    assert asked[0] == asked[1]
