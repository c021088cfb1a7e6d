"""Addresses without a language: the script of host pages, and oEmbed, which is told a page's address."""

from django.urls import path

from . import oembed, views

urlpatterns = [
    path("embed.js", views.script, name="embed-script"),
    path("oembed", oembed.oembed, name="oembed"),
]
