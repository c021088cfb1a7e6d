"""A small dossier, whole and right, for tests to spoil: one deposit, one project, two sources."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SMALL: dict[str, Any] = {
    "region": {"id": 6, "names": {"en": "Central Asia", "ru": "Центральная Азия"}},
    "countries": [
        {"id": 1, "iso2": "KZ", "iso3": "KAZ", "names": {"en": "Kazakhstan", "ru": "Казахстан"}},
    ],
    "minerals": [
        {
            "id": 134,
            "slug": "tin",
            "names": {"en": "tin", "ru": "олово"},
            "symbol": "Sn",
            "group": "base metals",
            "us_critical_2022": "yes",
        },
    ],
    "publishers": [{"id": 1001, "name": "Kursiv", "country": "KZ"}],
    "sources": [
        {
            "id": 5001,
            "key": "kursiv-tin",
            "title": "Tin of the north",
            "publisher": "Kursiv",
            "published": "2025-04-02",
            "url": "https://example.org/tin",
            "language": "en",
            "kind": "news",
            "accessed": "2026-01",
        },
        {
            "id": 5002,
            "key": "survey-tin",
            "title": "Tin, an inventory",
            "publisher": "Geological survey",
            "url": "https://example.org/survey",
            "language": "en",
            "kind": "report",
        },
    ],
    "partners": [
        {"id": 2001, "key": "tin-one", "name": "Tin One Mining", "kind": "company", "country": "KZ"},
        {"id": 2002, "key": "north-fund", "name": "North Fund", "kind": "bank", "country": "KZ"},
    ],
    "deposits": [
        {
            "id": 3001,
            "key": "syrymbet",
            "name": "Syrymbet",
            "aliases": [{"name": "Сырымбет", "language": "ru"}],
            "country": "KZ",
            "region": "North Kazakhstan",
            "locations": [
                {
                    "claim": "syrymbet.location.1",
                    "latitude": 53.4,
                    "longitude": 68.2,
                    "precision": "site",
                    "source": "survey-tin",
                }
            ],
            "minerals": [
                {"claim": "syrymbet.mineral.1", "mineral": "tin", "role": "main", "source": "survey-tin"},
            ],
            "estimates": [
                {
                    "claim": "syrymbet.estimate.1",
                    "mineral": "tin",
                    "quantity": 375050,
                    "unit": "t",
                    "basis": "contained metal",
                    "category": "resources",
                    "as_of": "2025-04",
                    "source": "kursiv-tin",
                }
            ],
        }
    ],
    "projects": [
        {
            "id": 4001,
            "key": "syrymbet-mine",
            "name": "Syrymbet mine",
            "kind": "mine",
            "country": "KZ",
            "deposits": ["syrymbet"],
            "stages": [
                {
                    "claim": "syrymbet-mine.stage.1",
                    "stage": "feasibility",
                    "as_of": "2025-04",
                    "source": "kursiv-tin",
                }
            ],
            "involvements": [
                {
                    "claim": "syrymbet-mine.involvement.1",
                    "partner": "tin-one",
                    "role": "owner",
                    "share_percent": 60,
                    "source": "kursiv-tin",
                }
            ],
            "investments": [
                {
                    "claim": "syrymbet-mine.investment.1",
                    "amount": 500000000,
                    "currency": "USD",
                    "status": "announced",
                    "minerals": ["tin"],
                    "partners": ["north-fund"],
                    "source": "kursiv-tin",
                }
            ],
        }
    ],
    "country_facts": [
        {
            "claim": "KZ.fact.1",
            "country": "KZ",
            "topic": "reserves",
            "mineral": "tin",
            "statement": "The country holds tin.",
            "statement_ru": "В стране есть олово.",
            "source": "kursiv-tin",
        }
    ],
    "findings": [
        {
            "claim": "syrymbet.finding.1",
            "subject": "deposit:syrymbet",
            "topic": "water",
            "direction": "negative",
            "statement": "Villagers fear for their wells.",
            "source": "kursiv-tin",
        }
    ],
}


def small() -> dict[str, Any]:
    """The small dossier, to be changed at will."""
    return copy.deepcopy(SMALL)


def row(document: dict[str, Any], path: str) -> Any:
    """The part of a document at a path such as "deposits.0.estimates.0"."""
    found: Any = document
    for step in path.split("."):
        found = found[int(step)] if step.isdigit() else found[step]
    return found


def written(directory: Path, document: Any, name: str = "small.json") -> Path:
    """The document as a file."""
    path = directory / name
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def claims_in(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every claim row of a document."""
    for record in (*document["deposits"], *document["projects"], *document["partners"]):
        for rows in record.values():
            if isinstance(rows, list):
                yield from (claim for claim in rows if isinstance(claim, dict) and "claim" in claim)
    yield from (*document["country_facts"], *document["findings"])
