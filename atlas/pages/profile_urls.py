"""Addresses of the profiles of countries and minerals."""

from django.urls import path

from . import profiles

urlpatterns = [
    path("countries/", profiles.countries, name="countries"),
    path("countries/<int:number>-<str:slug>/", profiles.country, name="country"),
    path("countries/<int:number>/", profiles.country, name="country-by-number"),
    path("minerals/", profiles.minerals, name="minerals"),
    path("minerals/<int:number>-<str:slug>/", profiles.mineral, name="mineral"),
    path("minerals/<int:number>/", profiles.mineral, name="mineral-by-number"),
]
