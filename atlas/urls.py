"""The site's addresses. Public pages carry their language first: ``/en/``, ``/ru/``."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

handler400 = "atlas.errors.bad_request"
handler403 = "atlas.errors.forbidden"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include("atlas.pages.short_urls")),
    path("api/", include("atlas.api.urls")),
    path("", include("atlas.discovery.urls")),
    path("", include("atlas.embeds.neutral_urls")),
    *i18n_patterns(
        # First, because the map asks most often and each include before it is looked through.
        path("", include("atlas.map.urls")),
        path("", include("atlas.citing.urls")),
        path("", include("atlas.changes.urls")),
        path("", include("atlas.feeds.urls")),
        path("", include("atlas.embeds.urls")),
        path("", include("atlas.previews.urls")),
        path("", include("atlas.charts.urls")),
        path("", include("atlas.search.urls")),
        path("", include("atlas.about.urls")),
        path("", include("atlas.health.urls")),
        path("", include("atlas.suggesting.urls")),
        path("", include("atlas.downloads.urls")),
        path("", include("atlas.pages.urls")),
        prefix_default_language=True,
    ),
]
