"""The OpenAPI 3.0 document of the features; each collection has paths of its own, which GDAL looks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from atlas import __version__

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
OPENAPI_30 = "application/vnd.oai.openapi+json;version=3.0"
_GEOJSON = "application/geo+json"

_FORMAT = {
    "name": "f",
    "in": "query",
    "description": "The format; without it, by the Accept header.",
    "schema": {"type": "string", "enum": ["json", "html"]},
}
_AS_OF = {
    "name": "as_of",
    "in": "query",
    "description": "The state of the record to answer from: a date, a moment, or a tick's number.",
    "schema": {"type": "string", "maxLength": 40},
    "example": "1",
}
_DATETIME = {
    "name": "datetime",
    "in": "query",
    "description": "The same as a date or moment (RFC 3339); of an interval, the state at its end.",
    "schema": {"type": "string", "maxLength": 80},
}
_BBOX = {
    "name": "bbox",
    "in": "query",
    "description": "west,south,east,north in degrees (CRS84); records without a place lie in none.",
    "schema": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6},
    "style": "form",
    "explode": False,
    "example": [66, 36, 76, 42],
}
_LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "Features a page; more than the most is the most.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 10000, "default": 100},
    "style": "form",
    "explode": False,
}
_OFFSET = {
    "name": "offset",
    "in": "query",
    "description": "Features to pass over; links to next pages carry it.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 2147483647, "default": 0},
}
_NAME = {
    "name": "q",
    "in": "query",
    "description": "A name, in any script or transliteration.",
    "schema": {"type": "string", "maxLength": 100},
}
_PROBLEMS = {
    "400": "What is wrong with the request",
    "404": "There is no such thing, or was none at that moment",
    "405": "The API is read-only",
    "429": "Too many requests",
    "503": "Too many past moments at once",
}


def openapi(server: str, filters: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The document; `filters` are the property filters of each collection, `q` among them."""
    paths: dict[str, Any] = {
        "/": _get("landing", "What this is and where to go on", [_FORMAT]),
        "/conformance": _get("conformance", "What the API conforms to", [_FORMAT]),
        "/api": _get("definition", "This document", [_FORMAT], OPENAPI_30),
        "/collections": _get("collections", "The collections", [_FORMAT, _AS_OF]),
    }
    for name, own in filters.items():
        chosen = [_NAME if each == "q" else _filter(each) for each in own]
        items = [_BBOX, _DATETIME, _AS_OF, _LIMIT, _OFFSET, *chosen, _FORMAT]
        path = f"/collections/{name}"
        paths[path] = _get(f"{name}-collection", f"The collection of {name}", [_FORMAT, _AS_OF])
        paths[f"{path}/items"] = _get(f"{name}-items", f"A page of {name}", items, _GEOJSON)
        paths[f"{path}/items/{{featureId}}"] = _get(
            f"{name}-item", f"One of the {name}", [_FEATURE_ID, _DATETIME, _AS_OF, _FORMAT], _GEOJSON
        )
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Critical Minerals Atlas of Central Asia: features",
            "version": __version__,
            "description": (
                "OGC API – Features Part 1 over deposits, projects and reference sites, as of any moment."
            ),
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": {"Problem": PROBLEM_SCHEMA}},
    }


PROBLEM_SCHEMA = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}
_FEATURE_ID = {
    "name": "featureId",
    "in": "path",
    "required": True,
    "description": "The record's permanent number.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 2147483647},
    "example": 3001,
}


def _filter(facet: str) -> dict[str, Any]:
    return {
        "name": facet,
        "in": "query",
        "description": f"As the list's own filter {facet!r}; repeated values are alternatives.",
        "schema": {"type": "array", "items": {"type": "string", "maxLength": 60}, "maxItems": 20},
        "style": "form",
        "explode": True,
    }


def _get(
    name: str, summary: str, parameters: Sequence[Any], media_type: str = "application/json"
) -> dict[str, Any]:
    html = {"text/html": {"schema": {"type": "string"}}}
    ok = {"description": summary, "content": {media_type: {"schema": {"type": "object"}}, **html}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {"200": ok, **problem_responses()},
        }
    }


def problem_responses() -> dict[str, Any]:
    """What an operation may answer besides 200."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": text, "content": {"application/problem+json": {"schema": schema}}}
        for status, text in _PROBLEMS.items()
    }
