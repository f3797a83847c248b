"""The files of a release that people read first: what it is, its licence, and how to cite it."""

import json
from collections.abc import Mapping

from commitments.citations import FORMS, plain
from commitments.releases.facts import DATABASE, LICENCE_ADDRESS, LICENCE_CODE, LICENCE_TITLE, Facts
from commitments.releases.tables import TABLES

# By the endings of the forms: a CSL file says so in its name.
CITATIONS = {"bib": "citation.bib", "ris": "citation.ris", "json": "citation.csl.json", "txt": "citation.txt"}


def readme(facts: Facts, counts: Mapping[str, int], *, parquet: bool) -> str:
    """`README.md`."""
    lines = [f"# {facts.title}, release {facts.version}", "", facts.description, ""]
    lines += [
        f"This is what the site said at {facts.known_at.isoformat()}, by codebook {facts.codebook_version}.",
        "What was not public then, or was retracted before the release was made, is not in it.",
        "",
        f"- Address: {facts.address}",
        f"- Licence: {LICENCE_TITLE} ({LICENCE_ADDRESS})",
        f"- To cite it: {plain(facts.work)}",
        "",
        "## Files",
        "",
        "| file | what |",
        "|---|---|",
        f"| `{DATABASE}` | all tables with keys and codelists: `datasette {DATABASE} --metadata metadata.json` |",
        "| `<table>.csv` | every table as CSV: UTF-8, the first row names the columns |",
    ]
    if parquet:
        lines.append("| `<table>.parquet` | the same with types; several values of a cell are a list |")
    lines += [
        "| `datapackage.json` | types, constraints, codes and keys of the CSVs, as a Frictionless data package |",
        "| `metadata.json` | titles, definitions and facets for Datasette |",
        "| `codebook.md`, `codebook.json` | every code with its definition, every version, every column |",
        "| `columns.csv` | every column as a table |",
        "| `agreement.json` | how far two assessors who scored blind agree, over all and by record |",
        "| `CHANGELOG.md`, `changed-statuses.csv`, `changed-records.csv` | what changed since the release before |",
        "| `CITATION.cff`, `citation.*` | how to cite it, for reference managers |",
        "| `release.json` | the release in short, and what it was written with |",
        "| `SHA256SUMS` | checksums of all: `sha256sum --check SHA256SUMS` |",
        "",
        "## Tables",
        "",
        "| table | rows | key | what |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{one.name}` | {counts[one.name]} | {', '.join(one.key)} | {one.definition} |" for one in TABLES]
    lines += ["", "## To know", "", *(f"- {note}" for note in _NOTES), ""]
    return "\n".join(lines)


_NOTES = (
    "Several values of a cell are joined by “; ” in CSV and SQLite. Tables of their own hold them one by one.",
    "In CSV, a text that a spreadsheet would take for a formula has an apostrophe before it.",
    "A date is as exact as its source (2023, 2023-Q4, 2023-10-24), with its first day, last day and precision.",
    "Sums keep their currency and stage and are never added together.",
    "“Overdue” is judged by the day of this release.",
    "In SQLite the names of tables have `_` for `-`, and an empty code is NULL.",
    "Every commitment, with its parties, sums, words, relations and developments, is as its last revision has it.",
    "`revisions` holds the hashes of what the site said, revision by revision.",
    "Summits, parties, series, memberships and documents are as their history has them at that moment.",
    "Sectors and SDG targets have no history: they are as they were when the release was made.",
)


def licence(facts: Facts) -> str:
    """`LICENSE`."""
    return "\n".join(
        [
            f"{facts.title}, release {facts.version}",
            "",
            f"{LICENCE_TITLE} ({LICENCE_CODE})",
            LICENCE_ADDRESS,
            "",
            "You may share and adapt this data, also for money, if you name its source, link to the licence and say",
            "what you changed. Quotations from documents belong to their authors and are here to show what was said.",
            "",
            f"Name the source so: {plain(facts.work)}",
            "",
        ]
    )


def citation_cff(facts: Facts) -> str:
    """`CITATION.cff`, of the Citation File Format 1.2.0. Texts are written as JSON, which is YAML too."""
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": facts.title,
        "abstract": facts.description,
        "version": facts.version,
        "date-released": facts.day.isoformat(),
        "license": LICENCE_CODE,
        "url": facts.address,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    lines += ["authors:", f"  - name: {json.dumps(facts.work.author, ensure_ascii=False)}", ""]
    return "\n".join(lines)


def citations(facts: Facts) -> dict[str, str]:
    """The citation in every form, by the name of the file."""
    return {name: FORMS[ending].write(facts.work) for ending, name in CITATIONS.items()}
