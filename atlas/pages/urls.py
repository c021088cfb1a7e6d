"""Addresses of lists, profiles, records and claims; in a record's, the number decides."""

from django.urls import URLPattern, URLResolver, include, path

from . import claim_views, record_views, site_views

_RECORDS = {
    "deposits": ("deposit", record_views.deposit),
    "projects": ("project", record_views.project),
    "partners": ("partner", record_views.partner),
    "sources": ("source", record_views.source),
    "publishers": ("publisher", record_views.publisher),
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("atlas.pages.list_urls")),
    path("", include("atlas.pages.profile_urls")),
    path("claims/<int:number>/", claim_views.claim, name="claim"),
    path("glossary/", site_views.glossary, name="glossary"),
]
for _folder, (_kind, _view) in _RECORDS.items():
    urlpatterns += [
        path(f"{_folder}/<int:number>-<str:slug>/", _view, name=_kind),
        path(f"{_folder}/<int:number>/", _view, name=f"{_kind}-by-number"),
    ]
