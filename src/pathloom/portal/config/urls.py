"""The URL map: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("pathloom.portal.core.urls")),
    path("", include("pathloom.portal.accounts.urls")),
    path("", include("pathloom.portal.catalog.urls")),
    path("", include("pathloom.portal.programs.urls")),
    path("", include("pathloom.portal.plans.urls")),
]
