"""Pages of the desk that belong to no single kind of record or claim."""

from typing import Any

from django.contrib import admin
from django.urls import path

from . import activity, duplicates, field_terms, importing, page_texts
from .typed_fields import read_typed


def with_pages(urls: Any) -> Any:
    """The desk's addresses, these pages first."""

    def get_urls() -> list[Any]:
        guarded = admin.site.admin_view
        typed = path("read-typed/", guarded(read_typed), name="read_typed")
        rooms = (activity, duplicates, importing, page_texts, field_terms)
        return [typed, *(page for room in rooms for page in room.pages()), *urls()]

    return get_urls
