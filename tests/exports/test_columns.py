"""The allow-list is documented, and each of its columns says what it holds."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from commitments.exports.columns import SHAPES
from commitments.exports.shape import Shape

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "columns.md"
# Codes that no codelist of ours holds: names in addresses, and those of international standards.
FREE = re.compile(
    r"code|summit|series|party|party_country|(maker|addressee)_codes|countries|sectors|sdg_targets|amount_currencies"
    r"|host|called_by|alpha2|alpha3|m49|home_country|successor|category|language|merged_into|other"
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_column_has_a_name_of_its_own_a_label_and_a_definition(shape: Shape) -> None:
    assert len({column.name for column in shape.columns}) == len(shape.columns)
    for column in shape.columns:
        assert str(column.label)
        assert str(column.definition).endswith((".", "?", "other."))
        assert (column.datatype == "code") == bool(column.codelist or FREE.fullmatch(column.name)), column.name


def test_the_document_lists_every_column_of_every_shape_and_no_other() -> None:
    sections = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    documented = {
        section.partition("\n")[0]: re.findall(
            r"^\| `(\w+)` \| (.*?) \| (.*?) \| .* \| (.*) \|$", section, re.MULTILINE
        )
        for section in sections
    }

    assert documented == {
        shape.name: [(column.name, str(column.label), column.holds, str(column.definition)) for column in shape.columns]
        for shape in SHAPES
    }
