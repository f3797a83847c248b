"""A pledge of several undertakings becomes records of its own, each part of the whole."""

import pytest
from django.core.exceptions import ValidationError

from commitments.actions import splitting
from commitments.actions.errors import Refused
from commitments.actions.splitting import Part
from commitments.codelists import Publication, RelationKind, Role
from commitments.models import Commitment
from tests.factories import make_commitment, make_country, make_sector, make_user

pytestmark = pytest.mark.django_db
PARTS = [Part("PART-1", "Build a road", "Builds a road."), Part("PART-2", "Build a bridge", "Builds a bridge.")]


def test_every_part_is_a_draft_with_what_it_has_from_the_whole() -> None:
    whole = make_commitment(due="2024-06", sectors=(make_sector(),), addressees=(make_country("UZ"),))

    made = splitting.split(by=make_user("editor"), commitment=whole, parts=PARTS)

    assert [(one.code, one.title, one.summary, one.publication) for one in made] == [
        (part.code, part.title, part.summary, Publication.DRAFT) for part in PARTS
    ]
    for one in made:
        assert (one.summit, one.made, one.due) == (whole.summit, whole.made, whole.due)
        assert [sector.code for sector in one.sectors.all()] == ["32210"]
        assert set(one.parties.values_list("party__alpha2", "role")) == {("KZ", Role.MAKER), ("UZ", Role.ADDRESSEE)}
        assert one.wordings.get().document == whole.wordings.get().document
        assert list(one.relations.values_list("kind", "target")) == [(RelationKind.PART_OF, whole.pk)]


def test_the_whole_says_nothing_new_until_a_part_is_public() -> None:
    whole = make_commitment()
    before = whole.revisions.count()

    splitting.split(by=make_user("editor"), commitment=whole, parts=PARTS)

    assert whole.revisions.count() == before


def test_one_part_is_no_split_and_nothing_is_written_if_one_is_wrong() -> None:
    whole = make_commitment()

    with pytest.raises(Refused, match="two parts or more"):
        splitting.split(by=make_user("editor"), commitment=whole, parts=PARTS[:1])
    with pytest.raises(ValidationError):
        splitting.split(by=make_user("editor"), commitment=whole, parts=[PARTS[0], Part("PART-2", "", "")])
    assert Commitment.objects.get() == whole


@pytest.mark.parametrize("publication", [Publication.RETRACTED, Publication.MERGED])
def test_what_is_gone_is_not_split(publication: Publication) -> None:
    with pytest.raises(Refused, match="is not split"):
        splitting.split(by=make_user("editor"), commitment=make_commitment(publication=publication), parts=PARTS)
