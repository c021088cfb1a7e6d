from django.urls import path

from . import reference_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("map/data/", views.data, name="map-data"),
    path("map/reference/<int:edition>/", reference_views.dots, name="reference-dots"),
    path("map/reference/<int:edition>/sites/", reference_views.sites, name="reference-sites"),
    path("map/reference/site/<int:number>/", reference_views.site, name="reference-site"),
]
