"""The API in the words of OpenAPI 3.1, made of the same tables that answer."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.openapi import AutoSchema

from commitments import parameters
from commitments.api.asked import (
    CURSOR,
    CURSOR_PATTERN,
    DEFAULT_SIZE,
    FIELDS,
    MOST,
    OF_A_LIST,
    OF_A_PAGE,
    PAGE_SIZE,
)
from commitments.api.collections import Collection
from commitments.entries import OWN
from commitments.exports.column import Column
from commitments.exports.shape import Shape
from commitments.filters import MOMENTS, CommitmentFilter

type Schema = dict[str, Any]
type Operation = dict[str, Any]


class TableSchema(AutoSchema):
    """The description that a view makes of its own tables."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Any:
        return self.view.operation()


_DATE = r"^[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_YES_NO = ["1", "0", "true", "false", "yes", "no", "on", "off"]
_TYPES: dict[str, Schema] = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
}
_PROBLEM = {"$ref": "#/components/schemas/problem"}
_ANSWERS = {
    "200": gettext_lazy("Here it is."),
    "301": gettext_lazy("It was merged into another, at Location."),
    "304": gettext_lazy("You have it already: the ETag that you sent holds."),
    "400": gettext_lazy("A parameter is unknown or malformed; `errors` names it."),
    "404": gettext_lazy("There is nothing at this address."),
    "406": gettext_lazy("Only application/json is given."),
    "410": gettext_lazy("It was retracted."),
    "429": gettext_lazy("Too many requests from your network address: wait as many seconds as Retry-After says."),
}


def of_list(collection: Collection) -> Operation:
    """A page of a collection."""
    schema = {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "additionalProperties": False,
        "properties": {
            "count": {"type": "integer", "description": _("How many rows all pages together have.")},
            "next": {"type": ["string", "null"], "description": _("The address of the next page.")},
            "previous": {"type": ["string", "null"], "description": _("The address of the page before.")},
            "results": {"type": "array", "items": _ref(collection.shape)},
        },
    }
    asked = [*(parameter(name) for name in collection.takes), *of_a_page(collection.shape)]
    examples = [f"/api/v1/{collection.name}/{query}" for query in collection.examples]
    return _operation(f"list_{collection.name}", collection.summary, asked, schema, ["304", "400"], examples)


def of_one(collection: Collection) -> Operation:
    """One record of a collection."""
    shape = collection.shape
    schema: Schema = _ref(shape)
    if collection.nested:
        further = {one.name: {"type": "array", "items": _ref(one.shape)} for one in collection.nested}
        schema = object_of(shape.columns, further)
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "description": next(str(column.definition) for column in shape.columns if column.name == collection.key),
        "schema": {"type": "string", "pattern": f"^{collection.key_pattern}$"},
    }
    moments = [parameter(name) for name in MOMENTS] if collection.takes else []
    asked = [key, *moments, _fields([*shape_names(shape), *(one.name for one in collection.nested)])]
    answers = ["301", "304", "400", "404", "410"] if collection.nested else ["304", "400", "404"]
    examples = [f"/api/v1/{collection.name}/{{key}}/{collection.example_of_one}"]
    summary = _("One of them: %(what)s") % {"what": shape.label}
    return _operation(f"get_{collection.name}", summary, asked, schema, answers, examples)


def of_facets() -> Operation:
    """The counts behind the filters of the list."""
    schema = {
        "type": "object",
        "required": ["count", "facets"],
        "properties": {
            "count": {"type": "integer"},
            "facets": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["parameter", "label", "choices"],
                    "properties": {
                        "parameter": {"type": "string"},
                        "label": {"type": "string"},
                        "choices": {"type": "array", "items": {"$ref": "#/components/schemas/choice"}},
                    },
                },
            },
        },
    }
    asked = [parameter(name) for name in OF_A_LIST]
    summary = _("How many commitments every choice of every filter would give")
    examples = ["/api/v1/facets/?status_group=open"]
    return _operation("list_facets", summary, asked, schema, ["304", "400"], examples)


def _operation(
    name: str, summary: object, asked: list[Schema], schema: Schema, answers: Iterable[str], examples: list[str]
) -> Operation:
    responses: dict[str, Any] = {
        "200": {"description": str(_ANSWERS["200"]), "content": {"application/json": {"schema": schema}}}
    }
    for answer in (*answers, "406", "429"):
        responses[answer] = {"description": str(_ANSWERS[answer])}
        if answer != "304":
            responses[answer]["content"] = {"application/json": {"schema": _PROBLEM}}
    return {
        "operationId": name.replace("-", "_"),
        "summary": str(summary),
        "tags": [name.partition("_")[2]],
        "parameters": asked,
        "responses": dict(sorted(responses.items())),
        "x-examples": examples,
    }


def parameter(name: str) -> Schema:
    """A parameter of the list, or of its entries."""
    if name in OWN:
        label, codelist = OWN[name]
        return _query(name, str(label), {"type": "string", "enum": list(codelist.values)})
    one = CommitmentFilter.base_filters[name]
    field = one.field
    return _query(name, str(one.label), _schema_of(field, name), many=field.many)


def _schema_of(field: parameters.ParameterField, name: str) -> Schema:
    if isinstance(field, parameters.CodesField):
        schema: Schema = {"type": "string", "enum": list(field.codes)}
    elif isinstance(field, parameters.YesNoField):
        schema = {"type": "string", "enum": _YES_NO}
    elif isinstance(field, parameters.DateField):
        schema = {"type": "string", "pattern": _DATE}
    else:
        schema = {"type": "string", "minLength": 1, "maxLength": parameters.MAX_TEXT_LENGTH}
    if name == "country":
        schema = {"type": "string", "pattern": "^[A-Za-z]{2}$"}
    if not field.many:
        return schema
    return {"type": "array", "items": schema, "minItems": 1, "maxItems": parameters.MAX_VALUES}


def _query(name: str, description: str, schema: Schema, *, many: bool = False) -> Schema:
    found = {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
    return {**found, "style": "form", "explode": True} if many else found


def of_a_page(shape: Shape) -> list[Schema]:
    """What every list takes."""
    pieces = {
        CURSOR: _query(
            CURSOR,
            _("Where the page begins: take it from “next”."),
            {"type": "string", "pattern": f"^{CURSOR_PATTERN}$"},
        ),
        PAGE_SIZE: _query(
            PAGE_SIZE,
            _("How many rows a page has."),
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_SIZE},
        ),
        FIELDS: _fields(shape_names(shape)),
    }
    return [pieces[name] for name in OF_A_PAGE]


def shape_names(shape: Shape) -> list[str]:
    return [column.name for column in shape.columns]


def _fields(names: list[str]) -> Schema:
    schema = {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1}
    asked = _query(FIELDS, _("The fields to give, separated by commas; all unless said."), schema)
    return {**asked, "style": "form", "explode": False}


def _ref(shape: Shape) -> Schema:
    return {"$ref": f"#/components/schemas/{shape.name}"}


def components(shapes: Iterable[Shape]) -> Schema:
    """The rows of every shape, and a problem."""
    choice = {
        "type": "object",
        "required": ["value", "label", "count", "selected", "choices"],
        "properties": {
            "value": {"type": "string"},
            "label": {"type": "string"},
            "count": {"type": "integer"},
            "selected": {"type": "boolean"},
            "choices": {"type": "array", "items": {"$ref": "#/components/schemas/choice"}},
        },
    }
    said = {"type": "array", "items": {"type": "string"}}
    problem = {
        "type": "object",
        "required": ["detail"],
        "properties": {"detail": {"type": "string"}, "errors": {"type": "object", "additionalProperties": said}},
    }
    return {**{shape.name: object_of(shape.columns) for shape in shapes}, "choice": choice, "problem": problem}


def object_of(columns: Iterable[Column], further: Schema | None = None) -> Schema:
    """A row: no field is required, as a request may ask for some alone."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**{column.name: _cell(column) for column in columns}, **(further or {})},
    }


def _cell(column: Column) -> Schema:
    one = dict(_TYPES.get(column.datatype, {"type": "string"}))
    one["type"] = [one["type"], "null"]
    if column.codelist:
        one["enum"] = [*column.codelist.values, "", None]
    schema = {"type": "array", "items": one} if column.many else one
    return {**schema, "title": str(column.label), "description": str(column.definition)}
