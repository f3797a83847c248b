"""One release for all tests of a module: making it takes longer than looking at it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from commitments.codelists import Publication, Score
from commitments.models import Assessment, Commitment, Release
from commitments.releases.make import Made, make
from tests.factories import make_commitment, make_country, make_document, make_draft_development, make_user, merge
from tests.site.addresses import make_world

# What stands in no file of a release.
SECRETS = ("A secret draft", "A secret development", "A secret source", "Taken back for good", "Told of elsewhere")


def make_assessment(commitment: Commitment, place: int, score: Score) -> Assessment:
    """What the first or the second assessor says of Kazakhstan."""
    return Assessment.objects.create(
        commitment=commitment,
        party=make_country(),
        assessor=make_user(f"assessor{place}"),
        place=place,
        score=score,
        note="Seen.",
        recorded_at=timezone.now(),
    )


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    """A release of a small world, with a draft, what was taken back, and what was merged into another."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        Release.objects.all().delete()
        make_commitment("W-05", title="A secret draft", publication=Publication.DRAFT)
        secret = make_document("A secret source")
        make_draft_development(world.commitment, summary="A secret development", documents=(secret,))
        make_commitment("W-06", title="Taken back for good", publication=Publication.RETRACTED)
        merge(
            make_commitment("W-07", title="Told of elsewhere"), make_commitment("W-08", title="=Kept, with a formula")
        )
        twice = make_commitment("W-09", title="Scored by two")
        make_assessment(twice, 1, Score.FULL)
        make_assessment(twice, 2, Score.PARTIAL)
        make_assessment(make_commitment("W-10", title="Scored by one"), 1, Score.NONE)
        folder = tmp_path_factory.mktemp("releases") / "2026.11"
        yield make(by=make_user("editor"), version="2026.11", folder=folder)
        transaction.set_rollback(True)
