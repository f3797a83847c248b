"""The pages of scores and of agreement: what they say, what they link to, and the files."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.actions import assessments
from commitments.actions.assessments import Coded
from commitments.codelists import CODEBOOK_VERSION, Collectivity, Publication, Score, Status
from commitments.models import Commitment
from commitments.roles import DeskRole
from tests.admin.cast import make_member
from tests.exports.reading import content, of_csv, of_parquet
from tests.factories import make_commitment, make_country, make_development, make_sector, make_series, make_summit
from tests.markup import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge() -> Commitment:
    """Two makers of one joint pledge: one delivered in part, the other was not looked at."""
    kazakhstan, usa = make_country("KZ"), make_country("US")
    commitment = make_commitment(
        "SP-01",
        summit=make_summit("SP-2023", series=make_series()),
        makers=(kazakhstan, usa),
        sectors=(make_sector(),),
        collectivity=Collectivity.JOINT,
    )
    make_development(commitment, party=kazakhstan, status=Status.PARTIALLY_DELIVERED)
    make_commitment("SP-02", makers=(usa,), publication=Publication.DRAFT)
    return Commitment.objects.get(pk=commitment.pk)


@pytest.mark.usefixtures("pledge")
def test_no_mean_stands_without_its_denominators(client: Client) -> None:
    words = read(client, "/scores/").words

    assert "Mean 0.00" in words
    assert "Of 2 promises identified, 2 were selected, 1 of these assessed, and 1 give a score." in words
    # Of the United States nothing gives a score: no zero.
    assert "United States of America 1 1 1 0 0 0 0 0 –" in words


@pytest.mark.usefixtures("pledge")
@pytest.mark.parametrize("query", ["", "?by=sector", "?by=summit", "?by=series", "?country=KZ", "?joint=1"])
def test_every_number_with_a_list_links_to_it(client: Client, query: str) -> None:
    counts = read(client, f"/scores/{query}").linked_counts

    assert counts
    for link, number in counts.items():
        assert read(client, link).total == number, link


@pytest.mark.usefixtures("pledge")
def test_what_is_not_understood_is_said_and_the_rest_applied(client: Client) -> None:
    words = read(client, "/scores/?silence=loud&colour=red&joint=1").words

    assert "silence=loud was ignored" in words
    assert "colour=red was ignored" in words
    assert "joint text only" in words


@pytest.mark.usefixtures("pledge")
def test_the_file_holds_the_rows_the_choices_and_the_codebook(client: Client) -> None:
    rows = of_csv(content(client.get("/scores.csv?silence=zero&joint=1&as_of=2024-03-01")))

    assert [(row["key"], row["identified"], row["scored"], row["mean"]) for row in rows] == [
        ("all", "2", "1", "0.0000"),
        ("kazakhstan", "1", "1", "0.0000"),
        ("united-states-of-america", "1", "0", ""),
    ]
    assert {row["silence"] for row in rows} == {"zero"}
    assert {(row["joint_only"], row["as_of"], row["codebook_version"]) for row in rows} == {
        ("1", "2024-03-01", CODEBOOK_VERSION)
    }


@pytest.mark.usefixtures("pledge")
def test_every_form_of_the_file_can_be_written_and_says_what_it_is(client: Client) -> None:
    about = json.loads(content(client.get("/scores.json?weights=strength")))["about"]

    assert about["count"] == 3
    assert "weighted by strength" in about["query"]
    today = timezone.localdate().isoformat()
    assert about["address"].endswith(f"/scores/?as_of={today}&as_known={today}&weights=strength")
    for ending in ("xlsx", "jsonl", "zip"):
        assert content(client.get(f"/scores.{ending}")), ending


@pytest.mark.usefixtures("pledge")
def test_a_mean_that_no_two_digits_can_say_is_whole_in_parquet_too(client: Client) -> None:
    for _ in range(2):
        make_development(make_commitment(makers=(make_country("TJ"),)), status=Status.DELIVERED)

    (whole, *_others) = of_parquet(content(client.get("/scores.parquet")))

    assert whole["mean"] == Decimal("0.6667")


@pytest.mark.usefixtures("pledge")
def test_a_file_refuses_what_it_does_not_understand(client: Client) -> None:
    response = client.get("/scores.csv?silence=loud")

    assert response.status_code == 400
    assert "silence=loud" in response.content.decode()


def test_the_page_asks_as_often_for_many_makers_as_for_one(client: Client) -> None:
    asked = []
    make_commitment(makers=(make_country("KZ"),))
    for alpha2 in ("UZ", "US"):
        make_commitment(makers=(make_country(alpha2),))
        with CaptureQueriesContext(connection) as queries:
            client.get("/scores/")
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("page", ["/summits/SP-2023/", "/countries/KZ/", "/sectors/32210/"])
@pytest.mark.usefixtures("pledge")
def test_pages_of_records_lead_to_their_scores(client: Client, page: str) -> None:
    (link,) = {link for link in read(client, page).links if link.startswith("/scores/?")}

    assert "Mean" in read(client, link).words


def test_agreement_is_told_with_its_n_once_both_have_scored(client: Client, pledge: Commitment) -> None:
    first, second = make_member(DeskRole.EDITOR, "first"), make_member(DeskRole.REVIEWER, "second")
    party = make_country("KZ")
    assessments.record(by=first, commitment=pledge, coded={party.pk: Coded(Score.NONE, "Grounds unseen.")})
    assert "No commitment has been scored by two people yet." in read(client, "/scores/agreement/").words

    assessments.record(by=second, commitment=pledge, coded={party.pk: Coded(Score.NONE, "Others unseen.")})

    words = read(client, "/scores/agreement/").words
    assert "Over 1 pair" in words
    assert "Agreed 1 of 1 (100%)" in words
    assert "unseen" not in words
