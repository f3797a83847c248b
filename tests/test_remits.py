"""What lies within a contributor's remit."""

import pytest

from commitments import remits
from commitments.codelists import Publication, Role
from commitments.models import Commitment, CommitmentParty, Development, Party, Remit, Sector, SummitSeries, User
from commitments.roles import DeskRole
from tests.admin.cast import make_member
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_party,
    make_sector,
    make_series,
    make_suggestion,
    make_summit,
)

pytestmark = pytest.mark.django_db


def bound(
    *, parties: tuple[Party, ...] = (), series: tuple[SummitSeries, ...] = (), sectors: tuple[Sector, ...] = ()
) -> User:
    user = make_member(DeskRole.CONTRIBUTOR)
    remit = Remit.objects.create(user=user)
    remit.parties.set(parties)
    remit.series.set(series)
    remit.sectors.set(sectors)
    return user


def codes(user: User) -> list[str]:
    return list(remits.within(user, Commitment.objects.order_by("code")).values_list("code", flat=True))


def test_a_party_in_any_role_a_body_of_the_country_and_a_bloc_of_its_day() -> None:
    kz, uz = make_country("KZ"), make_country("UZ")
    ministry = make_party("The ministry", country=kz)
    make_commitment("IN-MAKER", makers=(kz, ministry))
    make_commitment("IN-ADDRESSEE", makers=(uz,), addressees=(kz,))
    make_commitment("IN-BODY", makers=(ministry,))
    make_commitment("IN-BLOC", makers=(make_bloc("C5", kz, uz),))
    make_commitment("OUT-OTHER", makers=(uz,))

    assert codes(bound(parties=(kz,))) == ["IN-ADDRESSEE", "IN-BLOC", "IN-BODY", "IN-MAKER"]


def test_a_body_alone_brings_no_country_with_it() -> None:
    ministry = make_party("The ministry", country=make_country("KZ"))
    inside = make_commitment("IN-1", makers=(make_country("UZ"),))
    CommitmentParty.objects.create(commitment=inside, party=ministry, role=Role.IMPLEMENTER)
    make_commitment("OUT-1", makers=(make_country("KZ"),))

    assert codes(bound(parties=(ministry,))) == ["IN-1"]


def test_a_series_a_sector_and_a_category() -> None:
    mining, energy = make_sector("32210"), make_sector("23110")
    series = make_series()
    make_commitment("IN-SERIES", summit=make_summit(series=series))
    make_commitment("IN-SECTOR", sectors=(mining,))
    make_commitment("IN-CATEGORY", sectors=(energy, make_sector("23210")))
    make_commitment("OUT-1", sectors=(make_sector("11110"),))

    # Whatever touches one of them is within.
    assert codes(bound(series=(series,), sectors=(mining, make_sector("231")))) == [
        "IN-CATEGORY",
        "IN-SECTOR",
        "IN-SERIES",
    ]


def test_without_a_remit_all_is_within_and_with_one_that_names_nothing_nothing() -> None:
    make_commitment("ONE-1")

    assert codes(make_member(DeskRole.CONTRIBUTOR, "free")) == ["ONE-1"]
    assert codes(bound()) == []


@pytest.mark.parametrize("role", [DeskRole.EDITOR, DeskRole.REVIEWER])
def test_it_binds_contributors_alone(role: DeskRole) -> None:
    make_commitment("ONE-1")
    user = make_member(role)
    Remit.objects.create(user=user)

    assert codes(user) == ["ONE-1"]
    assert remits.binding(user) is None


def test_what_the_public_reads_may_be_read_and_drafts_only_within() -> None:
    kz, uz = make_country("KZ"), make_country("UZ")
    inside, outside = make_commitment("IN-1", makers=(kz,)), make_commitment("OUT-1", makers=(uz,))
    hidden = make_commitment("OUT-2", makers=(uz,), publication=Publication.DRAFT)
    mine, theirs = make_draft_development(inside), make_draft_development(outside)
    published = make_development(outside)
    sent = make_suggestion(outside)
    user = bound(parties=(kz,))

    assert set(remits.visible(user, Commitment.objects.all())) == {inside, outside}
    assert set(remits.visible(user, Development.objects.all())) == {mine, published}
    assert set(remits.within(user, Development.objects.all())) == {mine}
    can = {row: (remits.may_read(user, row), remits.may_write(user, row)) for row in (outside, hidden, theirs, sent)}
    assert can == {
        outside: (True, False),
        hidden: (False, False),
        theirs: (False, False),
        sent: (False, False),
    }
    assert remits.may_write(user, Development(commitment=inside))
    assert remits.may_write(user, kz)
    assert remits.may_read(user, kz)


def test_drafts_within_are_read_beside_what_everybody_reads_and_without_a_remit_all() -> None:
    kz, uz = make_country("KZ"), make_country("UZ")
    draft = make_commitment("IN-1", makers=(kz,), publication=Publication.DRAFT)
    hidden = make_commitment("OUT-1", makers=(uz,), publication=Publication.DRAFT)
    public = make_commitment("OUT-2", makers=(uz,))
    user, free = bound(parties=(kz,)), make_member(DeskRole.CONTRIBUTOR, "free")

    assert set(remits.visible(user, Commitment.objects.all())) == {draft, public}
    assert [remits.may_read(user, one) for one in (draft, public, hidden)] == [True, True, False]
    assert remits.may_read(free, hidden)
