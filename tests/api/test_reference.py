"""The page that documents the API: everything is on it, and every example on it runs."""

import re

import pytest
from django.test import Client

from commitments.api.document import document
from commitments.exports.columns import SHAPES
from tests.markup import Markup, read
from tests.site.addresses import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def page(world: World, client: Client) -> Markup:
    return read(client, "/api/")


def test_it_names_every_address_every_parameter_and_every_field(page: Markup) -> None:
    printed = {element.text for element in page.all("code")}

    assert set(document()["paths"]) <= printed
    for path in document()["paths"].values():
        assert {parameter["name"] for parameter in path["get"]["parameters"]} <= printed
    assert {column.name for shape in SHAPES for column in shape.columns} <= printed
    assert "/api/v1/openapi.json" in page.links


def test_every_example_runs(page: Markup, client: Client) -> None:
    examples = [element.text for element in page.all("code") if element.text.startswith("curl ")]

    assert len(examples) >= len(document()["paths"])
    for example in examples:
        address = re.fullmatch(r"curl 'http://testserver(/api/v1/.*)'", example)
        assert address, example
        assert client.get(address[1]).status_code == 200, example


def test_an_empty_site_documents_its_lists(client: Client) -> None:
    page = read(client, "/api/")

    assert "/api/v1/commitments/" in {element.text for element in page.all("code")}
    assert "{key}" not in "".join(element.text for element in page.all("code") if element.text.startswith("curl "))
