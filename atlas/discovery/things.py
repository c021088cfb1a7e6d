"""Records as schema.org things: a deposit is a Place, a partner an Organization, a project a Project."""

from typing import Any

from atlas.addresses import permalink
from atlas.downloads.explaining import LICENCE
from atlas.downloads.record_columns import KINDS
from atlas.published.snapshot import Snapshot
from deposits.models import Deposit, Location
from partners.models import Partner
from projects.models import Project
from sources.models import Record, Source

_TYPES = {
    "country": "Country",
    "mineral": "DefinedTerm",
    "deposit": "Place",
    "project": "Project",
    "partner": "Organization",
    "publisher": "Organization",
    "source": "CreativeWork",
}


def thing(snapshot: Snapshot, record: Record, site: str) -> dict[str, Any] | None:
    """A record in the words of schema.org; None for kinds that have no page of their own."""
    if record.kind not in KINDS:
        return None
    names = [name.text for name in record.all_names if name.text != record.name]
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES[record.kind],
        "@id": site + permalink(record),
        "identifier": record.pk,
        "name": record.name,
        "alternateName": names,
        "url": site + permalink(record),
        **_position(snapshot, record),
        **_own(snapshot, record, site),
    }
    if not isinstance(record, Source):
        document["subjectOf"] = {
            "@type": "WebPage",
            "url": site + permalink(record),
            "license": LICENCE,
            "isPartOf": {"@type": "Dataset", "url": f"{site}/en/data/"},
        }
    return {name: value for name, value in document.items() if value not in (None, "", [])}


def claim(claim: Any, text: str, site: str) -> dict[str, Any]:
    """A claim with the publication that states it."""
    source = claim.source
    appearance = {
        "@type": "CreativeWork",
        "name": source.name,
        "url": source.url,
        "datePublished": source.published or None,
        "publisher": {"@type": "Organization", "name": source.publisher.name} if source.publisher else None,
    }
    return {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": f"{site}/c/{claim.pk}",
        "text": text,
        "about": {"@id": site + permalink(claim.subject)} if claim.subject.kind in KINDS else None,
        "appearance": {name: value for name, value in appearance.items() if value},
    }


def _position(snapshot: Snapshot, record: Record) -> dict[str, Any]:
    """Coordinates only where the site is known: a district's middle is no place to send anybody to."""
    place = snapshot.places.get(record.pk)
    exact = (Location.Precision.EXACT, Location.Precision.SITE)
    if place is None or place.precision not in exact:
        return {}
    point = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    if isinstance(record, Project):
        return {"location": {"@type": "Place", "geo": point}}
    return {"geo": point}


def _own(snapshot: Snapshot, record: Record, site: str) -> dict[str, Any]:
    if isinstance(record, Deposit):
        return {"containedInPlace": [_country(country) for country in snapshot.countries_of(record)]}
    if isinstance(record, Project):
        numbers = dict.fromkeys(number for number, _role in snapshot.involvements.get(record.pk, []))
        members = [snapshot.records[number] for number in numbers if number in snapshot.records]
        return {
            "areaServed": [_country(country) for country in snapshot.countries_of(record)],
            "member": [
                {"@type": "Organization", "@id": site + permalink(m), "name": m.name} for m in members
            ],
        }
    if isinstance(record, Partner):
        return {"sameAs": record.website, "address": record.country}
    if isinstance(record, Source):
        return {"sameAs": record.url, "datePublished": record.published, "inLanguage": record.language}
    return {}


def _country(country: Any) -> dict[str, str]:
    return {"@type": "Country", "name": country.name, "identifier": country.iso2}
