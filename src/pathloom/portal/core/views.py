"""Pages of core."""

from django.http import HttpRequest, HttpResponse

from pathloom.portal.core.access import public


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the server answers."""
    return HttpResponse("ok", content_type="text/plain")
