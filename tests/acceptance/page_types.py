"""One address of every type of public page, of the real record."""

from dataclasses import dataclass

from django.utils.translation import override

from atlas.addresses import address
from atlas.published.keeper import keeper
from sources.models import Claim, Record

#: Pages whose addresses are the same whatever the record holds, without their language.
PLAIN = (
    "",
    "countries/",
    "minerals/",
    "deposits/",
    "projects/",
    "partners/",
    "sources/",
    "search/",
    "search/?q=Куйректыколь",
    "near/",
    "near/?q=Ayni",
    "corrections/",
    "feeds/",
    "health-of-the-record/",
    "health-of-the-record/disputed/",
    "map/embed/",
    "embed/map/",
    "glossary/",
    "about/",
    "methodology/",
    "privacy/",
)
#: Pages that belong to a record, below its own address.
OF_A_RECORD = ("", "cite/", "changes/", "embed/")
#: Of each kind of record, the one that is looked at, by the beginning of its name.
NAMED = {
    "country": "Tajikistan",
    "mineral": "antimony",
    "deposit": "Kuirektykol",
    "project": "Secure Critical Raw Materials",
    "partner": "TALCO Gold",
    "source": "Tajikistan to become first CIS country",
    "publisher": "Asia-Plus",
}


@dataclass(frozen=True)
class Pages:
    """Addresses of public pages in one language."""

    plain: list[str]
    records: list[str]
    claims: list[str]

    @property
    def all(self) -> list[str]:
        return [*self.plain, *self.records, *self.claims]


def named(kind: str) -> Record:
    """The record of a kind that these tests look at."""
    return next(
        record
        for record in keeper.newest().records.values()
        if record.kind == kind and record.name.startswith(NAMED[kind])
    )


def pages(language: str) -> Pages:
    """Every type of page once, records' own pages and those below them for each kind of record."""
    with override(language):
        records = [address(named(kind)) + part for kind in NAMED for part in OF_A_RECORD]
    claim = Claim.objects.order_by("pk").values_list("pk", flat=True)[0]
    return Pages(
        plain=[f"/{language}/{path}" for path in PLAIN],
        records=records,
        claims=[f"/{language}/claims/{claim}/", f"/{language}/claims/{claim}/cite/"],
    )
