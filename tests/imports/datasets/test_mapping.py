"""Mappings: the documented ones can be used, and a wrong one says everything that is wrong with it."""

from decimal import Decimal

import pytest

from commitments.codelists import Status
from commitments.imports.datasets.mapping import (
    DatasetMapping,
    DocumentMap,
    MappingRefused,
    Shape,
    SummitMap,
    read_mapping,
)
from commitments.uncertain_dates import UncertainDate
from tests.imports.datasets.files import MAPPINGS

# As little as a mapping can say, and as much.
SMALL = """
format = "wide"
prefix = "A"
[columns]
id = "No."
[summit]
code = "S-1"
[document]
title = "A report"
publisher = "A group"
url = "https://example.org/"
dated = 2024-06-01
[members]
"Kazakhstan " = " KZ "
"""
LARGE = """
format = "history"
prefix = "A-2"
[columns]
id = "No."
status = " Status "
date = "Day"
member = "Who"
summit = "Where"
[summit.of." New York "]
code = "S-1"
[summit.of.Astana]
code = "S-2"
name = "Astana"
kind = "forum"
starts_on = 2024-05-06
[document]
title = "A report"
publisher = "A group"
url = "https://example.org/"
kind = "communique"
source_kind = "primary"
language = "ru"
dated = "2024"
[members]
Kazakhstan = "KZ"
[defaults]
makers = ["US", "UZ"]
date = "2024-Q2"
made = "2023-09"
kind = "finance"
strength = "pledged"
collectivity = "unilateral"
classification = "topic"
[scores]
"−1" = "stalled"
"0.5" = "in_progress"
[statuses]
" Promise Kept " = "delivered"
[translate.kind]
" Bill " = "law"
[cells]
absent = [" N/A ", "none"]
[rules]
duplicates = "number"
without_text = "list"
reason_code = "funding_withdrawn"
"""


def test_a_mapping_may_say_little_and_the_rest_is_as_documented() -> None:
    assert read_mapping(SMALL.encode()) == DatasetMapping(
        shape=Shape.WIDE,
        prefix="A",
        document=DocumentMap(
            "A report",
            "A group",
            "https://example.org/",
            kind="assessment",
            source_kind="secondary",
            language="en",
            dated="2024-06-01",
        ),
        columns={"id": "No."},
        summits={"": SummitMap("S-1", name="", kind="leaders", starts_on="")},
        members={"Kazakhstan ": "KZ"},
        makers=(),
        scores={
            Decimal(1): Status.DELIVERED,
            Decimal(0): Status.PARTIALLY_DELIVERED,
            Decimal(-1): Status.NOT_DELIVERED,
        },
        statuses={},
        defaults={
            "kind": "programme",
            "strength": "committed",
            "collectivity": "joint",
            "classification": "commitment",
        },
        translate={},
        date=UncertainDate.parse("2024-06-01"),
        made=None,
        absent=frozenset(),
        number_duplicates=False,
        needs_text=False,
        reason_code="unknown",
    )


def test_everything_that_a_mapping_says_is_read() -> None:
    assert read_mapping(LARGE.encode()) == DatasetMapping(
        shape=Shape.HISTORY,
        prefix="A-2",
        document=DocumentMap(
            "A report",
            "A group",
            "https://example.org/",
            kind="communique",
            source_kind="primary",
            language="ru",
            dated="2024",
        ),
        columns={"id": "No.", "status": "Status", "date": "Day", "member": "Who", "summit": "Where"},
        summits={"New York": SummitMap("S-1"), "Astana": SummitMap("S-2", "Astana", "forum", "2024-05-06")},
        members={"Kazakhstan": "KZ"},
        makers=("US", "UZ"),
        scores={Decimal(-1): Status.STALLED, Decimal("0.5"): Status.IN_PROGRESS},
        statuses={"promise kept": Status.DELIVERED},
        defaults={"kind": "finance", "strength": "pledged", "collectivity": "unilateral", "classification": "topic"},
        translate={"kind": {"bill": "law"}},
        date=UncertainDate.parse("2024-Q2"),
        made=UncertainDate.parse("2023-09"),
        absent=frozenset({"n/a", "none"}),
        number_duplicates=True,
        needs_text=True,
        reason_code="funding_withdrawn",
    )


def refused(mapping: str, old: str, new: str) -> str:
    """The one thing that is wrong with a mapping in which this stands in place of that."""
    assert old in mapping
    with pytest.raises(MappingRefused) as refusal:
        read_mapping(mapping.replace(old, new, 1).encode())
    (said,) = refusal.value.problems
    return said


def test_the_columns_that_are_read_are_those_of_the_members_too_where_each_has_one() -> None:
    assert read_mapping(SMALL.encode()).headers == ["No.", "Kazakhstan "]
    assert read_mapping(LARGE.encode()).headers == ["No.", "Status", "Day", "Who", "Where"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"wide"', '"broad"', "format: “broad” is none of: wide, long, promises, history."),
        ('prefix = "A"', 'prefix = "Ä"', "prefix: codes begin with it"),
        ('prefix = "A"', 'prefix = "A-"', "prefix: codes begin with it"),
        ('prefix = "A"', 'prefix = "2024"', "prefix: codes begin with it"),
        ('prefix = "A"', "prefix = 3", "prefix: codes begin with it"),
        ('prefix = "A"', 'prefix = "A"\nrules = "none"', "rules: write it as a table."),
        ('prefix = "A"', 'prefix = "A"\ncolour = "red"', "colour: there is no such table."),
        ('id = "No."', 'id = "No."\nscore = "S"', "columns.score: there is no such entry; there are: id, title,"),
        ('id = "No."', 'id = "No."\ntitle = 3', "columns.title: write it between quotation marks."),
        ('id = "No."', 'id = ""', "columns.id: a file of this format needs it."),
        ('" KZ "', "398", "members.Kazakhstan : write it between quotation marks."),
        ('code = "S-1"', 'code = ""', "summit.code: it is missing."),
        ('code = "S-1"', 'code = "S-1"\nplace = "X"', "summit.place: there is no such entry; there are: code, name,"),
        ('code = "S-1"', 'code = "S-1"\nkind = "party"', "summit.kind: “party” is none of: "),
        ('code = "S-1"', 'code = "S-1"\nname = "X"', "summit.starts_on: a summit that is to be made needs"),
        ('code = "S-1"', 'code = "S-1"\nstarts_on = "May"', "summit.starts_on: a summit that is to be made needs"),
        ('code = "S-1"', "of.X.code = 'S-1'", "columns.summit: say which column tells the summit."),
        ('title = "A report"', "", "document.title: it is missing."),
        ('publisher = "A group"', "", "document.publisher: it is missing."),
        ('url = "https://example.org/"', "", "document.url: it is missing."),
        ("dated = 2024-06-01", 'dated = "June"', "document.dated: “June” is not a date."),
        ("dated = 2024-06-01", "", "defaults.date: say on which day the scores were given, or which column does."),
        ("[members]", "source_kind = 'third'\n[members]", "document.source_kind: “third” is none of: "),
        ('"Kazakhstan " = " KZ "', "[members.Astana]", "members.Astana: write it between quotation marks."),
        ("[members]", "[scores]\n1 = 'delivered'\nsnan = 'delivered'\n[members]", "scores.snan: it is no number."),
        ("[members]", "[scores]\n1 = 'well'\n[members]", "scores.1: “well” is none of: not_assessed, "),
        ("[members]", "[statuses]\nGood = 'well'\n[members]", "statuses.Good: “well” is none of: not_assessed, "),
        ("[members]", "[translate.kind]\nBill = 'act'\n[members]", "translate.kind.Bill: “act” is none of: "),
        ("[members]", "[translate]\nkind = 'law'\n[members]", "translate.kind: there is no such column of codes."),
        ("[members]", "[cells]\nempty = ['-']\n[members]", "cells.empty: there is no such entry; there are: absent."),
        ("[members]", "[cells]\nabsent = '-'\n[members]", "cells.absent: write a list of texts."),
        ("[members]", "[cells]\nabsent = ['-', 3]\n[members]", "cells.absent: write a list of texts."),
        ("[members]", "[rules]\nduplicates = 'keep'\n[members]", "rules.duplicates: “keep” is none of: list, number."),
        ("[members]", "[rules]\nreason_code = 'bad'\n[members]", "rules.reason_code: “bad” is none of: "),
        (
            "[members]",
            "[rules]\nempty = 'list'\n[members]",
            "rules.empty: there is no such entry; there are: duplicates",
        ),
        ("[members]", "[defaults]\nmade = 'soon'\n[members]", "defaults.made: “soon” is not a date."),
        ("[members]", "[defaults]\ndate = 'soon'\n[members]", "defaults.date: “soon” is not a date."),
        ("[members]", "[defaults]\nkind = 'odd'\n[members]", "defaults.kind: “odd” is none of: "),
        ("[members]", "[defaults]\ndue = 'soon'\n[members]", "defaults.due: there is no such entry; there are: kind,"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_nothing_else_is(old: str, new: str, problem: str) -> None:
    said = refused(SMALL, old, new)

    assert said.startswith(problem)
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('[summit.of." New York "]', "[summit.of]", "summit.of.code.code: it is missing."),
        ("starts_on = 2024-05-06", "", "summit.of.Astana.starts_on: a summit that is to be made needs"),
        (
            "[summit.of.Astana]",
            "[summit]\ncode = 'S-3'\n[summit.of.Astana]",
            "summit.code: there is no such entry; there are: of.",
        ),
    ],
)
def test_what_is_wrong_with_one_of_several_summits_is_said_with_its_word(old: str, new: str, problem: str) -> None:
    assert refused(LARGE, old, new).startswith(problem)


@pytest.mark.parametrize(
    "said", ['[defaults]\ndate = "2024-06"', '[columns]\nid = "No."\ndate = "Day"', '[document]\ndated = "2024"']
)
def test_the_day_of_the_scores_is_said_in_one_of_three_places(said: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        read_mapping(f'format = "wide"\n{said}'.encode())

    assert not any(problem.startswith("defaults.date") for problem in refused.value.problems)


def test_everything_that_is_wrong_with_translations_is_said() -> None:
    content = SMALL + "[translate.colour]\n[translate.kind]\nBill = 'act'\n"

    with pytest.raises(MappingRefused) as refused:
        read_mapping(content.encode())

    assert [problem.partition(":")[0] for problem in refused.value.problems] == [
        "translate.colour",
        "translate.kind.Bill",
    ]


def test_the_summits_of_a_column_are_a_table() -> None:
    head, _summits, tail = LARGE.partition('[summit.of." New York "]')
    content = f"{head}[summit]\nof = 3\n[document]{tail.partition('[document]')[2]}"

    with pytest.raises(MappingRefused) as refused:
        read_mapping(content.encode())

    assert refused.value.problems == ["summit.of: write it as a table."]


def test_an_empty_table_of_scores_is_none() -> None:
    assert read_mapping((SMALL + "[scores]\n").encode()).scores == read_mapping(SMALL.encode()).scores


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.toml")), ids=lambda path: path.name)
def test_every_documented_mapping_can_be_read(path: object) -> None:
    assert read_mapping(path.read_bytes()).headers  # type: ignore[attr-defined]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(MappingRefused) as refused:
        read_mapping(
            b"""format = "wide"
prefix = "small"
colours = 1
[columns]
title = "Text"
colour = "Colour"
average = 3
[summit]
name = "A meeting"
starts_on = "soon"
[document]
title = "A report"
kind = "novel"
[scores]
"much" = "delivered"
"1" = "splendid"
[rules]
duplicates = "forget"
[defaults]
makers = "US"
date = "some day"
"""
        )

    places = {problem.partition(":")[0] for problem in refused.value.problems}
    assert places == {
        *("prefix", "colours", "columns.id", "columns.colour", "columns.average", "members"),
        *("summit.code", "summit.starts_on", "document.publisher", "document.url", "document.kind"),
        *("scores.much", "scores.1", "rules.duplicates", "defaults.makers", "defaults.date"),
    }


def test_promises_need_somebody_who_made_them_and_a_day() -> None:
    text = (MAPPINGS / "promises.toml").read_text(encoding="utf-8")
    lacking = (
        text.replace('makers = ["US"]', "")
        .replace('date = "ruled_on"', "")
        .replace("[translate.kind]", "[translate.colour]")
    )

    with pytest.raises(MappingRefused) as refused:
        read_mapping(lacking.encode())

    places = {problem.partition(":")[0] for problem in refused.value.problems}
    assert places == {"defaults.makers", "defaults.date", "translate.colour"}


@pytest.mark.parametrize("content", [b"format = ", b"\xff\xfe", b"", b"summit = 3", b"[summit]\nof = 3"])
def test_what_is_no_mapping_is_refused(content: bytes) -> None:
    with pytest.raises(MappingRefused):
        read_mapping(content)
