"""A file is compared with the record, every problem is said, and all of it is written or nothing."""

import csv
import io
from collections.abc import Iterable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from commitments.actions import commitments as commitment_actions
from commitments.actions import imports as import_actions
from commitments.actions import merges
from commitments.actions.errors import Conflict
from commitments.codelists import ImportKind, ImportState, Publication, Status
from commitments.imports.files import run
from commitments.imports.files.kinds import RESOURCES
from commitments.imports.files.preview import Change, Preview
from commitments.models import Commitment, Development, Document, Import, Party, SDGTarget, StatusWord
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_sector,
    make_summit,
    make_user,
    merge,
)
from tests.imports.files.workbook import workbook

pytestmark = pytest.mark.django_db

NAME = "things.csv"


def table(*rows: dict[str, Any]) -> bytes:
    """A file with these rows, the columns of the first."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def look(kind: ImportKind, *rows: dict[str, Any]) -> Preview:
    return run.preview(kind, NAME, table(*rows))


def give(kind: ImportKind, content: bytes) -> Import:
    return import_actions.give(by=make_user("aida"), kind=kind, file_name=NAME, content=content)


def write(kind: ImportKind, *rows: dict[str, Any], reason: str = "From the archive") -> Preview:
    """Give a file, look, and confirm what was shown."""
    content = table(*rows)
    shown = run.preview(kind, NAME, content)
    assert shown.problems == []
    upload = give(kind, content)
    return run.carry_out(by=upload.by, upload=upload, shown=shown.digest, reason=reason)


def said(preview: Preview) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.value) for problem in preview.problems]


def consistent() -> None:
    # Exits with an error if anything derived says something else.
    call_command("check_history", stdout=StringIO())


def party(slug: str = "port-fund", **cells: str) -> dict[str, str]:
    return {"slug": slug, "kind": "institution", "name": "Port Fund", **cells}


def document(url: str = "https://gazette.example/rail", **cells: str) -> dict[str, str]:
    kinds = {"kind": "news_report", "source_kind": "secondary"}
    return {"url": url, "title": "Rail", "publisher": "The Gazette", **kinds, **cells}


def commitment(code: str = "RAIL-1", **cells: str) -> dict[str, str]:
    defaults = {"title": "Build a railway", "summary": "A railway.", "summit": "S-1", "kind": "programme"}
    others = {"strength": "announced", "collectivity": "unilateral", "made": "2023-09-19"}
    return {"code": code, **defaults, **others, **cells}


def development(code: str = "RAIL-1", **cells: str) -> dict[str, str]:
    return {"commitment": code, "happened": "2024-02", "summary": "A rail was laid.", **cells}


# --- parties and documents --------------------------------------------------------------------------------------------


def test_parties_are_created_changed_and_left_as_they_were() -> None:
    make_country("KZ")
    make_party("Same", name_ru="")
    make_party("Other")
    rows = [
        party(country="KZ", successor=""),
        party("same", name="Same", country="", successor=""),
        party("other", name="Another", country="kazakhstan", successor=""),
    ]

    done = write(ImportKind.PARTIES, *rows)

    assert done.counts == {"created": 1, "changed": 1, "unchanged": 1}
    assert done.changed[0].changes == (Change("name", "Other", "Another"), Change("country", "", "kazakhstan"))
    fund = Party.objects.get(slug="port-fund")
    assert (fund.name, str(fund.country)) == ("Port Fund", "Kazakhstan")
    entry = Party.objects.get(slug="other").history.first()
    assert (entry.history_user.username, entry.history_change_reason) == ("aida", "From the archive")
    assert look(ImportKind.PARTIES, *rows).counts == {"created": 0, "changed": 0, "unchanged": 3}


def test_a_long_reason_is_kept_as_far_as_the_history_has_room(world: None) -> None:
    reason = "From the archive of the ministry. " * 8
    party_before, commitment_before = make_party("Other"), make_commitment("RAIL-1")
    make_document("Rail", url="https://gazette.example/rail")

    write(ImportKind.PARTIES, party("other", name="Another"), reason=reason)
    write(ImportKind.DOCUMENTS, document(title="Port"), reason=reason)
    write(ImportKind.COMMITMENTS, {"code": "RAIL-1", "title": "Build two railways"}, reason=reason)

    histories = [party_before.history, Document.objects.get(title="Port").history, commitment_before.history]
    assert {one.first().history_change_reason for one in histories} == {reason[:100]}
    assert commitment_before.revisions.latest("number").reason == reason


def test_a_row_may_refer_to_one_above_it() -> None:
    write(
        ImportKind.PARTIES,
        party("new", successor="", abolished_on=""),
        party("old", successor="new", abolished_on="2024-01-01"),
    )

    assert str(Party.objects.get(slug="old").successor) == "Port Fund"


def test_countries_are_neither_created_nor_made_something_else() -> None:
    make_country("KZ")

    found = look(ImportKind.PARTIES, party("atlantis", kind="country"), party("kazakhstan"))

    assert said(found) == [(2, "kind", "country"), (3, "kind", "institution")]


def test_a_document_is_known_by_its_address_however_it_is_written() -> None:
    make_document("Rail", url="https://www.gazette.example/rail/")

    found = look(ImportKind.DOCUMENTS, document(), document("http://gazette.example/port?utm_source=x", title="Port"))

    assert found.counts == {"created": 1, "changed": 0, "unchanged": 1}
    assert Change("url", "", "http://gazette.example/port") in found.created[0].changes


def test_a_workbook_does_what_the_same_table_as_text_does() -> None:
    rows = [document(dated="2023-09-19"), document("https://gazette.example/port", dated="2023")]
    content = workbook([list(rows[0]), *(list(row.values()) for row in rows)])

    assert run.preview(ImportKind.DOCUMENTS, "things.xlsx", content).digest == look(ImportKind.DOCUMENTS, *rows).digest


# --- commitments ------------------------------------------------------------------------------------------------------


@pytest.fixture
def world() -> None:
    make_summit("S-1")
    make_country("KZ")
    make_country("UZ")
    make_sector("32210")
    make_document("Statement", url="https://gazette.example/statement")


def test_a_commitment_becomes_a_draft_with_its_parties_sectors_and_wording(world: None) -> None:
    cells = {
        "sectors": "322; 32210",
        "maker": "KZ; uzbekistan",
        "due": "2024-Q4",
        "due_basis": "stated",
        "wording_document": "https://gazette.example/statement",
        "wording_paragraph": "4",
        "wording_verb": "will build",
    }

    done = write(ImportKind.COMMITMENTS, commitment(**cells))

    assert done.counts["created"] == 1
    made = Commitment.objects.get(code="RAIL-1")
    assert made.publication == Publication.DRAFT
    assert sorted(made.parties.values_list("party__slug", "role")) == [("kazakhstan", "maker"), ("uzbekistan", "maker")]
    assert sorted(made.sectors.values_list("code", flat=True)) == ["322", "32210"]
    assert str(made.due) == "Q4 2024"
    wording = made.wordings.get()
    assert (wording.paragraph, wording.verb, wording.strength) == (4, "will build", "announced")
    assert look(ImportKind.COMMITMENTS, commitment(**cells)).counts["unchanged"] == 1
    consistent()


def test_a_commitment_that_is_there_is_edited_with_the_reason(world: None) -> None:
    made = make_commitment("RAIL-1", makers=(make_country("KZ"),))
    row = {"code": "RAIL-1", "title": "Build two railways", "maker": "UZ"}

    done = write(ImportKind.COMMITMENTS, row)

    assert [change.column for change in done.changed[0].changes] == ["title", "maker"]
    made.refresh_from_db()
    assert made.title == "Build two railways"
    assert list(made.parties.values_list("party__slug", flat=True)) == ["uzbekistan"]
    assert made.revisions.latest("number").reason == "From the archive"
    # What the file has no columns for stays.
    assert made.wordings.count() == 1
    consistent()


def test_a_wording_is_known_by_its_place(world: None) -> None:
    place = {"wording_document": "https://gazette.example/statement", "wording_paragraph": "4"}
    write(ImportKind.COMMITMENTS, commitment(**place, wording_verb="will"))

    write(ImportKind.COMMITMENTS, commitment(**place, wording_verb="shall"))
    write(ImportKind.COMMITMENTS, commitment(**{**place, "wording_paragraph": "5"}, wording_verb="may"))

    wordings = Commitment.objects.get(code="RAIL-1").wordings.order_by("paragraph")
    assert list(wordings.values_list("paragraph", "verb")) == [(4, "shall"), (5, "may")]


def test_the_place_of_a_wording_is_known_however_its_number_is_written(world: None) -> None:
    row = commitment(
        wording_document="https://gazette.example/statement",
        wording_paragraph="04",
        wording_sentence="",
        wording_locator="",
        wording_verb="will",
    )
    write(ImportKind.COMMITMENTS, row)

    again = look(ImportKind.COMMITMENTS, row)

    assert again.counts == {"created": 0, "changed": 0, "unchanged": 1}


def test_a_wording_at_no_place_is_refused_and_nothing_is_looked_for_there(world: None) -> None:
    row = commitment(wording_document="https://gazette.example/statement", wording_paragraph="4", wording_verb="will")
    write(ImportKind.COMMITMENTS, row)

    again = look(ImportKind.COMMITMENTS, {**row, "wording_paragraph": "four"})

    assert said(again) == [(2, "wording_paragraph", "four")]


def test_a_code_that_the_spreadsheet_holds_as_a_number_with_a_point_is_refused(world: None) -> None:
    SDGTarget.objects.create(code="16.1")
    # A number may once have been 16.10; as text it is what somebody typed.
    rows: list[dict[str, Any]] = [
        {**commitment("RAIL-1"), "sdg_targets": 16.1},
        {**commitment("RAIL-2"), "sdg_targets": "16.1"},
        # Nothing is cut from a whole number.
        {**commitment("RAIL-3"), "sectors": 32210},
    ]
    header = list(dict.fromkeys(name for row in rows for name in row))
    content = workbook([header, *([row.get(name) for name in header] for row in rows)])

    found = run.preview(ImportKind.COMMITMENTS, "things.xlsx", content)

    (problem,) = found.problems
    assert (problem.row, problem.column, problem.value) == (2, "sdg_targets", "16.1")
    assert "cuts zeros" in problem.message


def test_every_problem_is_said_at_once(world: None) -> None:
    make_commitment("GONE-1", publication=Publication.MERGED)
    found = look(
        ImportKind.COMMITMENTS,
        commitment(maker="Atlantis", sectors="99999", due="2022", due_basis="stated", wording_document=""),
        commitment("rail 2", kind="nonsense", summit="S-9", made="2023-13-01", title=""),
        commitment("RAIL-3", due="2022", due_basis="stated", sectors="", maker=""),
        commitment("RAIL-3", wording_document="https://nowhere.example/"),
        commitment("GONE-1", maker="KZ"),
    )

    assert set(said(found)) == {
        (2, "maker", "Atlantis"),
        (2, "sectors", "99999"),
        (3, "code", "rail 2"),
        (3, "kind", "nonsense"),
        (3, "made", "2023-13-01"),
        (3, "summit", "S-9"),
        (3, "title", ""),
        (4, "due", "2022"),
        (5, "code", "RAIL-3"),
        (5, "wording_document", "https://nowhere.example/"),
        (6, "code", "GONE-1"),
    }
    assert all(problem.message for problem in found.problems)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("code,title,titel", "is it title?"),
        ("code,title,nonsense", "No such column"),
        ("code,title,Title", "twice"),
        ("title,summary,kind", "lacks this column"),
        ("code,,title", "has no name"),
    ],
)
def test_what_is_wrong_with_the_header_is_said(world: None, header: str, message: str) -> None:
    found = run.preview(ImportKind.COMMITMENTS, NAME, f"{header}\nX-1,b,c\n".encode())

    assert any(message in problem.message and problem.row == 1 for problem in found.problems)


def test_a_new_record_says_once_which_columns_it_needs(world: None) -> None:
    found = look(ImportKind.COMMITMENTS, {"code": "X-1", "title": "A"}, {"code": "X-2", "title": "B"})

    assert {problem.value or problem.column for problem in found.problems} >= {"summary", "summit", "made"}
    assert {problem.row for problem in found.problems} == {1}


# --- developments -----------------------------------------------------------------------------------------------------


def test_a_development_becomes_a_draft_with_its_sources(world: None) -> None:
    make_commitment("RAIL-1")
    row = development(status="in_progress", documents="https://gazette.example/statement", provenance="third_party")

    write(ImportKind.DEVELOPMENTS, row)

    draft = Development.objects.get()
    assert not draft.is_published
    assert draft.entered_by.username == "aida"
    assert [str(one.document.title) for one in draft.evidence.all()] == ["Statement"]
    assert look(ImportKind.DEVELOPMENTS, row).counts == {"created": 0, "changed": 0, "unchanged": 1}


def test_nothing_new_is_logged_for_what_was_retracted_and_what_is_there_is_left_alone(world: None) -> None:
    commitment = make_commitment("RAIL-1")
    make_draft_development(commitment, happened="2024-02", summary="A rail was laid.", documents=())
    commitment_actions.retract(by=make_user("editor"), commitment=commitment, reason="Nobody promised it.")

    found = look(ImportKind.DEVELOPMENTS, development(documents=""), development(summary="Late.", documents=""))

    (problem,) = found.problems
    assert (problem.row, problem.column) == (3, "commitment")
    assert "retracted" in problem.message


def test_a_draft_that_is_there_is_changed(world: None) -> None:
    draft = make_draft_development(make_commitment("RAIL-1"), happened="2024-02", summary="A rail was laid.")

    write(ImportKind.DEVELOPMENTS, development(note="Perhaps.", documents="https://gazette.example/statement"))

    draft.refresh_from_db()
    assert draft.note == "Perhaps."
    assert [one.document.title for one in draft.evidence.all()] == ["Statement"]


def test_of_two_drafts_that_say_the_same_the_older_one_is_meant_and_others_are_let_be(world: None) -> None:
    commitment = make_commitment("RAIL-1")
    said = [
        make_draft_development(commitment, happened="2024-02", summary=summary)
        for summary in ("A rail was laid.", "A rail was laid.", "Another rail was laid.")
    ]

    write(ImportKind.DEVELOPMENTS, development(note="Perhaps.", party="KZ"))

    for draft in said:
        draft.refresh_from_db()
    assert [(draft.note, str(draft.party or "")) for draft in said] == [("Perhaps.", "Kazakhstan"), ("", ""), ("", "")]


def test_a_source_that_two_drafts_cite_differently_stays_so(world: None) -> None:
    make_document("Report", url="https://gazette.example/report")
    draft = make_draft_development(make_commitment("RAIL-1"), happened="2024-02", summary="A rail was laid.")
    both = "https://gazette.example/statement; https://gazette.example/report"
    write(ImportKind.DEVELOPMENTS, development(documents=both, confidence="medium"))
    draft.evidence.filter(document__title="Report").update(confidence="high")
    (shown,) = look(ImportKind.DEVELOPMENTS, development(documents=both, note="Perhaps.")).changed
    assert [change.column for change in shown.changes] == ["note"]

    write(ImportKind.DEVELOPMENTS, development(documents=both, note="Perhaps."))

    assert sorted(draft.evidence.values_list("document__title", "confidence")) == [
        ("Report", "high"),
        ("Statement", "medium"),
    ]


def test_a_column_without_a_name_is_no_matter_as_long_as_nothing_stands_in_it() -> None:
    header = "slug,,kind,name"

    found = run.preview(ImportKind.PARTIES, NAME, f"{header}\nport-fund,,institution,Port Fund\n".encode())
    other = run.preview(ImportKind.PARTIES, NAME, f"{header}\nport-fund,x,institution,Port Fund\n".encode())

    assert found.counts["created"] == 1
    assert [problem.message for problem in other.problems] == ["Column 2 has no name: name it, or empty it."]


def test_an_address_that_is_none_is_the_fault_of_its_own_cell(world: None) -> None:
    make_commitment("RAIL-1")

    found = look(ImportKind.DEVELOPMENTS, development(documents="https://gazette.example/statement; https://[gazette/"))

    assert [(row, column) for row, column, _value in said(found)] == [(2, "documents")]


def test_what_is_published_is_never_changed(world: None) -> None:
    make_development(make_commitment("RAIL-1"), happened="2024-02", summary="A rail was laid.")

    found = look(ImportKind.DEVELOPMENTS, development())
    assert (found.problems, found.counts["unchanged"]) == ([], 1)
    (problem,) = look(ImportKind.DEVELOPMENTS, development(note="Perhaps.")).problems
    assert "note" in problem.message


def test_a_row_that_cannot_be_a_draft_is_a_problem(world: None) -> None:
    make_commitment("RAIL-1")
    cells = {"kind": "", "party": "", "documents": "", "searched": ""}
    found = look(
        ImportKind.DEVELOPMENTS,
        development(**cells),
        development(**{**cells, "kind": "check"}),
        development(**{**cells, "kind": "reply"}),
        development(**{**cells, "kind": "correction"}),
        development("NONE-1", **{**cells, "party": "Atlantis", "documents": "https://nowhere.example/"}),
    )

    assert set(said(found)) == {
        (3, "kind", "check"),
        (4, "kind", "reply"),
        (5, "kind", "correction"),
        (6, "commitment", "NONE-1"),
        (6, "party", "Atlantis"),
        (6, "documents", "https://nowhere.example/"),
    }


def test_of_two_rows_about_the_same_unknown_commitment_each_says_that_it_is_unknown() -> None:
    """That they are the same can only be told of records that are known."""
    found = look(ImportKind.DEVELOPMENTS, development("NONE-1"), development("NONE-1"))

    assert [(problem.row, problem.column, problem.message) for problem in found.problems] == [
        (row, "commitment", "No commitment has this code: correct it, or import the commitment first.")
        for row in (2, 3)
    ]


def test_the_sources_of_a_draft_become_those_of_the_file(world: None) -> None:
    make_document("Report", url="https://gazette.example/report")
    draft = make_draft_development(make_commitment("RAIL-1"), happened="2024-02", summary="A rail was laid.")
    both = "https://gazette.example/statement; https://gazette.example/report"
    write(ImportKind.DEVELOPMENTS, development(documents=both, confidence="medium"))
    assert {(one.document.title, one.confidence) for one in draft.evidence.all()} == {
        ("Statement", "medium"),
        ("Report", "medium"),
    }

    write(ImportKind.DEVELOPMENTS, development(documents="https://gazette.example/report", confidence="high"))

    assert [(one.document.title, one.confidence) for one in draft.evidence.all()] == [("Report", "high")]


def test_of_a_merged_commitment_the_file_is_to_name_the_one_that_stands(world: None) -> None:
    kept, absorbed = make_commitment("RAIL-1"), make_commitment("RAIL-2")
    merges.merge(
        by=make_user("editor"),
        kept=kept,
        absorbed=absorbed,
        kept_version=kept.version,
        absorbed_version=absorbed.version,
        reason="One.",
    )

    (problem,) = look(ImportKind.DEVELOPMENTS, development("RAIL-2")).problems

    assert (problem.column, problem.value) == ("commitment", "RAIL-2")
    assert "merged into another" in problem.message


def test_of_new_drafts_the_one_whose_commitment_was_merged_since_is_named_and_none_is_written(
    world: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, absorbed = make_commitment("RAIL-1"), make_commitment("RAIL-2")
    content = table(development(), development("RAIL-2"), development(happened="2024-03"))
    shown = run.preview(ImportKind.DEVELOPMENTS, NAME, content)
    upload = give(ImportKind.DEVELOPMENTS, content)
    find = RESOURCES[ImportKind.DEVELOPMENTS].find

    def find_and_merge(self: Any, keys: Iterable[Any]) -> Any:
        # Somebody else merges between the look and the write.
        merge(absorbed, kept)
        return find(self, keys)

    monkeypatch.setattr(RESOURCES[ImportKind.DEVELOPMENTS], "find", find_and_merge)
    with pytest.raises(run.NotWritten) as refused:
        run.carry_out(by=upload.by, upload=upload, shown=shown.digest, reason="")

    (problem,) = refused.value.preview.problems
    assert (problem.row, "merged into another record" in problem.message) == (3, True)
    assert not Development.objects.exists()


def test_new_drafts_that_are_refused_together_only_are_written_one_by_one(
    world: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_commitment("RAIL-1")

    def refuse(**_given: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr("commitments.imports.files.developments.bulk.draft_developments", refuse)
    source = {"documents": "https://gazette.example/statement"}
    write(ImportKind.DEVELOPMENTS, development(**source), development(happened="2024-03", **source))

    drafts = Development.objects.order_by("happened_start")
    assert [(draft.happened.iso, draft.is_published) for draft in drafts] == [("2024-02", False), ("2024-03", False)]
    for draft in drafts:
        assert [one.document.title for one in draft.evidence.all()] == ["Statement"]
        # Written, and not edited at once.
        assert draft.version == 1


def test_a_sentence_is_no_foreign_word_for_a_status(world: None) -> None:
    make_commitment("RAIL-1")

    found = look(ImportKind.DEVELOPMENTS, development(status="It is " + "very " * 30 + "late"))

    assert not found.words
    (problem,) = found.problems
    assert "This is no status" in problem.message


def test_a_foreign_word_is_one_however_its_cell_is_broken_into_lines(world: None) -> None:
    make_commitment("RAIL-1")
    rows = [development(status="Promise\nkept"), development(summary="Another.", status="Promise  kept")]

    found = look(ImportKind.DEVELOPMENTS, *rows)

    # A field of a form would give back another line end, and nobody could say what the word means.
    assert (dict(found.words), found.problems) == ({"promise kept": 2}, [])
    StatusWord.objects.create(word="promise kept", status=Status.DELIVERED)
    assert look(ImportKind.DEVELOPMENTS, *rows).is_clean


def test_a_word_that_grows_in_small_letters_is_no_word_that_could_be_kept(world: None) -> None:
    make_commitment("RAIL-1")

    found = look(ImportKind.DEVELOPMENTS, development(status="\u0130" * 60))

    assert not found.words
    assert "This is no status" in found.problems[0].message


def test_what_stands_twice_or_alone_in_a_row_is_a_problem(world: None) -> None:
    make_commitment("RAIL-1")
    twice = "https://gazette.example/statement; http://www.gazette.example/statement/"

    assert said(look(ImportKind.COMMITMENTS, commitment("X-1", maker="KZ; kazakhstan"))) == [
        (2, "maker", "KZ; kazakhstan")
    ]
    (alone,) = look(ImportKind.COMMITMENTS, commitment("X-1", wording_document="", wording_verb="will build")).problems
    assert (alone.column, "no document is named" in alone.message) == ("wording_document", True)
    assert said(look(ImportKind.DEVELOPMENTS, development(documents=twice))) == [(2, "documents", twice)]


def test_a_country_of_a_party_is_a_country(world: None) -> None:
    make_party("Agency")

    (problem,) = look(ImportKind.PARTIES, party(country="agency")).problems

    assert (problem.column, problem.message) == ("country", "This party is no country.")


# The last is the library's own, before the first row.
@pytest.mark.parametrize("step", ["prepare", "build", "before_import"])
def test_what_nobody_foresaw_is_no_fault_of_the_row(world: None, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def broken(self: Any, _given: Any, **_options: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(RESOURCES[ImportKind.COMMITMENTS], step, broken)

    with pytest.raises(ZeroDivisionError):
        look(ImportKind.COMMITMENTS, commitment())


def test_what_only_the_database_refuses_is_a_problem_of_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    content = table(document())
    shown = run.preview(ImportKind.DOCUMENTS, NAME, content)
    upload = give(ImportKind.DOCUMENTS, content)

    def contradict(**_given: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr("commitments.imports.files.documents.bulk.create_documents", contradict)
    monkeypatch.setattr("commitments.imports.files.documents.shared_records.save", contradict)
    with pytest.raises(run.NotWritten) as refused:
        run.carry_out(by=upload.by, upload=upload, shown=shown.digest, reason="")

    (problem,) = refused.value.preview.problems
    assert (problem.row, "contradicts another record" in problem.message) == (2, True)
    assert not Document.objects.exists()


def test_a_foreign_word_is_asked_about_once_and_remembered(world: None) -> None:
    make_commitment("RAIL-1")
    rows = [development(status="Compromise"), development(summary="Another.", status="compromise")]

    found = look(ImportKind.DEVELOPMENTS, *rows)
    assert (found.problems, dict(found.words), found.is_clean) == ([], {"compromise": 2}, False)

    import_actions.give_meanings(by=make_user("aida"), meanings={"compromise": Status.PARTIALLY_DELIVERED})
    write(ImportKind.DEVELOPMENTS, *rows)

    assert set(Development.objects.values_list("status", flat=True)) == {Status.PARTIALLY_DELIVERED}
    assert StatusWord.history.get().history_user.username == "aida"


def test_a_word_keeps_the_meaning_that_somebody_else_gave_it() -> None:
    import_actions.give_meanings(by=make_user("aida"), meanings={"kept": Status.DELIVERED})

    import_actions.give_meanings(by=make_user("boris"), meanings={"kept": Status.DELIVERED})
    with pytest.raises(Conflict, match="kept"):
        import_actions.give_meanings(by=make_user("boris"), meanings={"kept": Status.STALLED, "new": Status.STALLED})

    assert list(StatusWord.objects.values_list("word", "status")) == [("kept", Status.DELIVERED)]


# --- all or nothing ---------------------------------------------------------------------------------------------------


def test_a_file_with_a_problem_writes_nothing() -> None:
    content = table(document(), document("https://gazette.example/port", kind="nonsense"))
    shown = run.preview(ImportKind.DOCUMENTS, NAME, content)
    upload = give(ImportKind.DOCUMENTS, content)

    with pytest.raises(run.NotWritten):
        run.carry_out(by=upload.by, upload=upload, shown=shown.digest, reason="")

    upload.refresh_from_db()
    assert (Document.objects.count(), upload.state) == (0, ImportState.WAITING)
    assert bytes(upload.content) == content


def test_what_was_not_shown_is_not_written() -> None:
    content = table(document())
    shown = run.preview(ImportKind.DOCUMENTS, NAME, content)
    upload = give(ImportKind.DOCUMENTS, content)
    make_document("Another title", url="https://gazette.example/rail")

    with pytest.raises(run.NotWritten) as refused:
        run.carry_out(by=upload.by, upload=upload, shown=shown.digest, reason="")

    assert refused.value.preview.counts == {"created": 0, "changed": 1, "unchanged": 0}
    assert Document.objects.get().title == "Another title"


def test_an_import_is_confirmed_once() -> None:
    content = table(document())
    shown = run.preview(ImportKind.DOCUMENTS, NAME, content)
    upload, same = give(ImportKind.DOCUMENTS, content), Import.objects.get()
    run.carry_out(by=upload.by, upload=upload, shown=shown.digest, reason="")

    for decide in (
        lambda: run.carry_out(by=same.by, upload=same, shown=shown.digest, reason=""),
        lambda: import_actions.discard(by=same.by, upload=same),
    ):
        with pytest.raises(Conflict):
            decide()

    same.refresh_from_db()
    assert (same.state, bytes(same.content), same.faults) == (ImportState.DONE, b"", 0)
    assert same.summary == {"documents": {"created": 1, "changed": 0, "unchanged": 0}}


def test_what_only_the_action_refuses_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    make_document("Old title", url="https://gazette.example/rail")
    content = table(document())
    shown = run.preview(ImportKind.DOCUMENTS, NAME, content)
    upload = give(ImportKind.DOCUMENTS, content)
    find = RESOURCES[ImportKind.DOCUMENTS].find

    def find_and_lose(self: Any, keys: Iterable[Any]) -> Any:
        found = list(find(self, keys))
        # Somebody else saves between the look and the write.
        Document.objects.update(version=9)
        return iter(found)

    monkeypatch.setattr(RESOURCES[ImportKind.DOCUMENTS], "find", find_and_lose)
    with pytest.raises(run.NotWritten) as refused:
        run.carry_out(by=upload.by, upload=upload, shown=shown.digest, reason="")

    assert "Somebody else saved" in refused.value.preview.problems[0].message
    assert Document.objects.get().title == "Old title"


def test_of_many_rows_the_one_that_is_refused_is_named(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    content = table(*(commitment(f"RAIL-{number}") for number in range(4)))
    shown = run.preview(ImportKind.COMMITMENTS, NAME, content)
    upload = give(ImportKind.COMMITMENTS, content)
    # Somebody else takes a code between the look and the write.
    make_commitment("RAIL-2")
    monkeypatch.setattr(RESOURCES[ImportKind.COMMITMENTS], "find", lambda self, keys: iter(()))

    with pytest.raises(run.NotWritten) as refused:
        run.carry_out(by=upload.by, upload=upload, shown=shown.digest, reason="")

    assert said(refused.value.preview) == [(4, "code", "RAIL-2")]
    assert Commitment.objects.count() == 1


def test_a_file_is_written_in_portions_in_its_order(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commitments.imports.files.resources.BATCH", 2)
    make_commitment("RAIL-3", title="Another title")
    rows = [
        commitment(f"RAIL-{number}", maker="KZ", sectors="32210", wording_document="https://gazette.example/statement")
        for number in range(7)
    ]

    done = write(ImportKind.COMMITMENTS, *rows)

    assert done.counts == {"created": 6, "changed": 1, "unchanged": 0}
    made = Commitment.objects.exclude(code="RAIL-3").order_by("pk")
    assert list(made.values_list("code", flat=True)) == [f"RAIL-{number}" for number in (0, 1, 2, 4, 5, 6)]
    assert Commitment.objects.filter(countries__country__alpha2="KZ", sectors__code="32210").count() == 7
    assert look(ImportKind.COMMITMENTS, *rows).counts == {"created": 0, "changed": 0, "unchanged": 7}
    consistent()


def test_many_new_rows_are_written_in_as_many_statements_as_few(world: None) -> None:
    def asked(first: int, number: int) -> int:
        place = {"maker": "KZ; UZ", "wording_document": "https://gazette.example/statement"}
        with CaptureQueriesContext(connection) as captured:
            write(ImportKind.COMMITMENTS, *(commitment(f"RAIL-{first + row}", **place) for row in range(number)))
        return len(captured)

    make_user("aida")

    assert asked(0, 3) == asked(100, 12)


def test_new_drafts_wait_for_nobody_who_writes_revisions(world: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        write(ImportKind.COMMITMENTS, commitment())

    assert not any("pg_advisory_xact_lock" in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize("kind", [ImportKind.DOCUMENTS, ImportKind.PARTIES])
def test_looking_asks_as_much_for_thirty_rows_as_for_three(kind: ImportKind) -> None:
    def asked(number: int) -> int:
        rows = {
            ImportKind.DOCUMENTS: lambda place: document(f"https://gazette.example/{place}"),
            ImportKind.PARTIES: lambda place: party(f"fund-{place}"),
        }
        content = table(*map(rows[kind], range(number)))
        with CaptureQueriesContext(connection) as captured:
            assert run.preview(kind, NAME, content).counts["created"] == number
        return len(captured)

    assert asked(3) == asked(30)
