from django.urls import path

from . import dialogue, views

urlpatterns = [
    path("embed/map/", views.map_embed, name="embed-map"),
    path("embed/point/<int:number>/<path:point>/", views.point, name="embed-point"),
    path("embed/<slug:kind>/<int:number>/", views.record, name="embed-record"),
    path("map/embed/", dialogue.of_map, name="embed-map-dialogue"),
    path("<part:kind>/<int:number>-<str:slug>/embed/", dialogue.of_record, name="embed-dialogue"),
]
