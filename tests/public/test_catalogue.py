"""The catalogue for data portals."""

import pytest
from django.test import Client

from commitments.exports.columns import LISTED
from commitments.exports.formats import available
from tests.factories import make_commitment

pytestmark = pytest.mark.django_db


def test_it_has_every_dataset_in_every_form_that_is_there(client: Client) -> None:
    make_commitment("DCAT-01", made="2023-09-19")

    response = client.get("/data/catalog.jsonld")
    catalogue = response.json()

    assert response["Content-Type"] == "application/ld+json"
    assert catalogue["@type"] == "dcat:Catalog"
    datasets = {one["dcterms:identifier"]: one for one in catalogue["dcat:dataset"]}
    assert list(datasets) == [shape.name for shape in LISTED]
    for one in datasets.values():
        period = one["dcterms:temporal"]
        assert period["dcat:startDate"]["@value"] == period["dcat:endDate"]["@value"] == "2023-09-19"
        files = [file for file in one["dcat:distribution"] if "dcat:downloadURL" in file]
        assert len(files) == len(available())
        for file in one["dcat:distribution"]:
            address = file["dcat:accessURL"]["@id"].removeprefix("http://testserver")
            answer = client.get(address)
            assert answer.status_code == 200
            assert file["dcat:mediaType"]["@id"].endswith(answer["Content-Type"].partition(";")[0])
    (service,) = catalogue["dcat:service"]
    assert client.get(service["dcat:endpointDescription"]["@id"].removeprefix("http://testserver")).status_code == 200


def test_it_is_there_before_anything_was_published(client: Client) -> None:
    assert client.get("/data/catalog.jsonld").json()["dcat:dataset"]
