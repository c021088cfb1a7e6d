from django.urls import path

from . import views

urlpatterns = [
    path("preview/map.png", views.of_map, name="preview-map"),
    path("preview/point/<int:number>/<path:point>.png", views.of_point, name="preview-point"),
    path("preview/<slug:kind>/<int:number>.png", views.of_record, name="preview-record"),
]
