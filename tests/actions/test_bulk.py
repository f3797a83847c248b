"""Many records at once: the very rows that one after the other gives."""

from collections.abc import Callable, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments import models as tables
from commitments.actions import bulk, commitments, developments, shared_records
from commitments.actions.errors import Refused
from commitments.codelists import DocumentKind, PartyKind, Publication, Role, SourceKind, Status
from commitments.models import (
    Commitment,
    CommitmentParty,
    Development,
    Document,
    Evidence,
    Party,
    User,
    Wording,
)
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_document,
    make_party,
    make_sector,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db


class World:
    """What new records refer to."""

    def __init__(self) -> None:
        self.by = make_user("importer")
        self.summit = make_summit("BULK")
        self.document = make_document("Statement")
        self.sectors = [make_sector(), make_sector("21030")]
        countries = [make_country("KZ"), make_country("UZ")]
        body = make_party("A bank", PartyKind.INSTITUTION, country=countries[0])
        self.parties: Sequence[Party] = [*countries, body, make_bloc("A bloc", *countries)]

    def commitment(self, number: int, of: Sequence[int], sectors: Sequence[int], due: str) -> bulk.NewCommitment:
        commitment = Commitment(
            code=f"BULK-{number}",
            title=f"Title {number}",
            summary="A promise.",
            summit=self.summit,
            kind="programme",
            strength="announced",
            collectivity="unilateral",
            due_basis="stated" if due else "none",
        )
        commitment.made = UncertainDate.parse("2023-09-19")
        commitment.due = UncertainDate.parse(due) if due else None
        roles = list(Role)
        rows: list[models.Model] = [
            CommitmentParty(commitment=commitment, party=self.parties[place], role=roles[place % 3]) for place in of
        ]
        rows.append(Wording(commitment=commitment, document=self.document, paragraph=number, strength="announced"))
        return bulk.NewCommitment(commitment, rows, [self.sectors[place].pk for place in sectors])


def one_by_one(by: User, new: Sequence[bulk.NewCommitment]) -> None:
    for one in new:

        def write(one: bulk.NewCommitment = one) -> None:
            one.commitment.sectors.set(one.sectors)
            for row in one.rows:
                row.commitment = one.commitment  # type: ignore[attr-defined]
                row.save()

        commitments.create(by=by, commitment=one.commitment, write=write)


def undone(write: Callable[[], None]) -> dict[str, list[str]]:
    """What is stored once this is written; it is taken back again."""
    with transaction.atomic():
        write()
        # Exits with an error if anything derived says something else.
        call_command("check_history", stdout=StringIO())
        found = stored()
        transaction.set_rollback(True)
    return found


def stored() -> dict[str, list[str]]:
    """Every row of every table of commitments, by what it says: keys of rows written here and moments aside."""
    codes = dict(Commitment.objects.values_list("pk", "code"))
    found: dict[str, list[str]] = {}
    for model in tables.Commitment._meta.apps.get_app_config("commitments").get_models(include_auto_created=True):
        rows = [_said(row, codes) for row in model._default_manager.order_by().values()]
        found[model._meta.label] = sorted(map(repr, rows))
    return found


def _said(row: dict[str, Any], codes: dict[int, str]) -> dict[str, Any]:
    moments = ("history_date", "entered_at", "published_at", "recorded_at")
    own = ("id", "history_id", "m2m_history_id", "development_id", *moments)
    said = {name: value for name, value in row.items() if name not in own}
    return said | {"commitment_id": codes.get(row["commitment_id"])} if "commitment_id" in row else said


PLANS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 3), max_size=4, unique=True),
        st.lists(st.integers(0, 1), max_size=2, unique=True),
        st.sampled_from(["", "2030", "2025-Q2"]),
    ),
    min_size=1,
    max_size=4,
)


@given(PLANS)
@settings(max_examples=8, deadline=None)
def test_at_once_gives_the_rows_that_one_by_one_gives(plans: Sequence[tuple[list[int], list[int], str]]) -> None:
    with transaction.atomic():
        world = World()

        def new() -> list[bulk.NewCommitment]:
            return [world.commitment(number, *plan) for number, plan in enumerate(plans)]

        each = undone(lambda: one_by_one(world.by, new()))
        together = undone(lambda: bulk.create_commitments(by=world.by, new=new()))
        transaction.set_rollback(True)

    assert len(each["commitments.Commitment"]) == len(plans)
    assert each == together


def test_developments_and_documents_at_once_are_those_of_one_by_one() -> None:
    by, source = make_user("importer"), make_document()
    ours = [make_commitment(publication=Publication.DRAFT), make_commitment()]

    def new() -> list[bulk.NewDevelopment]:
        made = [
            bulk.NewDevelopment(
                Development(commitment=one, summary="It went on.", status=Status.IN_PROGRESS),
                [Evidence(document=source)],
            )
            for one in ours
        ]
        for one in made:
            one.development.happened = UncertainDate.parse("2024-02")
        return made

    def documents() -> list[Document]:
        kinds = {"kind": DocumentKind.NEWS_REPORT, "source_kind": SourceKind.SECONDARY}
        return [
            Document(title="News", publisher="It", url=f"https://example.org/bulk/{place}", **kinds) for place in "ab"
        ]

    def one_by_one() -> None:
        for one in new():
            developments.draft(by=by, development=one.development, evidence=one.evidence)
        for document in documents():
            shared_records.save(by=by, record=document)

    def together() -> None:
        bulk.draft_developments(by=by, new=new())
        bulk.create_documents(by=by, new=documents())

    assert undone(one_by_one) == undone(together)


def test_it_takes_as_many_statements_for_many_as_for_few() -> None:
    world, counts = World(), []
    for first, many in ((0, 2), (10, 12)):
        new = [world.commitment(first + place, [0, 3], [0], "") for place in range(many)]
        with CaptureQueriesContext(connection) as context:
            bulk.create_commitments(by=world.by, new=new)
        counts.append(len(context))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("field", ["title", "code", "kind", "summit_id", "due_basis"])
def test_one_that_is_wrong_means_that_none_is_written(field: str) -> None:
    world = World()
    new = [world.commitment(number, [0], [], "") for number in range(2)]
    wrong = {"title": "", "code": "BULK-0", "kind": "nonsense", "summit_id": 4711, "due_basis": "stated"}
    setattr(new[1].commitment, field, wrong[field])

    with pytest.raises(ValidationError):
        bulk.create_commitments(by=world.by, new=new)

    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("publication", "said"), [(Publication.MERGED, "merged"), (Publication.RETRACTED, "retracted")]
)
def test_what_is_public_does_not_begin_so_and_what_is_gone_gets_no_draft(publication: Publication, said: str) -> None:
    world = World()
    public = world.commitment(1, [0], [], "")
    public.commitment.publication = Publication.PUBLISHED
    with pytest.raises(Refused):
        bulk.create_commitments(by=world.by, new=[public])

    draft = Development(commitment=make_commitment(publication=publication), summary="Late.")
    draft.happened = UncertainDate.parse("2024")
    with pytest.raises(Refused, match=said):
        bulk.draft_developments(by=world.by, new=[bulk.NewDevelopment(draft)])
