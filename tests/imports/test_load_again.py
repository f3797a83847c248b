"""A row that changed is taken over, unless an editor changed the record since: nothing of theirs is overwritten."""

import datetime as dt

import pytest
from django.db.models import Model

from commitments.actions import commitments as commitment_actions
from commitments.actions import shared_records
from commitments.actions.shared_records import SharedRecord
from commitments.imports.seeds.accounts import AUTHOR
from commitments.imports.seeds.ledger import Outcome
from commitments.imports.seeds.load import load_seeds
from commitments.imports.seeds.reading import Entry
from commitments.imports.seeds.run import Run
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
    Summit,
    SummitSeries,
    Wording,
)
from tests.factories import make_user
from tests.imports.seed_folder import SeedFolder, load

pytestmark = pytest.mark.django_db

TAKE_OVER = "An editor changed the record since; take the change over by hand."


def outcomes(folder: SeedFolder, outcome: Outcome) -> dict[str, int]:
    report = load_seeds(folder.path)
    return {file: count for (file, found), count in report.outcomes.items() if found == outcome}


def edit_commitment(**fields: str) -> None:
    """Change the commitment as an editor does."""
    commitment = Commitment.objects.get(code="NY-01")
    for name, value in fields.items():
        setattr(commitment, name, value)
    commitment_actions.edit(
        by=make_user("editor"), commitment=commitment, version=commitment.version, reason="I know better"
    )


def edit_shared(record: SharedRecord, **fields: object) -> None:
    """Change a shared record as an editor does."""
    for name, value in fields.items():
        setattr(record, name, value)
    shared_records.save(by=make_user("editor"), record=record, version=record.version)


# --- rows that changed ----------------------------------------------------------------------------------------------


def test_a_changed_row_changes_its_record_with_a_revision(loaded: SeedFolder) -> None:
    loaded.change("commitments.csv", title="Call a ministerial", sectors="322", due="", due_basis="none")

    assert load(loaded) == []

    commitment = Commitment.objects.get()
    assert (commitment.title, commitment.due) == ("Call a ministerial", None)
    assert [sector.code for sector in commitment.sectors.all()] == ["322"]
    latest = commitment.revisions.order_by("number").last()
    assert latest is not None
    assert (latest.reason, latest.by.username, latest.snapshot["title"]) == (
        "Seed data updated",
        AUTHOR,
        "Call a ministerial",
    )


def test_only_what_changed_is_written(loaded: SeedFolder) -> None:
    loaded.change("commitments.csv", title="Call a ministerial")
    loaded.change("wordings.csv", verb="made known")

    assert outcomes(loaded, Outcome.UPDATED) == {"commitments.csv": 1, "wordings.csv": 1}
    assert outcomes(loaded, Outcome.UPDATED) == {}, "and only once"


def test_a_row_that_hangs_on_a_record_changes_in_its_place(loaded: SeedFolder) -> None:
    before = Amount.objects.get()
    loaded.change("amounts.csv", value="200")

    assert load(loaded) == []

    after = Amount.objects.get()
    assert after.pk == before.pk
    assert after.value == 200
    assert Commitment.objects.get().revisions.count() == 3  # published, delivered, updated


def test_a_row_that_is_added_to_a_record_says_so_in_its_revision(loaded: SeedFolder) -> None:
    loaded.add("wordings.csv", commitment="NY-01", document="report", strength="announced", language="en")

    assert load(loaded) == []

    assert Wording.objects.count() == 2
    assert [revision.reason for revision in Commitment.objects.get().revisions.order_by("-number")[:1]] == [
        "Seed data added"
    ]


@pytest.mark.parametrize(
    ("file", "row", "model", "cells"),
    [
        ("countries.csv", 2, Party, {"name_en": "The Steppe"}),
        ("sectors.csv", 3, Sector, {"name": "Mines"}),
        ("parties.csv", 4, Party, {"name": "The agency"}),
        ("series.csv", 2, SummitSeries, {"name": "Five and one"}),
        ("summits.csv", 2, Summit, {"name": "Manhattan"}),
        ("documents.csv", 2, Document, {"title": "Another title"}),
    ],
)
def test_a_changed_row_changes_its_record_whatever_it_is(
    loaded: SeedFolder, file: str, row: int, model: type[Model], cells: dict[str, str]
) -> None:
    loaded.change(file, row, **cells)

    assert load(loaded) == []

    names = {"name_en": "name"}
    fields = {names.get(name, name): value for name, value in cells.items()}
    assert model._default_manager.filter(**fields).count() == 1


def test_a_country_keeps_its_address_when_its_name_changes(loaded: SeedFolder) -> None:
    loaded.change("countries.csv", name_en="The Steppe")
    load(loaded)

    assert Party.objects.get(alpha2="KZ").slug == "kazakhstan"


def test_a_member_that_is_added_is_found_under_its_country(loaded: SeedFolder) -> None:
    loaded.add("countries.csv", alpha2="KG", alpha3="KGZ", m49="417", name_en="Kyrgyzstan", name_ru="Кыргызстан")
    loaded.add("memberships.csv", bloc="c5", member="KG")

    assert load(loaded) == []

    countries = Commitment.objects.get().countries.filter(role="addressee")
    assert set(countries.values_list("country__alpha2", flat=True)) == {"KZ", "KG"}


def test_the_day_of_the_last_check_only_moves_forward(loaded: SeedFolder) -> None:
    for day, expected in (("2026-01-01", "2026-03-04"), ("2026-05-01", "2026-05-01"), ("", "2026-05-01")):
        loaded.change("commitments.csv", last_checked_on=day)
        load(loaded)

        assert Commitment.objects.get().last_checked_on == dt.date.fromisoformat(expected)


def test_a_changed_row_that_is_wrong_is_refused_and_nothing_changes(loaded: SeedFolder) -> None:
    loaded.change("commitments.csv", title="Call a ministerial")
    loaded.change("amounts.csv", value="-1")

    with pytest.raises(Exception, match="A sum is above zero"):
        load_seeds(loaded.path)

    assert Commitment.objects.get().title == "Convene a ministerial"


# --- what editors did -----------------------------------------------------------------------------------------------


def test_a_commitment_that_an_editor_changed_is_left_as_they_made_it(loaded: SeedFolder) -> None:
    edit_commitment(title="What an editor wrote")
    loaded.change("commitments.csv", title="Call a ministerial")
    loaded.change("amounts.csv", value="200")

    expected = [f"commitments.csv, row 2: “NY-01” – {TAKE_OVER} 1 row that belongs to it was left alone too."]
    assert load(loaded) == expected
    assert load(loaded) == expected, "and it is said until somebody has taken it over"

    assert Commitment.objects.get().title == "What an editor wrote"
    assert Amount.objects.get().value == 100


def test_what_happened_to_a_commitment_that_an_editor_changed_is_left_to_them_too(loaded: SeedFolder) -> None:
    edit_commitment(title="What an editor wrote")
    loaded.change("commitments.csv", title="Call a ministerial")
    row = {"commitment": "NY-01", "kind": "development", "happened": "2024-02", "summary": "They met again."}
    loaded.add("developments.csv", key="NY-01-D02", **row)

    assert load(loaded) == [
        f"commitments.csv, row 2: “NY-01” – {TAKE_OVER}",
        f"developments.csv, row 3: “NY-01-D02” – {TAKE_OVER}",
    ]
    assert Commitment.objects.get().title == "What an editor wrote"
    assert not Development.objects.filter(summary="They met again.").exists()


def test_what_hangs_on_a_record_that_an_editor_changed_is_left_alone(loaded: SeedFolder) -> None:
    edit_shared(Document.objects.get(title="The article"), caution="Handle with care")
    loaded.change("passages.csv", reason="Another reason")

    assert load(loaded) == [f"passages.csv, row 2: “article|4|2” – {TAKE_OVER}"]
    assert Passage.objects.get().reason == "An actor, an act and a month."


@pytest.mark.parametrize(
    ("file", "model", "lookup", "cells"),
    [
        ("countries.csv", Party, {"alpha2": "KZ"}, {"name_en": "The Steppe"}),
        ("parties.csv", Party, {"slug": "c5"}, {"name": "The five"}),
        ("series.csv", SummitSeries, {"slug": "c5-plus-1"}, {"name": "Five and one"}),
        ("summits.csv", Summit, {"code": "NY-2023"}, {"name": "Manhattan"}),
        ("documents.csv", Document, {"url": "https://example.org/article"}, {"title": "Another title"}),
    ],
)
def test_a_record_that_an_editor_changed_is_left_as_they_made_it(
    loaded: SeedFolder, file: str, model: type[SharedRecord], lookup: dict[str, str], cells: dict[str, str]
) -> None:
    name = "title" if model is Document else "name"
    edit_shared(model._default_manager.get(**lookup), **{name: "What an editor wrote"})
    loaded.change(file, **cells)

    (notice,) = load(loaded)

    assert notice.startswith(f"{file}, row 2: ")
    assert notice.endswith(TAKE_OVER)
    assert getattr(model._default_manager.get(**lookup), name) == "What an editor wrote"


def test_a_sector_that_an_editor_changed_is_left_as_they_made_it(loaded: SeedFolder) -> None:
    Sector.objects.filter(code="322").update(short_label="Mines")
    loaded.change("sectors.csv", short_label="Mineral resources")

    assert load(loaded) == [f"sectors.csv, row 2: “322” – {TAKE_OVER}"]
    assert Sector.objects.get(code="322").short_label == "Mines"


def test_an_editor_who_looked_and_saved_nothing_new_is_respected_too(loaded: SeedFolder) -> None:
    edit_shared(Party.objects.get(slug="c5"))
    loaded.add("memberships.csv", bloc="c5", member="US")

    (notice,) = load(loaded)

    assert notice.startswith("memberships.csv, row 3: ")
    assert Membership.objects.count() == 1


def test_a_record_that_an_editor_saves_at_this_moment_is_left_alone_until_the_next_load(
    loaded: SeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded.change("documents.csv", title="Another title")
    loaded.change("passages.csv", reason="Another reason")
    loaded.change("series.csv", name="Five and one")
    existing = Run.existing

    def existing_and_saved(self: Run, entry: Entry) -> Model | None:
        """Between reading and writing, somebody else saves the document."""
        record = existing(self, entry)
        if isinstance(record, Document):
            edit_shared(Document.objects.get(pk=record.pk), caution="Handle with care")
        return record

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Run, "existing", existing_and_saved)
        notices = load(loaded)

    at_this_moment = "An editor saved the record at this moment. Load again."
    assert notices == [
        f"documents.csv, row 2: “article” – {at_this_moment}",
        f"passages.csv, row 2: “article|4|2” – {at_this_moment}",
    ]
    assert SummitSeries.objects.get().name == "Five and one"
    assert Document.objects.filter(title="The article").exists()
    assert Passage.objects.get().reason == "An actor, an act and a month."
    # Here the editor's save, on the same connection, was undone with the attempt: nothing stands in the way any more.
    assert load(loaded) == []
    assert Document.objects.filter(title="Another title").exists()
    assert Passage.objects.get().reason == "Another reason"


def test_a_row_that_did_not_change_says_nothing_of_what_an_editor_did(loaded: SeedFolder) -> None:
    edit_commitment(title="What an editor wrote")

    assert load(loaded) == []
    assert Commitment.objects.get().title == "What an editor wrote"


def test_what_the_loader_wrote_is_no_editors_change(loaded: SeedFolder) -> None:
    for title in ("A second title", "A third title"):
        loaded.change("documents.csv", title=title)

        assert load(loaded) == []

    assert Document.objects.filter(title="A third title").exists()


def test_a_record_that_an_editor_deleted_does_not_come_back(loaded: SeedFolder) -> None:
    Passage.objects.all().delete()
    Party.objects.get(slug="usaid").delete()
    loaded.change("parties.csv", 4, name="The agency")

    assert load(loaded) == ["parties.csv, row 4: “usaid” – An editor deleted the record since."]
    assert not Party.objects.filter(slug="usaid").exists()


def test_a_row_that_needs_a_deleted_record_is_left_alone(loaded: SeedFolder) -> None:
    Party.objects.get(slug="usaid").delete()
    loaded.add("participations.csv", summit="NY-2023", party="usaid", role="host")

    assert load(loaded) == ["participations.csv, row 3: “NY-2023|usaid|” – “usaid”, to which it refers, is not there."]


def test_a_row_that_is_gone_from_its_file_keeps_its_record(loaded: SeedFolder) -> None:
    loaded.remove("commitment_parties.csv", 3)

    expected = ["commitment_parties.csv: “NY-01|c5|addressee” – The row is gone from the file; its record was kept."]
    assert load(loaded) == expected
    assert load(loaded) == expected
    assert CommitmentParty.objects.count() == 2
