"""The latest developments over all commitments."""

import pytest
from django.test import Client

from commitments.codelists import Status
from tests.factories import make_commitment, make_development, make_draft_development
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_it_lists_published_developments_newest_event_first(client: Client) -> None:
    railway, dialogue = make_commitment("D-01", title="Railway"), make_commitment("D-02", title="Dialogue")
    make_development(railway, happened="2024-05-01", summary="Later event.", status=Status.IN_PROGRESS)
    make_development(dialogue, happened="2023-12", summary="Earlier event.")
    make_draft_development(dialogue, happened="2024-06-01", summary="Still a draft.")

    page = read(client, "/developments/")

    assert page.total == 2
    assert page.words.index("1 May 2024 In progress Railway Later event.") < page.words.index(
        "December 2023 Dialogue Earlier event."
    )
    assert "Still a draft." not in page.words


def test_a_page_that_does_not_exist_is_said_and_the_nearest_is_shown(client: Client) -> None:
    make_development(make_commitment("D-01"), summary="The only one.")

    words = read(client, "/developments/?page=zero").words

    assert "There is no page “zero”: this is page 1 of 1." in words
    assert "The only one." in words


def test_without_any_it_says_so(client: Client) -> None:
    assert "No development has been published yet." in read(client, "/developments/").words
