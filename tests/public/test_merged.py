"""Both codes of a merged commitment go on answering."""

from urllib.parse import quote

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from commitments.actions import commitments as actions
from commitments.actions import merges
from commitments.codelists import Publication
from commitments.models import Commitment
from tests.factories import make_commitment, make_development, make_user, merge
from tests.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Commitment, Commitment]:
    kept, absorbed = make_commitment("KEPT-1"), make_commitment("GONE-1")
    make_development(absorbed, summary="A first meeting was held.")
    merge(absorbed, kept)
    return kept, absorbed


type Pair = tuple[Commitment, Commitment]


def words(response: HttpResponseBase) -> str:
    return Markup.of(response).words


@pytest.mark.parametrize("page", ["commitment", "suggest", "card"])
def test_the_code_that_was_merged_leads_to_the_other(page: str, pair: Pair, client: Client) -> None:
    response = client.get(reverse(page, args=["GONE-1"]), {"as_of": "2024-03-01"})

    assert (response.status_code, response["Location"]) == (301, f"{reverse(page, args=['KEPT-1'])}?as_of=2024-03-01")
    # A form is kept by nobody.
    assert response["Cache-Control"].startswith("max-age=0" if page == "suggest" else "public, max-age=3600")


def test_what_the_merged_record_brought_is_told_where_it_leads(pair: Pair, client: Client) -> None:
    page = client.get("/commitments/GONE-1/", follow=True)

    assert "A first meeting was held." in words(page)
    assert "Also recorded as GONE-1" in words(page)


def test_a_cited_revision_stays_where_it_was_cited(pair: Pair, client: Client) -> None:
    page = client.get("/commitments/GONE-1/v1/")

    assert page.status_code == 200
    assert "Commitment GONE-1" in words(page)
    assert "merged into" in words(client.get("/commitments/GONE-1/v3/"))


def test_every_address_leads_on_to_what_was_retracted_since_and_reads_nothing_of_it(pair: Pair, client: Client) -> None:
    kept, _absorbed = pair
    kept.refresh_from_db()
    actions.retract(by=make_user("editor"), commitment=kept, reason="It was never said.")

    oembed = f"/oembed?url={quote('http://testserver/commitments/GONE-1/', safe='')}"
    for address in ("/commitments/GONE-1/", "/commitments/GONE-1/v1/", oembed, "/api/v1/commitments/GONE-1/"):
        moved = client.get(address)
        assert moved.status_code == 301
        assert client.get(moved["Location"]).status_code == 410


def test_a_draft_that_was_merged_never_was_there(client: Client) -> None:
    merge(make_commitment("DRAFT-1", publication=Publication.DRAFT), make_commitment("KEPT-1"))

    for address in ("/commitments/DRAFT-1/", "/commitments/DRAFT-1/v1/", "/commitments/DRAFT-1/suggest/"):
        assert client.get(address).status_code == 404
    assert "DRAFT-1" not in words(client.get("/commitments/KEPT-1/"))


def test_a_merge_that_was_undone_gives_the_code_its_page_back(pair: Pair, client: Client) -> None:
    _kept, absorbed = pair
    merges.undo(by=make_user("editor"), merge=absorbed.mergings.get(), reason="They differ.")

    assert client.get("/commitments/GONE-1/").status_code == 200
    assert "A first meeting was held." not in words(client.get("/commitments/KEPT-1/"))
