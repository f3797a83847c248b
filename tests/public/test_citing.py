"""Citations of a revision, of a record and of a list, as files and on the pages."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from commitments.actions import commitments as commitment_actions
from commitments.codelists import Publication
from commitments.models import Commitment
from tests.factories import make_commitment, make_development, make_user, merge
from tests.markup import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment() -> Commitment:
    commitment = make_commitment("CITE-01", title="Build a railway", at=dt.datetime(2024, 3, 7, tzinfo=dt.UTC))
    make_development(commitment, at=dt.datetime(2024, 3, 8, tzinfo=dt.UTC))
    return commitment


def csl(client: Client, address: str) -> dict[str, object]:
    response = client.get(address)
    assert response["Content-Type"] == "application/vnd.citationstyles.csl+json"
    (item,) = json.loads(response.content)
    found: dict[str, object] = item
    return found


def test_a_record_is_cited_by_its_last_revision_and_an_earlier_one_by_its_own(
    client: Client, commitment: Commitment
) -> None:
    first, last = commitment.revisions.order_by("number")

    for address, revision in (("cite", last), ("v1/cite", first), ("v2/cite", last)):
        item = csl(client, f"/commitments/CITE-01/{address}.json")
        assert item["URL"] == f"http://testserver/commitments/CITE-01/v{revision.number}/"
        assert item["note"] == f"SHA-256 {revision.sha256}"
        assert item["title"] == "Build a railway (CITE-01)"
    assert csl(client, "/commitments/CITE-01/v1/cite.json")["issued"] == {"date-parts": [[2024, 3, 7]]}
    assert client.get("/commitments/cite-01/v1/cite.bib")["Location"] == "/commitments/CITE-01/v1/cite.bib"


@pytest.mark.usefixtures("commitment")
def test_a_list_is_cited_with_its_query_both_days_its_count_and_the_day_of_reading(client: Client) -> None:
    today = timezone.localdate()

    item = csl(client, "/commitments/cite.json?country=KZ&as_of=2024-06-01")

    assert item["type"] == "dataset"
    assert item["title"] == "Commitments made at summits: Commitments, with Kazakhstan, as they stood on 2024-06-01"
    assert str(item["version"]).startswith("as of 1 June 2024, as known on ")
    assert item["note"] == "1 commitment"
    address = str(item["URL"])
    assert address == f"http://testserver/commitments/?country=KZ&as_of=2024-06-01&as_known={today.isoformat()}"
    assert read(client, address.removeprefix("http://testserver")).total == 1
    assert client.get("/commitments/cite.txt?colour=red").status_code == 400


def test_a_list_as_this_site_knew_it_is_cited_as_of_that_day_and_found_again(client: Client) -> None:
    """Deadlines are judged by the day that the list is known on: as of today, another list would be found."""
    long_ago = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
    for code, due in (("CITE-05", "2024-02"), ("CITE-06", "2025-02")):
        make_commitment(code, due=due, at=long_ago)

    item = csl(client, "/commitments/cite.json?overdue=1&as_known=2024-06-01")

    assert item["version"] == "as of 1 June 2024, as known on 1 June 2024"
    assert item["note"] == "1 commitment"
    address = str(item["URL"])
    assert address == "http://testserver/commitments/?overdue=1&as_of=2024-06-01&as_known=2024-06-01"
    assert read(client, address.removeprefix("http://testserver")).total == 1
    assert f'"address":"{address}"' in client.get("/commitments.json?overdue=1&as_known=2024-06-01").getvalue().decode()


def test_what_is_not_public_is_not_cited(client: Client, commitment: Commitment) -> None:
    draft = make_commitment("CITE-02", publication=Publication.DRAFT)
    assert client.get(f"/commitments/{draft.code}/cite.bib").status_code == 404
    assert client.get("/commitments/CITE-01/v9/cite.bib").status_code == 404

    gone = make_commitment("CITE-03")
    merge(gone, commitment)
    moved = client.get("/commitments/CITE-03/cite.ris")
    assert (moved.status_code, moved["Location"]) == (301, "/commitments/CITE-01/cite.ris")
    # What was cited stays where it was cited.
    assert client.get("/commitments/CITE-03/v1/cite.ris").status_code == 200

    back = make_commitment("CITE-04", publication=Publication.RETRACTED)
    for address in ("cite.txt", "v1/cite.txt"):
        assert client.get(f"/commitments/CITE-04/{address}").status_code == 410
    commitment_actions.publish(by=make_user("editor"), commitment=back)
    assert client.get("/commitments/CITE-04/cite.txt").status_code == 200
    assert client.get("/commitments/CITE-04/v1/cite.txt").status_code == 410


def test_the_pages_say_how_they_are_cited(client: Client, commitment: Commitment) -> None:
    last = commitment.revisions.order_by("-number")[0]
    for address, files in (
        ("/commitments/CITE-01/", "/commitments/CITE-01/v2/cite."),
        ("/commitments/CITE-01/v1/", "/commitments/CITE-01/v1/cite."),
        ("/commitments/?country=KZ", "/commitments/cite."),
    ):
        page = read(client, address)
        assert {link.rpartition(".")[2].partition("?")[0] for link in page.links if link.startswith(files)} == {
            "bib",
            "ris",
            "json",
            "txt",
        }
    assert f"SHA-256 {last.sha256}" in read(client, "/commitments/CITE-01/").words
