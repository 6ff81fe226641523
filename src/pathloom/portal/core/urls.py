"""Addresses of core."""

from django.urls import path

from pathloom.portal.core import views

app_name = "core"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
]
