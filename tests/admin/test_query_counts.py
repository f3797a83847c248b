"""The editors' pages ask the database as much for 30 rows as for three."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.codelists import RelationKind, Role, Status
from commitments.models import Amount, Commitment, CommitmentParty, Relation, Wording
from tests.admin.addresses import url
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_sector,
)

pytestmark = pytest.mark.django_db

SIZES = (3, 30)


def asked(desk: Client, address: str) -> list[str]:
    # Kept from one request to the next: the first would otherwise ask once more.
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        response = desk.get(address)
    assert response.status_code == 200
    return [query["sql"] for query in captured]


def assert_constant(found: dict[int, list[str]]) -> None:
    fewer, more = found.values()
    assert len(fewer) == len(more), "\n".join(sorted(set(more) - set(fewer))[:20])


def fill(commitment: Commitment, number: int) -> Commitment:
    """So many rows of everything that hangs on it."""
    for place in range(number):
        party, document = make_party(), make_document()
        CommitmentParty.objects.create(commitment=commitment, party=party, role=Role.MAKER)
        Wording.objects.create(commitment=commitment, document=document, strength="announced")
        Amount.objects.create(commitment=commitment, stage="announced", value=place + 1, currency="USD")
        other = make_commitment()
        Relation.objects.create(source=commitment, kind=RelationKind.RESTATES, target=other)
        Relation.objects.create(source=other, kind=RelationKind.PART_OF, target=commitment)
        make_draft_development(commitment, party=party)
    for place in range(number):
        make_development(
            commitment,
            status=Status.IN_PROGRESS if place % 2 else Status.STALLED,
            happened=f"20{place + 24:02}"[:4] if place < 2 else "2024-03-01",
        )
    commitment.sectors.set([make_sector(f"3{place:04}"[:3] + "10") for place in range(number)])
    return commitment


def test_the_list_of_commitments(desk: Client) -> None:
    found, there = {}, 0
    for size in SIZES:
        for _ in range(size - there):
            make_development(make_commitment(makers=(make_country("KZ"), make_party())), status=Status.IN_PROGRESS)
        there = size
        found[size] = asked(desk, "/admin/commitments/commitment/")

    assert_constant(found)


def test_the_list_of_developments(desk: Client) -> None:
    commitment = make_commitment()
    found, there = {}, 0
    for size in SIZES:
        for _ in range(size - there):
            make_development(commitment, party=make_country("KZ"))
        there = size
        found[size] = asked(desk, "/admin/commitments/development/")

    assert_constant(found)


@pytest.mark.parametrize("page", ["change", "log", "history", "check"])
def test_the_pages_of_a_commitment(desk: Client, page: str) -> None:
    found = {
        size: asked(desk, url("commitment", page, fill(make_commitment(f"FULL-{size}"), size).pk)) for size in SIZES
    }

    assert_constant(found)


def test_the_form_of_a_draft_with_many_sources(desk: Client) -> None:
    commitment = make_commitment()
    found = {}
    for size in SIZES:
        documents = tuple(make_document() for _ in range(size))
        draft = make_draft_development(commitment, documents=documents)
        found[size] = asked(desk, url("development", "change", draft.pk))

    assert_constant(found)
