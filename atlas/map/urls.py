from django.urls import path

from . import reference_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("map/data/", views.data, name="map-data"),
    path("map/reference/", reference_views.dots, name="reference-dots"),
    path("map/reference/sites/", reference_views.sites, name="reference-sites"),
    path("map/reference/sites/<int:number>/", reference_views.site, name="reference-site"),
]
