from django.urls import path

from . import views

urlpatterns = [
    path("favicon.ico", views.icon, name="icon"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-pages.xml", views.sitemap_pages, name="sitemap-pages"),
    path("sitemap-<slug:name>-<int:part>.xml", views.sitemap_records, name="sitemap-records"),
]
