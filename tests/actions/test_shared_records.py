"""Editing what commitments share settles every commitment that shows it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from commitments.actions import replay, shared_records
from commitments.actions.errors import Conflict
from commitments.codelists import DevelopmentKind, LinkHealth, PartyKind, SummitKind
from commitments.models import (
    Commitment,
    Document,
    Membership,
    Party,
    SDGTarget,
    SearchEntry,
    Summit,
    SummitSeries,
    User,
)
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_party,
    make_series,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_user("editor")


def countries_of(commitment: Commitment) -> set[str | None]:
    return set(commitment.countries.values_list("country__alpha2", flat=True))


def findings() -> list[str]:
    return [str(finding) for finding in replay.findings(Commitment.objects.all())]


def new_records() -> list[Document | Party | Summit | SummitSeries]:
    return [
        Document(title="A readout", publisher="The ministry", kind="readout", source_kind="primary"),
        Party(slug="the-agency", kind=PartyKind.INSTITUTION, name="The agency"),
        Summit(code="S-2023", name="A summit", kind=SummitKind.LEADERS, starts_on=dt.date(2023, 9, 19)),
        SummitSeries(slug="c5", name="C5"),
    ]


def test_a_new_record_is_saved_by_somebody(editor: User) -> None:
    for record in new_records():
        shared_records.save(by=editor, record=record)

        assert [row.history_user for row in record.history.all()] == [editor]
        assert record.version == 1


def test_a_wrong_record_is_refused_with_its_reason(editor: User) -> None:
    with pytest.raises(ValidationError, match="A country needs its alpha-2"):
        shared_records.save(by=editor, record=Party(slug="nowhere", kind=PartyKind.COUNTRY, name="Nowhere"))

    assert not Party.objects.exists()


def test_the_second_of_two_editors_overwrites_nothing(editor: User) -> None:
    document = make_document("The title")
    first, second = Document.objects.get(), Document.objects.get()
    first.title, second.title = "The first's", "The second's"
    shared_records.save(by=editor, record=first, version=document.version)

    with pytest.raises(Conflict):
        shared_records.save(by=make_user("other"), record=second, version=document.version)

    document.refresh_from_db()
    assert (document.title, document.version) == ("The first's", 2)


def test_a_document_that_changes_makes_a_revision_of_every_record_that_shows_it(editor: User) -> None:
    worded, evidenced, other = make_commitment(), make_commitment(), make_commitment()
    document = worded.wordings.get().document
    make_development(evidenced, documents=(document,))
    before = evidenced.revisions.count()
    document.title = "Another title"

    shared_records.save(by=editor, record=document, version=document.version)

    last = worded.revisions.get(number=2)
    assert last.snapshot["wordings"][0]["document"]["title"] == "Another title"
    assert (last.by, "Another title" in last.reason) == (editor, True)
    assert evidenced.revisions.count() == before + 1
    assert other.revisions.count() == 1
    assert findings() == []


def test_a_goal_that_changes_makes_a_revision_of_the_commitments_that_serve_it(editor: User) -> None:
    commitment, other = make_commitment(), make_commitment()
    target = SDGTarget.objects.create(code="7.b")
    commitment.sdg_targets.add(target)
    target.code = "7.2"

    shared_records.save(by=editor, record=target)

    assert SDGTarget.objects.get().code == "7.2"
    assert (commitment.revisions.count(), other.revisions.count()) == (2, 1)


def test_what_was_found_at_an_address_is_not_said_of_another(editor: User) -> None:
    found: dict[str, Any] = {
        "link_health": LinkHealth.GONE,
        "gone_since": dt.date(2024, 1, 1),
        "captured_on": dt.date(2023, 1, 1),
        "sha256": "a" * 64,
    }
    document = make_document(url="https://old.example/x", **found)

    document.url = "http://www.old.example/x/"
    shared_records.save(by=editor, record=document, version=document.version)
    assert {name: getattr(document, name) for name in found} == found

    document.url, document.captured_on, document.sha256 = "https://new.example/x", dt.date(2026, 1, 1), "b" * 64
    shared_records.save(by=editor, record=document, version=document.version)
    document.refresh_from_db()
    assert (document.link_health, document.gone_since) == (LinkHealth.UNCHECKED, None)
    # What is said with the new address stays.
    assert (document.captured_on, document.sha256) == (dt.date(2026, 1, 1), "b" * 64)

    document.url = "https://newest.example/x"
    shared_records.save(by=editor, record=document, version=document.version)
    assert Document.objects.values_list("captured_on", "sha256").get(pk=document.pk) == (None, "")


def test_a_change_that_no_record_shows_makes_no_revision(editor: User) -> None:
    commitment = make_commitment()
    document = commitment.wordings.get().document
    document.caution = "Quotes nobody by name."

    shared_records.save(by=editor, record=document, version=document.version)

    assert commitment.revisions.count() == 1


def test_a_party_whose_address_changes_makes_a_revision_of_its_commitments(editor: User) -> None:
    agency = make_party("The agency")
    commitment = make_commitment(makers=(agency,))
    agency.slug = "the-former-agency"

    shared_records.save(by=editor, record=agency, version=agency.version)

    assert commitment.revisions.get(number=2).snapshot["parties"][0]["party"] == "the-former-agency"


def test_a_party_that_only_replied_makes_a_revision_too(editor: User) -> None:
    embassy = make_party("The embassy")
    commitment = make_commitment()
    make_development(commitment, kind=DevelopmentKind.REPLY, party=embassy, documents=())
    embassy.slug = "the-mission"

    shared_records.save(by=editor, record=embassy, version=embassy.version)

    assert commitment.revisions.latest("number").snapshot["developments"][0]["party"] == "the-mission"
    assert findings() == []


def test_a_summit_and_a_series_settle_their_commitments(editor: User) -> None:
    series = make_series()
    summit = make_summit(series=series)
    commitment = make_commitment(summit=summit)
    make_commitment()

    SearchEntry.objects.all().delete()

    for record in (summit, series):
        shared_records.save(by=editor, record=record, version=record.version)
        assert [entry.commitment for entry in SearchEntry.objects.all()] == [commitment]
        SearchEntry.objects.all().delete()


def test_a_member_who_joins_or_leaves_moves_the_commitments_of_the_bloc(editor: User) -> None:
    bloc = make_bloc("C5", make_country("KZ"))
    commitment = make_commitment(makers=(bloc,))
    membership = Membership(bloc=bloc, member=make_country("UZ"))

    shared_records.save(by=editor, record=bloc, version=bloc.version, write=membership.save)
    assert countries_of(commitment) == {"KZ", "UZ"}

    shared_records.save(by=editor, record=bloc, version=bloc.version, write=membership.delete)
    assert countries_of(commitment) == {"KZ"}


@pytest.mark.parametrize("of", ["the inner bloc", "the outer bloc"])
def test_a_bloc_that_leaves_another_takes_its_members_with_it(editor: User, of: str) -> None:
    inner = make_bloc("C5", make_country("KZ"))
    outer = make_bloc("C5+1", inner, make_country("US"))
    commitment = make_commitment(makers=(outer,))
    assert countries_of(commitment) == {"KZ", "US"}
    record = inner if of == "the inner bloc" else outer

    shared_records.save(
        by=editor, record=record, version=record.version, write=outer.memberships.get(member=inner).delete
    )

    assert countries_of(commitment) == {"US"}
    assert findings() == []


def test_a_body_that_moves_takes_its_commitments_along(editor: User) -> None:
    body = make_party("The body", country=make_country("KZ"))
    own, through_a_bloc = make_commitment(makers=(body,)), make_commitment(makers=(make_bloc("A bloc", body),))
    body.country = make_country("UZ")

    shared_records.save(by=editor, record=body, version=body.version)

    assert (countries_of(own), countries_of(through_a_bloc)) == ({"UZ"}, {"UZ"})


@pytest.mark.parametrize("make", [make_document, make_party, make_summit, make_series])
def test_what_fails_half_way_leaves_the_record_as_it_was(
    editor: User, make: Callable[[], Document | Party | Summit | SummitSeries]
) -> None:
    record = make()
    version = record.version

    def write() -> None:
        make_party("Somebody else")
        raise KeyError

    with pytest.raises(KeyError):
        shared_records.save(by=editor, record=record, version=version, write=write)

    record.refresh_from_db()
    assert record.version == version
    assert not Party.objects.filter(name="Somebody else").exists()
