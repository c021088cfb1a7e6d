"""Addresses of the lists."""

from django.urls import path

from . import lists

urlpatterns = [
    path("deposits/", lists.deposits, name="deposits"),
    path("projects/", lists.projects, name="projects"),
    path("partners/", lists.partners, name="partners"),
    path("sources/", lists.sources, name="sources"),
]
