"""`manage.py check_history` passes a clean history, and names each row that somebody tampered with."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model, QuerySet

from commitments import snapshots
from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.codelists import DevelopmentKind, Publication, Role, Status
from commitments.models import (
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Development,
    Document,
    Evidence,
    Party,
    Revision,
    StatusChange,
)
from tests import guards
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_party,
    make_user,
)

pytestmark = pytest.mark.django_db


OTHER_TITLE = "says something other than its last revision (title)"


def check() -> str:
    """What the command prints when all is well."""
    out = io.StringIO()
    call_command("check_history", stdout=out)
    return out.getvalue()


def complaints() -> list[str]:
    """The lines that the command prints when something is not, before it fails."""
    err = io.StringIO()
    with pytest.raises(CommandError, match="the record is not what its history says") as failure:
        call_command("check_history", stdout=io.StringIO(), stderr=err)
    lines = err.getvalue().splitlines()
    assert failure.value.returncode == 1
    assert str(failure.value).startswith(f"{len(lines)} finding")
    return lines


def past_everything(model: type[Model]) -> QuerySet[Model]:
    """Rows as SQL sees them, without the refusals of Python."""
    return QuerySet(model)


def name(row: Model) -> str:
    return f"{row._meta.label} {row.pk} "


@dataclass(frozen=True)
class World:
    """A commitment with a history of four revisions, beside one that nobody touches."""

    commitment: Commitment
    began: Development
    stalled: Development
    untouched: Commitment

    @classmethod
    def made(cls) -> "World":
        kazakhstan = make_country("KZ")
        commitment = make_commitment(makers=(kazakhstan, make_country("UZ")), due="2025")
        untouched = make_commitment(makers=(make_country("US"),))
        make_development(untouched, status=Status.IN_PROGRESS)
        began = make_development(commitment, party=kazakhstan, status=Status.IN_PROGRESS, happened="2024-02-01")
        stalled = make_development(commitment, party=kazakhstan, status=Status.STALLED, happened="2024-03")
        development_actions.record_check(
            by=make_user("editor"), commitment=commitment, searched="Newspapers", on=dt.date(2024, 4, 1)
        )
        commitment.refresh_from_db()
        return cls(commitment, began, stalled, untouched)

    def revision(self, number: int) -> Revision:
        return self.commitment.revisions.get(number=number)

    def line(self, development: Development, *, party: Party | None = None) -> StatusChange:
        return self.commitment.status_changes.get(development=development, party=party)

    @property
    def maker(self) -> CommitmentParty:
        return self.commitment.parties.get(party=make_country("KZ"))


def changed(row: Model, **values: object) -> Model:
    assert past_everything(type(row)).filter(pk=row.pk).update(**values)
    return row


def deleted(row: Model) -> None:
    queryset = past_everything(type(row)).filter(pk=row.pk)
    assert queryset._raw_delete(queryset.db)


# --- a clean history --------------------------------------------------------------------------------------------------


def test_an_empty_record_is_right() -> None:
    assert check() == "OK: 0 commitments, 0 revisions\n"


def test_a_clean_history_passes_and_is_counted() -> None:
    world = World.made()
    correction = development_actions.draft_correction(by=make_user("editor"), development=world.began, note="Misread")
    development_actions.publish(by=make_user("reviewer"), development=correction)
    make_development(
        world.commitment, kind=DevelopmentKind.REPLY, party=make_party(), documents=(), happened="2024-05-01"
    )
    make_draft_development(world.commitment)
    make_commitment(publication=Publication.DRAFT, makers=(make_bloc("C5", make_country("KZ")),))
    make_commitment(publication=Publication.CLOSED)
    retracted = make_commitment(publication=Publication.RETRACTED)
    commitment_actions.publish(by=make_user("editor"), commitment=retracted)

    assert check() == f"OK: 5 commitments, {Revision.objects.count()} revisions\n"


# --- tampering --------------------------------------------------------------------------------------------------------

type Tampering = Callable[[World], str]


def with_its_snapshot_changed(world: World) -> str:
    revision = world.revision(2)
    return name(changed(revision, snapshot={**revision.snapshot, "title": "Another"}))


def with_its_last_snapshot_changed(world: World) -> str:
    revision = world.revision(4)
    return name(changed(revision, snapshot={**revision.snapshot, "title": "Another"}))


def with_its_hash_changed(world: World) -> str:
    return name(changed(world.revision(2), sha256="0" * 64))


def with_its_last_hash_changed(world: World) -> str:
    return name(changed(world.revision(4), sha256="0" * 64))


def with_its_chain_changed(world: World) -> str:
    return name(changed(world.revision(3), previous_sha256="0" * 64))


def with_its_reason_changed(world: World) -> str:
    return name(changed(world.revision(1), reason="Another"))


def with_its_author_changed(world: World) -> str:
    return name(changed(world.revision(1), by=make_user("somebody")))


def with_its_moment_changed(world: World) -> str:
    return name(changed(world.revision(1), recorded_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))


def without_its_first_revision(world: World) -> str:
    deleted(world.revision(1))
    return name(world.revision(2))


def without_a_revision_in_the_middle(world: World) -> str:
    deleted(world.revision(2))
    return name(world.revision(3))


def without_its_last_revision(world: World) -> str:
    check_development = world.commitment.developments.get(kind=DevelopmentKind.CHECK)
    deleted(world.revision(4))
    return name(check_development)


def without_any_revision(world: World) -> str:
    for revision in world.commitment.revisions.all():
        deleted(revision)
    return name(world.commitment)


def with_a_line_that_says_another_status(world: World) -> str:
    changed(world.line(world.stalled), to_status=Status.NOT_STARTED)
    return name(world.commitment)


def with_a_line_that_says_another_status_before(world: World) -> str:
    return name(changed(world.line(world.stalled), from_status=Status.NOT_STARTED))


def with_a_line_from_another_day(world: World) -> str:
    day = dt.date(2024, 1, 1)
    return name(changed(world.line(world.began), effective_start=day, effective_end=day))


def with_a_line_less_exact_than_its_development(world: World) -> str:
    return name(changed(world.line(world.began), effective_precision="month", effective_end=dt.date(2024, 2, 29)))


def with_a_line_that_rests_on_another_development(world: World) -> str:
    return name(changed(world.line(world.began), development=world.stalled))


def with_a_line_of_a_maker_changed(world: World) -> str:
    line = world.line(world.began, party=make_country("KZ"))
    return name(changed(line, from_status=Status.NO_EVIDENCE))


def without_a_line(world: World) -> str:
    deleted(world.line(world.began))
    return name(world.line(world.stalled))


def without_its_last_line(world: World) -> str:
    deleted(world.line(world.stalled))
    return name(world.commitment)


def with_a_line_too_many(world: World) -> str:
    line = world.line(world.stalled)
    line.pk, line._state.adding = None, True
    line.from_status, line.to_status = Status.STALLED, Status.DELIVERED
    line.save()
    return name(world.commitment)


def with_another_status_shown(world: World) -> str:
    return name(changed(world.commitment, status=Status.DELIVERED))


def with_its_status_since_another_day(world: World) -> str:
    day = dt.date(2024, 3, 2)
    return name(changed(world.commitment, status_since_start=day, status_since_end=day, status_since_precision="day"))


def with_another_status_shown_of_a_maker(world: World) -> str:
    return name(changed(world.maker, status=Status.DELIVERED))


def without_a_country(world: World) -> str:
    deleted(world.commitment.countries.get(country=make_country("KZ")))
    return name(world.commitment)


def with_a_country_too_many(world: World) -> str:
    CommitmentCountry.objects.create(commitment=world.commitment, country=make_country("TJ"), role=Role.MAKER)
    return name(world.commitment)


def with_a_maker_added_behind_its_back(world: World) -> str:
    CommitmentParty.objects.create(commitment=world.commitment, party=make_country("TJ"), role=Role.MAKER)
    return name(world.commitment)


def with_another_title(world: World) -> str:
    return name(changed(world.commitment, title="Another"))


def with_a_source_renamed(world: World) -> str:
    changed(Document.objects.get(wordings__commitment=world.commitment), title="Another")
    return name(world.commitment)


def with_a_development_that_says_something_else(world: World) -> str:
    return name(changed(world.began, summary="Nothing happened."))


def with_a_development_of_another_status(world: World) -> str:
    return name(changed(world.began, status=Status.NOT_STARTED))


def with_a_development_on_another_day(world: World) -> str:
    day = dt.date(2024, 1, 1)
    return name(changed(world.began, happened_start=day, happened_end=day))


def with_a_development_taken_back(world: World) -> str:
    return name(changed(world.began, published_at=None, approved_by=None))


def with_evidence_that_says_something_else(world: World) -> str:
    changed(world.began.evidence.get(), quotation="Nothing was done.")
    return name(world.began)


def without_evidence(world: World) -> str:
    deleted(Evidence.objects.get(development=world.began))
    return name(world.began)


TAMPERINGS: list[Tampering] = [
    with_its_snapshot_changed,
    with_its_last_snapshot_changed,
    with_its_hash_changed,
    with_its_last_hash_changed,
    with_its_chain_changed,
    with_its_reason_changed,
    with_its_author_changed,
    with_its_moment_changed,
    without_its_first_revision,
    without_a_revision_in_the_middle,
    without_its_last_revision,
    without_any_revision,
    with_a_line_that_says_another_status,
    with_a_line_that_says_another_status_before,
    with_a_line_from_another_day,
    with_a_line_less_exact_than_its_development,
    with_a_line_that_rests_on_another_development,
    with_a_line_of_a_maker_changed,
    without_a_line,
    without_its_last_line,
    with_a_line_too_many,
    with_another_status_shown,
    with_its_status_since_another_day,
    with_another_status_shown_of_a_maker,
    without_a_country,
    with_a_country_too_many,
    with_a_maker_added_behind_its_back,
    with_another_title,
    with_a_source_renamed,
    with_a_development_that_says_something_else,
    with_a_development_of_another_status,
    with_a_development_on_another_day,
    with_a_development_taken_back,
    with_evidence_that_says_something_else,
    without_evidence,
]


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.__name__)
def test_it_names_the_row_of_a_commitment(tampering: Tampering) -> None:
    world = World.made()

    with guards.lowered():
        row = tampering(world)

    found = complaints()
    assert [line for line in found if line.startswith(row)] != []
    assert [line for line in found if world.untouched.code in line] == []


def test_it_names_every_guard_that_is_missing() -> None:
    World.made()
    guards.drop("guard_revision_update", "guard_commitment_code")

    assert complaints() == [
        "Guard guard_revision_update is missing or changed: `manage.py migrate` puts it back.",
        "Guard guard_commitment_code is missing or changed: `manage.py migrate` puts it back.",
    ]


def test_it_says_which_part_of_the_record_is_another() -> None:
    world = World.made()
    with_another_title(world)

    (line,) = complaints()
    assert line == f"{name(world.commitment)}({world.commitment.code} Another): " + OTHER_TITLE


def test_it_only_reads() -> None:
    world = World.made()
    with_another_status_shown(world)
    before = Commitment.objects.values().get(pk=world.commitment.pk)

    assert complaints() == complaints()
    assert Commitment.objects.values().get(pk=world.commitment.pk) == before


def test_a_newer_codebook_takes_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    World.made()
    monkeypatch.setattr(snapshots, "CODEBOOK_VERSION", "99")

    assert check().startswith("OK")
