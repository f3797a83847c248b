"""Mappings: the documented ones can be used, and a wrong one says everything that is wrong with it."""

import pytest

from commitments.imports.datasets.mapping import MappingRefused, read_mapping
from tests.imports.datasets.files import MAPPINGS


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
