"""The URL map: each app brings its own. Public pages are there again in Spanish, at ``/es/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("pathloom.portal.core.urls")),
    *i18n_patterns(
        path("", include("pathloom.portal.accounts.urls")),
        path("", include("pathloom.portal.catalog.urls")),
        path("", include("pathloom.portal.programs.urls")),
        prefix_default_language=False,
    ),
    path("", include("pathloom.portal.plans.urls")),
]

handler400 = "pathloom.portal.core.views.bad_request"
handler403 = "pathloom.portal.core.views.forbidden"
handler404 = "pathloom.portal.core.views.not_found"
handler500 = "pathloom.portal.core.views.server_error"
