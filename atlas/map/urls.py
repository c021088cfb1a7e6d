from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("map/data/", views.data, name="map-data"),
]
