"""A format that meets again: its members, its meetings, its commitments."""

import pytest
from django.test import Client

from tests.factories import make_commitment, make_country, make_series, make_summit
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_a_series_counts_the_commitments_of_each_of_its_meetings(client: Client) -> None:
    series = make_series("c5-plus-1", "C5+1")
    series.members.add(make_country("KZ"))
    summit = make_summit("S-2023", name="First meeting", series=series)
    make_summit("S-2024", name="Second meeting", series=series)
    make_commitment("S-01", summit=summit)
    make_commitment("S-02")

    page = read(client, "/series/c5-plus-1/")

    for words in ("C5+1", "First meeting", "Second meeting", "Members Kazakhstan"):
        assert words in page.words
    assert page.linked_counts == {
        "/commitments/?series=c5-plus-1": 1,
        "/commitments/?series=c5-plus-1&status=not_assessed": 1,
        "/commitments/?series=c5-plus-1&summit=S-2023": 1,
    }
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_an_unknown_series_is_not_found(client: Client) -> None:
    assert client.get("/series/g99/").status_code == 404
