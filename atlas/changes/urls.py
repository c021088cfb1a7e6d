from django.urls import path

from . import views

urlpatterns = [
    path("corrections/", views.corrections_page, name="corrections"),
    path("<part:kind>/<int:number>-<str:slug>/changes/", views.record_changes, name="record-changes"),
]
