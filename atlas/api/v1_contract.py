"""The OpenAPI 3.1 document of the JSON API."""

from collections.abc import Mapping, Sequence
from typing import Any

from atlas.downloads.claim_columns import TABLE_NAMES, claim_columns
from atlas.downloads.package import RECORD_TABLES
from atlas.downloads.record_columns import record_columns
from atlas.downloads.selecting import LISTINGS
from atlas.downloads.tables import Column, in_english
from sources.models.claims import claim_kinds

from .ogc_contract import PROBLEM_SCHEMA, problem_responses

MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.1"
#: Grows when an answer changes in a way that a client could notice.
VERSION = "1.0.0"

_AS_OF = {
    "name": "as_of",
    "in": "query",
    "description": "The state of the record to answer from: a date, a moment, or a tick's number.",
    "schema": {"type": "string", "maxLength": 40},
    "example": "1",
}
_LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "Records a page; more than the most is the most.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
}
_OFFSET = {
    "name": "offset",
    "in": "query",
    "description": "Records to pass over; `next` carries it.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 2147483647, "default": 0},
}
_QUERY = {
    "name": "q",
    "in": "query",
    "description": "A name, in any script or transliteration.",
    "schema": {"type": "string", "maxLength": 100},
}
_SORT = {
    "name": "sort",
    "in": "query",
    "description": "A column of the site's list, with - before it for the other direction.",
    "schema": {"type": "string", "maxLength": 30},
}
_KIND = {
    "name": "kind",
    "in": "query",
    "description": "Kinds of claim; all without it.",
    "schema": {"type": "array", "items": {"type": "string", "enum": list(TABLE_NAMES)}},
    "style": "form",
    "explode": True,
}
_NUMBERS: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}
_WITHDRAWN = "It was withdrawn, or is suppressed for legal reasons"


def openapi(server: str, facets: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The document; `facets` are the property filters of each list."""
    number = {
        "name": "number",
        "in": "path",
        "required": True,
        "description": "The permanent number.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 2147483647},
        "example": 3001,
    }
    paths: dict[str, Any] = {
        "/": _get("landing", "What this is and where to go on", [_AS_OF], {"type": "object"}),
    }
    for kind, name in RECORD_TABLES.items():
        own = [_facet(facet) for facet in facets.get(name, ())]
        searching = [_QUERY, _SORT] if name in LISTINGS else []
        schema = _object(
            {"total": {"type": "integer"}, "records": _array_of(kind), "next": {"type": "string"}}, ["next"]
        )
        paths[f"/{name}"] = _get(
            name, f"A page of {name}", [_AS_OF, _LIMIT, _OFFSET, *searching, *own], schema
        )
    claims = {"type": "array", "items": {"oneOf": [_of(f"{kind}-claim") for kind in TABLE_NAMES]}}
    record = {"oneOf": [_of(kind) for kind in RECORD_TABLES]}
    paths["/records/{number}"] = _get(
        "record", "One record", [number, _AS_OF], _object({"record": record}), gone=True
    )
    paths["/records/{number}/claims"] = _get(
        "record-claims",
        "The claims in force about a record; of a source, those it states",
        [number, _AS_OF, _KIND],
        _object({"claims": claims}),
        gone=True,
    )
    paths["/records/{number}/points"] = _get(
        "record-points",
        "What the sources agree and differ on; claims by their numbers",
        [number, _AS_OF],
        _object({"points": {"type": "array", "items": _of("Point")}}),
        gone=True,
    )
    paths["/claims/{number}"] = _get(
        "claim",
        "One claim that is or once was public",
        [number, _AS_OF],
        _object({"claim": {"type": "object"}}),
        gone=True,
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Critical Minerals Atlas of Central Asia",
            "version": VERSION,
            "description": "Records, claims and points, as of any moment, with their sources.",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _schemas() -> dict[str, Any]:
    kinds = claim_kinds()
    point = {
        "point": {"type": "string"},
        "kind": {"type": "string"},
        "headline": _NUMBERS,
        "preferred_because": {"type": ["string", "null"]},
        "disagrees": {"type": "boolean"},
        "voices": {"type": "integer"},
        "comparisons": {"type": "array", "items": _of("Comparison")},
    }
    comparison = {
        "disagrees": {"type": "boolean"},
        "voices": {"type": "integer"},
        "agreements": {"type": "array", "items": _of("Agreement")},
        "earlier": _NUMBERS,
    }
    agreement = {"claims": _NUMBERS, "echoes": _NUMBERS, "voices": {"type": "integer"}}
    return {
        "Problem": PROBLEM_SCHEMA,
        "Point": _whole_object(point),
        "Comparison": _whole_object(comparison),
        "Agreement": _whole_object(agreement),
        **{kind: _row(record_columns([kind]), {"kind": kind}) for kind in RECORD_TABLES},
        **{f"{kind}-claim": _row(claim_columns(kinds[kind]), {"kind": kind}) for kind in TABLE_NAMES},
    }


def _row(columns: Sequence[Column], constants: Mapping[str, str]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        column.name: {
            "type": [{"date": "string"}.get(column.type, column.type), "null"],
            "description": in_english(column.note),
        }
        for column in columns
    }
    properties |= {name: {"const": value} for name, value in constants.items()}
    return _whole_object(properties)


def _whole_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": sorted(properties), "properties": properties}


def _object(properties: dict[str, Any], optional: Sequence[str] = ()) -> dict[str, Any]:
    """An answer: the moment, and what was asked for."""
    moment = {"as_of_tick": {"type": "integer"}, "as_of": {"type": "string", "format": "date-time"}}
    whole = _whole_object({**moment, **properties})
    whole["required"] = [name for name in whole["required"] if name not in optional]
    return whole


def _of(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _array_of(schema: str) -> dict[str, Any]:
    return {"type": "array", "items": _of(schema)}


def _facet(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "description": f"As the list's own filter {name!r}; repeated values are alternatives.",
        "schema": {"type": "array", "items": {"type": "string", "maxLength": 60}, "maxItems": 20},
        "style": "form",
        "explode": True,
    }


def _get(
    name: str, summary: str, parameters: Sequence[Any], schema: dict[str, Any], gone: bool = False
) -> dict[str, Any]:
    ok = {"description": summary, "content": {"application/json": {"schema": schema}}}
    problems = problem_responses()
    if gone:
        problems["410"] = {**problems["404"], "description": _WITHDRAWN}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {"200": ok, **problems},
        }
    }
