"""The counts beside the choices are those of the lists that the choices give."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from commitments import facets as facets_module
from commitments.codelists import Classification, Publication, Status, Strength
from commitments.counts import DatabaseCounts
from commitments.facets import Choice, Facet, facets
from commitments.filters import FACETED, CommitmentFilter
from commitments.models import Amount
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_sector,
    make_series,
    make_summit,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 6, 1)


def asked(query: str = "") -> CommitmentFilter:
    return CommitmentFilter(QueryDict(query), today=TODAY)


def facet(query: str, parameter: str) -> Facet:
    (found,) = [facet for facet in facets(asked(query)) if facet.parameter == parameter]
    return found


def counts(query: str, parameter: str) -> dict[str, int]:
    return {choice.value: choice.count for choice in facet(query, parameter).choices}


def every_choice(query: str) -> Iterator[tuple[str, Choice]]:
    for found in facets(asked(query)):
        for choice in found.choices:
            yield found.parameter, choice
            yield from ((found.parameter, child) for child in choice.children)


@pytest.fixture
def _a_mixed_record() -> None:
    kazakhstan, usa, uzbekistan = make_country("KZ"), make_country("US"), make_country("UZ")
    c5 = make_bloc("C5", kazakhstan, uzbekistan)
    summit = make_summit("C51-2023", series=make_series())
    mining, trade = make_sector("32210"), make_sector("33110")
    make_commitment("F-1", makers=(usa,), addressees=(c5,), sectors=(mining,), summit=summit)
    make_development(make_commitment("F-2", makers=(kazakhstan,), sectors=(mining, trade)), status=Status.DELIVERED)
    make_commitment("F-3", makers=(usa, uzbekistan), sectors=(make_sector("322"), mining), due="2024-01", novelty="new")
    Amount.objects.create(commitment=make_commitment("F-4", kind="law"), stage="announced", value=1, currency="USD")
    make_commitment("F-5", classification=Classification.TOPIC, strength=Strength.DISCUSSED, summit=summit)
    make_commitment("F-6", publication=Publication.DRAFT, sectors=(mining,), summit=summit)
    make_commitment("F-7", publication=Publication.RETRACTED, sectors=(mining,), summit=summit)


@pytest.mark.usefixtures("_a_mixed_record")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "country=KZ",
        "country=UZ&role=maker",
        "country=KZ&party=united-states-of-america",
        "country=KZ&country=UZ&party=c5&party=united-states-of-america&role=addressee",
        "sector=322",
        "status_group=unknown",
        "q=promises",
        "topics=1",
        "overdue=0&kind=programme",
        "series=c5-plus-1&status=not_assessed",
        "strength=discussed&as_of=2024-05-01",
        "strength=discussed",
        "strength=discussed&strength=announced&topics=0",
    ],
)
def test_every_count_is_that_of_the_list_behind_it(query: str) -> None:
    assert not asked(query).ignored
    checked = 0
    for parameter, choice in every_choice(query):
        others = [pair for pair in asked(query).parts if pair[0] != parameter]
        alone = QueryDict(mutable=True)
        for name, value, _label in [*others, (parameter, choice.value, "")]:
            alone.appendlist(name, value)
        assert CommitmentFilter(alone, today=TODAY).qs.count() == choice.count, (parameter, choice.value)
        checked += 1
    assert checked > 5
    assert DatabaseCounts(asked(query)).total == asked(query).qs.count()


@pytest.mark.usefixtures("_a_mixed_record")
def test_what_was_merely_discussed_is_offered_with_what_it_would_show() -> None:
    assert asked("").qs.count() == 4
    assert counts("", "strength") == counts("strength=discussed", "strength") == {"announced": 4, "discussed": 1}


@pytest.mark.usefixtures("_a_mixed_record")
def test_series_and_summit_narrow_each_other() -> None:
    assert counts("series=c5-plus-1", "summit") == {"C51-2023": 1}
    assert counts("summit=C51-2023", "series") == {"c5-plus-1": 1}
    assert counts("summit=C51-2023&series=c5-plus-1", "summit") == {"C51-2023": 1}


@pytest.mark.usefixtures("_a_mixed_record")
def test_a_facet_counts_without_itself_and_with_the_others() -> None:
    assert counts("status=delivered", "status") == {"delivered": 1, "not_assessed": 3}
    assert counts("status=delivered", "kind") == {"programme": 1}
    assert counts("", "country") == {"KZ": 3, "UZ": 2, "US": 2}
    assert counts("country=UZ", "role") == {"maker": 1, "addressee": 1}
    assert counts("country=UZ&role=addressee", "role") == {"maker": 1, "addressee": 1}


@pytest.mark.usefixtures("_a_mixed_record")
def test_a_commitment_with_two_sectors_of_a_category_counts_once_in_it() -> None:
    (mining, trade) = facet("", "sector").choices
    assert (mining.value, mining.count) == ("322", 3)
    assert [(child.value, child.count) for child in mining.children] == [("32210", 3)]
    assert (trade.value, trade.count) == ("331", 1)


@pytest.mark.usefixtures("_a_mixed_record")
def test_a_choice_in_force_stays_in_sight_even_with_nothing_behind_it() -> None:
    choices = facet("status=stalled", "status").choices
    assert [(choice.count, choice.selected) for choice in choices if choice.value == "stalled"] == [(0, True)]


@pytest.mark.usefixtures("_a_mixed_record")
def test_a_choice_carries_the_query_that_takes_or_drops_it() -> None:
    choices = {choice.value: choice for choice in facet("country=KZ&status=delivered&page=2", "status").choices}
    assert choices["delivered"].query == "?country=KZ"
    assert choices["not_assessed"].query == "?country=KZ&status=delivered&status=not_assessed"


@pytest.fixture
def _many_summits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five, of which a page shows two."""
    monkeypatch.setattr(facets_module, "MOST_SHOWN", 2)
    for year in range(2019, 2024):
        summit = make_summit(f"SUMMIT-{year}", starts_on=dt.date(year, 6, 1))
        make_commitment(f"AT-{year}", summit=summit, sectors=(make_sector("32210"), make_sector("33110")))


@pytest.mark.usefixtures("_many_summits")
def test_of_many_choices_the_first_are_shown_and_those_in_force() -> None:
    assert list(counts("", "summit")) == ["SUMMIT-2023", "SUMMIT-2022"]
    assert facet("", "summit").folded == 3
    assert list(counts("summit=SUMMIT-2019", "summit")) == ["SUMMIT-2023", "SUMMIT-2022", "SUMMIT-2019"]
    assert facet("summit=SUMMIT-2019", "summit").folded == 2


@pytest.mark.usefixtures("_many_summits")
def test_every_choice_is_shown_when_asked_for() -> None:
    whole = facet("choices=summit", "summit")

    assert [choice.value for choice in whole.choices] == [f"SUMMIT-{year}" for year in range(2023, 2018, -1)]
    assert whole.folded == 0
    assert facet("choices=kind", "summit").folded == 3


@pytest.mark.usefixtures("_many_summits")
def test_a_purpose_in_force_keeps_its_category_in_sight() -> None:
    for number in range(2):
        make_commitment(f"OTHER-{number}", sectors=(make_sector("11110"), make_sector("21030")))
        make_commitment(f"THIRD-{number}", sectors=(make_sector("11110"), make_sector("21030")))
    shown = counts("", "sector")
    purpose = next(one for one in ("32210", "33110", "11110", "21030") if one[:3] not in shown)

    assert purpose[:3] in counts(f"sector={purpose}", "sector")


@pytest.mark.usefixtures("_a_mixed_record")
def test_a_page_may_be_asked_for_the_choices_of_every_filter_that_has_several() -> None:
    with_choices = {found.parameter for found in facets(asked("country=KZ")) if found.choices}

    assert with_choices - {"overdue", "has_amount", "topics"} <= set(FACETED)


@pytest.mark.usefixtures("_many_summits")
def test_a_page_about_all_of_them_folds_nothing() -> None:
    assert len(facets_module.facet(asked(), "summit").choices) == 5


def test_roles_are_offered_only_with_a_country() -> None:
    make_commitment()
    assert "role" not in {found.parameter for found in facets(asked())}


@pytest.mark.parametrize("query", ["", "country=KZ&sector=322&q=promises"])
def test_the_number_of_queries_does_not_grow_with_the_rows(query: str) -> None:
    def spent() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            facets(asked(query))
        return len(queries)

    def add(number: int) -> None:
        for _ in range(number):
            make_commitment(
                sectors=(make_sector("32210"), make_sector("33110")), summit=make_summit(series=make_series())
            )

    add(3)
    few = spent()
    add(27)
    assert spent() == few
    assert few <= 13
