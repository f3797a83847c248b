"""Search finds the same on both databases, in English and in Russian, whatever is typed."""

import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments import fulltext, search
from commitments.actions import commitments as commitment_actions
from commitments.codelists import Publication
from commitments.models import Commitment, SearchEntry
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_sector,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    return set(search.matching(Commitment.objects.all(), text).values_list("code", flat=True))


@pytest.fixture
def library() -> None:
    """A few commitments that share words."""
    make_commitment("S-MINERALS", title="A dialogue on critical minerals", summary="Deposits and supply chains.")
    make_commitment("S-CRITICAL", title="Critical talks", summary="On minerals, and on grain.")
    make_commitment("S-WATER", title="Водный диалог", summary="Страны договорились о совместном управлении водой.")
    make_commitment("S-RAIL", title="A railway to the sea", summary="Made with the World Bank’s money: 50% of it.")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("mineral", {"S-MINERALS", "S-CRITICAL"}),
        ("MINERALS dialogues", {"S-MINERALS"}),
        ('"critical minerals"', {"S-MINERALS"}),
        ("critical -dialogue", {"S-CRITICAL"}),
        ("-minerals", {"S-WATER", "S-RAIL"}),
        ("minera*", {"S-MINERALS", "S-CRITICAL"}),
        ("dia*", {"S-MINERALS"}),
        ("s-rail", {"S-RAIL"}),
        ("S-RAI*", {"S-RAIL"}),
        ("воды", {"S-WATER"}),
        ("вода", {"S-WATER"}),
        ("водой", {"S-WATER"}),
        ("договорились", {"S-WATER"}),
        ("дого*", {"S-WATER"}),
        ("bank's", {"S-RAIL"}),
        ("50%", {"S-RAIL"}),
        ("nowhere", set()),
        ("!!!", set()),
        ("", set()),
    ],
)
@pytest.mark.usefixtures("library")
def test_it_finds_what_holds_the_words(text: str, codes: set[str]) -> None:
    assert found(text) == codes


@pytest.mark.usefixtures("library")
def test_a_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    # The title ends in “minerals”, the summary begins with “Deposits”.
    assert found('"minerals deposits"') == set()
    assert found('"minerals s"') == set()


def test_it_finds_by_party_bloc_country_sector_summit_and_development() -> None:
    bloc = make_bloc("C5+1", make_country("UZ"))
    commitment = make_commitment(
        "S-ALL",
        makers=(bloc,),
        sectors=(make_sector("32210", "Mineral policy"),),
        summit=make_summit("S-NY", name="Leaders in New York", place="Manhattan"),
    )
    make_development(commitment, summary="The ministers convened.")
    make_commitment("S-OTHER", makers=(make_country("KZ"),))

    for text in ("C5+1", "С5+1", "Uzbekistan", "Узбекистана", "UZB", "policy", "32210", "Manhattan", "convened"):
        assert found(text) == {"S-ALL"}, text


def test_a_country_is_found_by_its_name_and_by_both_of_its_codes() -> None:
    make_commitment("S-STATES", title="Mines", makers=(make_country("US"),), summary="What the U.S. said.")
    make_commitment("S-STEPPE", title="Roads", makers=(make_country("KZ"),))

    for text in ("KZ", "kz", "KAZ", "Kazakhstan"):
        assert found(text) == {"S-STEPPE"}, text
    for text in ("US", "USA", "U.S.", "U.S.A.", '"the U.S. said"', '"the us said"'):
        assert found(text) == {"S-STATES"}, text


def test_the_entry_follows_every_change() -> None:
    commitment = make_commitment("S-01", title="Before")
    commitment.title = "After"
    commitment_actions.edit(by=make_user(), commitment=commitment, version=commitment.version, reason="Clearer")

    assert found("before") == set()
    assert found("after") == {"S-01"}


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.RETRACTED])
def test_what_is_not_public_has_no_entry(publication: Publication) -> None:
    commitment = make_commitment("S-HIDDEN", title="Zebra", publication=publication)

    assert found("zebra") == set()
    assert not SearchEntry.objects.filter(commitment=commitment).exists()


def test_a_draft_development_is_not_found() -> None:
    commitment = make_commitment("S-01")
    make_draft_development(commitment, summary="A zebra crossed.")
    search.index([commitment.pk])

    assert found("zebra") == set()


def test_best_matches_come_first() -> None:
    make_commitment("S-BODY", title="A plan for the region", summary="It mentions minerals.")
    make_commitment("S-TITLE", title="Minerals", summary="A plan.")
    make_commitment("S-BOTH", title="Minerals here", summary="A plan.")

    rows = search.by_relevance(search.matching(Commitment.objects.published(), "minerals"), "minerals")

    assert [row.code for row in rows][-1] == "S-BODY"
    assert rows.count() == 3


def test_the_ranking_stands_where_only_absence_is_asked_for() -> None:
    make_commitment("S-02")
    make_commitment("S-01")

    rows = search.by_relevance(search.matching(Commitment.objects.published(), "-zebra"), "-zebra")

    assert [row.code for row in rows] == ["S-01", "S-02"]


def test_it_indexes_any_number_in_as_many_queries(django_assert_max_num_queries: object) -> None:
    one, *others = [make_commitment().pk for _ in range(6)]
    with django_assert_max_num_queries(14) as few:  # type: ignore[operator]
        search.index([one])
    with django_assert_max_num_queries(14) as many:  # type: ignore[operator]
        search.index(others)

    assert len(few.captured_queries) == len(many.captured_queries)


def test_a_rebuild_gives_every_public_commitment_its_entry_again() -> None:
    make_commitment("S-01", title="Zebra")
    make_commitment("S-02", title="Zebra", publication=Publication.DRAFT)
    SearchEntry.objects.all().delete()
    assert found("zebra") == set()

    call_command("rebuild_search", verbosity=0)

    assert found("zebra") == {"S-01"}


def rebuild_and_leave() -> None:
    search.rebuild()
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_puts_no_older_text_in_place_of_one_that_is_being_written() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    one, other = make_commitment("S-01", title="Zebra"), make_commitment("S-02", title="Zebra")
    SearchEntry.objects.all().delete()
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                held = Commitment.objects.select_for_update().get(pk=one.pk)
                begun.set()
                go_on.wait(10)
                held.title = "Giraffe"
                held.save()
                search.index([held.pk])
        finally:
            connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    assert begun.wait(10)
    rebuilding = threading.Thread(target=rebuild_and_leave)
    rebuilding.start()
    while not SearchEntry.objects.filter(commitment=other).exists():
        time.sleep(0.01)
    assert not SearchEntry.objects.filter(commitment=one).exists()
    go_on.set()
    writer.join()
    rebuilding.join()

    assert found("zebra") == {"S-02"}
    assert found("giraffe") == {"S-01"}


def test_a_lost_index_comes_back_with_the_next_migrate() -> None:
    make_commitment("S-01", title="Zebra")
    # PostgreSQL changes no table whose foreign keys are still to be checked.
    connection.check_constraints()
    fulltext.uninstall(connection)
    assert fulltext.missing(connection)

    fulltext.install(connection)

    assert fulltext.missing(connection) == []
    assert found("zebra") == {"S-01"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.text(alphabet="ab \"'*-()&|!:<>\\+·ё%_", max_size=30))
def test_no_text_breaks_it(library: None, text: str) -> None:
    matches = search.matching(Commitment.objects.published(), text)

    assert {row.pk for row in search.by_relevance(matches, text)} == set(matches.values_list("pk", flat=True))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.text(min_size=1, max_size=20))
def test_a_title_is_found_by_every_word_that_it_holds(word: str) -> None:
    # In Python and by the engine alike: what is indexed is what is asked for.
    text = word.replace("\x00", "")
    if not text.strip() or search.parse(f'"{text}"').is_empty or '"' in text:
        return
    entry = make_commitment(title=text[:20])

    assert entry.code in found(text.replace("-", " ")) or search.parse(text.replace("-", " ")).is_empty
