"""What the site said: numbered, each chained by hash to the one before, and only when it said something new."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from commitments.actions import revisions
from commitments.codelists import Publication, Status
from commitments.models import Commitment, Revision
from commitments.readings import Reading
from commitments.snapshots import canonical, digest, public_record
from tests.factories import make_commitment, make_country, make_development, make_draft_development, make_user

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)


def digest_of(revision: Revision) -> str:
    return digest(
        code=revision.commitment.code,
        number=revision.number,
        previous=revision.previous_sha256,
        recorded_at=revision.recorded_at,
        by=revision.by_id,
        reason=revision.reason,
        snapshot=revision.snapshot,
    )


def test_each_is_numbered_and_chained_to_the_one_before() -> None:
    commitment = make_commitment()
    for day in ("2024-02-01", "2024-03-01", "2024-04-01"):
        make_development(commitment, happened=day)

    chain = list(commitment.revisions.order_by("number"))

    assert [revision.number for revision in chain] == [1, 2, 3, 4]
    assert [revision.previous_sha256 for revision in chain] == ["", *(revision.sha256 for revision in chain[:-1])]
    assert len({revision.sha256 for revision in chain}) == 4


def test_its_hash_can_be_taken_again_from_what_is_stored() -> None:
    commitment = make_commitment(title="Связь и “кавычки”", at=MOMENT.astimezone(dt.timezone(dt.timedelta(hours=5))))
    make_development(commitment, status=Status.IN_PROGRESS)

    for revision in Revision.objects.select_related("commitment"):
        assert digest_of(revision) == revision.sha256


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", 7),
        ("previous_sha256", "a" * 64),
        ("recorded_at", MOMENT),
        ("by_id", 4711),
        ("reason", "Another reason"),
        ("snapshot", {"title": "Another title"}),
    ],
)
def test_whatever_it_holds_is_in_its_hash(name: str, value: object) -> None:
    revision = make_commitment().revisions.get()

    setattr(revision, name, value)

    assert digest_of(revision) != revision.sha256


def test_the_same_content_has_one_form_whatever_its_order() -> None:
    assert canonical({"б": 1, "a": [True, None]}) == canonical({"a": [True, None], "б": 1}) == '{"a":[true,null],"б":1}'


def test_there_is_none_when_nothing_changed() -> None:
    commitment = make_commitment()

    assert revisions.record(by=make_user(), reading=Reading([commitment]), reason="Nothing", at=MOMENT) == []
    assert commitment.revisions.count() == 1


@pytest.mark.parametrize("status", ["", Status.IN_PROGRESS])
def test_there_is_none_for_a_draft(status: str) -> None:
    commitment = make_commitment(publication=Publication.DRAFT)
    make_development(commitment, status=status)

    assert revisions.record(by=make_user(), reading=Reading([commitment]), reason="Nothing", at=MOMENT) == []
    assert not Revision.objects.exists()


def test_a_draft_development_is_not_in_it() -> None:
    commitment = make_commitment()
    make_draft_development(commitment, summary="Not yet verified.")

    assert "Not yet verified." not in canonical(public_record(commitment))
    assert revisions.record(by=make_user(), reading=Reading([commitment]), reason="Nothing", at=MOMENT) == []


def test_it_says_what_the_site_says() -> None:
    commitment = make_commitment(due="2024-Q4", code="C51-2023-01")
    make_development(
        commitment, party=make_country(), status=Status.IN_PROGRESS, happened="2024-02", summary="Work began."
    )

    snapshot = Revision.objects.latest("number").snapshot

    assert snapshot == public_record(Commitment.objects.get())
    assert (snapshot["code"], snapshot["due"], snapshot["status"]) == ("C51-2023-01", "2024-Q4", "in_progress")
    assert (snapshot["status_since"], snapshot["parties"][0]["status"]) == ("2024-02", "in_progress")
    assert snapshot["developments"][0]["summary"] == "Work began."


def test_a_reason_longer_than_it_keeps_is_refused_not_cut() -> None:
    commitment = make_commitment()
    Commitment.objects.update(title="Another")

    with pytest.raises(ValidationError, match="at most 300 characters"), transaction.atomic():
        revisions.record(by=make_user(), reading=Reading([Commitment.objects.get()]), reason="x" * 301, at=MOMENT)

    assert commitment.revisions.count() == 1
