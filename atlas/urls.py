"""The site's addresses. Public pages carry their language first: ``/en/``, ``/ru/``."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    *i18n_patterns(prefix_default_language=True),
]
