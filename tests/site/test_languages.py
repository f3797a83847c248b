"""Words in another language than the page's are marked, so that a screen reader speaks them as they are."""

import pytest
from django.test import Client

from commitments.models import Commitment, Document, Wording
from tests.markup import Markup, read
from tests.site.addresses import World, make_world, page_addresses

pytestmark = pytest.mark.django_db
TITLE, VERB = "Совместное заявление", "обязуются"


@pytest.fixture
def world() -> World:
    world = make_world()
    Document.objects.filter(pk=world.document.pk).update(title=TITLE, language="ru")
    Wording.objects.update(verb=VERB, language="ru", quotation=f"Главы {VERB}.")
    return world


def unmarked(page: Markup) -> list[str]:
    return [text for text, language in page.spoken if (TITLE in text or VERB in text) and language != "ru"]


def test_titles_and_verbs_of_sources_in_another_language_are_marked(world: World, client: Client) -> None:
    pages = {address: read(client, address) for found in page_addresses(world).values() for address in found}

    assert {address: found for address, page in pages.items() if (found := unmarked(page))} == {}
    marked = {address for address, page in pages.items() if any(language == "ru" for _, language in page.spoken)}
    assert marked >= {
        world.commitment.get_absolute_url(),
        world.document.get_absolute_url(),
        "/summits/S-2023/coverage/",
    }


def test_a_title_that_is_not_marked_is_found(world: World, client: Client) -> None:
    Commitment.objects.filter(pk=world.commitment.pk).update(title=TITLE)

    assert unmarked(read(client, world.commitment.get_absolute_url()))


def test_words_in_the_language_of_the_page_are_not_marked(client: Client) -> None:
    world = make_world()

    page = read(client, world.commitment.get_absolute_url())

    assert {language for _, language in page.spoken} == {"en"}
