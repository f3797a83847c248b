"""The filter keeps what it understands, says what it ignored, and says itself in a sentence."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.codelists import Classification, Novelty, Publication, Status, Strength
from commitments.filters import CommitmentFilter
from commitments.models import Amount, Commitment
from commitments.sorts import SORTS
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_party,
    make_sector,
    make_series,
    make_summit,
    merge,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 6, 1)


def asked(query: str = "") -> CommitmentFilter:
    return CommitmentFilter(QueryDict(query), today=TODAY)


def codes(query: str = "") -> set[str]:
    return set(asked(query).qs.values_list("code", flat=True))


def test_of_a_single_value_given_again_the_last_counts_and_the_others_are_named() -> None:
    found = asked("overdue=0&overdue=1&overdue=0")

    assert found.values["overdue"] is False
    assert [(one.parameter, one.value) for one in found.ignored] == [("overdue", "1")]
    assert asked("country=KZ&country=KZ&overdue=1&overdue=1&overdue=").query == "?overdue=1"


def test_it_finds_only_what_the_public_may_see() -> None:
    for publication in Publication:
        if publication not in (Publication.SUBMITTED, Publication.CHANGES_REQUESTED, Publication.MERGED):
            make_commitment(f"P-{publication.value.upper()}", publication=publication)
    merge(make_commitment("P-MERGED"), Commitment.objects.get(code="P-PUBLISHED"))
    assert codes() == {"P-PUBLISHED", "P-CLOSED"}


def test_a_country_is_found_in_every_way_in_which_it_takes_part() -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    agency = make_party("Agency", country=usa)
    c5 = make_bloc("C5", kazakhstan, joined_on=dt.date(2020, 1, 1), left_on=dt.date(2023, 12, 31))
    make_commitment("A-DIRECT", makers=(kazakhstan,))
    make_commitment("A-BLOC", makers=(usa,), addressees=(c5,))
    make_commitment("A-LATER", makers=(usa,), addressees=(c5,), made="2024-01-01")
    make_commitment("A-AGENCY", makers=(agency,))

    assert codes("country=KZ") == {"A-DIRECT", "A-BLOC"}
    assert codes("country=kz&role=maker") == {"A-DIRECT"}
    assert codes("country=US") == {"A-BLOC", "A-LATER", "A-AGENCY"}
    assert codes("country=KZ&country=US") == {"A-DIRECT", "A-BLOC", "A-LATER", "A-AGENCY"}
    assert codes("party=c5") == {"A-BLOC", "A-LATER"}
    assert codes("party=c5&role=maker") == set()


def test_a_sector_holds_its_purposes() -> None:
    make_commitment("S-MINING", sectors=(make_sector("32210"),))
    make_commitment("S-CATEGORY", sectors=(make_sector("322"),))
    make_commitment("S-OTHER", sectors=(make_sector("21010"),))
    assert codes("sector=322") == {"S-MINING", "S-CATEGORY"}
    assert codes("sector=32210") == {"S-MINING"}
    assert codes("sector=32210&sector=210") == {"S-MINING", "S-OTHER"}


def test_statuses_and_their_groups_narrow_each_other() -> None:
    for status in (Status.IN_PROGRESS, Status.DELIVERED):
        make_development(make_commitment(f"T-{status.value.upper().replace('_', '-')}"), status=status)
    make_commitment("T-NEW")
    assert codes("status=delivered&status=not_assessed") == {"T-DELIVERED", "T-NEW"}
    assert codes("status_group=open") == {"T-IN-PROGRESS"}
    assert codes("status_group=open&status=delivered") == set()


def test_summit_series_kind_strength_and_novelty_narrow() -> None:
    summit = make_summit("C51-2023", series=make_series())
    make_commitment("K-ONE", summit=summit, kind="law", strength=Strength.PLEDGED, novelty=Novelty.NEW)
    make_commitment("K-TWO")
    for query in ("summit=C51-2023", "series=c5-plus-1", "kind=law", "strength=pledged", "novelty=new"):
        assert codes(query) == {"K-ONE"}, query


def test_an_uncertain_date_matches_a_window_that_it_overlaps() -> None:
    make_commitment("D-MONTH", made="2023-10", due="2024")
    assert codes("made_after=2023-10-20") == {"D-MONTH"}
    assert codes("made_before=2023-10-01") == {"D-MONTH"}
    assert codes("made_after=2023-11") == set()
    assert codes("made_before=2023-09") == set()
    assert codes("due_after=2024-12-31&due_before=2024-12-31") == {"D-MONTH"}
    assert codes("due_after=2025") == set()


def test_overdue_begins_the_day_after_the_due_date_and_ends_with_a_settled_status() -> None:
    make_commitment("O-TODAY", due="2024-06-01")
    make_commitment("O-YESTERDAY", due="2024-05-31")
    make_commitment("O-NEVER")
    make_development(make_commitment("O-DONE", due="2024-05-31"), status=Status.DELIVERED)
    assert codes("overdue=1") == {"O-YESTERDAY"}
    assert codes("overdue=0") == {"O-TODAY", "O-NEVER", "O-DONE"}


def test_commitments_that_name_a_sum_are_told_from_those_that_do_not() -> None:
    rich = make_commitment("A-RICH")
    make_commitment("A-POOR")
    Amount.objects.create(commitment=rich, stage="announced", value=5, currency="USD")
    Amount.objects.create(commitment=rich, stage="committed", value=5, currency="USD")
    assert codes("has_amount=1") == {"A-RICH"}
    assert codes("has_amount=no") == {"A-POOR"}


def test_topics_stay_out_until_they_are_asked_for() -> None:
    make_commitment("T-PLEDGE")
    make_commitment("T-TOPIC", classification=Classification.TOPIC, strength=Strength.DISCUSSED)
    make_commitment("T-EXPLORED", strength=Strength.EXPLORED)
    assert codes() == {"T-PLEDGE"}
    assert codes("topics=1") == {"T-PLEDGE", "T-TOPIC", "T-EXPLORED"}
    assert codes("strength=discussed") == {"T-TOPIC"}


def test_text_is_searched_within_the_other_filters() -> None:
    make_commitment("Q-KZ", title="Launch a minerals dialogue")
    make_commitment("Q-UZ", title="Keep the mineral dialogue", makers=(make_country("UZ"),))
    make_commitment("Q-RAIL", title="Build a railway")
    assert codes("q=minerals") == {"Q-KZ", "Q-UZ"}
    assert codes("q=minerals&country=UZ") == {"Q-UZ"}


@pytest.mark.parametrize(
    ("query", "parameter", "value"),
    [
        ("colour=red", "colour", "red"),
        ("country=ZZ", "country", "ZZ"),
        ("country=K%00Z", "country", "K�Z"),
        ("sector=99999", "sector", "99999"),
        ("status=kept", "status", "kept"),
        ("role=maker", "role", "maker"),
        ("made_after=soon", "made_after", "soon"),
        ("due_before=2023-02-30", "due_before", "2023-02-30"),
        ("overdue=perhaps", "overdue", "perhaps"),
        ("sort=colour", "sort", "colour"),
        ("sort=relevance", "sort", "relevance"),
        ("made_after=2020&made_after=2021", "made_after", "2020"),
    ],
)
def test_it_says_what_it_ignored_and_applies_the_rest(query: str, parameter: str, value: str) -> None:
    make_commitment("I-ONE", kind="law")
    make_commitment("I-TWO")
    commitment_filter = asked(f"{query}&kind=law")
    assert [commitment.code for commitment in commitment_filter.rows] == ["I-ONE"]
    (ignored,) = commitment_filter.ignored
    assert (ignored.parameter, ignored.value) == (parameter, value)
    assert ignored.reason.endswith(".")


def test_one_wrong_value_does_not_take_the_right_one_with_it() -> None:
    make_commitment("W-ONE")
    commitment_filter = asked("country=ZZ&country=KZ")
    assert commitment_filter.qs.count() == 1
    assert [ignored.value for ignored in commitment_filter.ignored] == ["ZZ"]


def test_page_and_sort_are_known_and_narrow_nothing() -> None:
    make_commitment()
    commitment_filter = asked("page=7&sort=title")
    assert commitment_filter.ignored == []
    assert commitment_filter.qs.count() == 1


def test_every_order_ends_with_the_code() -> None:
    for code in ("Z-2", "Z-1", "Z-3"):
        make_commitment(code, title="Same", due="2025")
    for sort in SORTS:
        rows = asked(f"sort={sort}&q=same").rows
        assert [commitment.code for commitment in rows] == ["Z-1", "Z-2", "Z-3"], sort


def test_orders_put_the_right_one_first() -> None:
    make_commitment("R-OLD", title="B", made="2020", due="2025")
    make_commitment("R-NEW", title="A", made="2024", due="2026")
    make_commitment("R-OPEN", title="C", made="2022")
    first = {sort: asked(f"sort={sort}").rows[0].code for sort in ("-made", "made", "due", "-due", "title", "code")}
    assert first == {
        "-made": "R-NEW",
        "made": "R-OLD",
        "due": "R-OLD",
        "-due": "R-NEW",
        "title": "R-NEW",
        "code": "R-NEW",
    }


def test_a_chip_carries_the_query_without_its_value() -> None:
    make_country("KZ"), make_country("UZ")
    chips = asked("country=KZ&country=UZ&status=delivered&sort=title&page=3").chips
    assert [(chip.label, chip.value_label, chip.query) for chip in chips] == [
        ("Country", "Kazakhstan", "?country=UZ&status=delivered&sort=title"),
        ("Country", "Uzbekistan", "?country=KZ&status=delivered&sort=title"),
        ("Status", "Delivered", "?country=KZ&country=UZ&sort=title"),
    ]
    (chip,) = asked("overdue=1").chips
    assert chip.query == "?"


def test_the_query_says_itself_in_a_sentence() -> None:
    make_country("KZ"), make_country("UZ")
    make_sector("322", "Mining")
    assert asked().sentence == "Commitments, newest first."
    sentence = asked("country=KZ&country=UZ&role=maker&sector=322&status=delivered&overdue=1&q=ore&topics=1").sentence
    assert sentence == (
        "Commitments and topics, matching “ore”, with Kazakhstan or Uzbekistan, as Maker, in Mining,"
        " with status Delivered, overdue, best match first."
    )
    assert "not overdue" in asked("overdue=0").sentence


def test_the_canonical_query_asks_for_the_same_list() -> None:
    make_commitment("C-ONE", due="2025")
    first = asked("bogus=1&country=kz&due_after=2025&status=bogus&sort=due&page=9")
    assert first.query == "?country=KZ&due_after=2025-01-01&sort=due"
    again = asked(first.query.removeprefix("?"))
    assert (again.query, again.ignored) == (first.query, [])
    assert list(again.rows) == list(first.rows)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from([*CommitmentFilter.base_filters, "page", "x"]), st.text(max_size=30)), max_size=6
    )
)
def test_no_query_whatever_makes_it_fail(pairs: list[tuple[str, str]]) -> None:
    data = QueryDict(mutable=True)
    for parameter, value in pairs:
        data.appendlist(parameter, value)
    commitment_filter = CommitmentFilter(data, today=TODAY)
    assert list(commitment_filter.rows) == []
    assert isinstance(commitment_filter.sentence, str)
    assert commitment_filter.chips is not None
    assert commitment_filter.ignored is not None


def test_it_filters_what_it_is_given_and_no_more() -> None:
    make_commitment("G-ONE"), make_commitment("G-TWO")
    given_rows = Commitment.objects.filter(code="G-ONE")
    assert [row.code for row in CommitmentFilter(QueryDict(), given_rows, today=TODAY).rows] == ["G-ONE"]
