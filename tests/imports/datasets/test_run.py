"""Importing datasets: nothing is lost silently, nothing is published that needs a second person, repeats do no harm."""

import datetime as dt
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from openpyxl import Workbook

from commitments import scores
from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.codelists import DueBasis, Kind, Publication, Status, Strength
from commitments.imports.datasets.mapping import DatasetMapping, MappingRefused, read_mapping
from commitments.imports.datasets.run import AUTHOR, FileRefused, Report, import_dataset
from commitments.models import Commitment, Development, Document, Evidence, StatusWord, Summit
from tests.factories import (
    make_commitment,
    make_country,
    make_draft_development,
    make_party,
    make_sector,
    make_summit,
    make_user,
)
from tests.imports.datasets.files import MAPPINGS, MEMBERS, as_csv, big, mapping

pytestmark = pytest.mark.django_db
WIDE_HEADER = ("No.", "Commitment", "Kazakhstan", "US", "Average")


@pytest.fixture(autouse=True)
def summit() -> Summit:
    for alpha2 in ("KZ", "US", "UZ", "KG", "TJ", "TM"):
        make_country(alpha2)
    return make_summit("C51-2023-NEW-YORK", name="New York", starts_on=dt.date(2023, 9, 19))


def wide(old: str = "", new: str = "") -> DatasetMapping:
    """The documented mapping for two of its members."""
    text = (MAPPINGS / "wide.toml").read_text(encoding="utf-8")
    for name in ("Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"):
        text = "\n".join(line for line in text.splitlines() if not line.startswith(f"{name} ="))
    assert old in text
    return read_mapping((text.replace(old, new) if old else text).encode())


def run(read: DatasetMapping, *rows: tuple[object, ...], publish: bool = False, dry_run: bool = False) -> Report:
    return import_dataset(read, "file.csv", as_csv(rows), publish=publish, dry_run=dry_run)


def said(report: Report) -> list[tuple[int, str, str]]:
    """Row, column and value of everything that is not imported."""
    return [(problem.row, problem.column, problem.value) for problem in report.lost]


def statuses(code: str) -> dict[str, str]:
    rows = Development.objects.filter(commitment__code=code).values_list("party__alpha2", "status")
    return {party or "": status for party, status in rows}


# --- a large file -----------------------------------------------------------------------------------------------------


def ten_members() -> DatasetMapping:
    text = (MAPPINGS / "wide.toml").read_text(encoding="utf-8")
    head, _members, tail = text.partition("[members]")
    members = [f'"{name}" = "{make_party(name).slug}"' for name in MEMBERS]
    return read_mapping("\n".join([head, "[members]", *members, "[scores]" + tail.partition("[scores]")[2]]).encode())


def test_every_row_of_a_damaged_file_is_imported_or_listed_with_its_reason() -> None:
    table, amiss = big(40)
    assert amiss == {"doubles": 1, "without text": 1, "damaged": 1, "contradictions": 1}

    report = import_dataset(ten_members(), "big.csv", as_csv(table))

    listed = {problem.row for problem in report.lost}
    imported = set(Commitment.objects.values_list("wordings__locator", flat=True))
    for number, row in enumerate(table[1:], start=2):
        assert row[0] in imported or number in listed, row
    assert (report.rows, report.imported_rows) == (40, 39)
    assert [problem.row for problem in report.lost] == [8, 20]
    assert all(problem.file and problem.column and problem.value and problem.message for problem in report.lost)
    # Every score but that of the damaged cell.
    assert Development.objects.count() == 39 * 10 - 1
    assert (report.averages.compared, report.averages.compared - report.averages.equal) == (39, len(_wrong(report)))
    assert 24 in _wrong(report)
    assert set(_wrong(report)) <= {20, 24}
    assert 14 in [problem.row for problem in report.remarks]


def _wrong(report: Report) -> list[int]:
    return [problem.row for problem in report.remarks if problem.column == "Average"]


# --- wide -------------------------------------------------------------------------------------------------------------


def test_scores_become_drafts_that_rest_on_the_report() -> None:
    run(wide(), WIDE_HEADER, ("1", "Open a dialogue", "+1", "−1", "0.0"))

    commitment = Commitment.objects.get(code="WIDE-2023-1")
    assert commitment.publication == Publication.DRAFT
    assert commitment.made.iso == "2023-09-19"
    assert {row.party.alpha2 for row in commitment.parties.all()} == {"KZ", "US"}
    assert statuses(commitment.code) == {"KZ": Status.DELIVERED, "US": Status.NOT_DELIVERED}
    for development in commitment.developments.all():
        assert not development.is_published
        assert development.entered_by.username == AUTHOR
        assert development.happened.iso == "2024-06"
        assert [row.document.title for row in development.evidence.all()] == ["Compliance report 2023"]


def test_who_made_no_such_promise_is_no_maker_and_whoever_was_not_scored_is() -> None:
    run(wide(), WIDE_HEADER, ("1", "A", "n/a", "1", "1"), ("2", "B", "", "1", "1"))

    assert [row.party.alpha2 for row in Commitment.objects.get(code="WIDE-2023-1").parties.all()] == ["US"]
    assert Commitment.objects.get(code="WIDE-2023-2").parties.count() == 2
    assert statuses("WIDE-2023-2") == {"US": Status.DELIVERED}


def test_a_repeat_does_no_harm_and_adds_what_was_mended() -> None:
    first = run(wide(), WIDE_HEADER, ("1", "A", "1", "#REF!", ""))
    assert said(first) == [(2, "US", "#REF!")]
    document, commitments = Document.objects.count(), Commitment.objects.count()

    again = run(wide(), WIDE_HEADER, ("1", "A", "1", "0", ""))

    assert again.counts == {
        "commitments there already": 1,
        "statements there already": 1,
        "statements drafted": 1,
    }
    assert (Document.objects.count(), Commitment.objects.count()) == (document, commitments)
    assert statuses("WIDE-2023-1") == {"KZ": Status.DELIVERED, "US": Status.PARTIALLY_DELIVERED}


def test_what_an_editor_made_of_a_score_stays() -> None:
    run(wide(), WIDE_HEADER, ("1", "A", "1", "", ""))
    draft = Development.objects.get()
    draft.status = Status.STALLED
    development_actions.edit_draft(by=make_user("editor"), development=draft, version=draft.version)

    again = run(wide(), WIDE_HEADER, ("1", "A", "1", "", ""))

    assert said(again) == [(2, "Kazakhstan", "1")]
    assert statuses("WIDE-2023-1") == {"KZ": Status.STALLED}


def test_a_score_whose_status_an_editor_emptied_stays_so() -> None:
    run(wide(), WIDE_HEADER, ("1", "A", "1", "", ""))
    draft = Development.objects.get()
    draft.status = ""
    development_actions.edit_draft(by=make_user("editor"), development=draft, version=draft.version)

    again = run(wide(), WIDE_HEADER, ("1", "A", "1", "", ""))

    assert [(problem.row, problem.column) for problem in again.lost] == [(2, "Kazakhstan")]
    assert "“no status”" in again.lost[0].message
    assert statuses("WIDE-2023-1") == {"KZ": ""}


def test_what_an_editor_logged_without_a_status_is_no_statement_that_keeps_a_score_out() -> None:
    run(wide(), WIDE_HEADER, ("1", "A", "", "1", ""))
    commitment = Commitment.objects.get()
    kazakhstan = commitment.parties.get(party__alpha2="KZ").party
    make_draft_development(commitment, happened="2024-06", party=kazakhstan, documents=())

    again = run(wide(), WIDE_HEADER, ("1", "A", "1", "1", ""))

    assert again.lost == []
    found = Development.objects.filter(commitment=commitment, party=kazakhstan)
    assert sorted(one.status for one in found) == ["", Status.DELIVERED]


def test_a_record_that_an_editor_made_under_the_same_code_is_left_alone() -> None:
    make_commitment("WIDE-2023-1", title="An editor's")

    report = run(wide(), WIDE_HEADER, ("1", "A", "1", "", ""))

    assert said(report) == [(2, "", "WIDE-2023-1")]
    assert report.imported_rows == 0
    assert not Development.objects.exists()


def test_doubles_are_listed_or_numbered_as_the_mapping_says() -> None:
    rows = (WIDE_HEADER, ("1", "A", "1", "1", ""), ("1", "B", "0", "0", ""), ("1", "A", "1", "1", ""))

    listed = run(wide(), *rows, dry_run=True)
    numbered = run(wide('duplicates = "list"', 'duplicates = "number"'), *rows)

    assert [problem.row for problem in listed.lost] == [3, 4]
    assert [problem.row for problem in numbered.lost] == [4]
    assert Commitment.objects.get(code="WIDE-2023-1-2").title == "B"


def test_the_third_of_the_same_id_is_numbered_on() -> None:
    rows = [("1", title, "1", "1", "") for title in "ABC"]

    run(wide('duplicates = "list"', 'duplicates = "number"'), WIDE_HEADER, *rows)

    assert dict(Commitment.objects.values_list("code", "title")) == {
        "WIDE-2023-1": "A",
        "WIDE-2023-1-2": "B",
        "WIDE-2023-1-3": "C",
    }


def test_an_id_of_which_no_code_can_be_made_is_listed() -> None:
    report = run(wide(), WIDE_HEADER, ("—", "A", "1", "1", ""))

    assert said(report) == [(2, "No.", "—")]
    assert "No code can be made" in report.lost[0].message


def test_a_source_that_several_statements_name_is_one_document() -> None:
    header = ("id", "text", "status", "changed_on", "source")
    rows = [
        ("7", "Join the treaty", "Not Started", "2023-12", "https://c.example/"),
        ("7", "", "Limited", "2024-02-08", "https://c.example/"),
    ]

    run(mapping("history"), header, *rows)

    assert Document.objects.filter(url="https://c.example/").count() == 1
    assert Development.objects.filter(evidence__document__url="https://c.example/").count() == 2


def test_a_commitment_without_text_is_kept_as_a_draft_or_listed_as_the_mapping_says() -> None:
    row = ("1", "", "0", "", "")

    listed = run(wide('without_text = "placeholder"', 'without_text = "list"'), WIDE_HEADER, row)
    assert said(listed) == [(2, "Commitment", "")]
    assert not Commitment.objects.exists()

    run(wide(), WIDE_HEADER, row, publish=True)
    commitment = Commitment.objects.get()
    assert "of which the file has no text" in commitment.title
    assert commitment.publication == Publication.DRAFT


def test_a_trial_writes_nothing_and_says_the_same() -> None:
    rows = (WIDE_HEADER, ("1", "A", "1", "yes", "0.5"))

    tried = run(wide(), *rows, dry_run=True)

    assert not Commitment.objects.exists()
    assert not Document.objects.exists()
    done = run(wide(), *rows)
    assert (tried.counts, tried.lost, tried.remarks) == (done.counts, done.lost, done.remarks)


def test_averages_of_the_file_are_those_of_this_site_once_a_second_person_approved() -> None:
    rows = [
        ("1", "A", "1", "0", "0.5"),
        ("2", "B", "-1", "0", "-0.5"),
        ("3", "C", "1", "1", "1"),
        ("4", "D", "0", "1", "-1"),
    ]
    report = run(wide(), WIDE_HEADER, *rows, publish=True)
    assert (report.averages.compared, report.averages.equal) == (4, 3)
    assert [(problem.row, problem.value) for problem in report.remarks] == [(5, "-1")]
    # Verdicts wait for somebody else.
    drafts = Development.objects.drafts()
    assert set(drafts.values_list("status", flat=True)) == {Status.DELIVERED, Status.NOT_DELIVERED}
    for draft in drafts:
        development_actions.publish(by=make_user("reviewer"), development=draft)

    for number, _text, *_scores, average in rows[:3]:
        wanted = scores.asked(QueryDict(f"q=WIDE-2023-{number}"), today=dt.date(2026, 1, 1))
        assert scores.scores(wanted).whole.mean == Fraction(average)
    of_all = scores.scores(scores.asked(QueryDict("summit=C51-2023-NEW-YORK"), today=dt.date(2026, 1, 1)))
    assert of_all.whole.mean == Fraction(3, 8)


def test_a_second_run_publishes_what_the_first_left_as_drafts() -> None:
    row = ("1", "A", "0", "1", "")
    run(wide(), WIDE_HEADER, row)

    report = run(wide(), WIDE_HEADER, row, publish=True)

    assert report.counts["statements published"] == 1
    assert Commitment.objects.get().is_public


def test_a_workbook_with_dates_for_scores_is_read_and_they_are_listed() -> None:
    book = Workbook()
    assert book.active is not None
    for row in (WIDE_HEADER, (1, "A", 1, dt.date(2021, 1, 1), 1.0)):
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)

    report = import_dataset(wide(), "file.xlsx", buffer.getvalue())

    assert said(report) == [(2, "US", "2021-01-01")]
    assert statuses("WIDE-2023-1") == {"KZ": Status.DELIVERED}


# --- long, promises, histories ----------------------------------------------------------------------------------------


def test_a_long_file_has_one_row_a_member_and_makes_the_summits_that_are_missing() -> None:
    header = ("commitment_id", "commitment_text", "member", "score", "summit")
    report = run(
        mapping("long"),
        header,
        ("a/1", "Build a road", "KAZ", "1", "New York"),
        ("a/1", "", "USA", "0", "New York"),
        ("a/1", "", "USA", "0", "New York"),
        ("a/1", "", "USA", "-1", "New York"),
        ("a/1", "", "FRA", "1", "New York"),
        ("b", "Open a school", "KAZ", "", "Somewhere"),
        ("c", "Lost", "KAZ", "1", "Nowhere"),
        ("", "Nameless", "KAZ", "1", "Somewhere"),
    )

    assert statuses("LONG-2023-A-1") == {"KZ": Status.DELIVERED, "US": Status.PARTIALLY_DELIVERED}
    assert said(report) == [
        (4, "score", "0"),
        (5, "score", "-1"),
        (6, "member", "FRA"),
        (8, "summit", "Nowhere"),
        (9, "commitment_id", ""),
    ]
    second = Commitment.objects.get(code="LONG-2023-B")
    assert (second.summit.code, second.made.iso, second.strength) == ("SOMEWHERE-2024", "2024-05-06", Strength.PLEDGED)
    assert second.parties.count() == 1
    assert not second.developments.exists()


def test_promises_have_a_word_for_their_status_and_addresses_of_sources() -> None:
    StatusWord.objects.create(word="half done", status=Status.PARTIALLY_DELIVERED)
    header = ("slug", "promise", "details", "ruling", "ruled_on", "links", "type")
    report = run(
        mapping("promises"),
        header,
        (
            "tax",
            "Cut taxes",
            "By half.",
            "Promise Kept",
            "2024-02-08",
            "https://a.example/x; https://b.example/",
            "Bill",
        ),
        ("road", "Build roads", "", "half done", "2024-03", "nonsense", "Poem"),
        ("ship", "Build ships", "", "Splendid", "2024", "https://a.example/x", ""),
        ("rail", "Build rails", "", "Not Yet Rated", "", "", "Spending"),
    )

    assert statuses("PROMISE-TAX") == {"": Status.DELIVERED}
    assert Commitment.objects.get(code="PROMISE-TAX").kind == Kind.LAW
    assert Evidence.objects.filter(development__commitment__code="PROMISE-TAX").count() == 3
    assert statuses("PROMISE-ROAD") == {"": Status.PARTIALLY_DELIVERED}
    assert said(report) == [(3, "type", "Poem"), (3, "links", "nonsense"), (4, "ruling", "Splendid")]
    assert report.imported_rows == 4
    assert Commitment.objects.get(code="PROMISE-RAIL").kind == Kind.FINANCE


def test_a_history_becomes_one_dated_statement_a_change() -> None:
    header = ("id", "text", "status", "changed_on", "source")
    report = run(
        mapping("history"),
        header,
        ("7", "Join the treaty", "Not Started", "2023-12", ""),
        ("7", "", "Limited", "2024-02-08", "https://c.example/"),
        ("7", "Another text", "Complete", "2024-05-01", ""),
        ("7", "", "Limited", "45188", ""),
        publish=True,
    )

    found = Development.objects.filter(commitment__code="HISTORY-7").order_by("happened_start")
    assert [(one.happened.iso, one.status, one.is_published) for one in found] == [
        ("2023-12", Status.NOT_STARTED, True),
        ("2024-02-08", Status.IN_PROGRESS, True),
        ("2024-05-01", Status.DELIVERED, False),
    ]
    assert (4, "text", "Another text") in said(report)
    assert (5, "changed_on", "45188") in said(report)
    assert Commitment.objects.get(code="HISTORY-7").status == Status.IN_PROGRESS


PROMISES = ("slug", "promise", "details", "ruling", "ruled_on", "links", "type")


def promised(slug: str, links: str) -> tuple[str, ...]:
    return (slug, f"Promise {slug}", "", "Promise Kept", "2024-02-08", links, "Bill")


def sources(code: str) -> set[str | None]:
    """What the tracker cites; the report itself has a row."""
    rows = Evidence.objects.filter(development__commitment__code=code, locator="")
    return set(rows.values_list("document__url", flat=True))


def test_a_source_that_was_taken_back_with_a_refused_statement_is_made_anew_for_the_next() -> None:
    refused = promised("tax", "https://a.example/x; https://intranet_host/page")
    others = [promised("road", "https://c.example/other"), promised("ship", "https://a.example/x")]

    report = run(mapping("promises"), PROMISES, refused, *others)

    assert [row for row, _column, _value in said(report)] == [2]
    assert sources("PROMISE-ROAD") == {"https://c.example/other"}
    assert sources("PROMISE-SHIP") == {"https://a.example/x"}
    # With the report itself.
    assert report.counts["documents made"] == Document.objects.count() == 3


def test_two_spellings_of_an_address_are_one_source() -> None:
    report = run(mapping("promises"), PROMISES, promised("tax", "http://a.example/x; https://www.a.example/x/"))

    assert said(report) == []
    assert sources("PROMISE-TAX") == {"http://a.example/x"}


# --- what cannot be read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"No.,Commitment\n1,A\n",
        as_csv([(*WIDE_HEADER, "US")]),
        b'No.,Commitment,Kazakhstan,US,Average\n1,"A,1,1,1\n',
    ],
    ids=["empty", "lacks columns", "column twice", "quotation mark that does not end"],
)
def test_a_file_of_which_rows_could_be_lost_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        import_dataset(wide(), "file.csv", content)

    assert refused.value.problems
    assert not Commitment.objects.exists()


def test_a_row_with_too_many_cells_is_listed() -> None:
    report = run(wide(), WIDE_HEADER, ("1", "A", "1", "1", "1", "more"), ("2", "B", "1", "1", "1"))

    assert [problem.row for problem in report.lost] == [2]
    assert (report.rows, report.imported_rows) == (2, 1)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commitments.imports.datasets.run.MOST_BYTES", 10)

    with pytest.raises(FileRefused) as refused:
        run(wide(), WIDE_HEADER, ("1", "A", "1", "1", "1"))

    assert "larger than" in refused.value.problems[0].message


def test_a_row_of_whose_id_no_code_can_be_made_is_listed() -> None:
    report = run(
        wide(),
        WIDE_HEADER,
        ("a 1", "A", "1", "1", "1"),
        ("a/1", "B", "1", "1", "1"),
        ("#REF!", "C", "1", "1", "1"),
        ("long " * 20, "D", "1", "1", "1"),
    )

    assert [(problem.row, problem.column) for problem in report.lost] == [(row, "No.") for row in (3, 4, 5)]
    taken, damaged, long = [problem.message for problem in report.lost]
    assert "“a 1” in row 2 has already" in taken
    assert "shows an error" in damaged
    assert "longer than" in long
    assert list(Commitment.objects.values_list("code", flat=True)) == ["WIDE-2023-A-1"]


def test_what_a_later_row_says_first_is_added() -> None:
    header = ("commitment_id", "commitment_text", "member", "score", "summit")
    report = run(
        mapping("long"), header, ("a", "", "KAZ", "1", "New York"), ("a", "Build a road", "USA", "5", "New York")
    )

    assert Commitment.objects.get(code="LONG-2023-A").title == "Build a road"
    assert said(report) == [(3, "score", "5")]
    assert "none of the scores" in report.lost[0].message


def test_a_score_of_which_nothing_says_the_day_is_listed() -> None:
    text = (MAPPINGS / "long.toml").read_text(encoding="utf-8")
    dated = text.replace('summit = "summit"', 'summit = "summit"\ndate = "day"').replace('dated = "2024-12-01"', "")
    header = ("commitment_id", "commitment_text", "member", "score", "summit", "day")

    report = run(
        read_mapping(dated.encode()),
        header,
        ("a", "A", "KAZ", "1", "New York", "2024-03"),
        ("a", "A", "USA", "1", "New York", ""),
    )

    assert said(report) == [(3, "score", "1")]
    assert statuses("LONG-2023-A") == {"KZ": Status.DELIVERED}


def test_an_average_that_is_no_number_is_listed() -> None:
    report = run(wide(), WIDE_HEADER, ("1", "A", "1", "1", "much"))

    assert said(report) == [(2, "Average", "much")]
    assert statuses("WIDE-2023-1") == {"KZ": Status.DELIVERED, "US": Status.DELIVERED}


def test_sectors_and_deadlines_are_taken_over_and_unknown_sectors_listed() -> None:
    make_sector("21030", "Rail transport")
    read = mapping("promises", 'kind = "type"', 'kind = "type"\nsectors = "field"\ndue = "until"')
    header = ("slug", "promise", "details", "ruling", "ruled_on", "links", "type", "field", "until")
    report = run(
        read,
        header,
        ("rail", "Build rails", "", "Not Yet Rated", "", "", "", "21030", "2030"),
        ("ship", "Build ships", "", "Not Yet Rated", "", "", "", "21030; 99999", ""),
    )

    rail = Commitment.objects.get(code="PROMISE-RAIL")
    assert ([sector.code for sector in rail.sectors.all()], rail.due and rail.due.iso) == (["21030"], "2030")
    assert rail.due_basis == DueBasis.STATED
    assert said(report) == [(3, "field", "21030; 99999")]
    assert not Commitment.objects.get(code="PROMISE-SHIP").sectors.exists()


def test_what_is_refused_when_it_is_published_stays_a_draft_and_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_given: object) -> None:
        raise ValidationError("Not today.")

    monkeypatch.setattr(development_actions, "publish", refuse)
    report = run(wide(), WIDE_HEADER, ("1", "A", "0", "", ""), publish=True)

    assert [problem.message for problem in report.remarks] == ["Not today."]
    assert report.lost == []
    assert not Development.objects.get().is_published


def test_a_commitment_that_nobody_makes_stays_a_draft_with_the_reason_and_the_rest_is_published() -> None:
    report = run(wide(), WIDE_HEADER, ("1", "A", "n/a", "n/a", ""), ("2", "B", "0", "0", "0"), publish=True)

    assert report.lost == []
    assert [(problem.row, problem.message) for problem in report.remarks] == [
        (2, "Say who makes the commitment: add a maker.")
    ]
    assert dict(Commitment.objects.values_list("title", "publication")) == {
        "A": Publication.DRAFT,
        "B": Publication.PUBLISHED,
    }
    assert report.counts["commitments published"] == 1


def test_what_an_action_refuses_is_listed_and_the_rest_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    create = commitment_actions.create

    def refuse_one(*, commitment: Commitment, **given: Any) -> Commitment:
        if commitment.title == "B":
            raise ValidationError("Not today.")
        return create(commitment=commitment, **given)

    monkeypatch.setattr(commitment_actions, "create", refuse_one)
    report = run(wide(), WIDE_HEADER, ("1", "A", "1", "1", "1"), ("2", "B", "1", "1", "1"))

    assert [(problem.row, problem.message) for problem in report.lost] == [(3, "Not today.")]
    assert [one.title for one in Commitment.objects.all()] == ["A"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("https://example.org/compliance-2023", "compliance-2023", "document.url: Enter a valid URL."),
        ("Compliance report 2023", "R" * 301, "document.title: .* at most 300 characters"),
        (
            '"C51-2023-NEW-YORK"',
            '"c5 1"\nname = "N"\nstarts_on = "2023-09-19"',
            "summit.code: A code has capital letters",
        ),
    ],
    ids=["address of the report", "title of the report", "code of the summit"],
)
def test_a_report_or_a_summit_that_cannot_be_made_of_the_mapping_is_said(old: str, new: str, what: str) -> None:
    with pytest.raises(MappingRefused, match=what):
        run(wide(old, new), WIDE_HEADER, ("1", "A", "1", "1", "1"))

    assert not Commitment.objects.exists()


def test_members_and_summits_that_nobody_entered_are_named() -> None:
    with pytest.raises(MappingRefused, match="FRANCE"):
        run(wide('US = "US"', 'US = "FRANCE"'), WIDE_HEADER, ("1", "A", "1", "1", "1"))
    with pytest.raises(MappingRefused, match="NOWHERE"):
        run(wide('code = "C51-2023-NEW-YORK"', 'code = "NOWHERE-1"'), WIDE_HEADER, ("1", "A", "1", "1", "1"))

    assert not Commitment.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://example.org/compliance-2023", "a report", "document.url: Enter a valid URL."),
        ('dated = "2024-06"', 'dated = "2099"', "document.dated: A source cannot be dated later than today."),
        ('dated = "2024-06"', 'dated = "2024"\nlanguage = "English!"', "document.language: Give the language by its"),
        ('code = "C51-2023-NEW-YORK"', 'code = "a b"\nname = "X"\nstarts_on = 2024-05-06', "summit.code: A code has"),
    ],
)
def test_a_report_or_a_summit_that_cannot_be_made_so_is_the_fault_of_the_mapping(old: str, new: str, said: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        run(wide(old, new), WIDE_HEADER, ("1", "A", "1", "1", "1"))

    assert refused.value.problems[0].startswith(said)
    assert not Document.objects.exists()


def test_a_retracted_record_is_not_published_again() -> None:
    run(wide(), WIDE_HEADER, ("1", "A", "0", "", ""), publish=True)
    commitment_actions.retract(by=make_user("editor"), commitment=Commitment.objects.get(), reason="Wrong.")

    run(wide(), WIDE_HEADER, ("1", "A", "0", "", ""), publish=True)

    assert Commitment.objects.get().publication == Publication.RETRACTED
