"""Two people at the same time, each with a connection of their own: one is done, the other learns of it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import replay, reviews
from commitments.actions.errors import Conflict
from commitments.codelists import Publication, RelationKind, Status
from commitments.models import Commitment, Development, Relation, User
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.admin.world import submitted
from tests.factories import make_commitment, make_draft_development, make_sector, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*writes: Callable[[], object]) -> list[type]:
    """Start all of them together and say, sorted by name, what came of each: its result's type, or a conflict."""
    start = threading.Barrier(len(writes), timeout=20)

    def run(write: Callable[[], object]) -> type:
        try:
            start.wait()
            return type(write())
        except Conflict as conflict:
            return type(conflict)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writes)) as threads:
        return sorted(threads.map(run, writes), key=lambda outcome: outcome.__name__)


def publishing(development: Development, by: User) -> Callable[[], object]:
    return lambda: development_actions.publish(by=by, development=development)


def editing(commitment: Commitment, by: User, title: str) -> Callable[[], object]:
    commitment.title = title
    return lambda: commitment_actions.edit(by=by, commitment=commitment, version=commitment.version, reason="Clearer")


def findings() -> list[replay.Finding]:
    return list(replay.findings(Commitment.objects.all()))


def test_of_two_publishers_of_one_draft_one_gets_a_conflict() -> None:
    commitment = make_commitment()
    draft = make_draft_development(commitment, status=Status.IN_PROGRESS)
    first, second = (Development.objects.get(pk=draft.pk) for _ in range(2))

    outcomes = at_once(publishing(first, make_user("one")), publishing(second, make_user("two")))

    assert outcomes == [Conflict, Development]
    assert commitment.revisions.count() == 2
    assert findings() == []


@pytest.mark.parametrize("other", [reviews.approve, reviews.reject])
def test_of_two_reviewers_of_one_draft_one_gets_a_conflict(other: Callable[..., object]) -> None:
    commitment = make_commitment()
    waiting = submitted(commitment)
    one, two = (make_member(DeskRole.REVIEWER, name) for name in ("one", "two"))
    first, second = (Development.objects.get(pk=waiting.pk) for _ in range(2))

    outcomes = at_once(
        lambda: reviews.approve(by=one, development=first, version=waiting.version),
        lambda: other(by=two, development=second, version=waiting.version, comment="Old news."),
    )

    assert Conflict in outcomes
    assert waiting.reviews.count() == 2
    assert findings() == []


def test_of_two_publishers_of_one_commitment_one_gets_a_conflict() -> None:
    draft = make_commitment(publication=Publication.DRAFT)

    outcomes = at_once(
        lambda: commitment_actions.publish(by=make_user("one"), commitment=draft),
        lambda: commitment_actions.publish(by=make_user("two"), commitment=draft),
    )

    assert outcomes == [Commitment, Conflict]
    assert draft.revisions.count() == 1


def test_of_two_editors_of_one_version_one_gets_a_conflict() -> None:
    commitment = make_commitment()
    first, second = (Commitment.objects.get() for _ in range(2))

    outcomes = at_once(
        editing(first, make_user("one"), "The first's"), editing(second, make_user("two"), "The second's")
    )

    assert outcomes == [Commitment, Conflict]
    assert commitment.revisions.count() == 2
    assert findings() == []


def test_two_developments_published_at_once_are_both_in_the_record() -> None:
    commitment = make_commitment()
    drafts = [
        make_draft_development(commitment, status=status, happened=day)
        for status, day in ((Status.IN_PROGRESS, "2024-02-01"), (Status.STALLED, "2024-03-01"))
    ]

    outcomes = at_once(*(publishing(draft, make_user("reviewer")) for draft in drafts))

    assert outcomes == [Development, Development]
    commitment.refresh_from_db()
    assert commitment.status == Status.STALLED
    assert {row["id"] for row in commitment.revisions.latest("number").snapshot["developments"]} == {
        draft.pk for draft in drafts
    }
    assert findings() == []


def test_an_edit_and_a_publication_at_once_lose_neither() -> None:
    commitment = make_commitment()
    draft = make_draft_development(commitment, status=Status.IN_PROGRESS)

    outcomes = at_once(
        editing(Commitment.objects.get(), make_user("editor"), "A better title"),
        publishing(draft, make_user("reviewer")),
    )

    assert outcomes == [Commitment, Development]
    commitment.refresh_from_db()
    assert (commitment.title, commitment.status) == ("A better title", Status.IN_PROGRESS)
    assert findings() == []


def test_revisions_are_seen_in_the_order_of_their_keys() -> None:
    """Whoever has read up to one may skip all before it: of two writers at once the second waits for the first."""
    first, second = make_commitment(), make_commitment()
    by = make_user("editor")
    written, may_end, waits = threading.Event(), threading.Event(), threading.Event()

    def slow() -> int:
        try:
            with transaction.atomic():
                commitment_actions.edit(by=by, commitment=first, version=first.version, reason="Clearer")
                written.set()
                assert may_end.wait(20)
                return first.revisions.latest("number").pk
        finally:
            connection.close()

    def quick() -> tuple[int, bool]:
        try:
            assert written.wait(20)
            waits.set()
            commitment_actions.edit(by=by, commitment=second, version=second.version, reason="Clearer")
            return second.revisions.latest("number").pk, may_end.is_set()
        finally:
            connection.close()

    first.title, second.title = "A better title", "A better one too"
    with ThreadPoolExecutor(2) as threads:
        slower, quicker = threads.submit(slow), threads.submit(quick)
        assert waits.wait(20)
        # Long enough for the second to write, if it did not wait.
        assert wait([quicker], timeout=0.5).done == set()
        may_end.set()

    pk, came_after = quicker.result()
    assert came_after
    assert slower.result() < pk
    assert findings() == []


def test_two_who_settle_each_others_records_do_not_wait_for_one_another() -> None:
    one, other = make_commitment(), make_commitment()
    Relation.objects.create(source=one, kind=RelationKind.RESTATES, target=other)
    Relation.objects.create(source=other, kind=RelationKind.RESTATES, target=one)

    outcomes = at_once(
        lambda: commitment_actions.close(by=make_user("one"), commitment=one, reason="Settled"),
        lambda: commitment_actions.close(by=make_user("two"), commitment=other, reason="Settled"),
    )

    assert outcomes == [Commitment, Commitment]
    assert findings() == []


def test_who_edits_a_sector_and_who_files_a_commitment_under_it_do_not_wait_for_one_another() -> None:
    sector, commitment = make_sector(), make_commitment()
    make_commitment(sectors=(sector,))
    page = url("sector", "change", sector.pk)
    client, by = logged_in(make_member(DeskRole.ADMINISTRATOR)), make_user("editor")
    typed = filled(client.get(page), short_label="Railways")
    has_turn, is_sent = threading.Event(), threading.Event()

    def file_it() -> None:
        def write() -> None:
            has_turn.set()
            assert is_sent.wait(20)
            # Long enough for the other to hold the sector, if it did not wait for the turn.
            time.sleep(0.5)
            commitment.sectors.add(sector)

        try:
            with transaction.atomic():
                commitment_actions.edit(
                    by=by, commitment=commitment, version=commitment.version, reason="Filed", write=write
                )
        finally:
            connection.close()

    def edit_it() -> int:
        try:
            assert has_turn.wait(20)
            is_sent.set()
            return client.post(page, typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        filing, editing_it = threads.submit(file_it), threads.submit(edit_it)

    filing.result()
    assert editing_it.result() == 302
    assert list(commitment.sectors.values_list("short_label", flat=True)) == ["Railways"]
    assert findings() == []
