from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("suggest/", views.suggest, name="suggest"),
    path("suggest/<str:token>/", views.outcome, name="suggestion"),
]
