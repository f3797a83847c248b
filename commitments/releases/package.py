"""The release described for programs: as a Frictionless data package, and as metadata for Datasette."""

from collections.abc import Mapping
from typing import Any

from commitments.citations import plain
from commitments.codelists import DatePrecision, DefinedChoices
from commitments.exports.column import Column
from commitments.releases.facts import DATABASE, LICENCE_ADDRESS, LICENCE_CODE, LICENCE_TITLE, Facts
from commitments.releases.sqlite import codelist_table
from commitments.releases.table import Table
from commitments.releases.tables import TABLES

type Json = dict[str, Any]

_TYPES: dict[str, Json] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
    "date": {"type": "date"},
    "moment": {"type": "datetime", "format": "any"},
}
# 2023, 2023-Q4, 2023-10 or 2023-10-24.
_UNCERTAIN = r"\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?"


def datapackage(facts: Facts, counts: Mapping[str, int]) -> Json:
    """`datapackage.json`: every CSV with its columns, their types and constraints, and the keys that tie them."""
    return {
        "profile": "tabular-data-package",
        "name": "commitments-made-at-summits",
        "id": facts.address,
        "title": facts.title,
        "description": facts.description,
        "version": facts.version,
        "created": facts.known_at.isoformat(),
        "homepage": facts.site,
        "licenses": [{"name": LICENCE_CODE, "title": LICENCE_TITLE, "path": LICENCE_ADDRESS}],
        "sources": [{"title": facts.work.author, "path": facts.address}],
        "contributors": [{"title": facts.work.author, "role": "publisher", "path": facts.site}],
        "resources": [_resource(table, counts[table.name]) for table in TABLES],
    }


def _resource(table: Table, count: int) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": str(table.label),
        "description": str(table.definition),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "rows": count,
        "schema": {
            "fields": [_field(table, column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": one.column,
                    # One that leads to its own table is written without its name.
                    "reference": {"resource": "" if one.table == table.name else one.table, "fields": one.of},
                }
                for one in table.references
            ],
        },
    }


def _field(table: Table, column: Column) -> Json:
    kind = {"type": "string"} if column.many else _TYPES.get(column.datatype, {"type": "string"})
    constraints: Json = {}
    if column.name in table.key:
        constraints["required"] = True
    if column.codelist and not column.many:
        constraints["enum"] = list(column.codelist.values)
    if column.datatype == "uncertain date" and not column.many:
        constraints["pattern"] = _UNCERTAIN
    return {
        "name": column.name,
        **kind,
        "title": str(column.label),
        "description": described(column),
        **({"constraints": constraints} if constraints else {}),
        **({"unit": str(column.unit)} if column.unit else {}),
        **({"codelist": column.codelist_name} if column.codelist else {}),
    }


def described(column: Column) -> str:
    """The definition, with the unit and that a cell may hold several."""
    words = [str(column.definition)]
    if column.unit:
        words.append(f"Unit: {column.unit}.")
    if column.many:
        words.append(f"A {column.holds}, joined by “; ”.")
    return " ".join(words)


def datasette(facts: Facts) -> Json:
    """`metadata.json`: what Datasette shows beside the tables."""
    tables = {table.sql_name: _shown(table) for table in TABLES}
    codelists: dict[str, type[DefinedChoices]] = {
        codelist_table(column.codelist): column.codelist
        for table in TABLES
        for column in table.columns
        if column.codelist and not column.many
    }
    for name, codelist in sorted(codelists.items()):
        tables[name] = {
            "title": codelist.__name__,
            "description": (codelist.__doc__ or "").strip(),
            "label_column": "label",
            "sort": "place",
            "hidden": codelist is DatePrecision,
        }
    about = {
        "title": f"{facts.title}, {facts.version}",
        "description": f"{facts.description} {plain(facts.work)}",
        "license": LICENCE_TITLE,
        "license_url": LICENCE_ADDRESS,
        "source": facts.work.author,
        "source_url": facts.address,
    }
    return {**about, "databases": {DATABASE.removesuffix(".sqlite"): {**about, "tables": tables}}}


def _shown(table: Table) -> Json:
    label = next((name for name in ("title", "name", "label") if any(one.name == name for one in table.columns)), "")
    return {
        "title": str(table.label),
        "description": str(table.definition),
        "columns": {column.name: described(column) for column in table.columns},
        **({"facets": list(table.facets)} if table.facets else {}),
        **({"label_column": label} if label else {}),
    }
