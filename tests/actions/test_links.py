"""Recording what came of trying a source's address."""

import datetime as dt

import pytest

from commitments.actions import links as link_actions
from commitments.actions import replay, shared_records
from commitments.actions.errors import Conflict
from commitments.actions.service_accounts import AccountCanLogIn, service_account
from commitments.codelists import LinkHealth, LinkOutcome
from commitments.links import Checker, Result
from commitments.models import AppendOnlyError, Commitment, Document, LinkCheck, User
from commitments.tasks import check_links
from tests.factories import make_commitment, make_document, make_user

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
ANSWERED, NOT_FOUND = Result(LinkOutcome.ANSWERED, 200), Result(LinkOutcome.NOT_FOUND, 404)


@pytest.fixture
def robot() -> User:
    return service_account(link_actions.LINK_CHECKER)


def record(by: User, document: Document, result: Result, day: int = 0) -> LinkCheck:
    at = NOON + dt.timedelta(days=day)
    check = link_actions.record_check(by=by, document=document, url=document.url or "", result=result, at=at)
    document.refresh_from_db()
    return check


def test_a_check_is_kept_with_everything_that_came_of_it(robot: User) -> None:
    document = make_document()
    result = Result(LinkOutcome.ANSWERED, 200, "https://example.org/new", "It leads to a front page.")

    check = record(robot, document, result)

    assert (check.document, check.url, check.checked_at) == (document, document.url, NOON)
    assert (check.outcome, check.http_status) == (LinkOutcome.ANSWERED, 200)
    assert (check.final_url, check.note) == ("https://example.org/new", "It leads to a front page.")


def test_checks_are_added_and_never_changed(robot: User) -> None:
    check = record(robot, make_document(), ANSWERED)

    for write in (check.save, check.delete, LinkCheck.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            write()
    with pytest.raises(AppendOnlyError):
        LinkCheck.objects.update(note="Otherwise")


def test_the_document_is_gone_after_the_second_day_and_back_when_it_answers(robot: User) -> None:
    document = make_document()

    said = []
    for day, result in enumerate([ANSWERED, NOT_FOUND, NOT_FOUND, ANSWERED]):
        record(robot, document, result, day)
        said.append((document.link_health, document.gone_since))

    assert said == [
        (LinkHealth.OK, None),
        (LinkHealth.UNREACHABLE, None),
        (LinkHealth.GONE, dt.date(2026, 3, 2)),
        (LinkHealth.OK, None),
    ]
    assert {row.history_user for row in document.history.all() if row.version > 1} == {robot}


def test_a_check_that_says_nothing_new_writes_nothing_to_the_document(robot: User) -> None:
    document = make_document(link_health=LinkHealth.OK)

    record(robot, document, ANSWERED)
    record(robot, document, ANSWERED, 1)

    assert document.version == 1
    assert document.link_checks.count() == 2


def test_what_an_editor_called_gone_stays_so(robot: User) -> None:
    document = make_document(link_health=LinkHealth.GONE, gone_since=dt.date(2025, 2, 1))

    record(robot, document, ANSWERED)

    assert (document.link_health, document.gone_since) == (LinkHealth.GONE, dt.date(2025, 2, 1))


def test_a_new_address_begins_anew(robot: User) -> None:
    document = make_document()
    record(robot, document, NOT_FOUND)
    document.url = "https://example.org/moved"
    shared_records.save(by=make_user(), record=document, version=document.version)

    record(robot, document, NOT_FOUND, 1)

    assert document.link_health == LinkHealth.UNREACHABLE


def test_what_came_of_an_address_that_was_changed_meanwhile_says_nothing_of_the_new_one(robot: User) -> None:
    document = make_document()
    tried = document.url or ""
    Document.objects.update(url="https://example.org/moved")

    link_actions.record_check(by=robot, document=document, url=tried, result=ANSWERED, at=NOON)

    document.refresh_from_db()
    assert document.link_health == LinkHealth.UNCHECKED
    assert document.link_checks.get().url == tried


def test_an_editor_whose_form_was_open_is_told_of_a_new_health(robot: User) -> None:
    document = make_document()
    opened = Document.objects.get()
    record(robot, document, ANSWERED)

    with pytest.raises(Conflict):
        shared_records.save(by=make_user(), record=opened, version=opened.version)


def test_the_record_of_a_commitment_does_not_hang_on_the_health_of_its_sources(robot: User) -> None:
    commitment = make_commitment()
    document = commitment.wordings.get().document

    record(robot, document, NOT_FOUND)
    record(robot, document, NOT_FOUND, 1)

    assert document.link_health == LinkHealth.GONE
    assert commitment.revisions.count() == 1
    assert list(replay.findings(Commitment.objects.all())) == []


def test_texts_from_elsewhere_are_cut_to_what_can_be_kept(robot: User) -> None:
    result = Result(
        LinkOutcome.NO_ANSWER, None, "https://example.org/\x00" + "a" * 900, "\x00\udcff\x1b[2J" + "b" * 900
    )

    check = record(robot, make_document(), result)

    check.refresh_from_db()
    assert len(check.final_url) == 500
    assert len(check.note) == 300
    assert (check.final_url + check.note).isprintable()


def test_those_never_tried_come_first_then_the_oldest_and_none_twice_in_a_week(robot: User) -> None:
    never, old, older, lately = (make_document(title) for title in ("never", "old", "older", "lately"))
    make_document("without address", url=None)
    for document, day in ((lately, -2), (old, -8), (older, -30), (older, -20)):
        record(robot, document, ANSWERED, day)

    assert [document.title for document in link_actions.due(older_than=7, now=NOON)] == ["never", "older", "old"]
    assert list(link_actions.due(older_than=0, now=NOON)) == [never, older, old, lately]


def test_a_run_tries_so_many_and_records_each(robot: User) -> None:
    documents = [make_document() for _ in range(3)]
    tried: list[str] = []

    class Fake(Checker):
        def check(self, url: str) -> Result:
            tried.append(url)
            return NOT_FOUND

    counts = link_actions.check_links(by=robot, checker=Fake(), limit=2)

    assert tried == [documents[0].url, documents[1].url]
    assert counts[LinkOutcome.NOT_FOUND] == 2
    assert LinkCheck.objects.count() == 2


def test_a_run_goes_on_after_a_document_that_is_deleted_meanwhile(robot: User) -> None:
    gone, stays = make_document(), make_document()

    class Fake(Checker):
        def check(self, url: str) -> Result:
            Document.objects.filter(pk=gone.pk).delete()
            return ANSWERED

    counts = link_actions.check_links(by=robot, checker=Fake())

    assert counts[LinkOutcome.ANSWERED] == 1
    assert LinkCheck.objects.get().document == stays


def test_the_task_tries_what_is_due_under_the_name_of_its_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Checker, "check", lambda self, url: ANSWERED)
    document = make_document()

    counts = check_links.call(limit=5)

    assert counts["answered"] == 1
    document.refresh_from_db()
    assert document.link_health == LinkHealth.OK
    robot = User.objects.get(username=link_actions.LINK_CHECKER)
    assert (robot.is_active, robot.is_staff, robot.has_usable_password()) == (False, False, False)


def test_an_account_with_which_somebody_can_log_in_writes_nothing() -> None:
    make_user(link_actions.LINK_CHECKER)

    with pytest.raises(AccountCanLogIn, match=link_actions.LINK_CHECKER):
        service_account(link_actions.LINK_CHECKER)
