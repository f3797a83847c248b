"""Under which countries a commitment is found: those of its parties on the day on which it was made."""

import datetime as dt

import pytest

from commitments.actions import commitments as commitment_actions
from commitments.actions import countries
from commitments.codelists import PartyKind, Role
from commitments.models import Commitment, CommitmentCountry, CommitmentParty, Membership
from commitments.readings import Reading
from commitments.uncertain_dates import UncertainDate
from tests.factories import make_bloc, make_commitment, make_country, make_party, make_user

pytestmark = pytest.mark.django_db
MADE = dt.date(2023, 9, 19)
DAY = dt.timedelta(days=1)


def found(commitment: Commitment, role: Role = Role.MAKER) -> set[str | None]:
    return set(commitment.countries.filter(role=role).values_list("country__alpha2", flat=True))


def test_a_country_is_found_under_itself_in_its_role() -> None:
    commitment = make_commitment(makers=(make_country("KZ"),), addressees=(make_country("US"),))

    assert (found(commitment), found(commitment, Role.ADDRESSEE)) == ({"KZ"}, {"US"})


def test_a_country_in_two_roles_is_found_in_both() -> None:
    commitment = make_commitment(makers=(make_country("KZ"),), addressees=(make_country("KZ"),))

    assert (found(commitment), found(commitment, Role.ADDRESSEE)) == ({"KZ"}, {"KZ"})


@pytest.mark.parametrize(
    ("joined_on", "left_on", "members"),
    [
        (None, None, {"KZ", "UZ"}),
        (MADE, MADE, {"KZ", "UZ"}),
        (MADE + DAY, None, set()),
        (None, MADE - DAY, set()),
    ],
)
def test_a_bloc_is_found_under_its_members_on_the_day(
    joined_on: dt.date | None, left_on: dt.date | None, members: set[str]
) -> None:
    bloc = make_bloc("C5", make_country("KZ"), make_country("UZ"), joined_on=joined_on, left_on=left_on)

    assert found(make_commitment(makers=(bloc,), made=MADE.isoformat())) == members


def test_a_bloc_within_a_bloc_counts_with_its_members_on_the_day() -> None:
    inner = make_bloc("C5", make_country("KZ"), make_country("UZ"))
    Membership.objects.filter(bloc=inner, member=make_country("UZ")).update(left_on=MADE - DAY)
    outer = make_bloc("C5+1", inner, make_country("US"))

    assert found(make_commitment(makers=(outer,))) == {"KZ", "US"}


def test_blocs_that_hold_each_other_do_not_go_on_for_ever() -> None:
    one = make_bloc("One", make_country("KZ"))
    other = make_bloc("Other", one, make_country("UZ"))
    Membership.objects.create(bloc=one, member=other)

    assert found(make_commitment(makers=(one,))) == {"KZ", "UZ"}


@pytest.mark.parametrize("kind", [PartyKind.INSTITUTION, PartyKind.COMPANY])
def test_a_body_is_found_under_its_home_country(kind: PartyKind) -> None:
    body = make_party("The body", kind, country=make_country("US"))

    assert found(make_commitment(makers=(body,))) == {"US"}


def test_a_body_that_is_a_member_of_a_bloc_brings_its_home_country() -> None:
    bloc = make_bloc("A bloc", make_party("The body", country=make_country("US")))

    assert found(make_commitment(makers=(bloc,))) == {"US"}


def test_an_institution_without_a_home_is_found_under_no_country() -> None:
    assert found(make_commitment(makers=(make_party("The UN"),))) == set()


def test_a_country_that_is_there_twice_is_stored_once() -> None:
    kazakhstan = make_country("KZ")
    ministry = make_party("The ministry", country=kazakhstan)

    commitment = make_commitment(makers=(kazakhstan, ministry, make_bloc("C5", kazakhstan)))

    assert commitment.countries.count() == 1


def test_an_edit_of_its_parties_or_of_its_day_resolves_anew() -> None:
    editor = make_user("editor")
    bloc = make_bloc("C5", make_country("KZ"), joined_on=MADE)
    commitment = make_commitment(makers=(bloc,))

    def write() -> None:
        CommitmentParty.objects.create(commitment=commitment, party=make_country("US"), role=Role.RECIPIENT)

    commitment.made = UncertainDate(MADE - DAY)
    edited = commitment_actions.edit(
        by=editor, commitment=commitment, version=commitment.version, reason="A day earlier", write=write
    )

    assert (found(edited), found(edited, Role.RECIPIENT)) == (set(), {"US"})


def test_rows_that_are_right_are_left_alone() -> None:
    commitment = make_commitment(makers=(make_country("KZ"), make_country("UZ")))
    kept = commitment.countries.get(country=make_country("KZ"))
    commitment.parties.filter(party=make_country("UZ")).delete()

    countries.rewrite(reading=Reading([commitment]))

    assert list(CommitmentCountry.objects.filter(commitment=commitment)) == [kept]
