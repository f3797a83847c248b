"""Synthetic commitments are a record like any other, the same for the same seed."""

from io import StringIO
from itertools import islice
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from commitments import search
from commitments.codelists import Status
from commitments.models import Commitment, CommitmentParty, Development, Revision, StatusChange
from commitments.synthetic.generating import AlreadyThere, generate
from commitments.synthetic.plans import plans

SEEDS = Path(settings.BASE_DIR) / "seeds"
COUNT = 50


def test_the_same_seed_plans_the_same_and_another_something_else() -> None:
    planned = list(plans(COUNT, 7))
    assert planned == list(plans(COUNT, 7))
    assert planned != list(plans(COUNT, 8))


def test_fewer_are_the_first_of_more() -> None:
    assert list(plans(10, 7)) == list(islice(plans(COUNT, 7), 10))


@pytest.mark.django_db
def test_the_record_is_what_its_history_says() -> None:
    generate(COUNT, seed=42, seeds=SEEDS)
    assert Commitment.objects.count() == COUNT
    said = StringIO()
    call_command("check_history", stdout=said)
    assert said.getvalue().startswith(f"OK: {COUNT} commitments, ")
    public = Commitment.objects.published()
    assert Revision.objects.count() == public.count() + Development.objects.published().count()
    # Enough of everything for the pages to have something to show.
    assert StatusChange.objects.filter(party__isnull=False).exists()
    assert CommitmentParty.objects.exclude(status=Status.NOT_ASSESSED).exists()
    assert public.exclude(last_checked_on=None).exists()


@pytest.mark.django_db
def test_what_is_public_is_found_by_its_words_and_drafts_are_not(client: Client) -> None:
    generate(COUNT, seed=42, seeds=SEEDS)
    everything = Commitment.objects.all()
    for commitment in (*everything.filter(publication="draft")[:1], *everything.published()[:3]):
        found = search.matching(Commitment.objects.all(), f'"{commitment.title}"')
        assert found.filter(pk=commitment.pk).exists() is commitment.is_public
    assert client.get(f"/commitments/{everything.published()[0].code}/").status_code == 200


@pytest.mark.django_db
def test_a_seed_is_written_once_and_beside_it_another() -> None:
    generate(3, seed=1, seeds=SEEDS)
    with pytest.raises(AlreadyThere):
        generate(3, seed=1, seeds=SEEDS)
    generate(2, seed=2, seeds=SEEDS)
    assert Commitment.objects.count() == 5


@pytest.mark.django_db
def test_the_command_says_how_fast_it_was() -> None:
    said = StringIO()
    call_command("generate_commitments", "2", "--seed", "9", stdout=said, stderr=StringIO())
    assert said.getvalue().startswith("2 commitments in ")
    assert Commitment.objects.filter(code="SYN9-0000002").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("production", "count"), [(True, "2"), (False, "0")])
def test_the_command_refuses_production_and_less_than_one(settings: object, production: bool, count: str) -> None:
    settings.PRODUCTION = production  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("generate_commitments", count)
    assert not Commitment.objects.exists()
