"""Editors find records that may be one, merge them, undo it, and split a compound pledge."""

import pytest
from django.http import HttpResponseBase
from django.urls import reverse

from commitments.admin.split_pages import pieces_of
from commitments.codelists import Publication, RelationKind
from commitments.models import Commitment, Distinction, Merge, Summit
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_editor
from tests.factories import make_commitment, make_document, make_summit, merge
from tests.markup import Markup, body

pytestmark = pytest.mark.django_db
DIALOGUE = "Start a dialogue on critical minerals among the six"
SAME = "A critical minerals dialogue of the six is started"


@pytest.fixture
def pair() -> tuple[Commitment, Commitment]:
    summit = make_summit()
    return (
        make_commitment("ONE-1", summit=summit, title=DIALOGUE, summary=DIALOGUE),
        make_commitment("TWO-1", summit=summit, title=SAME, summary=SAME),
    )


type Pair = tuple[Commitment, Commitment]


def words(response: HttpResponseBase) -> str:
    return Markup.of(response).words


def test_the_queue_leads_to_the_merge_of_two(pair: Pair) -> None:
    one, other = pair
    client = logged_in(make_editor())
    queue = client.get(reverse("admin:commitments_commitment_duplicates"))
    address = f"{url('commitment', 'merge', one.pk)}?with={other.pk}"
    assert address in body(queue)

    page = client.get(address)
    assert "ONE-1 stays, and takes over: wordings 1." in words(page)
    response = client.post(address, filled(page, keep="this", reason="One pledge."))

    assert response["Location"] == url("commitment", "change", one.pk)
    other.refresh_from_db()
    assert (other.publication, other.merged_into) == (Publication.MERGED, one)


def test_a_merge_that_comes_too_late_shows_both_anew_and_keeps_what_was_typed(pair: Pair) -> None:
    one, other = pair
    client = logged_in(make_editor())
    address = f"{url('commitment', 'merge', one.pk)}?with={other.pk}"
    typed = filled(client.get(address), keep="this", reason="One pledge.")
    Commitment.objects.filter(pk=other.pk).update(version=7, title="Saved meanwhile")

    refused = client.post(address, typed)

    assert not Merge.objects.exists()
    assert "Somebody else saved this record" in words(refused)
    assert "Saved meanwhile" in words(refused)
    again = filled(refused)
    assert again["reason"] == ["One pledge."]
    assert client.post(address, again).status_code == 302


def test_what_may_not_be_merged_is_said_at_once(pair: Pair) -> None:
    one, _other = pair
    gone = make_commitment(publication=Publication.RETRACTED)

    response = logged_in(make_editor()).get(f"{url('commitment', 'merge', one.pk)}?with={gone.pk}", follow=True)

    assert "takes part in no merge" in words(response)


@pytest.mark.parametrize("query", ["?with=", "?with=x", "?with=999999", f"?with={'9' * 40}"])
def test_a_record_that_is_not_there_is_not_found(query: str, pair: Pair) -> None:
    assert logged_in(make_editor()).get(url("commitment", "merge", pair[0].pk) + query).status_code == 404


def test_another_record_is_chosen_from_all() -> None:
    one, other = make_commitment(), make_commitment()
    address = url("commitment", "merge", one.pk)
    client = logged_in(make_editor())

    response = client.post(address, filled(client.get(address), other=other.pk))

    assert response["Location"] == f"{address}?with={other.pk}"


def test_two_that_are_told_apart_leave_the_queue(pair: Pair) -> None:
    one, other = pair
    client = logged_in(make_editor())

    response = client.post(url("commitment", "distinct", one.pk), {"other": other.pk}, follow=True)

    assert "No two records here look alike." in words(response)
    assert Distinction.objects.get().second == other


def test_a_merge_is_undone_from_the_record(pair: Pair) -> None:
    one, other = pair
    row = merge(other, one)
    client = logged_in(make_editor())
    undo = reverse("admin:commitments_commitment_undo_merge", args=[row.pk])
    assert undo in body(client.get(url("commitment", "change", one.pk)))

    client.post(undo, {"reason": "They differ."})

    other.refresh_from_db()
    assert other.publication == Publication.PUBLISHED
    assert "undone by aida" in words(client.get(url("commitment", "change", one.pk)))
    assert "Somebody undid it" in words(client.post(undo, {"reason": "Again."}))


def test_a_merged_record_is_read_and_leads_to_the_one_that_is_edited(pair: Pair) -> None:
    one, other = pair
    merge(other, one)

    page = logged_in(make_editor()).get(url("commitment", "change", other.pk))

    assert "This record was merged into another" in words(page)
    assert 'name="title"' not in body(page)


# --- on entry ---------------------------------------------------------------------------------------------------------


def new(summit: Summit) -> dict[str, object]:
    """A new record of the same pledge, as it is typed."""
    return {
        "code": "NEW-1",
        "title": SAME,
        "summary": SAME,
        "summit": summit.pk,
        "made": "2023-09-19",
        "kind": "programme",
        "strength": "announced",
        "collectivity": "joint",
        "wordings__0__document": make_document().pk,
        "wordings__0__strength": "announced",
    }


def test_a_new_record_that_repeats_another_is_asked_about_once() -> None:
    summit = make_summit()
    there = make_commitment(summit=summit, title=DIALOGUE, summary=DIALOGUE)
    client = logged_in(make_editor())
    address = reverse("admin:commitments_commitment_add")

    asked = client.post(address, filled(client.get(address), **new(summit)))

    assert "It may be recorded already" in words(asked)
    assert url("commitment", "change", there.pk) in body(asked)
    assert not Commitment.objects.filter(code="NEW-1").exists()
    client.post(address, filled(asked, is_another="on"))
    made = Commitment.objects.get(code="NEW-1")
    assert Distinction.objects.get().second == made


# --- splitting --------------------------------------------------------------------------------------------------------


def test_a_summary_is_divided_where_its_undertakings_seem_to_part() -> None:
    pieces = list(pieces_of("Builds a road to the border, and opens a customs post; trains officers for it."))

    assert pieces == ["Builds a road to the border", "opens a customs post", "trains officers for it"]
    assert list(pieces_of("Holds a forum")) == ["Holds a forum"]
    assert list(pieces_of("")) == []


def test_a_compound_pledge_is_split_into_drafts() -> None:
    whole = make_commitment("WHOLE-01", summary="Builds a road to the border and opens a customs post.")
    client = logged_in(make_editor())
    address = url("commitment", "split", whole.pk)
    page = client.get(address)
    assert filled(page)["parts-1-title"] == ["Opens a customs post"]

    client.post(address, {**filled(page), "_save": "1"})

    parts = Commitment.objects.filter(relations__kind=RelationKind.PART_OF, relations__target=whole).order_by("code")
    assert [(part.code, part.title) for part in parts] == [
        ("WHOLE-02", "Builds a road to the border"),
        ("WHOLE-03", "Opens a customs post"),
    ]


def test_another_part_is_added_without_losing_what_was_typed() -> None:
    whole = make_commitment("WHOLE-01")
    client = logged_in(make_editor())
    address = url("commitment", "split", whole.pk)
    typed = filled(client.get(address), parts__0__title="A road")

    more = filled(client.post(address, {**typed, "_another": "1"}))

    assert more["parts-0-title"] == ["A road"]
    assert more["parts-2-code"] == ["WHOLE-04"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"parts__1__title": "", "parts__1__summary": ""}, "two parts or more"),
        ({"parts__1__code": "WHOLE-02"}, "Two parts have one code"),
        ({"parts__1__code": "WHOLE-01"}, "Another commitment has this code"),
        ({"parts__1__title": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_with_a_part_is_said_beside_it(changes: dict[str, str], message: str) -> None:
    whole = make_commitment("WHOLE-01", summary="Builds a road to the border and opens a customs post.")
    client = logged_in(make_editor())
    address = url("commitment", "split", whole.pk)

    response = client.post(address, {**filled(client.get(address), **changes), "_save": "1"})

    assert message in words(response)
    assert Commitment.objects.get() == whole
