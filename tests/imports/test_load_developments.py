"""A development is published once, and then stands: the loader never logs again what is logged, by whomever."""

import pytest

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.codelists import DevelopmentKind, Status
from commitments.imports.seeds.load import SeedsRefused, load_seeds
from commitments.models import Commitment, Development, Evidence
from tests.factories import make_commitment, make_development, make_user
from tests.imports.seed_folder import SeedFolder, load

pytestmark = pytest.mark.django_db


def add_development(folder: SeedFolder, key: str, **cells: str) -> int:
    """Add a second event, with its source."""
    row = {
        "commitment": "NY-01",
        "kind": "development",
        "happened": "2024-02",
        "summary": "A second meeting was prepared.",
        **cells,
    }
    number = folder.add("developments.csv", key=key, **row)
    folder.add(
        "evidence.csv",
        development=key,
        document="article",
        role="shows_progress",
        provenance="third_party",
        confidence="high",
    )
    return number


def test_a_development_is_published_once(loaded: SeedFolder) -> None:
    assert load(loaded) == []

    assert Development.objects.count() == 1
    assert Evidence.objects.count() == 1


def test_a_new_development_joins_a_commitment_that_was_loaded_before(loaded: SeedFolder) -> None:
    add_development(loaded, "NY-01-D02")

    assert load(loaded) == []

    assert [str(development.happened) for development in Development.objects.order_by("pk")] == [
        "24 October 2023",
        "February 2024",
    ]
    assert Commitment.objects.get().revisions.count() == 3


def test_a_published_development_does_not_change(loaded: SeedFolder) -> None:
    loaded.change("developments.csv", summary="The ministers met again.")
    loaded.change("evidence.csv", confidence="medium")

    (notice,) = load(loaded)

    assert notice == (
        "developments.csv, row 2: “NY-01-D01” – It is published already and does not change: correct it in the admin. "
        "1 row that belongs to it was left alone too."
    )
    assert Development.objects.get().summary == "The ministers met."


def test_evidence_that_comes_later_is_left_to_the_editors(loaded: SeedFolder) -> None:
    loaded.add(
        "evidence.csv",
        development="NY-01-D01",
        document="article",
        role="shows_progress",
        provenance="third_party",
        confidence="high",
    )

    (notice,) = load(loaded)

    assert notice.startswith("evidence.csv, row 3: ")
    assert Evidence.objects.count() == 1


def test_a_correction_puts_a_mistake_right(loaded: SeedFolder) -> None:
    add_development(
        loaded,
        "NY-01-D02",
        kind="correction",
        corrects="NY-01-D01",
        note="The meeting was put off.",
        status="in_progress",
    )

    assert load(loaded) == []

    assert Commitment.objects.get().status == Status.IN_PROGRESS
    assert Development.objects.get(kind=DevelopmentKind.CORRECTION).corrects == Development.objects.get(
        kind=DevelopmentKind.DEVELOPMENT
    )


def test_a_status_before_the_commitment_was_made_is_refused(folder: SeedFolder) -> None:
    row = add_development(folder, "NY-01-D02", happened="2023-09-07", status="in_progress")

    with pytest.raises(SeedsRefused) as refused:
        load_seeds(folder.path)

    assert [str(problem) for problem in refused.value.problems] == [
        f"developments.csv, row {row}: A status cannot begin before the commitment was made."
    ]
    assert not Development.objects.exists()


def test_superseded_finds_the_relation_that_it_needs(folder: SeedFolder) -> None:
    folder.add("commitments.csv", **{**folder.rows["commitments.csv"][0], "code": "NY-02"})
    folder.add("commitment_parties.csv", commitment="NY-02", party="US", role="maker")
    folder.add("wordings.csv", commitment="NY-02", document="report", strength="announced", language="en")
    folder.add("relations.csv", commitment="NY-02", kind="supersedes", other="NY-01")
    add_development(folder, "NY-01-D02", status="superseded")

    assert load(folder) == []
    assert Commitment.objects.get(code="NY-01").status == Status.SUPERSEDED


# --- where editors are at work --------------------------------------------------------------------------------------


def test_no_development_is_added_to_a_commitment_that_an_editor_changed(loaded: SeedFolder) -> None:
    commitment = Commitment.objects.get()
    commitment.title = "What an editor wrote"
    commitment_actions.edit(by=make_user("editor"), commitment=commitment, version=commitment.version, reason="Clearer")
    row = add_development(loaded, "NY-01-D02")

    (notice,) = load(loaded)

    assert notice.startswith(f"developments.csv, row {row}: “NY-01-D02” – An editor changed the record since")
    assert Development.objects.count() == 1


@pytest.mark.parametrize("is_published", [True, False])
def test_no_development_is_added_where_an_editor_logs_them(loaded: SeedFolder, is_published: bool) -> None:
    if is_published:
        make_development(Commitment.objects.get(), happened="2024-02-08")
    else:
        draft = Development(commitment=Commitment.objects.get(), summary="A draft.")
        draft.happened = Commitment.objects.get().made
        development_actions.draft(by=make_user("editor"), development=draft)
    row = add_development(loaded, "NY-01-D02")

    (notice,) = load(loaded)

    assert notice == (
        f"developments.csv, row {row}: “NY-01-D02” – Editors follow this commitment: log the development in the admin, "
        "if it is not there yet. 1 row that belongs to it was left alone too."
    )
    assert Development.objects.count() == 2


def test_a_commitment_that_an_editor_made_gets_no_developments(folder: SeedFolder) -> None:
    theirs = make_commitment("NY-01", title="What an editor wrote")

    (notice,) = [notice for notice in load(folder) if notice.startswith("developments.csv")]

    assert notice == (
        "developments.csv, row 2: “NY-01-D01” – An editor made a record of this name; it stands as they made it. "
        "1 row that belongs to it was left alone too."
    )
    theirs.refresh_from_db()
    assert (theirs.title, theirs.status) == ("What an editor wrote", Status.NOT_ASSESSED)
    assert not Development.objects.exists()
