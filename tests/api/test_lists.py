"""The API gives the site's lists: strictly, page by page, as they stand or stood, and never a draft."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments import facets
from commitments.actions import commitments as commitment_actions
from commitments.actions import merges as merge_actions
from commitments.api import collections
from commitments.api.collections import COLLECTIONS
from commitments.codelists import DevelopmentKind, Publication, Status
from commitments.exports.columns import SHAPES
from commitments.models import Commitment, Relation
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_sector,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def get(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(f"{API}{address}")
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


def codes(page: Any) -> list[str]:
    return [row["code"] for row in page["results"]]


def test_a_list_takes_the_parameters_of_the_site(client: Client) -> None:
    make_commitment("API-01", makers=(make_country("KZ"),), sectors=(make_sector("32210"),))
    make_commitment("API-02", makers=(make_country("UZ"),))
    make_commitment("API-03", makers=(make_country("KZ"),), publication=Publication.DRAFT)

    everything, some = get(client, "commitments/"), get(client, "commitments/?country=KZ&sector=322")

    assert (everything["count"], codes(everything)) == (2, ["API-01", "API-02"])
    assert (some["count"], codes(some), some["next"], some["previous"]) == (1, ["API-01"], None, None)
    assert some["results"][0]["sectors"] == ["32210"]


def test_it_gives_the_fields_that_are_asked_for_and_no_others(client: Client) -> None:
    make_commitment("API-01", title="Build a railway")

    page = get(client, "commitments/?fields=title,code")

    assert page["results"] == [{"code": "API-01", "title": "Build a railway"}]
    everything = get(client, "commitments/")["results"][0]
    assert set(everything) == {column.name for column in COLLECTIONS[0].shape.columns}


def test_it_looks_from_another_day(client: Client) -> None:
    commitment = make_commitment("API-01")
    make_development(commitment, happened="2024-02", status=Status.IN_PROGRESS)
    make_development(commitment, happened="2024-05", status=Status.DELIVERED)

    def status(query: str) -> str:
        page = get(client, f"commitments/?{query}&fields=status")
        return str(page["results"][0]["status"])

    assert [status("as_of=2024-01"), status("as_of=2024-03"), status("as_of=2025")] == [
        "not_assessed",
        "in_progress",
        "delivered",
    ]
    one = get(client, "commitments/API-01/?as_of=2024-03")
    assert one["status"] == "in_progress"
    assert [row["happened"] for row in one["developments"]] == ["2024-02"]
    assert get(client, "developments/?as_of=2024-03")["count"] == 1
    assert get(client, "status-changes/?as_of=2024-03")["count"] == 2
    get(client, "commitments/API-01/?as_of=2020", 404)


@pytest.mark.parametrize(
    ("address", "errors"),
    [
        ("commitments/?colour=red", {"colour": "There is no such parameter here."}),
        ("commitments/?status=splendid&country=XX", {"status": "It is none of", "country": "We hold nothing"}),
        ("commitments/?status=", {"status": "It is empty."}),
        ("commitments/?q=%20", {"q": "It is empty."}),
        ("commitments/?sort=title&page=2", {"sort": "one order", "page": "one order"}),
        ("commitments/?made_after=soon", {"made_after": "is not a date"}),
        ("commitments/?as_of=2999", {"as_of": "lies ahead"}),
        ("commitments/?role=maker", {"role": "needs a country or a party"}),
        (
            "commitments/?cursor=z&page_size=0&fields=title,colour",
            {"cursor": "z", "page_size": "0", "fields": "colour"},
        ),
        ("commitments/?page_size=201", {"page_size": "at most 200"}),
        ("commitments/?page_size=5&page_size=6", {"page_size": "more than once"}),
        ("commitments/?overdue=0&overdue=1", {"overdue": "more than once"}),
        ("commitments/?format=xml", {"format": "There is no such parameter"}),
        ("commitments/?entry=check", {"entry": "There is no such parameter"}),
        ("developments/?entry=gossip", {"entry": "It is none of"}),
        ("developments/?entry=check&entry=reply", {"entry": "check: It was given more than once"}),
        ("summits/?country=KZ", {"country": "There is no such parameter"}),
        ("facets/?page_size=5", {"page_size": "There is no such parameter"}),
        ("openapi.json?x=1", {"x": "There is no such parameter"}),
        ("commitments/?q=a%00b", {"q": "a character that no value has"}),
    ],
)
def test_what_it_does_not_understand_it_names(client: Client, address: str, errors: dict[str, str]) -> None:
    answer = get(client, address, 400)

    assert answer["detail"]
    assert set(answer["errors"]) == set(errors)
    for name, part in errors.items():
        assert part in " ".join(answer["errors"][name]), answer


def test_more_parameters_than_a_request_may_have_are_a_problem_in_json_too(client: Client) -> None:
    answer = get(client, "commitments/?" + "&".join(["status=delivered"] * 1500), 400)

    assert answer["detail"]


def test_pages_skip_and_repeat_nothing_while_others_write(client: Client) -> None:
    for number in range(5):
        make_commitment(f"API-{number:02}")
    first = get(client, "commitments/?page_size=2&fields=code")
    # Between two pages one is added, one goes, and one changes what lists are sorted by elsewhere.
    make_commitment("API-99", made="2024-01-01")
    commitment_actions.retract(by=make_user("editor"), commitment=Commitment.objects.get(code="API-00"), reason="Wrong")
    make_development(Commitment.objects.get(code="API-03"), status=Status.IN_PROGRESS)

    found, page = codes(first), first
    while page["next"]:
        page = json.loads(client.get(page["next"]).content)
        found += codes(page)

    assert found == [*(f"API-{number:02}" for number in range(5)), "API-99"]
    back: list[str] = codes(page)
    while page["previous"]:
        page = json.loads(client.get(page["previous"]).content)
        back = codes(page) + back
    assert back == found[1:]


def test_a_cursor_beyond_the_end_is_an_empty_page_with_a_way_back(client: Client) -> None:
    commitment = make_commitment("API-01")

    page = get(client, "commitments/?cursor=a999999999")
    assert (page["results"], page["next"], page["count"]) == ([], None, 1)
    assert codes(json.loads(client.get(page["previous"]).content)) == ["API-01"]
    before = get(client, f"commitments/?cursor=b{commitment.pk}")
    assert before["results"] == []
    assert get(client, "commitments/?cursor=b1")["next"] is None


def test_a_record_holds_what_belongs_to_it(client: Client) -> None:
    commitment = make_commitment("API-01", makers=(make_country("KZ"),))
    make_development(commitment, status=Status.IN_PROGRESS)
    make_draft_development(commitment, summary="Secret")

    one = get(client, "commitments/API-01/")

    assert (one["code"], one["makers"]) == ("API-01", ["Kazakhstan"])
    assert [row["party"] for row in one["parties"]] == ["kazakhstan"]
    assert len(one["developments"]) == 1
    assert len(one["status_changes"]) == 2
    assert len(one["wordings"]) == 1
    assert one["relations"] == []
    assert get(client, "commitments/API-01/?fields=code,relations") == {"code": "API-01", "relations": []}


def test_a_record_of_an_earlier_day_names_nothing_that_came_later(client: Client) -> None:
    commitment = make_commitment("API-01", made="2023-09-19")
    for code, made in (("API-02", "2023-09-19"), ("API-03", "2025-11-06")):
        Relation.objects.create(source=commitment, kind="part_of", target=make_commitment(code, made=made))

    def related(query: str) -> list[str]:
        return [row["other"] for row in get(client, f"commitments/API-01/{query}")["relations"]]

    assert related("") == ["API-02", "API-03"]
    assert related("?as_of=2024-06-30") == ["API-02"]


def test_what_is_not_public_is_not_there_and_what_was_is_gone(client: Client) -> None:
    make_commitment("API-01", publication=Publication.DRAFT)
    make_commitment("API-02", publication=Publication.RETRACTED)

    assert get(client, "commitments/API-01/", 404)["detail"]
    assert "retracted" in get(client, "commitments/API-02/", 410)["detail"]
    get(client, "commitments/NO-SUCH/", 404)
    assert get(client, "commitments/")["count"] == get(client, "revisions/")["count"] == 0


def test_every_other_record_has_an_address(client: Client) -> None:
    commitment = make_commitment(
        "API-01",
        summit=make_summit("S-01", name="The summit"),
        makers=(make_party("Agency"),),
        sectors=(make_sector("32210", "Mining"),),
    )
    development = make_development(commitment, kind=DevelopmentKind.DEVELOPMENT)
    document = development.evidence.get().document
    unused = make_document()

    assert get(client, "summits/S-01/")["name"] == "The summit"
    assert get(client, "parties/agency/")["name"] == "Agency"
    assert get(client, "sectors/32210/")["category"] == "322"
    assert get(client, f"documents/{document.pk}/")["title"] == document.title
    assert get(client, f"developments/{development.pk}/")["code"] == "API-01"
    get(client, f"documents/{unused.pk}/", 404)
    get(client, "documents/0/", 404)
    get(client, "nowhere/", 404)
    get(client, "commitments/lower-case/", 404)
    assert get(client, "")["commitments"] == "http://testserver/api/v1/commitments/"


def test_an_address_without_its_slash_leads_to_the_one_with_it(client: Client) -> None:
    assert client.get("/api/v1/commitments?country=KZ")["Location"] == "/api/v1/commitments/?country=KZ"


def test_the_facets_count_what_the_list_holds(client: Client) -> None:
    make_commitment("API-01", makers=(make_country("KZ"),))
    make_commitment("API-02", makers=(make_country("UZ"),))

    found = get(client, "facets/?country=KZ")

    assert found["count"] == get(client, "commitments/?country=KZ")["count"] == 1
    choices = {facet["parameter"]: facet["choices"] for facet in found["facets"]}
    assert {choice["value"]: choice["count"] for choice in choices["country"]} == {"KZ": 1, "UZ": 1}
    assert [choice["value"] for choice in choices["country"] if choice["selected"]] == ["KZ"]


def test_the_facets_have_every_choice_however_many(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST_SHOWN", 1)
    make_commitment("API-01", makers=(make_country("KZ"), make_country("UZ")))

    choices = {facet["parameter"]: facet["choices"] for facet in get(client, "facets/")["facets"]}

    assert [choice["value"] for choice in choices["country"]] == ["KZ", "UZ"]


def test_the_changes_tell_of_every_write_and_of_what_was_taken_back(client: Client) -> None:
    kept, retracted = make_commitment("API-01"), make_commitment("API-02")
    make_commitment("API-03", publication=Publication.DRAFT)
    page = get(client, "changes/?fields=code,number,publication")
    assert page["results"] == [
        {"code": "API-01", "number": 1, "publication": "published"},
        {"code": "API-02", "number": 1, "publication": "published"},
    ]
    last = get(client, "changes/")["results"][-1]["id"]

    make_development(kept, status=Status.IN_PROGRESS)
    commitment_actions.retract(by=make_user("editor"), commitment=retracted, reason="Not a commitment")

    since = get(client, f"changes/?cursor=a{last}&fields=code,number,publication")["results"]
    assert since == [
        {"code": "API-01", "number": 2, "publication": "published"},
        {"code": "API-02", "number": 2, "publication": "retracted"},
    ]
    # What it had said is taken back too: whoever starts now learns that it is gone, and nothing else.
    assert [row["publication"] for row in get(client, "changes/")["results"] if row["code"] == "API-02"] == [
        "retracted"
    ]
    assert [row["code"] for row in get(client, "revisions/")["results"]] == ["API-01", "API-01"]


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda collection: collection.name)
def test_thirty_rows_cost_as_many_queries_as_three(client: Client, collection: collections.Collection) -> None:
    def spent() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, f"{collection.name}/?page_size=200")
        return len(queries)

    def make(number: int) -> None:
        for _ in range(number):
            make_development(make_commitment(makers=(make_party(),), sectors=(make_sector(),)), status=Status.STALLED)

    make(2)
    few = spent()
    make(6)
    assert spent() == few


def test_every_shape_is_given_somewhere() -> None:
    given = {collection.shape.name for collection in COLLECTIONS}
    nested = {one.shape.name for collection in COLLECTIONS for one in collection.nested}

    assert given | nested == {shape.name for shape in SHAPES}


def test_what_was_merged_leads_to_the_record_that_tells_of_it(client: Client) -> None:
    kept, absorbed = make_commitment("API-01"), make_commitment("API-02")
    make_development(absorbed, status=Status.IN_PROGRESS, summary="It went on.")
    absorbed.refresh_from_db()
    merge_actions.merge(
        by=make_user("editor"),
        kept=kept,
        absorbed=absorbed,
        kept_version=kept.version,
        absorbed_version=absorbed.version,
        reason="One promise, written twice",
    )

    moved = client.get(f"{API}commitments/API-02/?fields=code")
    assert (moved.status_code, moved["Location"]) == (301, "http://testserver/api/v1/commitments/API-01/?fields=code")
    assert [row["code"] for row in get(client, "commitments/")["results"]] == ["API-01"]
    assert [row["summary"] for row in get(client, "commitments/API-01/")["developments"]] == ["It went on."]
    (told,) = [row for row in get(client, "changes/")["results"] if row["code"] == "API-02"]
    assert (told["publication"], told["merged_into"]) == ("merged", "API-01")
