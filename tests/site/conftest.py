"""One small site for all tests of a module: making and reading it takes longer than looking at it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.markup import Markup, read
from tests.site.addresses import World, make_world, page_addresses


@pytest.fixture(scope="module")
def shared_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A world for tests that change nothing of it. Each of them runs in a savepoint of this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def pages(shared_world: World, django_db_blocker: DjangoDbBlocker) -> dict[str, Markup]:
    """Every page of it by its address, each answering 200."""
    with django_db_blocker.unblock():
        client = Client()
        return {address: read(client, address) for found in page_addresses(shared_world).values() for address in found}
