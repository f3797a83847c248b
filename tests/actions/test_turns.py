"""The turn of a kind of write is asked for once a transaction, and asked for again where it was given back."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from commitments.actions.turns import take_turn

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Ends a part of a transaction."""


def asked(*, in_part: bool) -> int:
    """How often the database is asked for the turn that is taken twice, at first in a part that is undone or not."""
    with transaction.atomic(), CaptureQueriesContext(connection) as context:
        try:
            with transaction.atomic():
                take_turn("tests")
                take_turn("tests")
                if in_part:
                    raise Undone
        except Undone:
            pass
        take_turn("tests")
        take_turn("tests")
    return sum("pg_advisory_xact_lock" in query["sql"] for query in context.captured_queries)


def test_it_is_asked_for_once() -> None:
    assert asked(in_part=False) == (1 if connection.vendor == "postgresql" else 0)


def test_what_undoes_a_part_of_a_transaction_gives_it_back() -> None:
    assert asked(in_part=True) == (2 if connection.vendor == "postgresql" else 0)
    with transaction.atomic(), CaptureQueriesContext(connection) as context:
        take_turn("others")
    assert len(context) == (1 if connection.vendor == "postgresql" else 0)
