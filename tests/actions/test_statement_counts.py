"""What a write costs the database. A write that takes more statements than it did is told here, not by a slow site."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.actions import commitments, developments, shared_records
from commitments.codelists import EvidenceRole, Publication, Role, Status
from commitments.models import Commitment, CommitmentParty, Development, Evidence, Wording
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_sector,
    make_series,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db


@contextmanager
def at_most(most: int) -> Iterator[None]:
    """Statements within, those that begin and end transactions aside."""
    with CaptureQueriesContext(connection) as context:
        yield
    said = [query["sql"] for query in context.captured_queries]
    counted = [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]
    assert len(counted) <= most, "\n".join(sql[:200] for sql in counted)


def unsaved() -> tuple[Commitment, Callable[[], None]]:
    """A commitment with a maker, an addressee, a sector and a wording, and what saves those."""
    commitment = Commitment(
        code="COUNTED-1",
        title="Counted",
        summary="Every statement counts.",
        summit=make_summit(series=make_series()),
        kind="programme",
        strength="announced",
        collectivity="unilateral",
    )
    commitment.made = UncertainDate.parse("2023-09-19")
    document, sector = make_document(), make_sector()
    parties = {Role.MAKER: make_country("KZ"), Role.ADDRESSEE: make_country("US")}

    def write() -> None:
        commitment.sectors.set([sector])
        CommitmentParty.objects.bulk_create(
            CommitmentParty(commitment=commitment, party=party, role=role) for role, party in parties.items()
        )
        Wording.objects.create(commitment=commitment, document=document, strength="announced")

    return commitment, write


def test_a_commitment_is_created_and_published_in_few_statements() -> None:
    by = make_user()
    commitment, write = unsaved()

    # Of these, five are `write`'s own.
    with at_most(12):
        commitments.create(by=by, commitment=commitment, write=write)
    with at_most(13):
        commitments.publish(by=by, commitment=commitment)


def test_a_development_is_logged_and_published_in_few_statements() -> None:
    commitment = make_commitment(sectors=(make_sector(),), summit=make_summit(series=make_series()))
    make_development(commitment, happened="2024-01-01")
    author, reviewer, document = make_user(), make_user(), make_document()
    development = Development(
        commitment=commitment, summary="It began.", status=Status.IN_PROGRESS, party=make_country("KZ")
    )
    development.happened = UncertainDate.parse("2024-02-08")
    evidence = [Evidence(document=document, role=EvidenceRole.SHOWS_PROGRESS)]

    with at_most(5):
        developments.draft(by=author, development=development, evidence=evidence)
    with at_most(19):
        developments.publish(by=reviewer, development=development, version=development.version)


def test_a_public_commitment_is_edited_in_few_statements() -> None:
    commitment = make_commitment(sectors=(make_sector(),), summit=make_summit(series=make_series()))
    make_development(commitment, status=Status.IN_PROGRESS)
    commitment.title = "Another title"

    with at_most(17):
        commitments.edit(by=make_user(), commitment=commitment, version=commitment.version, reason="A slip")


def test_a_write_takes_as_many_statements_however_much_hangs_on_its_record() -> None:
    small, large = make_commitment(), make_commitment()
    counts = []
    for commitment, many in ((small, 1), (large, 6)):
        for day in range(1, many + 1):
            make_development(commitment, happened=f"2024-01-0{day}", status=Status.IN_PROGRESS)
        draft = make_draft_development(commitment, happened="2024-03", status=Status.STALLED)
        with CaptureQueriesContext(connection) as context:
            developments.publish(by=make_user("reviewer"), development=draft)
        counts.append(len(context))

    assert counts[0] == counts[1]


def test_what_many_commitments_share_is_saved_in_as_many_statements_as_what_few_do() -> None:
    counts = []
    for many in (2, 5):
        summit = make_summit()
        shown = [make_commitment(summit=summit) for _ in range(many)]
        summit.name, numbers = f"Another name {many}", {one.pk: one.revisions.count() for one in shown}
        with CaptureQueriesContext(connection) as context:
            shared_records.save(by=make_user("editor"), record=summit, version=summit.version)
        counts.append(len(context))
        assert all(one.search_entry.body.find("anoth") >= 0 for one in Commitment.objects.filter(summit=summit))
        # Its name is searched, and no revision shows it.
        assert {one.pk: one.revisions.count() for one in shown} == numbers

    assert counts[0] == counts[1]


def test_a_write_leaves_one_entry_in_the_history_with_the_links_as_they_are_then() -> None:
    by = make_user("historian")
    commitment, write = unsaved()
    commitments.create(by=by, commitment=commitment, write=write)
    commitment.title = "Renamed"
    other = make_sector("21030")
    commitments.edit(
        by=by,
        commitment=commitment,
        version=commitment.version,
        reason="",
        write=lambda: commitment.sectors.set([other]),
    )
    commitments.publish(by=by, commitment=commitment)

    entries = list(commitment.history.order_by("history_id"))

    assert [(entry.history_type, entry.title, entry.publication) for entry in entries] == [
        ("+", "Counted", Publication.DRAFT),
        ("~", "Renamed", Publication.DRAFT),
        ("~", "Renamed", Publication.PUBLISHED),
    ]
    assert {entry.history_user for entry in entries} == {by}
    assert [[link.sector.code for link in entry.sectors.all()] for entry in entries] == [
        ["32210"],
        ["21030"],
        ["21030"],
    ]
