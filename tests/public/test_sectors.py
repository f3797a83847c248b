"""Sectors at both levels: a category holds its purposes, and a commitment with two of them is one."""

import pytest
from django.test import Client

from tests.factories import make_commitment, make_sector
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_the_list_counts_both_levels(client: Client) -> None:
    policy, metals = make_sector("32210", "Mineral policy"), make_sector("32264", "Metals")
    make_sector("210", "Transport")
    make_commitment("S-01", sectors=(policy, metals))
    make_commitment("S-02", sectors=(policy,))

    page = read(client, "/sectors/")

    assert page.linked_counts == {
        "/commitments/?sector=322": 2,
        "/commitments/?sector=32210": 2,
        "/commitments/?sector=32264": 1,
    }
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts
    assert "/sectors/210/" in page.links


def test_a_category_shows_the_commitments_of_its_purposes(client: Client) -> None:
    make_sector("322", "Mining")
    make_commitment("S-01", title="Mine", sectors=(make_sector("32210", "Mineral policy"),))
    make_commitment("S-02", title="Ride", sectors=(make_sector("21030", "Rail"),))

    page = read(client, "/sectors/322/")

    assert page.rows == ["Mine"]
    assert "Its purposes" in page.words
    assert page.linked_counts == {
        "/commitments/?sector=322": 1,
        "/commitments/?sector=32210": 1,
        "/commitments/?sector=322&status=not_assessed": 1,
    }


def test_a_purpose_shows_its_own_commitments_and_leads_up_to_its_category(client: Client) -> None:
    make_sector("322", "Mining")
    make_commitment("S-01", title="Policy", sectors=(make_sector("32210", "Mineral policy"),))
    make_commitment("S-02", title="Metals", sectors=(make_sector("32264", "Metals"),))

    page = read(client, "/sectors/32210/")

    assert page.rows == ["Policy"]
    assert "/sectors/322/" in page.links


def test_a_sector_without_commitments_says_so_and_an_unknown_one_is_not_found(client: Client) -> None:
    make_sector("111", "Education")

    assert "No published commitment is about this sector." in read(client, "/sectors/111/").words
    assert client.get("/sectors/999/").status_code == 404
