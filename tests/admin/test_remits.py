"""A contributor with a remit at the desk: what they find, what they write, and who says so."""

import pytest
from django.test import Client
from django.urls import reverse

from commitments.codelists import Publication
from commitments.models import Commitment, Development, Remit, User
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.factories import (
    make_commitment,
    make_country,
    make_document,
    make_draft_development,
    make_sector,
    make_series,
    make_suggestion,
    make_user,
)
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def cara(db: None) -> User:
    """A contributor for Kazakhstan."""
    user = make_member(DeskRole.CONTRIBUTOR, "cara")
    Remit.objects.create(user=user).parties.add(make_country("KZ"))
    return user


@pytest.fixture
def client_of_cara(cara: User) -> Client:
    return logged_in(cara)


@pytest.fixture
def inside(db: None) -> Commitment:
    return make_commitment("IN-1")


@pytest.fixture
def outside(db: None) -> Commitment:
    return make_commitment("OUT-1", makers=(make_country("UZ"),))


def test_lists_show_what_is_public_and_drafts_within(
    client_of_cara: Client, inside: Commitment, outside: Commitment
) -> None:
    make_commitment("OUT-2", makers=(make_country("UZ"),), publication=Publication.DRAFT)
    make_draft_development(inside, summary="A draft within.")
    make_draft_development(outside, summary="A draft elsewhere.")
    make_suggestion(inside, text="Sent within.")
    make_suggestion(outside, text="Sent elsewhere.")

    commitments = read(client_of_cara, "/admin/commitments/commitment/")
    drafts = read(client_of_cara, "/admin/commitments/development/?state=draft").words
    suggestions = read(client_of_cara, "/admin/commitments/suggestion/").words

    assert "IN-1" in commitments.words
    assert "OUT-1" in commitments.words
    assert "OUT-2" not in commitments.words
    # Nothing is logged for what lies outside.
    assert commitments.all("a", href=url("commitment", "log", inside.pk))
    assert not commitments.all("a", href=url("commitment", "log", outside.pk))
    assert "A draft within." in drafts
    assert "A draft elsewhere." not in drafts
    assert "Sent within." in suggestions
    assert "Sent elsewhere." not in suggestions


def test_the_page_of_a_commitment_outside_shows_no_draft_and_no_way_to_log(
    client_of_cara: Client, outside: Commitment
) -> None:
    make_draft_development(outside, summary="A draft elsewhere.")

    shown = body(client_of_cara.get(url("commitment", "change", outside.pk)))

    assert "A draft elsewhere." not in shown
    assert url("commitment", "log", outside.pk) not in shown


def test_a_search_offers_what_may_be_picked(
    client_of_cara: Client, desk: Client, inside: Commitment, outside: Commitment
) -> None:
    query = {"app_label": "commitments", "model_name": "development", "field_name": "commitment", "term": "-1"}

    def found(client: Client) -> set[str]:
        results = client.get(reverse("admin:autocomplete"), query).json()["results"]
        return {result["text"].split()[0] for result in results}

    assert found(client_of_cara) == {"IN-1"}
    assert found(desk) == {"IN-1", "OUT-1"}


def test_an_event_is_logged_within_only(client_of_cara: Client, inside: Commitment, outside: Commitment) -> None:
    address = reverse("admin:commitments_development_log")
    opened = client_of_cara.get(address, {"commitment": [inside.pk, outside.pk]})
    typed = filled(
        opened,
        summary="A rail was laid.",
        happened="2024-02-08",
        source__document=str(make_document().pk),
        commitments=[str(inside.pk), str(outside.pk)],
    )

    response = client_of_cara.post(address, {**typed, "_save": "1"})

    assert "OUT-1" not in Markup.of(opened).words
    assert response.status_code == 200
    assert not Development.objects.exists()


def test_the_desk_leads_to_what_one_may_work_on(
    client_of_cara: Client, cara: User, inside: Commitment, outside: Commitment
) -> None:
    Commitment.objects.update(published_at="2024-01-01T00:00Z")
    make_draft_development(outside, by=cara)

    page = read(client_of_cara, "/admin/")

    assert "IN-1" in page.words
    assert "OUT-1" not in page.words
    # Begun before the remit was: no longer theirs to go on with, and so not counted.
    assert page.one("a", **{"data-figure": "mine"})["data-count"] == "0"


def test_an_administrator_gives_changes_and_takes_a_remit() -> None:
    cara = make_member(DeskRole.CONTRIBUTOR, "cara")
    administrator = logged_in(make_member(DeskRole.ADMINISTRATOR, "ada"))
    address = url("user", "change", cara.pk)
    kz, series, sector = make_country("KZ"), make_series(), make_sector("322")

    def save(**changes: object) -> int:
        return administrator.post(address, filled(administrator.get(address), **changes)).status_code

    assert save() == 302
    assert not Remit.objects.exists()
    named = {"remit__0__parties": [str(kz.pk)], "remit__0__series": [str(series.pk)]}
    assert save(**named, remit__0__sectors=[str(sector.pk)]) == 302
    remit = Remit.objects.get(user=cara)
    assert ([*remit.parties.all()], [*remit.series.all()], [*remit.sectors.all()]) == ([kz], [series], [sector])
    assert remit.history.latest().history_user == User.objects.get(username="ada")
    # One that names nothing is refused: it would shut them out of everything.
    assert save(remit__0__parties=[], remit__0__series=[], remit__0__sectors=[]) == 200
    assert save(remit__0__DELETE="on") == 302
    assert not Remit.objects.exists()


def test_a_remit_is_typed_in_without_scripts() -> None:
    cara = make_member(DeskRole.CONTRIBUTOR, "cara")
    make_country("KZ")

    page = read(logged_in(make_user("ruler", is_superuser=True)), url("user", "change", cara.pk) + "?plain=1")

    assert "Kazakhstan" in page.one("select", name="remit-0-parties").text
