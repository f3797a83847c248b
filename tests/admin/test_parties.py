"""Parties, summits and series at the desk: what may stand in addresses, and no party twice by mistake."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from commitments.codelists import PartyKind
from commitments.models import Party, Summit, SummitSeries
from tests.admin.addresses import url
from tests.admin.cast import filled
from tests.factories import make_party, make_summit
from tests.markup import Markup, body

pytestmark = pytest.mark.django_db
PARTY, SUMMIT, SERIES = (reverse(f"admin:commitments_{name}_add") for name in ("party", "summit", "summitseries"))
INSTITUTION = {"name": "Ministry of Testing", "slug": "ministry-of-testing", "kind": PartyKind.INSTITUTION.value}


def sent(desk: Client, address: str, **typed: object) -> Markup:
    return Markup.of(desk.post(address, filled(desk.get(address), **typed)))


@pytest.mark.parametrize("code", ["bad code!", "TST/../X", "t-2025-x", "T", "-T-1", "Т-2025"])
def test_a_code_that_no_address_can_have_is_refused(desk: Client, code: str) -> None:
    make_summit("T-2025-X")

    page = sent(desk, SUMMIT, code=code, name="A meeting", kind="leaders", starts_on="2025-11-06", ends_on="2025-11-06")

    assert "A code has capital letters and digits in parts joined by hyphens" in page.words
    assert Summit.objects.count() == 1


@pytest.mark.parametrize("slug", ["KZ", "-x-", "Foo_Bar", "a--b"])
def test_a_name_in_addresses_is_written_in_one_way(desk: Client, slug: str) -> None:
    party = sent(desk, PARTY, **(INSTITUTION | {"slug": slug}))
    series = sent(desk, SERIES, slug=slug, name="A series")

    said = "A name in addresses has small letters and digits in parts joined by hyphens"
    assert said in party.words
    assert said in series.words
    assert not Party.objects.exists()
    assert not SummitSeries.objects.exists()


def test_a_second_party_of_a_name_is_asked_about_once(desk: Client) -> None:
    there = make_party("Ministry of Testing")
    typed = INSTITUTION | {"name": "ministry of testing", "slug": "another"}

    asked = desk.post(PARTY, filled(desk.get(PARTY), **typed))

    assert "There is a party of this name: Ministry of Testing." in Markup.of(asked).words
    assert url("party", "change", there.pk) in body(asked)
    assert Party.objects.count() == 1
    desk.post(PARTY, filled(asked, is_another="on"))
    assert Party.objects.count() == 2


def test_a_party_is_changed_without_being_asked(desk: Client) -> None:
    party = make_party("Ministry of Testing", country=None)
    address = url("party", "change", party.pk)

    desk.post(address, filled(desk.get(address), note=f"Seen on {dt.date(2026, 11, 30)}."))

    party.refresh_from_db()
    assert party.note == "Seen on 2026-11-30."
