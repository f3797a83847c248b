"""Records that may be one are shown to an editor; those that only share a subject are not."""

from typing import Any

import pytest

from commitments import duplicates
from commitments.actions import merges
from commitments.codelists import Publication
from commitments.models import Commitment, Summit, Wording
from tests.factories import make_commitment, make_summit, make_user, merge

pytestmark = pytest.mark.django_db
DIALOGUE = "Start a dialogue on critical minerals among the six"
SAME = "A critical minerals dialogue of the six is started"
OTHER = "Hold a regional connectivity ministerial in Central Asia"
THIRD = "Support persons with disabilities by a new initiative on rights"


def at(summit: Summit, title: str) -> Commitment:
    return make_commitment(summit=summit, title=title, summary=title)


def codes(pairs: list[duplicates.Alike]) -> set[frozenset[str]]:
    return {frozenset((alike.one.code, alike.other.code)) for alike in pairs}


def test_two_that_say_the_same_in_other_words_are_a_pair() -> None:
    summit = make_summit()
    one, other = at(summit, DIALOGUE), at(summit, SAME)
    at(summit, OTHER)
    at(summit, THIRD)

    found = duplicates.queue()

    assert codes(found.pairs) == {frozenset((one.code, other.code))}
    assert found.after is None
    assert "minerals" in found.pairs[0].shared
    assert found.pairs[0].percent >= 45


def test_the_same_words_at_another_summit_are_another_commitment() -> None:
    at(make_summit(), DIALOGUE)
    at(make_summit(), DIALOGUE)

    assert duplicates.queue().pairs == []


def test_two_that_rest_on_one_sentence_are_a_pair_whatever_they_are_called() -> None:
    summit = make_summit()
    one, other = at(summit, DIALOGUE), at(summit, OTHER)
    document = one.wordings.get().document
    Wording.objects.filter(commitment__in=(one, other)).update(document=document, paragraph=3, sentence=1)

    found = duplicates.queue().pairs

    assert codes(found) == {frozenset((one.code, other.code))}
    assert found[0].same_sentence


@pytest.mark.parametrize("publication", [Publication.RETRACTED, Publication.MERGED])
def test_what_was_taken_back_or_merged_is_no_double(publication: Publication) -> None:
    summit = make_summit()
    at(summit, DIALOGUE)
    gone = at(summit, SAME)
    if publication == Publication.MERGED:
        merge(gone, make_commitment())
    else:
        Commitment.objects.filter(pk=gone.pk).update(publication=publication)

    assert duplicates.queue().pairs == []


def test_a_pair_that_was_told_apart_is_not_proposed_again() -> None:
    summit = make_summit()
    one, other = at(summit, DIALOGUE), at(summit, SAME)

    merges.tell_apart(by=make_user("editor"), one=one, other=other)

    assert duplicates.queue().pairs == []
    assert duplicates.doubles_of(one) == []


def test_a_record_that_is_being_entered_is_held_against_those_of_its_summit() -> None:
    summit = make_summit()
    there = at(summit, DIALOGUE)
    at(summit, OTHER)

    found = duplicates.doubles_of(Commitment(summit=summit, title=SAME, summary=SAME))

    assert [alike.other for alike in found] == [there]


def test_the_queue_goes_on_after_the_summits_that_were_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "READ_AT_ONCE", 2)
    pairs = []
    for _number in range(2):
        summit = make_summit()
        pairs.append(frozenset((at(summit, DIALOGUE).code, at(summit, SAME).code)))

    first = duplicates.queue()
    assert codes(first.pairs) == {pairs[0]}
    assert first.after is not None
    assert codes(duplicates.queue(first.after).pairs) == {pairs[1]}


def test_many_summits_are_read_in_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    def pair() -> None:
        summit = make_summit()
        at(summit, DIALOGUE), at(summit, SAME)

    pair()
    # The summits, their records, the pairs told apart, the wordings.
    with django_assert_num_queries(4):
        assert len(duplicates.queue().pairs) == 1
    for _ in range(4):
        pair()
    with django_assert_num_queries(4):
        assert len(duplicates.queue().pairs) == 5


def test_one_sentence_that_two_summits_repeat_is_no_pair() -> None:
    one, other = at(make_summit(), DIALOGUE), at(make_summit(), OTHER)
    at(one.summit, THIRD), at(other.summit, THIRD)
    document = one.wordings.get().document
    Wording.objects.filter(commitment__in=(one, other)).update(document=document, paragraph=3, sentence=1)

    assert duplicates.queue().pairs == []
