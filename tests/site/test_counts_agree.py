"""However a list is asked for, every output has the same rows: page, files, API and the counts of the facets."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from commitments.codelists import Classification, Kind, Novelty, Publication, Role, Status, StatusGroup, Strength
from commitments.facets import facets
from commitments.filters import CommitmentFilter
from commitments.models import Amount
from tests.exports.reading import content, of_csv, of_json
from tests.factories import make_bloc, make_commitment, make_country, make_development, make_sector, make_summit
from tests.markup import read

CODES = {
    "role": Role.values,
    "status": Status.values,
    "status_group": StatusGroup.values,
    "kind": Kind.values,
    "strength": Strength.values,
    "novelty": Novelty.values,
    "country": ["KZ", "US", "UZ"],
    "party": ["kazakhstan", "c5"],
    "sector": ["322", "32210", "210"],
    "summit": ["AGREE-1", "AGREE-2"],
    "overdue": ["0", "1"],
    "has_amount": ["0", "1"],
    "topics": ["0", "1"],
    "q": ["railway", "minerals dialogue", "-railway", "AGREE-01"],
    **{name: ["2023", "2023-Q4", "2024-03-01"] for name in ("made_after", "made_before", "due_after", "due_before")},
    **{name: ["2022", "2024-02", "2025-06-30"] for name in ("as_of", "as_known")},
}
SINGLE = {"role", "overdue", "has_amount", "topics", "q", *[name for name in CODES if "_" in name and name[0] in "mda"]}


@pytest.fixture(scope="module", autouse=True)
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        _make()
        yield
        transaction.set_rollback(True)


def _make() -> None:
    kazakhstan, uzbekistan, usa = make_country("KZ"), make_country("UZ"), make_country("US")
    c5 = make_bloc("C5", kazakhstan, uzbekistan)
    first, second = make_summit("AGREE-1"), make_summit("AGREE-2", starts_on=dt.date(2024, 2, 8))
    mining, rail = make_sector("32210"), make_sector("21030")
    early = dt.datetime(2024, 2, 20, tzinfo=dt.UTC)
    dialogue = make_commitment(
        "AGREE-01", title="A minerals dialogue", summit=first, makers=(usa,), addressees=(c5,), sectors=(mining,)
    )
    railway = make_commitment(
        "AGREE-02",
        title="A railway",
        summit=first,
        makers=(kazakhstan,),
        sectors=(rail, mining),
        due="2024-03",
        at=early,
    )
    both = make_commitment("AGREE-03", title="A railway", summit=second, makers=(c5, usa), made="2024-02", at=early)
    make_commitment("AGREE-04", classification=Classification.TOPIC, strength=Strength.DISCUSSED, summit=second)
    make_commitment("AGREE-05", title="Of a draft", makers=(kazakhstan,), publication=Publication.DRAFT)
    make_commitment("AGREE-06", title="Taken back", makers=(kazakhstan,), publication=Publication.RETRACTED)
    Amount.objects.create(commitment=railway, stage="announced", value=5, currency="USD")
    make_development(dialogue, status=Status.DELIVERED, happened="2024-02-08")
    make_development(railway, status=Status.IN_PROGRESS, happened="2024-01", at=early)
    make_development(both, status=Status.STALLED, happened="2024-05", party=usa)


@st.composite
def queries(draw: st.DrawFn) -> dict[str, list[str]]:
    """A few parameters with a few of their values each."""
    names = draw(st.lists(st.sampled_from(sorted(CODES)), max_size=4, unique=True))
    found = {
        name: draw(st.lists(st.sampled_from(CODES[name]), min_size=1, max_size=1 if name in SINGLE else 2, unique=True))
        for name in names
    }
    if "role" in found and not {"country", "party"} & set(found):
        del found["role"]
    return found


def codes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code"] for row in rows]


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries())
def test_list_files_api_and_facets_have_the_same_rows(client: Client, query: dict[str, list[str]]) -> None:
    asked = "?" + urlencode(query, doseq=True)
    listed = codes(of_csv(content(client.get(f"/commitments.csv{asked}"))))

    assert read(client, f"/commitments/{asked}").total == len(listed)
    assert codes(of_json(content(client.get(f"/commitments.json{asked}")))) == listed
    page = client.get(f"/api/v1/commitments/{asked}").json()
    assert page["count"] == len(page["results"]) == len(listed)
    assert sorted(codes(page["results"])) == sorted(listed)
    assert client.get(f"/api/v1/facets/{asked}").json()["count"] == len(listed)
    commitment_filter = CommitmentFilter(QueryDict(asked[1:]), today=timezone.localdate())
    counts = {facet.parameter: facet for facet in facets(commitment_filter)}
    if "status" not in query:
        assert sum(choice.count for choice in (counts["status"].choices if "status" in counts else [])) == len(listed)
    parties = of_csv(content(client.get(f"/commitments/parties.csv{asked}")))
    assert set(codes(parties)) == set(listed)
    assert set(codes(of_csv(content(client.get(f"/matrix.csv{asked}"))))) == set(listed)
    # The feed tells of each that it became public, and of what else the site said of these alone.
    feed = client.get(f"/commitments.feed.json{asked}").json()
    assert "next_url" not in feed
    told = {item["url"].split("/")[4].partition("#")[0] for item in feed["items"] if "retraction" not in item["tags"]}
    assert told == set(listed)
    due = {row["code"] for row in of_csv(content(client.get(f"/commitments.csv{asked}"))) if row["due"]}
    calendar = client.get(f"/commitments.ics{asked}").content.decode()
    assert set(re.findall(r"^UID:deadline-([A-Z0-9-]+)@", calendar, re.MULTILINE)) == due
    for name in ("developments", "status-changes"):
        rows = codes(of_csv(content(client.get(f"/commitments/{name}.csv{asked}"))))
        assert set(rows) <= set(listed)
    # The list of developments shows those on topics too, and so does the API.
    entries = of_csv(content(client.get(f"/developments.csv{asked}")))
    assert len(entries) == read(client, f"/developments/{asked}").total
    assert len(entries) == client.get(f"/api/v1/developments/{asked}").json()["count"]
