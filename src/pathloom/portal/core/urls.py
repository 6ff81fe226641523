"""Addresses of core."""

from django.urls import path

from pathloom.portal.core import views

app_name = "core"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("healthz", views.healthz, name="healthz"),
]
