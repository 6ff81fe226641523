"""Headers on every answer, and denial of every view that declares nothing."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import has_vary_header
from django.utils.http import url_has_allowed_host_and_scheme

from pathloom.portal.core.access import declaration_of
from pathloom.portal.core.errors import Conflict, UndeclaredViewError, UserError
from pathloom.portal.core.exporting import EXPORTING
from pathloom.portal.core.kept import (
    KeptPages,
    address_of,
    at_stamp,
    newest_stamp,
    page_of,
    set_stamp,
)
from pathloom.portal.core.languages import in_language, language_of

Respond = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
KEPT_SECONDS = 300
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Put the security headers on every answer, errors included; keep private pages uncached."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _cache_control(request, response)
        return response


def _cache_control(request: HttpRequest, response: HttpResponse) -> str:
    """Public pages may be kept for a while; what was made for one person is never kept.

    A public page is the same for everybody as long as nothing looked who asks for it: whatever
    does, opens the session, and the answer then varies on the cookie.
    """
    if _same_for_everybody(request, response):
        return f"public, max-age={KEPT_SECONDS}"
    if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
        return "no-store"
    return "no-cache"


def _same_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    declared = getattr(request, "access_declaration", None)
    public = declared is not None and declared.kind == "public" and response.status_code == 200
    return public and not response.cookies and not has_vary_header(response, "Cookie")


class KeptPagesMiddleware:
    """Answer public pages as they were made before, until an action changes something public."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        self.pages = KeptPages()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with at_stamp(()):
            response = self.get_response(request)
        stamp = getattr(request, "public_stamp", ())
        if stamp and _same_for_everybody(request, response) and _is_page(response):
            self.pages.keep(address_of(request), page_of(response, stamp=stamp))
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        declared = declaration_of(view)
        if declared is None or declared.kind != "public" or not _may_be_kept(request):
            return None
        stamp = newest_stamp()
        if EXPORTING not in request.META:  # a copy in files asks for each page once
            page = self.pages.find(address_of(request), stamp)
            if page is not None:
                request.access_declaration = declared  # type: ignore[attr-defined]
                return page.answer()
            request.public_stamp = stamp  # type: ignore[attr-defined]
        set_stamp(stamp)
        return None


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether a request asks for a whole page."""
    partial = "HTTP_HX_REQUEST" in request.META
    return settings.KEEP_PAGES and request.method == "GET" and not partial


def _is_page(response: HttpResponse) -> bool:
    content_type = response.headers.get("Content-Type", "")
    return content_type.startswith("text/html") and "Cache-Control" not in response.headers


class PortalHostMiddleware:
    """At a school's own host, the front door is the school's; every other address is as always."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        school = _school_of(request.get_host().partition(":")[0])
        language = language_of(request.path_info)
        if school and request.path_info == in_language("/", language):
            request.path_info = in_language(f"/schools/{school}/", language)
        return self.get_response(request)


def _school_of(host: str) -> str:
    """The slug of the school whose portal a host shows; empty for the host of all."""
    named = str(settings.PORTAL_HOSTS.get(host, ""))
    domain = f".{settings.PORTAL_DOMAIN}"
    if named or not settings.PORTAL_DOMAIN or not host.endswith(domain):
        return named
    return host.removesuffix(domain)


class LanguageMiddleware:
    """Speak the language of the address; pages behind the sign-in are in English so far."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request.path_info)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        declared = declaration_of(view)
        if declared is None or declared.kind != "public":
            translation.activate(settings.LANGUAGE_CODE)


class AccessMiddleware:
    """Deny every view that does not declare who may open it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        request.access_declaration = declaration_of(view)  # type: ignore[attr-defined]
        if declaration_of(view) is not None:
            return None
        if getattr(settings, "PATHLOOM_STRICT", False):
            raise UndeclaredViewError(
                f"{view.__module__}.{view.__name__}: declares no access. "
                "Put @public, @signed_in, @holds or @opens on it."
            )
        raise PermissionDenied


class UserErrorMiddleware:
    """Show what a person can do about a `UserError` that no view has shown in its own page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UserError):
            return None
        context = {
            "title": exception.message,
            "text": exception.what_to_do,
            "changes": exception.changes if isinstance(exception, Conflict) else (),
            "back": _came_from(request),
        }
        return render(request, "core/error.html", context, status=exception.status)


def _came_from(request: HttpRequest) -> str:
    """The page of this site with the form that was refused; empty where it is not known."""
    page = request.headers.get("Referer", "")
    sent_here = request.method == "POST" and url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    )
    return page if sent_here else ""
