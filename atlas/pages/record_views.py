"""Pages of single records: find the record, settle its address, compose, render."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from atlas import addresses
from atlas.moments import published
from sources.models import Record

from . import publications, records
from .names import spellings

#: Browsers may follow a moved record's redirect this long without asking, in seconds: a merge can be undone.
REDIRECT_AGE = 60

Compose = Callable[..., Any]


def record_view(
    kind: str, compose: Compose, template: str, in_parts: bool = False
) -> Callable[..., HttpResponse]:
    """A view of records of one kind: /deposits/42-kuirektykol/, where 42 decides.

    Another slug, and a merged record, redirect for good (301); a withdrawn record answers 410 with its note.
    Pages `in_parts` are told which one the address asks for with `?page=`.
    """

    @published
    def view(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
        moment = request.moment  # type: ignore[attr-defined]
        found = settled(request, kind, number, slug)
        if isinstance(found, HttpResponse):
            return found
        part = [request.GET.get("page", "")] if in_parts else []
        context = {
            "page": compose(moment.snapshot, found, *part),
            "record": found,
            "spellings": spellings(found),
            "permalink": addresses.permalink(found) + moment.suffix,
        }
        return render(request, template, context)

    return view


def settled(request: HttpRequest, kind: str, number: int, slug: str) -> Record | HttpResponse:
    """The standing record at this address, or the answer that leads to it. Raises Http404.

    Country and mineral profiles use it as well.
    """
    snapshot = request.moment.snapshot  # type: ignore[attr-defined]
    record = snapshot.record(number)
    if record is None or record.kind != kind:
        raise Http404
    standing = snapshot.standing(record)
    if standing is record and record.withdrawn_because:
        return render(request, "records/withdrawn.html", {"record": record}, status=410)
    if standing is not record or slug != record.slug:
        query = request.META.get("QUERY_STRING", "")
        moved = HttpResponsePermanentRedirect(addresses.address(standing, f"?{query}" if query else ""))
        patch_cache_control(moved, public=True, max_age=REDIRECT_AGE)
        return moved
    return record


deposit = record_view("deposit", records.deposit_page, "records/deposit.html")
project = record_view("project", records.project_page, "records/project.html")
partner = record_view("partner", records.partner_page, "records/partner.html")
source = record_view("source", publications.source_page, "records/source.html", in_parts=True)
publisher = record_view("publisher", publications.publisher_page, "records/publisher.html")
