"""Who may see courses: everybody; and what a public page promises to caches."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from pathloom.portal.catalog.models import Course
from pathloom.portal.core.access import AccessRule, View, public, register

COURSES = register(AccessRule("courses", listing=lambda user: Course.objects.all(), private=False))
KEPT_SECONDS = 300


def public_page(view: View) -> View:
    """Everybody may open this page, and without a session any cache may keep it for a while."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        patch_vary_headers(response, ("Cookie",))
        return response

    return public(opened)
