from django.urls import URLPattern, path

from .views import page

urlpatterns: list[URLPattern] = [
    path("about/", page, {"name": "about"}, name="about"),
    path("methodology/", page, {"name": "methodology"}, name="methodology"),
    path("privacy/", page, {"name": "privacy"}, name="privacy"),
]
