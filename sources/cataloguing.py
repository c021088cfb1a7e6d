"""From an address to a source: what is known already, what the page says, who published it, a dated copy."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from .bibliography import address_of, describe_number
from .fetching import FetchRefused, check_address, fetch
from .folding import fold
from .links import ask_to_archive, find_archived
from .models import Name, Publisher, Source
from .publication_page import Description, describe, same_publication


@dataclass(frozen=True)
class Offer:
    """What the desk offers for an address that an editor pasted."""

    address: str
    #: Sources that stand for this address already; then nothing was fetched or needs entering.
    existing: list[Source] = field(default_factory=list)
    #: Sources with this very title elsewhere: the same one, or the original of this copy.
    same_title: list[Source] = field(default_factory=list)
    description: Description = field(default_factory=Description)
    publisher: Publisher | None = None
    #: Why the page could not be read, in words; "" if it was.
    problem: str = ""


def look_up(address: str) -> Offer:
    """What is known of an address, a DOI or an ISBN, and what a catalogue or its page says.

    Raises FetchRefused for what is none of these.
    """
    address = check_address(address_of(address))
    existing = standing_for(address)
    if existing:
        return Offer(address, existing)
    told = describe_number(address)
    if told:
        return Offer(
            address,
            same_title=same_publication(address, told.title),
            description=told,
            publisher=publisher_called(told.publisher),
        )
    try:
        page = fetch(address)
        description = describe(page)
    except FetchRefused as refusal:
        return Offer(address, publisher=publisher_of(address), problem=str(refusal))
    existing = standing_for(page.address)
    if existing:
        return Offer(address, existing)
    same_title = same_publication(address, description.title) if description.title else []
    publisher = publisher_of(address, description.publisher)
    return Offer(address, [], same_title, description, publisher)


def standing_for(address: str) -> list[Source]:
    """Sources with the same address, but for what differs between two links to one page, or the same DOI."""
    return same_publication(address)


def publisher_of(address: str, name: str = "") -> Publisher | None:
    """The publisher whose other sources are at the same host, else the one of that name in any spelling.

    What lies behind a DOI's or an ISBN's address has publishers of every name.
    """
    if address.startswith((settings.DOI_ADDRESS, settings.ISBN_ADDRESS)):
        return publisher_called(name)
    host = _host(address)
    for source in Source.objects.filter(url__icontains=host).select_related("publisher").order_by("pk"):
        if host and _host(source.url) == host:
            return source.publisher
    return publisher_called(name)


def publisher_called(name: str) -> Publisher | None:
    """The publisher of that name, or of which it is a spelling, in any script."""
    key = fold(name)
    if not key:
        return None
    for publisher in Publisher.objects.filter(merged_into__isnull=True).order_by("pk"):
        if fold(publisher.name) == key:
            return publisher
    alias = Name.objects.filter(search_key=key, record__kind=Publisher.KIND).order_by("pk").first()
    return Publisher.objects.get(pk=alias.record_id) if alias else None


def keep_copy(source: Source) -> str:
    """Find a dated copy in the archive, or ask for one, and keep its address; "" if there is none.

    Raises FetchRefused where the archive cannot be reached.
    """
    copy = find_archived(source.url) or ask_to_archive(source.url)
    if copy:
        Source.objects.filter(pk=source.pk).update(archive_url=copy)
    return copy


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.").removeprefix("m.")
