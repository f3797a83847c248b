"""Marks say what changed since when, and no write gets past them."""

import threading
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from commitments import marks
from commitments.models import Commitment, Development, Document, Party
from commitments.triggers import Trigger
from tests.factories import make_commitment, make_development, make_party
from tests.settled import wait_until_settled

LISTS = (tuple(marks.OF_COMMITMENTS), marks.OF_RECORDS, marks.OF_OTHERS, marks.UNMARKED)


def test_every_table_is_in_one_list_and_only_tables_are() -> None:
    models = apps.get_app_config("commitments").get_models(include_auto_created=True)
    tables = [model._meta.db_table for model in models]
    listed = [table for tables in LISTS for table in tables]
    assert sorted(listed) == sorted(table for table in tables if not table.startswith(marks.HISTORIES))


def test_every_column_that_names_a_commitment_is_named() -> None:
    """A commitment whose row names another is not changed by it, but its page shows the other."""
    by_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for table, columns in marks.OF_COMMITMENTS.items():
        model = by_table[table]
        named = {
            field.column
            for field in model._meta.concrete_fields
            if (field.related_model is Commitment and model is not Commitment)
            or (model is Commitment and field.primary_key)
        }
        assert named == set(columns), table


@pytest.mark.django_db
def test_nothing_is_missing_and_what_is_is_found_out_and_put_back() -> None:
    assert marks.missing(connection) == []
    database = marks.state(connection).database
    with connection.cursor() as cursor:
        on_table = " ON commitments_party" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER mark_party_update{on_table}")
    assert marks.missing(connection) == ["mark_party_update"]
    marks.install(connection)
    assert marks.missing(connection) == []
    assert marks.state(connection).database != database


@pytest.mark.django_db
def test_so_is_one_of_an_earlier_version() -> None:
    """It has the name and marks nothing that anybody asks for."""
    name, table = "mark_party_update", "commitments_party"
    if connection.vendor == "postgresql":
        after = f"TRIGGER {name} AFTER UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        old = Trigger(name, after, name, " BEGIN RETURN NULL; END ")
    else:
        old = Trigger(name, f"TRIGGER {name} AFTER UPDATE ON {table} BEGIN SELECT 1; END")
    database = marks.state(connection).database
    with connection.cursor() as cursor:
        for statement in old.statements():
            cursor.execute(statement)
    assert marks.missing(connection) == [name]
    marks.install(connection)
    assert marks.missing(connection) == []
    assert marks.state(connection).database != database


@pytest.mark.django_db
def test_what_is_as_it_should_be_is_left_and_nothing_begins_anew() -> None:
    database = marks.state(connection).database
    marks.install(connection)
    assert marks.state(connection).database == database


@pytest.mark.django_db
def test_so_is_the_function_that_postgresql_is_asked_by() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has none.")
    of_an_earlier_version = (
        "CREATE FUNCTION mark_state(since pg_snapshot, OUT latest text) LANGUAGE sql AS $$ SELECT since::text $$"
    )
    for left_behind in ("", of_an_earlier_version):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP FUNCTION mark_state; {left_behind}")
        assert marks.missing(connection) == ["mark_state"]
        marks.install(connection)
        assert marks.missing(connection) == []
        assert marks.state(connection).database


def rows() -> set[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT at, subject FROM {marks.TABLE} WHERE at > 0")
        return set(cursor.fetchall())


def changed_by(act: Callable[[], object]) -> set[int]:
    """What a committed write marks: the state has another name then, and tells of it and of nothing else."""
    before, there = marks.state(connection), rows()
    act()
    new = {subject for _at, subject in rows() - there}
    after = marks.state(connection, before.view)
    assert after.changed == frozenset(new)
    assert not new or after.name != before.name
    return new


@pytest.mark.django_db(transaction=True)
def test_a_write_marks_its_commitments_and_the_records_they_refer_to() -> None:
    one, party = make_commitment(), make_party()
    development = make_development(one)
    assert changed_by(lambda: None) == set()
    assert changed_by(lambda: Commitment.objects.filter(pk=one.pk).update(note="x")) == {one.pk}
    assert changed_by(lambda: one.amounts.create(stage="committed", value=1, currency="USD")) == {one.pk}
    assert changed_by(lambda: one.amounts.all().delete()) == {one.pk}
    assert changed_by(lambda: Party.objects.filter(pk=party.pk).update(note="x")) == {marks.RECORDS}
    assert changed_by(lambda: Document.objects.update(title="x")) == {marks.OTHERS}
    made = make_commitment()
    assert changed_by(lambda: one.relations.create(target=made, kind="part_of")) == {one.pk, made.pk}
    # Nothing was written.
    assert changed_by(lambda: Development.objects.filter(pk=0).update(note="x")) == set()
    assert development.pk


@pytest.mark.django_db(transaction=True)
def test_too_many_or_too_old_marks_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    first = marks.state(connection)
    make_commitment()
    assert marks.state(connection, first.view).changed
    # Others of the same server may hold the horizon back for a while.
    wait_until_settled()
    would_go = marks.prune(connection, dry_run=True)
    assert marks.state(connection, first.view).changed
    assert marks.prune(connection) == would_go > 0
    assert marks.state(connection, first.view).changed is None
    pruned = marks.state(connection)
    make_commitment()
    after = marks.state(connection, pruned.view)
    assert after.name != pruned.name
    assert after.changed
    monkeypatch.setattr(marks, "MOST", 0)
    assert marks.state(connection, pruned.view).changed is None
    # Somebody else's view, of which this database knows nothing.
    ahead = after.horizon + 1_000_000
    assert marks.state(connection, f"{ahead}:{ahead}:").changed is None


@pytest.mark.django_db(transaction=True)
def test_begun_anew_everything_is_out_of_date() -> None:
    before = marks.state(connection)
    marks.renew(connection)
    after = marks.state(connection, before.view)
    assert (after.database, after.name) != (before.database, before.name)


@pytest.mark.django_db(transaction=True)
def test_who_commits_last_is_not_missed_whoever_began_first() -> None:
    """Two write at once; the one that began first, and so has the lower number, commits after the state was read."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    one, other = make_commitment(), make_commitment()
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                Commitment.objects.filter(pk=one.pk).update(note="slow")
                begun.set()
                go_on.wait(10)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(10)
    Commitment.objects.filter(pk=other.pk).update(note="quick")
    between = marks.state(connection)
    go_on.set()
    thread.join()
    after = marks.state(connection, between.view)
    assert after.changed is not None
    assert one.pk in after.changed
    assert after.name != between.name
