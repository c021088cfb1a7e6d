from django.urls import path

from . import views

urlpatterns = [
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/all.atom", views.everything, name="feed-everything"),
    path("feeds/corrections.atom", views.corrected, name="feed-corrections"),
    path("feeds/search.atom", views.of_search, name="feed-search"),
    path("feeds/map.atom", views.of_map, name="feed-map"),
    path("<part:kind>/<int:number>-<str:slug>/feed.atom", views.of_one, name="record-feed"),
]
