"""How two snapshots differ, field by field and row by row, in words."""

import copy
from typing import Any

import pytest

from commitments.codelists import CODEBOOK_VERSION, EvidenceRole, MoneyStage, RelationKind, Role, Status, Strength
from commitments.differences import Difference, differences
from commitments.models import Activity, Amount, CommitmentParty, Relation, Wording
from commitments.names import Names, names_for
from commitments.said import RECORD, Row, Rows, read
from commitments.snapshots import Snapshot, public_record
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_sector,
    make_summit,
    merge,
)

NAMES = Names(parties={"kazakhstan": "Kazakhstan"})


def document(number: int = 1) -> Snapshot:
    return {
        "id": number,
        "title": f"Report {number}",
        "publisher": "The Gazette",
        "url": f"https://example.org/{number}",
    }


def snapshot(**changes: Any) -> Snapshot:
    """A small record, with these fields otherwise."""
    return {
        "schema": 1,
        "codebook": CODEBOOK_VERSION,
        "code": "D-01",
        "title": "Open a dialogue",
        "status": "not_assessed",
        "status_since": None,
        "due": "2023-10",
        "publication": "published",
        "parties": [{"party": "kazakhstan", "role": "maker", "status": "not_assessed", "status_since": None}],
        "amounts": [],
        "wordings": [],
        "relations": [],
        "developments": [],
        **changes,
    }


def development(number: int = 7, **changes: Any) -> Snapshot:
    return {
        "id": number,
        "kind": "development",
        "happened": "2024-02",
        "summary": "It began.",
        "party": None,
        "status": "in_progress",
        "reason_code": "",
        "searched": "",
        "note": "",
        "corrects": None,
        "evidence": [evidence()],
        **changes,
    }


def evidence(number: int = 1, **changes: Any) -> Snapshot:
    return {
        "document": document(number),
        "locator": "",
        "quotation": "",
        "role": "shows_progress",
        "provenance": "third_party",
        "confidence": "high",
        **changes,
    }


def amount(**changes: Any) -> Snapshot:
    sums = {"stage": "announced", "qualifier": "exact", "value": "1000.00", "value_max": None, "currency": "USD"}
    return {**sums, "note": "", **changes}


def wording(number: int = 1, **changes: Any) -> Snapshot:
    place = {"document": document(number), "paragraph": 4, "sentence": 2, "locator": ""}
    words = {"verb": "said", "strength": "announced", "language": "en", "quotation": "", "translation": "", "note": ""}
    return {**place, **words, **changes}


def between(before: Snapshot, after: Snapshot) -> list[tuple[str, str, str, str]]:
    untouched = copy.deepcopy((before, after))
    found = differences(before, after, NAMES)
    assert (before, after) == untouched
    return [(one.kind, one.label, one.before, one.after) for one in found]


def test_a_snapshot_does_not_differ_from_itself() -> None:
    full = snapshot(developments=[development()], amounts=[amount(), amount()], wordings=[wording()])

    assert between(full, copy.deepcopy(full)) == []


def test_fields_come_go_and_change_in_words() -> None:
    before = snapshot(note="A note.")
    after = snapshot(status="in_progress", status_since="2024-Q1", due=None, note="")

    assert between(before, after) == [
        ("changed", "Status", "Not assessed", "In progress"),
        ("added", "Status since", "", "Q1 2024"),
        ("removed", "Due", "October 2023", ""),
        ("removed", "Note", "A note.", ""),
    ]


def test_a_party_is_told_apart_by_its_name_and_role() -> None:
    maker = {"party": "kazakhstan", "role": "maker", "status": "delivered", "status_since": "2024-02-08"}
    other = {"party": "unknown-body", "role": "host", "status": "not_assessed", "status_since": None}

    assert between(snapshot(), snapshot(parties=[other, maker])) == [
        ("changed", "Kazakhstan (Maker): Own status", "Not assessed", "Delivered"),
        ("added", "Kazakhstan (Maker): Status since", "", "8 February 2024"),
        ("added", "Parties", "", "unknown-body (Host)"),
    ]


def test_the_order_of_rows_says_nothing() -> None:
    first, second = development(7), development(8)

    assert between(snapshot(developments=[first, second]), snapshot(developments=[second, first])) == []


def test_a_development_is_told_apart_by_its_number_and_its_sources_by_their_document() -> None:
    before = snapshot(developments=[development()])
    after = snapshot(
        developments=[
            development(party="kazakhstan", evidence=[evidence(role="contradicts"), evidence(2)]),
            development(8, kind="check", happened="2024-05-06", summary="Nothing new.", status="", searched="Press"),
        ]
    )
    entry = "Development of February 2024 (entry 7)"

    assert between(before, after) == [
        ("added", f"{entry}: Party", "", "Kazakhstan"),
        ("changed", f"{entry}: Report 1 (The Gazette): What it does", "Shows progress", "Contradicts"),
        (
            "added",
            f"{entry}: Sources",
            "",
            (
                "Report 2 (The Gazette) · Address: https://example.org/2 · What it does: Shows progress · "
                "Who speaks: Third party · Confidence: High"
            ),
        ),
        (
            "added",
            "Developments",
            "",
            (
                "Check of 6 May 2024 (entry 8) · What happened: Nothing new. · Where we looked: Press · "
                "Sources: Report 1 (The Gazette)"
            ),
        ),
    ]


def test_a_sum_is_told_apart_by_stage_and_currency_and_among_equals_by_its_place() -> None:
    before = snapshot(amounts=[amount(), amount(value="5.50"), amount(currency="EUR")])
    after = snapshot(amounts=[amount(), amount(value="6.00")])

    assert between(before, after) == [
        ("changed", "exactly USD 6: Value", "5.50", "6"),
        ("removed", "Sums named", "exactly EUR 1,000 · Stage: Announced · Exactness: exactly · Value: 1,000", ""),
    ]


def test_a_wording_is_told_apart_by_its_document_and_place() -> None:
    before = snapshot(wordings=[wording()])
    after = snapshot(wordings=[wording(strength="agreed"), wording(locator="Annex", paragraph=None, sentence=None)])

    found = between(before, after)

    assert found[0] == ("changed", "Report 1 (The Gazette), 4.2: Strength of the verb", "Announced", "Agreed")
    assert found[1][:2] == ("added", "Wordings")
    assert found[1][3].startswith("Report 1 (The Gazette), Annex · ")


def test_relations_come_and_go() -> None:
    restates = snapshot(relations=[{"kind": "restates", "target": "D-02"}])

    assert between(snapshot(), restates) == [("added", "Related commitments", "", "Restates D-02")]
    assert between(restates, snapshot()) == [("removed", "Related commitments", "Restates D-02", "")]


def test_beside_a_retraction_nothing_of_what_was_said_is_said_again() -> None:
    retracted = {"schema": 1, "code": "D-01", "publication": "retracted"}

    assert between(snapshot(), retracted) == [("changed", "Publication", "Published", "Retracted")]
    assert between(retracted, snapshot()) == [("changed", "Publication", "Retracted", "Published")]


def test_a_value_of_another_codebook_stands_for_itself() -> None:
    assert between(snapshot(status="splendid", due="soon"), snapshot())[0] == (
        "changed",
        "Status",
        "splendid",
        "Not assessed",
    )


def test_a_party_that_is_no_maker_is_said_to_have_no_status() -> None:
    host = {"party": "kazakhstan", "role": "host", "status": "not_assessed", "status_since": None}

    (part,) = read(snapshot(parties=[host]), NAMES).parts

    assert part.rows == [Row("Kazakhstan (Host)", [], [])]


def test_a_difference_knows_its_kind() -> None:
    assert [Difference("x", *sides).kind for sides in (("", "a"), ("a", ""), ("a", "b"))] == [
        "added",
        "removed",
        "changed",
    ]


def known(schema: Rows) -> dict[str, Any]:
    return {**dict.fromkeys(schema.fields), **{name: known(part) for name, part in schema.rows.items()}}


@pytest.mark.django_db
def test_everything_that_a_snapshot_holds_is_read() -> None:
    """A field that nobody reads would be left out of every revision's page, unseen."""
    commitment = make_commitment("D-01", sectors=(make_sector(),), summit=make_summit("S-01", name="The summit"))
    Amount.objects.create(commitment=commitment, stage=MoneyStage.ANNOUNCED, value=1, currency="USD")
    Wording.objects.create(commitment=commitment, document=make_document(), strength=Strength.AGREED, paragraph=1)
    Relation.objects.create(source=commitment, kind=RelationKind.RESTATES, target=make_commitment("D-02"))
    Activity.objects.create(commitment=commitment, identifier="XM-DAC-1-45")
    CommitmentParty.objects.create(commitment=commitment, party=make_country("US"), role=Role.HOST)
    make_development(commitment, status=Status.IN_PROGRESS, role=EvidenceRole.SHOWS_PROGRESS)
    gone = make_commitment()
    merge(gone, commitment)
    gone.refresh_from_db()
    record = {**public_record(commitment), **public_record(gone)}

    # Said by the page itself, or by the name of the row.
    elsewhere = {"schema", "codebook", "code"}
    assert set(record) - elsewhere == set(known(RECORD))
    named = {
        "parties": {"party", "role"},
        "amounts": {"currency"},
        "activities": {"identifier"},
        "wordings": {"paragraph", "sentence", "locator"},
        "relations": {"kind", "target"},
        "developments": {"id", "kind", "happened"},
    }
    for name, part in RECORD.rows.items():
        (row, *_others) = record[name]
        assert set(row) - named[name] == set(known(part)), name
    (piece,) = record["developments"][0]["evidence"]
    assert set(piece) - {"locator"} == set(RECORD.rows["developments"].rows["evidence"].fields)

    names = names_for(record)
    said = {line.label: line.text for line in read(record, names).lines}
    assert said["Summit"] == "The summit"
    assert said["Sectors"] == "Sector 32210 (32210)"
    assert names.parties == {"kazakhstan": "Kazakhstan", "united-states-of-america": "United States of America"}
