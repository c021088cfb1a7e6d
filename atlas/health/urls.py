from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("health-of-the-record/", views.health, name="health"),
    path("health-of-the-record/<slug:key>/", views.rule, name="health-rule"),
]
