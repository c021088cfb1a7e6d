"""The atlas as a dataset: for search engines (schema.org) and for data catalogues (DCAT 3)."""

from typing import Any

from atlas.downloads.explaining import LICENCE, TITLE
from atlas.downloads.files import FORMATS
from atlas.downloads.tables import moment_text
from atlas.published.snapshot import Snapshot

_DESCRIPTION = (
    "Deposits, projects and partners of critical raw materials in Central Asia: what each source says, who "
    "agrees and who differs. Every value names its source; quantities that differ stand beside each other."
)
_KEYWORDS = ["critical raw materials", "mineral deposits", "mining projects", "Central Asia", "rare earths"]
_COVERED = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]


def schema_org(snapshot: Snapshot, site: str, files: dict[str, str]) -> dict[str, Any]:
    """A schema.org Dataset; `files` are the addresses of its files by media type."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TITLE,
        "description": _DESCRIPTION,
        "url": f"{site}/en/data/",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "version": str(snapshot.tick),
        "dateModified": moment_text(snapshot.at),
        "keywords": _KEYWORDS,
        "spatialCoverage": [{"@type": "Country", "name": name} for name in _COVERED],
        "creator": {"@type": "Organization", "name": TITLE, "url": f"{site}/"},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type}
            for media_type, address in files.items()
        ],
    }


def dcat(snapshot: Snapshot, site: str, files: dict[str, str]) -> dict[str, Any]:
    """A DCAT 3 dataset with its files and services (https://www.w3.org/TR/vocab-dcat-3/), as JSON-LD."""
    licence = {"@id": LICENCE}
    distributions = [
        {
            "@type": "dcat:Distribution",
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
            "dcterms:license": licence,
        }
        for media_type, address in files.items()
    ]
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcterms": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{site}/en/data/",
        "@type": "dcat:Dataset",
        "dcterms:title": {"@value": TITLE, "@language": "en"},
        "dcterms:description": {"@value": _DESCRIPTION, "@language": "en"},
        "dcterms:license": licence,
        "dcterms:modified": {"@value": moment_text(snapshot.at), "@type": "xsd:dateTime"},
        "dcterms:language": ["en", "ru"],
        "dcat:version": str(snapshot.tick),
        "dcat:keyword": _KEYWORDS,
        "dcat:landingPage": {"@id": f"{site}/en/data/"},
        "dcat:distribution": [
            *distributions,
            {
                "@type": "dcat:Distribution",
                "dcterms:license": licence,
                "dcat:accessURL": {"@id": f"{site}/api/features/"},
                "dcat:accessService": {
                    "@type": "dcat:DataService",
                    "dcterms:title": "OGC API – Features",
                    "dcterms:conformsTo": {
                        "@id": "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
                    },
                    "dcat:endpointURL": {"@id": f"{site}/api/features/"},
                    "dcat:endpointDescription": {"@id": f"{site}/api/features/api"},
                },
            },
        ],
    }


def files_of(site: str, language: str) -> dict[str, str]:
    """The addresses of the whole record's files, by media type."""
    at = f"{site}/{language}/data"
    whole = {
        FORMATS[ending].media_type.partition(";")[0]: f"{at}/everything.{ending}"
        for ending in ("gpkg", "xlsx", "json")
    }
    return {"application/zip": f"{at}/package.zip", **whole}
