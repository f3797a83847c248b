"""A record is held against its table's rules as the database would hold it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model

from commitments.codelists import DueBasis, PartyKind
from commitments.constraints import _tests, broken, fields_of
from commitments.models import Commitment, Development, Document, Party
from commitments.uncertain_dates import UncertainDate


@pytest.fixture(autouse=True)
def _rules_read_anew() -> None:
    """What an earlier test made of the rules says nothing of how they are read: a planted fault would not be found."""
    _tests.cache_clear()


def a_commitment(**fields: Any) -> Commitment:
    dates = {name: UncertainDate.parse(fields.pop(name)) for name in ("made", "due") if name in fields}
    commitment = Commitment(**{"kind": "programme", "strength": "announced", "collectivity": "joint", **fields})
    for name, date in dates.items():
        setattr(commitment, name, date)
    return commitment


def a_development(**fields: Any) -> Development:
    development = Development(summary="It met.", **fields)
    development.happened = UncertainDate.parse("2024-02")
    return development


def a_party(**fields: Any) -> Party:
    return Party(slug="x", name="X", **{"kind": PartyKind.INSTITUTION, **fields})


CASES: list[Callable[[], Model]] = [
    lambda: a_commitment(made="2023"),
    a_commitment,
    lambda: a_commitment(made="2023", due="2022", due_basis=DueBasis.STATED),
    lambda: a_commitment(made="2023", due="2024", due_basis=DueBasis.NONE),
    lambda: a_commitment(made="2023", due_basis=DueBasis.IMPLIED),
    lambda: a_commitment(made="2023", novelty="nonsense"),
    a_development,
    lambda: a_development(kind="check"),
    lambda: a_development(kind="check", searched="Papers", status="stalled"),
    lambda: a_development(kind="reply"),
    lambda: a_development(kind="correction"),
    a_party,
    lambda: a_party(kind=PartyKind.COUNTRY),
    lambda: a_party(kind=PartyKind.COUNTRY, alpha2="XX", alpha3="XXX", m49="999"),
    lambda: a_party(alpha2="XX"),
    lambda: a_party(successor_id=7),
    lambda: a_party(pk=7, successor_id=7, abolished_on="2024-01-01"),
    lambda: Document(kind="speech", source_kind="primary"),
    lambda: Document(kind="speech", source_kind="primary", sha256="a" * 64),
    lambda: Document(kind="speech", source_kind="primary", gone_since="2024-01-01"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("place", range(len(CASES)))
def test_it_agrees_with_the_database(place: int) -> None:
    record = CASES[place]()
    refused = set()
    for constraint in record._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(type(record), record)
            except ValidationError:
                refused.add(constraint.name)

    assert {constraint.name for constraint in broken(record)} == refused


def test_what_is_referred_to_counts_before_it_has_a_key() -> None:
    names = {constraint.name for constraint in broken(a_party(successor=a_party()))}

    assert names == {"party_with_successor_is_abolished"}


def test_what_is_referred_to_counts_by_its_key_alone() -> None:
    assert {constraint.name for constraint in broken(a_party(successor_id=7))} == {"party_with_successor_is_abolished"}


def test_it_names_the_fields_in_their_order() -> None:
    (constraint,) = broken(a_commitment(made="2023", due_basis=DueBasis.IMPLIED))

    assert fields_of(constraint) == ["due_basis", "due_start"]
