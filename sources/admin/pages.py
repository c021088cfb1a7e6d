"""Pages of the desk that belong to no single kind of record or claim."""

from typing import Any

from django.contrib import admin
from django.urls import path

from . import duplicates, importing, page_texts
from .typed_fields import read_typed


def with_pages(urls: Any) -> Any:
    """The desk's addresses, these pages first."""

    def get_urls() -> list[Any]:
        guarded = admin.site.admin_view
        typed = path("read-typed/", guarded(read_typed), name="read_typed")
        return [typed, *duplicates.pages(), *importing.pages(), *page_texts.pages(), *urls()]

    return get_urls
