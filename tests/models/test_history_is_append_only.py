"""Rows of history are added and read; whoever tries more is refused in Python, and by trigger past Python."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from commitments import guards
from commitments.actions import developments as development_actions
from commitments.codelists import DevelopmentKind, Status
from commitments.models import (
    AppendOnlyError,
    Assessment,
    Commitment,
    Development,
    Evidence,
    Review,
    Revision,
    StatusChange,
)
from commitments.models.base import AppendOnlyModel
from commitments.triggers import Trigger
from tests import guards as guards_of_tests
from tests.factories import make_commitment, make_development, make_draft_development, make_party, make_user
from tests.models import rows

HISTORY: dict[type[AppendOnlyModel], Callable[[], AppendOnlyModel]] = {
    StatusChange: rows.a_status_change,
    Revision: rows.a_revision,
    Review: rows.a_review,
    Assessment: rows.an_assessment,
}


def manager(model: type[models.Model]) -> Any:
    return model._default_manager


def base_manager(model: type[models.Model]) -> Any:
    """The one that relations and refreshes go through."""
    return model._base_manager


of_both = pytest.mark.parametrize("model", HISTORY)


# --- in Python --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@of_both
def test_a_row_of_history_is_saved_once(model: type[AppendOnlyModel]) -> None:
    row = HISTORY[model]()

    with pytest.raises(AppendOnlyError, match="add a row that corrects it"):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.save(force_update=True)


@pytest.mark.django_db
@of_both
def test_a_row_of_history_is_never_deleted(model: type[AppendOnlyModel]) -> None:
    row = HISTORY[model]()

    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(AppendOnlyError):
        manager(model).filter(pk=row.pk).delete()
    assert manager(model).filter(pk=row.pk).exists()


@pytest.mark.django_db
@of_both
def test_rows_of_history_are_not_changed_together(model: type[AppendOnlyModel]) -> None:
    row = HISTORY[model]()
    before = manager(model).values().get(pk=row.pk)

    with pytest.raises(AppendOnlyError):
        manager(model).update(recorded_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    with pytest.raises(AppendOnlyError):
        base_manager(model).update(recorded_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    with pytest.raises(AppendOnlyError):
        manager(model).bulk_update([row], ["recorded_at"])
    assert manager(model).values().get(pk=row.pk) == before


@pytest.mark.django_db
@of_both
def test_an_upsert_does_not_rewrite_history(model: type[AppendOnlyModel]) -> None:
    row = HISTORY[model]()

    with pytest.raises(AppendOnlyError):
        manager(model).bulk_create([row], update_conflicts=True, unique_fields=["pk"], update_fields=["recorded_at"])
    with pytest.raises(AppendOnlyError):
        manager(model).update_or_create(pk=row.pk, defaults={"recorded_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)})


@pytest.mark.django_db
@of_both
def test_a_new_object_with_an_old_key_does_not_overwrite_history(model: type[AppendOnlyModel]) -> None:
    row = HISTORY[model]()
    values = manager(model).values().get(pk=row.pk)
    forged = model(**{**values, "recorded_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)})

    with pytest.raises(IntegrityError, match=guards.APPEND_ONLY), transaction.atomic():
        forged.save()
    assert manager(model).values().get(pk=row.pk) == values


@pytest.mark.django_db
def test_what_hangs_on_a_commitment_with_a_history_keeps_it_from_being_deleted() -> None:
    commitment = make_commitment()

    with pytest.raises(models.ProtectedError):
        commitment.delete()


# --- by trigger -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """A published commitment with a published development and one that is still a draft."""

    commitment: Commitment
    published: Development
    draft: Development
    bare: Development
    review: Review
    assessment: Assessment

    @classmethod
    def made(cls) -> "World":
        commitment = make_commitment()
        return cls(
            commitment=commitment,
            published=make_development(commitment, status=Status.IN_PROGRESS),
            draft=make_draft_development(commitment),
            bare=make_draft_development(commitment, documents=()),
            review=rows.a_review(),
            assessment=rows.an_assessment(),
        )


def column_list(model: type[models.Model], **replaced: object) -> tuple[str, str]:
    """The columns of a table, and the same with some expressions in their places."""
    names = [rows.column(model, field.name) for field in model._meta.concrete_fields]
    return ", ".join(names), ", ".join(str(replaced.get(name, name)) for name in names)


def copied(model: type[models.Model], where: str, verb: str = "INSERT", **replaced: object) -> str:
    """SQL that adds a copy of a row, with some columns replaced."""
    names, values = column_list(model, **replaced)
    table = model._meta.db_table
    return f"{verb} INTO {table} ({names}) SELECT {values} FROM {table} WHERE {where}"


type Sql = Callable[[World], str]

# What each guard is there to refuse, and it alone.
REFUSED: dict[str, list[Sql]] = {
    "guard_statuschange_update": [
        lambda _: "UPDATE commitments_statuschange SET to_status = 'stalled'",
        lambda _: "UPDATE commitments_statuschange SET recorded_at = recorded_at",
    ],
    "guard_statuschange_delete": [lambda _: "DELETE FROM commitments_statuschange"],
    "guard_revision_update": [lambda _: "UPDATE commitments_revision SET reason = 'Another'"],
    "guard_revision_delete": [lambda _: "DELETE FROM commitments_revision"],
    "guard_review_update": [lambda _: "UPDATE commitments_review SET comment = 'Another'"],
    "guard_review_delete": [lambda _: "DELETE FROM commitments_review"],
    "guard_assessment_update": [lambda _: "UPDATE commitments_assessment SET score = 'full'"],
    "guard_assessment_delete": [lambda _: "DELETE FROM commitments_assessment"],
    "guard_development_update": [
        lambda world: f"UPDATE commitments_development SET summary = 'x' WHERE id = {world.published.pk}",
        lambda world: (
            "UPDATE commitments_development SET published_at = NULL, approved_by_id = NULL"
            f" WHERE id = {world.published.pk}"
        ),
        lambda world: (
            f"UPDATE commitments_development SET commitment_id = {world.review.development.commitment_id}"
            f" WHERE id = {world.published.pk}"
        ),
    ],
    "guard_development_delete": [lambda world: f"DELETE FROM commitments_development WHERE id = {world.published.pk}"],
    "guard_development_evidence_insert": [
        lambda world: copied(Development, f"id = {world.published.pk}", id=world.published.pk + 1000)
    ],
    "guard_development_evidence_update": [
        lambda world: (
            "UPDATE commitments_development SET published_at = entered_at,"
            f" approved_by_id = {make_user('reviewer').pk} WHERE id = {world.bare.pk}"
        )
    ],
    "guard_evidence_insert": [
        lambda world: copied(
            Evidence,
            f"development_id = {world.draft.pk}",
            id=world.draft.evidence.get().pk + 1000,
            development_id=world.published.pk,
        )
    ],
    "guard_evidence_update": [
        lambda world: (
            f"UPDATE commitments_evidence SET role = 'contradicts' WHERE development_id = {world.published.pk}"
        ),
        lambda world: (
            f"UPDATE commitments_evidence SET development_id = {world.published.pk}"
            f" WHERE development_id = {world.draft.pk}"
        ),
        lambda world: (
            f"UPDATE commitments_evidence SET development_id = {world.bare.pk}"
            f" WHERE development_id = {world.published.pk}"
        ),
    ],
    "guard_evidence_delete": [
        lambda world: f"DELETE FROM commitments_evidence WHERE development_id = {world.published.pk}"
    ],
    "guard_commitment_code": [
        lambda world: f"UPDATE commitments_commitment SET code = 'X-1' WHERE id = {world.commitment.pk}"
    ],
    "guard_summit_code": [
        lambda world: f"UPDATE commitments_summit SET code = 'X-1' WHERE id = {world.commitment.summit_id}"
    ],
}
REFUSED_BY_POSTGRESQL: dict[str, list[Sql]] = {
    "guard_statuschange_truncate": [lambda _: "TRUNCATE commitments_statuschange"],
    "guard_revision_truncate": [lambda _: "TRUNCATE commitments_revision"],
    "guard_review_truncate": [lambda _: "TRUNCATE commitments_review"],
    "guard_assessment_truncate": [lambda _: "TRUNCATE commitments_assessment"],
    "guard_development_truncate": [
        lambda _: (
            "TRUNCATE commitments_development, commitments_evidence, commitments_statuschange, commitments_review, "
            "commitments_suggestion"
        )
    ],
    "guard_evidence_truncate": [lambda _: "TRUNCATE commitments_evidence"],
}
# PostgreSQL truncates a table only together with those that refer to it.
TRUNCATED_WITH = {
    "guard_development_truncate": ("guard_evidence_truncate", "guard_statuschange_truncate", "guard_review_truncate")
}
REPLACE = "INSERT OR REPLACE"
REFUSED_BY_SQLITE: dict[str, list[Sql]] = {
    "guard_statuschange_replace": [lambda _: copied(StatusChange, "party_id IS NULL", REPLACE, to_status="'stalled'")],
    "guard_revision_replace": [
        lambda _: copied(Revision, "number = 1", REPLACE, reason="'Another'"),
        lambda _: copied(Revision, "number = 1", REPLACE, id="id + 1000", reason="'Another'"),
    ],
    "guard_review_replace": [lambda world: copied(Review, f"id = {world.review.pk}", REPLACE, comment="'Another'")],
    "guard_assessment_replace": [
        lambda _: copied(Assessment, "place = 1", REPLACE, score="'full'"),
        lambda _: copied(Assessment, "place = 1", REPLACE, id="id + 1000", score="'full'"),
    ],
    "guard_development_replace": [
        lambda world: copied(
            Development, f"id = {world.published.pk}", REPLACE, published_at="NULL", approved_by_id="NULL"
        )
    ],
    "guard_evidence_replace": [
        lambda world: copied(
            Evidence, f"development_id = {world.draft.pk}", REPLACE, id=world.published.evidence.get().pk
        )
    ],
    "guard_development_replace_by_update": [
        lambda world: (
            f"UPDATE OR REPLACE commitments_development SET id = {world.published.pk} WHERE id = {world.bare.pk}"
        )
    ],
    "guard_evidence_replace_by_update": [
        lambda world: (
            f"UPDATE OR REPLACE commitments_evidence SET id = {world.published.evidence.get().pk}"
            f" WHERE development_id = {world.draft.pk}"
        )
    ],
    "guard_commitment_replace": [
        lambda world: copied(Commitment, f"id = {world.commitment.pk}", REPLACE, code="'X-1'")
    ],
    "guard_summit_replace": [
        lambda world: copied(type(world.commitment.summit), f"id = {world.commitment.summit_id}", REPLACE, code="'X-1'")
    ],
}


def refused_here() -> dict[str, list[Sql]]:
    """What this database must refuse, by the name of the guard that does."""
    return {**REFUSED, **(REFUSED_BY_POSTGRESQL if connection.vendor == "postgresql" else REFUSED_BY_SQLITE)}


MESSAGES = "|".join((guards.APPEND_ONLY, guards.CODE_IS_FIXED, guards.NEEDS_EVIDENCE, guards.EVIDENCE_IS_FROZEN))


def execute(sql: str) -> None:
    # PostgreSQL truncates nothing while foreign keys wait to be checked.
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_every_guard_refuses_what_it_is_there_for() -> None:
    world = World.made()

    for statements in refused_here().values():
        for sql in statements:
            with pytest.raises(IntegrityError, match=MESSAGES), transaction.atomic():
                execute(sql(world))


@pytest.mark.django_db
def test_every_guard_is_needed() -> None:
    """Each statement goes through when its guard is gone, so no other does the same."""
    world = World.made()

    for name, statements in refused_here().items():
        for sql in statements:
            with transaction.atomic():
                guards_of_tests.drop(name, *TRUNCATED_WITH.get(name, ()))
                execute(sql(world))
                transaction.set_rollback(True)


@pytest.mark.django_db
def test_every_guard_is_tried() -> None:
    assert sorted(refused_here()) == sorted(guards.expected(connection))


@pytest.mark.django_db
def test_a_missing_guard_is_named() -> None:
    guards_of_tests.drop("guard_revision_update", "guard_evidence_delete")

    assert guards.missing(connection) == ["guard_revision_update", "guard_evidence_delete"]

    guards.install(connection)
    assert guards.missing(connection) == []


@pytest.mark.django_db
def test_so_is_one_that_refuses_nothing_any_more() -> None:
    """It has the name, stands on the table, and lets everything through."""
    name, table = "guard_revision_update", "commitments_revision"
    before = f"TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW"
    if connection.vendor == "postgresql":
        idle = Trigger(name, f"{before} EXECUTE FUNCTION {name}()", name, " BEGIN RETURN NEW; END ")
    else:
        idle = Trigger(name, f"{before} WHEN FALSE BEGIN SELECT RAISE(ABORT, '{guards.APPEND_ONLY}'); END")
    for statement in idle.statements():
        execute(statement)

    assert guards.missing(connection) == [name]

    guards.install(connection)
    assert guards.missing(connection) == []


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_so_is_one_that_is_switched_off(how: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite switches none off.")
    execute(f"ALTER TABLE commitments_revision {how} TRIGGER guard_revision_update")

    assert guards.missing(connection) == ["guard_revision_update"]

    execute("ALTER TABLE commitments_revision ENABLE ALWAYS TRIGGER guard_revision_update")
    assert guards.missing(connection) == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [DevelopmentKind.CHECK, DevelopmentKind.REPLY])
def test_a_check_and_a_reply_are_published_without_evidence(kind: DevelopmentKind) -> None:
    draft = make_draft_development(
        make_commitment(), kind=kind, searched="Newspapers", party=make_party(), documents=()
    )

    development_actions.publish(by=make_user("reviewer"), development=draft)

    assert not draft.evidence.exists()
    assert Development.objects.published().filter(pk=draft.pk).exists()


@pytest.mark.django_db
def test_a_draft_and_its_evidence_can_be_changed_and_deleted() -> None:
    draft = make_draft_development(make_commitment())
    Development.objects.filter(pk=draft.pk).update(summary="Something else happened.")
    draft.evidence.update(locator="page 2")
    draft.evidence.all().delete()

    draft.delete()

    assert not Development.objects.exists()


@pytest.mark.django_db
def test_a_published_development_is_neither_changed_nor_deleted_through_django() -> None:
    published = make_development(make_commitment())
    published.summary = "Nothing happened."

    with pytest.raises(IntegrityError, match=guards.APPEND_ONLY), transaction.atomic():
        published.save()
    with pytest.raises(IntegrityError, match=guards.EVIDENCE_IS_FROZEN), transaction.atomic():
        published.delete()
    with pytest.raises(IntegrityError, match=guards.EVIDENCE_IS_FROZEN), transaction.atomic():
        published.evidence.all().delete()


@pytest.mark.django_db
def test_guards_wait_for_the_tables_that_they_guard() -> None:
    """As after a migration back to nothing."""
    some = ["commitments_revision", "commitments_development"]

    tables = mock.patch.object(connection.introspection, "table_names", return_value=some)
    with tables, CaptureQueriesContext(connection) as captured:
        guards.install(connection)

    assert captured.captured_queries == []


@pytest.mark.django_db(transaction=True)
def test_the_guards_are_put_back_after_a_migration_remade_their_tables() -> None:
    published = make_development(make_commitment())
    remade: list[tuple[type[models.Model], str]] = [(Evidence, "locator"), (Revision, "reason")]

    # As `migrate` does: what another table's triggers read cannot be remade before they are lifted.
    guards.lift_before_migrating(connection)
    for model, name in remade:
        field: Any = model._meta.get_field(name)
        longer: Any = models.CharField(max_length=field.max_length + 1)
        longer.set_attributes_from_name(name)
        for old, new in ((field, longer), (longer, field)):
            with connection.schema_editor() as editor:
                editor.alter_field(model, old, new)
    call_command("migrate", verbosity=0)

    assert guards.missing(connection) == []
    with pytest.raises(IntegrityError, match=guards.EVIDENCE_IS_FROZEN):
        published.evidence.update(role="contradicts")
