"""The index in memory and the database give the same numbers and the same pages, whatever is written."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, router, transaction
from django.db.models import Model
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.connection import ConnectionDoesNotExist

from commitments import bitmaps, marks, search
from commitments.bitmaps import BitmapCounts
from commitments.bitmaps.index import Index
from commitments.bitmaps.lists import LEFT
from commitments.codelists import Kind, Role, Status, Strength
from commitments.counts import CODES, DatabaseCounts, counted
from commitments.filters import CommitmentFilter, ReadElsewhere
from commitments.groups import GROUPS
from commitments.models import Commitment, CommitmentCountry, Party, Sector, Summit, SummitSeries
from commitments.sorts import COLUMNS
from tests.bitmaps.conftest import COUNT, TODAY, Writer

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, WRITES = 5, 3


def queries() -> Iterator[str]:
    """A query for every parameter and its edges, and some of several at once."""
    countries = list(CommitmentCountry.objects.order_by("pk").values_list("country__alpha2", flat=True)[:2])
    party = Party.objects.filter(commitment_parties__isnull=False).order_by("pk")[0].slug
    sector = Sector.objects.filter(commitments__isnull=False).order_by("-pk")[0]
    summit = Summit.objects.filter(commitments__isnull=False).order_by("pk")[0]
    yield ""
    yield "topics=1&sort=code"
    yield f"country={countries[0]}&country={countries[-1]}&sort=title"
    yield f"country={countries[0]}&role=maker&sector={sector.code}"
    yield f"country={countries[0]}&country={countries[-1]}&party={party}"
    yield f"country={countries[0]}&party={party}&role=maker"
    yield f"party={party}&role=maker&sort=due"
    yield f"party={party}&sort=-due"
    yield f"sector={(sector.parent or sector).code}&sort=made"
    yield f"summit={summit.code}&sort=-changed"
    if summit.series:
        yield f"series={summit.series.slug}"
    yield f"status={Status.DELIVERED}&status={Status.NOT_ASSESSED}"
    yield "status_group=open&kind=finance&novelty=new"
    yield f"strength={Strength.EXPLORED}"
    yield "made_after=2022-03&made_before=2023-06"
    yield "due_after=2024-02-10&due_before=2024-11"
    yield "overdue=1"
    yield "overdue=0&has_amount=1"
    yield "has_amount=0&sort=title"
    yield "q=water"
    yield "q=water+-zinc+copper"
    yield "q=wat*&sort=made"
    yield "q=-water"
    yield "as_of=2024-06-30"
    yield "as_of=2022-01-01&status=delivered&overdue=1"


def numbers(counts: Any) -> dict[str, Any]:
    """Everything that can be asked of a list."""
    parties = list(Party.objects.order_by("pk")[:30].values_list("pk", flat=True))
    return {
        **{name: getattr(counts, name) for name in ("total", "overdue", "overdue_now", "with_topics", "with_amount")},
        "by_status": _positive(counts.by_status),
        **{name: _positive(counts.codes(name)) for name in CODES},
        **{f"by {name}": counts.groups(name) for name in GROUPS},
        **{f"without {name}": counts.groups(name, name) for name in ("country", "sector")},
        "only": counts.groups("party_role", only=parties),
        "meetings": counts.groups("summit", "series", "summit"),
        "roles": counts.roles("countries", parties),
        "roles of parties": counts.roles("parties", parties),
        **({"roles asked": counts.by_role_asked} if counts.filter.values["country"] else {}),
        "makers": counts.statuses("parties", parties, [Role.MAKER.value]),
        "of countries": counts.statuses("countries", parties),
        "keys": list(counts.keys[:COUNT]),
        "page": list(counts.keys[3:7]),
    }


def _positive(counts: Any) -> dict[str, int]:
    return {code: number for code, number in counts.items() if number}


def asked(query: str) -> CommitmentFilter:
    return CommitmentFilter(QueryDict(query), today=TODAY)


def differences() -> list[str]:
    """The queries to which the two do not give the same answer, with what differs."""
    found = []
    for query in queries():
        by_index, by_database = counted(asked(query)), DatabaseCounts(asked(query))
        assert isinstance(by_index, BitmapCounts), query
        one, other = numbers(by_index), numbers(by_database)
        found += [f"{query}: {name}: {one[name]} {other[name]}" for name in one if one[name] != other[name]]
    return found


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("seed", [1, 2])
def test_they_agree_after_whatever_is_written(seed: int) -> None:
    writer = Writer(seed)
    assert differences() == []
    for _ in range(ROUNDS):
        written = [writer.write() for _ in range(WRITES)]
        assert (written, differences()) == (written, [])


@pytest.mark.usefixtures("record")
def test_a_write_that_leaves_no_mark_is_found_out() -> None:
    """The control: without the marks the two part."""
    assert differences() == []
    with connection.cursor() as cursor:
        on_table = " ON commitments_commitment" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER mark_commitment_update{on_table}")
    try:
        Commitment.objects.published().update(kind=Kind.FINANCE)
        assert differences() != []
    finally:
        assert marks.missing(connection) == ["mark_commitment_update"]
        marks.install(connection)
    assert differences() == []


@pytest.mark.usefixtures("record")
def test_it_is_kept_while_marks_say_what_changed_and_holds_what_is_public() -> None:
    before = bitmaps.current("default")
    assert before is not None
    Writer(3).write()
    assert bitmaps.current("default") is before
    public = set(Commitment.objects.published().values_list("pk", flat=True))
    assert set(before.everything) == public
    assert set(before.order("code").page(before.everything, 0, COUNT)) == public
    for name in GROUPS:
        assert set().union(*map(set, before.group(name).values())) <= public
    unused = Sector.objects.filter(parent__isnull=False, commitments__isnull=False).order_by("pk")[0]
    Commitment.sectors.through.objects.filter(sector=unused).delete()
    unused.delete()
    assert differences() == []
    # What a transaction sees, and what this site said on another day, the database alone can tell.
    with transaction.atomic():
        assert bitmaps.current("default") is None
    assert isinstance(counted(asked("as_known=2025-01-01")), DatabaseCounts)
    marks.renew(connection)
    assert bitmaps.current("default") is not before
    assert differences() == []


@pytest.mark.usefixtures("record")
def test_what_was_taken_in_is_not_read_again_while_an_older_transaction_runs() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    first, last = Commitment.objects.published().order_by("pk")[:2]
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                Commitment.objects.filter(pk=first.pk).update(kind=Kind.FINANCE)
                begun.set()
                go_on.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    try:
        assert begun.wait(10)
        Commitment.objects.filter(pk=last.pk).update(kind=Kind.LAW)
        index = bitmaps.current("default")
        bitmaps.current("default")
        with CaptureQueriesContext(connection) as captured:
            assert bitmaps.current("default") is index
        assert len(captured) == 1
        assert differences() == []
        # Nor is what had been written before the index was made.
        bitmaps.forget()
        index = bitmaps.current("default")
        assert bitmaps.current("default") is index
    finally:
        go_on.set()
        thread.join()
    # The one that was slow comes in when it is there.
    assert differences() == []
    assert bitmaps.current("default") is index


# On PostgreSQL a transaction of another test may hold the horizon back: then the first to ask reads once more.
@pytest.mark.once
@pytest.mark.usefixtures("record")
def test_a_process_makes_it_before_anybody_asks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bitmaps.warm_up()
    with CaptureQueriesContext(connection) as captured:
        assert bitmaps.current("default") is not None
    assert len(captured) == 1

    def away(*_arguments: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(marks, "state", away)
    bitmaps.warm_up()
    assert "The index is not made yet: OperationalError" in caplog.text


def test_it_knows_every_parameter() -> None:
    narrowing = {name for name, one in CommitmentFilter.base_filters.items() if not isinstance(one, ReadElsewhere)}
    assert {*LEFT} == narrowing


class _Astray:
    """Sends every read that does not say from where it reads to a database that is not there."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return "elsewhere"


@pytest.mark.usefixtures("record")
def test_the_index_of_a_database_reads_nothing_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that makes it beside the requests has no request that says where to read."""
    changed = list(Commitment.objects.published().order_by("pk").values_list("pk", flat=True)[:3])
    wanted = search.parse("water -railway")
    monkeypatch.setattr(router, "routers", [_Astray()])
    index = Index("default")

    assert all(index.order(name).page(index.everything, 0, COUNT) for name in COLUMNS)
    assert all(index.records(model) for model in (Party, Sector, Summit, SummitSeries))
    assert all(index.group(name) for name in GROUPS)
    index.texts.matching(wanted)
    before = index.statuses(TODAY)
    index.update(changed)
    assert index.statuses(TODAY) == before
    with pytest.raises(ConnectionDoesNotExist):
        Commitment.objects.published().exists()
