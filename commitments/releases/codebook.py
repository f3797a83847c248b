"""The codebook of a release: every code with its definition, every version, and every column, to read and to parse."""

import csv
import io
from typing import Any

from commitments.codelists import CODEBOOK_HISTORY, CODEBOOK_VERSION, CODELISTS, STATUS_EQUIVALENTS, DefinedChoices
from commitments.releases.package import described
from commitments.releases.tables import TABLES


def as_json() -> dict[str, Any]:
    """`codebook.json`."""
    return {
        "version": CODEBOOK_VERSION,
        "history": [{"version": version, "changed": str(changed)} for version, changed in CODEBOOK_HISTORY],
        "codelists": [
            {"name": name(one), "definition": _meaning(one), "codes": [_code(code) for code in one]}
            for one in CODELISTS
        ],
        "status_equivalents": [
            {"status": status.value, **dict(sorted(vars(equivalent).items()))}
            for status, equivalent in STATUS_EQUIVALENTS.items()
        ],
    }


def as_markdown() -> str:
    """`codebook.md`."""
    lines = [f"# Codebook {CODEBOOK_VERSION}", "", "## Versions", ""]
    lines += [f"- **{version}** – {changed}" for version, changed in CODEBOOK_HISTORY]
    for one in CODELISTS:
        lines += ["", f"## {name(one)}", "", _meaning(one), "", "| code | label | definition |", "|---|---|---|"]
        lines += [f"| `{code.value}` | {cell(code.label)} | {cell(code.definition)} |" for code in one]
    lines += ["", "## Columns", ""]
    for table in TABLES:
        lines += [f"### {table.name}", "", f"{table.definition} Key: {', '.join(table.key)}.", ""]
        lines += ["| column | holds | codelist | definition |", "|---|---|---|---|"]
        lines += [
            f"| `{one.name}` | {one.holds} | {one.codelist_name} | {cell(described(one))} |" for one in table.columns
        ]
        lines.append("")
    return "\n".join(lines)


def columns_csv() -> str:
    """`columns.csv`: the same of the columns as a table."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["table", "column", "label", "holds", "codelist", "unit", "definition"])
    for table in TABLES:
        for one in table.columns:
            writer.writerow([table.name, one.name, one.label, one.holds, one.codelist_name, one.unit, one.definition])
    return buffer.getvalue()


def name(codelist: type[DefinedChoices]) -> str:
    """A codelist's name, as the column `codelist` of `codelists.csv` has it."""
    return codelist.__name__.lower()


def cell(text: object) -> str:
    """A text as it can stand in a table of Markdown."""
    return " ".join(str(text).split()).replace("|", "\\|")


def _meaning(codelist: type[DefinedChoices]) -> str:
    return " ".join((codelist.__doc__ or "").split()).replace("`", "")


def _code(code: DefinedChoices) -> dict[str, str]:
    return {"code": code.value, "label": str(code.label), "definition": str(code.definition)}
