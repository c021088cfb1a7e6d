"""What the public site's house adds to the editors' desk."""

from typing import Any

from django.contrib import admin

from .dossier import desk as dossiers
from .health import desk as health


def _with_pages(urls: Any) -> Any:
    """The desk's addresses, these pages first."""

    def get_urls() -> list[Any]:
        return [*dossiers.pages(), *health.pages(), *urls()]

    return get_urls


admin.site.get_urls = _with_pages(admin.site.get_urls)  # type: ignore[method-assign]
