"""The allow-list is documented, and each of its columns says what it holds."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from commitments.exports.columns import DOWNLOADED, SHAPES
from commitments.exports.shape import Shape
from commitments.public.converters import ShapeConverter
from commitments.public.urls import urlpatterns
from tests.markup import body

EVERY_SHAPE = tuple({shape.name: shape for shape in (*DOWNLOADED, *SHAPES)}.values())
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "columns.md"
# Codes that no codelist of ours holds: names in addresses, and those of international standards.
FREE = re.compile(
    r"code|summit|series|party|party_country|(maker|addressee)_codes|countries|sectors|sdg_targets|amount_currencies"
    r"|host|called_by|alpha2|alpha3|m49|home_country|successor|category|language|merged_into|other"
)


@pytest.mark.parametrize("shape", EVERY_SHAPE, ids=lambda shape: shape.name)
def test_every_column_has_a_name_of_its_own_a_label_and_a_definition(shape: Shape) -> None:
    assert len({column.name for column in shape.columns}) == len(shape.columns)
    for column in shape.columns:
        assert str(column.label)
        assert str(column.definition).endswith((".", "?", "other."))
        assert (column.datatype == "code") == bool(column.codelist or FREE.fullmatch(column.name)), column.name


def documented() -> dict[str, list[tuple[str, str, str, str]]]:
    """By shape: name, label, what it holds, and definition of every column in the document."""
    sections = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        section.partition("\n")[0]: re.findall(
            r"^\| `(\w+)` \| (.*?) \| (.*?) \| .* \| (.*) \|$", section, re.MULTILINE
        )
        for section in sections
    }


def test_the_document_lists_every_column_of_every_shape_and_no_other() -> None:
    assert documented() == {
        shape.name: [(column.name, str(column.label), column.holds, str(column.definition)) for column in shape.columns]
        for shape in EVERY_SHAPE
    }


@pytest.mark.django_db
def test_whatever_can_be_downloaded_has_its_columns_in_the_document(client: Client) -> None:
    files = [
        f"/{address}".replace("<format:ending>", "csv").replace("<shape:shape>", shape)
        for pattern in urlpatterns
        if "<format:" in (address := str(pattern.pattern))
        for shape in (ShapeConverter.regex.split("|") if "<shape:" in address else ("",))
    ]
    described = [[name for name, *_others in columns] for columns in documented().values()]

    assert len(files) == len(set(files)) > len(DOWNLOADED)
    for file in files:
        assert body(client.get(file)).splitlines()[0].split(",") in described, file
