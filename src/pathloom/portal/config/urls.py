"""The URL map: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("pathloom.portal.core.urls")),
    path("", include("pathloom.portal.accounts.urls")),
    path("", include("pathloom.portal.catalog.urls")),
    path("", include("pathloom.portal.programs.urls")),
    path("", include("pathloom.portal.plans.urls")),
]

handler400 = "pathloom.portal.core.views.bad_request"
handler403 = "pathloom.portal.core.views.forbidden"
handler404 = "pathloom.portal.core.views.not_found"
handler500 = "pathloom.portal.core.views.server_error"
