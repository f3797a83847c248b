"""Seed data is loaded through the actions of editors: all of it, or nothing and every reason why."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.actions import replay
from commitments.codelists import Publication, Status
from commitments.imports.seeds.accounts import AUTHOR, REVIEWER, SERVICE_ACCOUNTS, AccountCanLogIn
from commitments.imports.seeds.ledger import Outcome
from commitments.imports.seeds.load import SeedsRefused, load_seeds
from commitments.models import (
    Amount,
    Commitment,
    CommitmentParty,
    Development,
    Document,
    Membership,
    Party,
    Passage,
    Sector,
    SeedRow,
    Summit,
    User,
    Wording,
)
from commitments.uncertain_dates import UncertainDate
from tests.factories import make_user
from tests.imports.seed_folder import SeedFolder

pytestmark = pytest.mark.django_db

WRITES = re.compile(r"(INSERT|UPDATE|DELETE)\b")


def refusals(folder: SeedFolder) -> list[str]:
    """Why the folder is refused, once nothing of it was written."""
    with pytest.raises(SeedsRefused) as refused:
        load_seeds(folder.path)
    assert not Party.objects.exists()
    assert not SeedRow.objects.exists()
    return [str(problem) for problem in refused.value.problems]


# --- the first load -------------------------------------------------------------------------------------------------


def test_every_row_becomes_a_record(folder: SeedFolder) -> None:
    report = load_seeds(folder.path)

    rows = {name: len(rows) for name, rows in folder.rows.items() if rows}
    assert {(name, Outcome.CREATED): count for name, count in rows.items()} == report.outcomes
    assert report.notices == []
    assert SeedRow.objects.count() == sum(rows.values())
    assert list(replay.findings(Commitment.objects.all())) == []


def test_a_commitment_comes_with_all_that_hangs_on_it(folder: SeedFolder) -> None:
    load_seeds(folder.path)

    commitment = Commitment.objects.get()
    assert (commitment.code, commitment.summit.code, commitment.publication) == ("NY-01", "NY-2023", "published")
    assert (commitment.made, commitment.due) == (UncertainDate.parse("2023-09-19"), UncertainDate.parse("2023-10"))
    assert commitment.last_checked_on == dt.date(2026, 3, 4)
    assert [sector.code for sector in commitment.sectors.all()] == ["32210"]
    assert [target.code for target in commitment.sdg_targets.all()] == ["9.4"]
    assert set(CommitmentParty.objects.values_list("party__slug", "role")) == {
        ("united-states-of-america", "maker"),
        ("c5", "addressee"),
    }
    assert Amount.objects.get().value == 100
    assert (Wording.objects.get().paragraph, Wording.objects.get().sentence) == (4, 2)
    assert (Passage.objects.get().commitment, Passage.objects.get().document) == (
        commitment,
        Document.objects.get(title="The article"),
    )


def test_parties_come_with_what_they_refer_to(folder: SeedFolder) -> None:
    load_seeds(folder.path)

    agency = Party.objects.get(slug="usaid")
    assert (agency.country, agency.successor) == (Party.objects.get(alpha2="US"), Party.objects.get(slug="state"))
    assert Membership.objects.get().member.alpha2 == "KZ"
    assert Sector.objects.get(code="32210").parent == Sector.objects.get(code="322")
    assert [party.alpha2 for party in Summit.objects.get().participants.all()] == ["KZ"]


def test_developments_are_entered_by_one_account_and_published_by_another(folder: SeedFolder) -> None:
    load_seeds(folder.path)

    development = Development.objects.get()
    assert development.approved_by is not None
    assert (development.entered_by.username, development.approved_by.username) == (AUTHOR, REVIEWER)
    commitment = Commitment.objects.get()
    assert (commitment.status, commitment.status_since) == (Status.DELIVERED, UncertainDate.parse("2023-10-24"))
    assert [revision.by.username for revision in commitment.revisions.all()] == [REVIEWER, REVIEWER]


def test_nobody_can_log_in_as_a_service_account(folder: SeedFolder, client: Client) -> None:
    load_seeds(folder.path)

    for username in SERVICE_ACCOUNTS:
        account = User.objects.get(username=username)
        assert not account.is_active
        assert not account.is_staff
        assert not account.is_superuser
        assert not account.has_usable_password()
        assert not client.login(username=username, password="")


@pytest.mark.parametrize("fields", [{"is_staff": True}, {"is_active": True}, {"password": "md5$a$b"}])
def test_a_service_account_under_which_somebody_could_act_stops_the_load(
    folder: SeedFolder, fields: dict[str, str | bool]
) -> None:
    safe = {"is_staff": False, "is_active": False, "password": "!"}
    make_user(AUTHOR, **{**safe, **fields})

    with pytest.raises(AccountCanLogIn, match=AUTHOR):
        load_seeds(folder.path)

    assert not Party.objects.exists()


# --- the second load ------------------------------------------------------------------------------------------------


def test_a_second_load_changes_nothing(folder: SeedFolder) -> None:
    load_seeds(folder.path)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load_seeds(folder.path)

    assert {outcome for _file, outcome in report.outcomes} == {Outcome.UNCHANGED}
    assert report.outcomes.total() == sum(len(rows) for rows in folder.rows.values())
    assert report.notices == []
    assert [query["sql"] for query in queries if WRITES.match(query["sql"])] == []


def test_a_second_load_reads_as_often_however_much_is_loaded(folder: SeedFolder) -> None:
    load_seeds(folder.path)
    with CaptureQueriesContext(connection) as few:
        load_seeds(folder.path)
    for number in range(10):
        folder.add("documents.csv", **{**folder.rows["documents.csv"][0], "key": f"report-{number}", "url": ""})
    load_seeds(folder.path)

    with CaptureQueriesContext(connection) as many:
        load_seeds(folder.path)

    assert len(many) == len(few)


# --- refusals -------------------------------------------------------------------------------------------------------


def test_problems_of_the_files_are_all_said_and_nothing_is_written(folder: SeedFolder) -> None:
    folder.change("commitments.csv", made="soon")
    folder.change("wordings.csv", document="nowhere")

    assert [problem.partition(":")[0] for problem in refusals(folder)] == [
        "commitments.csv, row 2, column made",
        "wordings.csv, row 2, column document",
    ]


def test_what_the_models_refuse_is_all_said_and_nothing_is_written(folder: SeedFolder) -> None:
    folder.add("countries.csv", alpha2="UM", alpha3="USA", m49="581", name_en="Islands", name_ru="Острова")
    folder.change("commitments.csv", due_basis="none")
    folder.add(
        "documents.csv", **{**folder.rows["documents.csv"][0], "key": "x", "url": "", "gone_since": "2025-02-01"}
    )
    folder.add("sectors.csv", code="3221", parent="322", name="Four digits")

    assert sorted(refusals(folder)) == [
        "commitments.csv, row 2: A deadline is stated or implied; without one its basis is none.",
        "countries.csv, row 4, column alpha3: “USA” – Party with this ISO 3166-1 alpha-3 already exists.",
        "documents.csv, row 4: Only a document whose link is gone has a day since which it is gone.",
        "sectors.csv, row 4: A category has three digits; a purpose has five and a category.",
    ]


def test_a_verdict_without_its_evidence_is_refused(folder: SeedFolder) -> None:
    folder.change("evidence.csv", role="shows_progress")

    assert refusals(folder) == [
        "developments.csv, row 2: “Delivered” needs a source that verifies the delivery.",
    ]


def test_a_commitment_without_a_maker_is_refused(folder: SeedFolder) -> None:
    folder.change("commitment_parties.csv", role="host")

    (problem,) = refusals(folder)
    assert problem.startswith("commitments.csv, row 2: ")


def test_everything_wrong_with_the_rows_of_one_record_is_said_at_their_places(folder: SeedFolder) -> None:
    folder.change("amounts.csv", value="-1")
    folder.change("wordings.csv", paragraph="04")
    folder.add("wordings.csv", **{**folder.rows["wordings.csv"][0], "paragraph": "4"})

    assert refusals(folder) == [
        "amounts.csv, row 2: A sum is above zero.",
        "wordings.csv, row 3: This document's wording at this place is already there.",
    ]


def test_a_bloc_alone_has_members(folder: SeedFolder) -> None:
    folder.add("memberships.csv", bloc="usaid", member="KZ")

    (problem,) = refusals(folder)
    assert problem.startswith("memberships.csv, row 3, column bloc: “usaid” – ")


def test_a_name_whose_address_is_taken_is_refused_without_a_wrong_column(folder: SeedFolder) -> None:
    folder.change("countries.csv", 3, name_en="Kazakhstan")

    (problem,) = refusals(folder)
    assert problem.startswith("countries.csv, row 3: ")


# --- only checking --------------------------------------------------------------------------------------------------


def test_a_check_says_what_a_load_would_do_and_writes_nothing(folder: SeedFolder) -> None:
    report = load_seeds(folder.path, only_check=True)

    assert report.outcomes.total() == sum(len(rows) for rows in folder.rows.values())
    assert not Party.objects.exists()
    assert not SeedRow.objects.exists()
    assert not User.objects.exists()


def test_a_check_refuses_what_a_load_would_refuse(folder: SeedFolder) -> None:
    folder.change("evidence.csv", role="shows_progress")

    with pytest.raises(SeedsRefused):
        load_seeds(folder.path, only_check=True)


def test_what_is_loaded_is_public_at_once(folder: SeedFolder) -> None:
    load_seeds(folder.path)

    assert Commitment.objects.published().get().publication == Publication.PUBLISHED
    assert Development.objects.published().count() == 1
