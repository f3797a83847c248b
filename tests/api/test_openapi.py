"""The OpenAPI document says what the API does: requests that nobody thought of find no difference."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pytest_django import DjangoDbBlocker
from schemathesis.config import SchemathesisConfig

from commitments.api.document import document
from tests.site.addresses import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.filterwarnings("ignore")]
# Trying every value of every enumeration takes a minute more: set `coverage` to true when the API's parameters change.
CONFIG = SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": False}}})
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document())), config=CONFIG)
schema.app = get_wsgi_application()


@pytest.fixture(scope="module", autouse=True)
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    # The connection outlives a request: the world is in its transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        make_world()
        yield
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_finds_a_difference_between_document_and_answer(case: schemathesis.Case) -> None:
    # A country or a code that we do not hold is refused, though it has the form of one.
    accepted = schemathesis.checks.CHECKS.get_one("positive_data_acceptance")
    case.call_and_validate(excluded_checks=[accepted])  # type: ignore[list-item]


def test_it_is_a_valid_document_of_version_3_1() -> None:
    made = document()

    assert made["openapi"] == "3.1.0"
    assert made["paths"]
    for shape in made["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    names = [path["get"]["operationId"] for path in made["paths"].values()]
    assert len(set(names)) == len(names)
