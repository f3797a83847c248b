"""What is typed and not saved is kept, for whoever typed it."""

import datetime as dt

import pytest

from commitments.actions import form_drafts
from commitments.actions.errors import Conflict, Refused
from commitments.models import FormDraft, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/commitments/commitment/1/log/"
NOON = dt.datetime(2024, 2, 8, 12, tzinfo=dt.UTC)


@pytest.fixture
def aida() -> User:
    return make_user("aida")


def test_what_is_kept_is_replaced_by_what_is_typed_next(aida: User) -> None:
    first = form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["They"]}, at=NOON)

    form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["They met"]}, known=first.saved_at)

    assert FormDraft.objects.get().content == {"summary": ["They met"]}


def test_a_save_goes_over_one_of_its_window_whose_answer_never_came(aida: User) -> None:
    first = form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["They"]}, save_id="a" * 32, at=NOON)

    form_drafts.keep(
        by=aida, address=ADDRESS, content={"summary": ["They met"]}, save_id="b" * 32, unanswered=["a" * 32]
    )

    assert FormDraft.objects.get().content == {"summary": ["They met"]}
    # It comes late, and is overtaken.
    with pytest.raises(Conflict):
        form_drafts.keep(
            by=aida, address=ADDRESS, content={"summary": ["They m"]}, known=first.saved_at, save_id="c" * 32
        )
    assert FormDraft.objects.get().content == {"summary": ["They met"]}


def test_a_save_without_a_number_is_nobodys(aida: User) -> None:
    form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["Long ago"]}, at=NOON)

    with pytest.raises(Conflict):
        form_drafts.keep(
            by=aida, address=ADDRESS, content={"summary": ["New"]}, save_id="a" * 32, unanswered=["b" * 32, ""]
        )


def test_what_was_not_shown_is_not_written_over(aida: User) -> None:
    kept = form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["Long ago"]}, at=NOON)

    for known in (None, kept.saved_at - dt.timedelta(seconds=1)):
        with pytest.raises(Conflict):
            form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["New"]}, known=known)

    assert FormDraft.objects.get().content == {"summary": ["Long ago"]}


def test_what_is_gone_is_kept_anew(aida: User) -> None:
    form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["Again"]}, known=NOON)

    assert FormDraft.objects.get().content == {"summary": ["Again"]}


def test_each_has_their_own(aida: User) -> None:
    other = make_user("bota")
    form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["Aida's"]})
    form_drafts.keep(by=other, address=ADDRESS, content={"summary": ["Bota's"]})

    form_drafts.discard(by=other, address=ADDRESS)

    assert form_drafts.find(by=other, address=ADDRESS) is None
    found = form_drafts.find(by=aida, address=ADDRESS)
    assert found is not None
    assert found.content == {"summary": ["Aida's"]}


def test_only_what_is_known_is_discarded(aida: User) -> None:
    kept = form_drafts.keep(by=aida, address=ADDRESS, content={}, at=NOON)

    form_drafts.discard(by=aida, address=ADDRESS, known=NOON - dt.timedelta(seconds=1))
    assert FormDraft.objects.exists()

    form_drafts.discard(by=aida, address=ADDRESS, known=kept.saved_at)
    assert not FormDraft.objects.exists()


def test_what_is_too_large_is_refused(aida: User) -> None:
    with pytest.raises(Refused, match="too large"):
        form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["x" * form_drafts.LARGEST]})
    with pytest.raises(Refused, match="too large"):
        form_drafts.keep(by=aida, address="/admin/" + "x" * 200, content={})


def test_a_null_character_is_left_out(aida: User) -> None:
    kept = form_drafts.keep(by=aida, address=ADDRESS, content={"summary": ["a\x00b"]})

    assert kept.content == {"summary": ["ab"]}


def test_the_oldest_of_very_many_gives_way(aida: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_drafts, "MOST", 2)
    for hour in range(3):
        form_drafts.keep(by=aida, address=f"{ADDRESS}{hour}/", content={}, at=NOON + dt.timedelta(hours=hour))

    kept = FormDraft.objects.values_list("address", flat=True)
    assert list(kept) == [f"{ADDRESS}2/", f"{ADDRESS}1/"]
