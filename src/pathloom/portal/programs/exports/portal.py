"""A whole portal as files: every page in every language, for any web server or none."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import School
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.exporting import EXPORTING
from pathloom.portal.core.languages import in_language, language_of
from pathloom.portal.programs.exports.rewriting import rewritten
from pathloom.portal.programs.queries.frameworks import framework_of
from pathloom.portal.programs.queries.published import content_of, published_programs

_VERSION = "v="
_SOC = len("17-2051")
_UNSAFE = re.compile(r"[^\w.\-/]")
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file of the copy: its place in the folder, and what it holds."""

    name: str
    content: bytes


class ExportError(UserError):
    """A page of the portal cannot be copied: which one, and what to do."""


def export_portal(
    school: School, *, seen: Callable[[int, int], None] = lambda done, known: None
) -> Iterator[ExportedFile]:
    """Every file of a school's portal, page after page; links are relative, nothing needs a script.

    Pages are those of the school and of its framework that can be reached from the front page.
    Links that leave them lose their address; forms and scripts are left out.

    Args:
        seen: is told after each file how many are done, and how many are known so far.
    Raises:
        ExportError: a page that is linked does not answer, or two would have one name.
    """
    walk = _Walk(school)
    home = f"/schools/{school.slug}/"
    for language in school.languages.split():
        walk.name_of(in_language(home, language))
    done = 0
    while walk.waiting:
        path = walk.waiting.pop(0)
        yield ExportedFile(walk.names[path], walk.content(path))
        done += 1
        seen(done, len(walk.names))


class _Walk:
    """The pages found so far, and the file each becomes."""

    def __init__(self, school: School) -> None:
        framework = framework_of(school)
        self.home = f"/schools/{school.slug}/"
        self.static = f"/{settings.STATIC_URL.lstrip('/')}"
        careers = f"/careers/{framework.id}/" if framework else self.home
        # The license of the facts about jobs asks that their sources can be reached.
        self.inside = (self.home, careers, "/careers/sources/")
        self.outside = (f"{self.home}portal/", f"{self.home}occupations.csv")
        self.jobs = _jobs(school)
        self.languages = set(school.languages.split())
        self.names: dict[str, str] = {}
        self.waiting: list[str] = []
        self.handler = WSGIHandler()  # a way in without a server: pages are made as for visitors
        self.host = next((each for each in settings.ALLOWED_HOSTS if each != "*"), "localhost")
        self.origin = f"{'https' if settings.HTTPS else 'http'}://{self.host.lstrip('.')}"

    def name_of(self, path: str) -> str | None:
        """The file of a path, found now or before; None for what is not part of the copy."""
        if path in self.names:
            return self.names[path]
        language, plain = language_of(path), in_language(path, settings.LANGUAGE_CODE)
        page = plain.startswith(self.inside) and not plain.startswith(self.outside)
        page = page and self.is_wanted_job(plain)
        if not (page and language in self.languages) and not path.startswith(self.static):
            return None
        name = _UNSAFE.sub("_", unquote(plain.removeprefix(self.home)).lstrip("/"))
        name = name + "index.html" if name.endswith("/") or not name else name
        name = name if language == settings.LANGUAGE_CODE else f"{language}/{name}"
        if name in self.names.values():
            raise ExportError(
                _("%(path)s: another page is %(name)s already.") % {"path": path, "name": name},
                _("Rename one of them."),
            )
        self.names[path] = name
        self.waiting.append(path)
        return name

    def is_wanted_job(self, plain: str) -> bool:
        """Of all the jobs only those that the school's programs name; the list needs a server."""
        jobs = f"{self.home}occupations/"
        return not plain.startswith(jobs) or plain.removeprefix(jobs)[:_SOC] in self.jobs

    def content(self, path: str) -> bytes:
        """What the file of a path holds."""
        if path.startswith(self.static):
            return self._styled(path, _static(path.removeprefix(self.static)))
        content_type, content = self._ask(path)
        if content_type.startswith("text/html"):
            return rewritten(content.decode(), lambda link: self.relative(link, seen_from=path))
        return self._styled(path, content) if content_type.startswith("text/css") else content

    def relative(self, link: str, *, seen_from: str) -> str | None:
        """A link as it stands in the copy; None where it would lead out of it to this server."""
        if link.startswith("#"):
            return link
        parts = urlsplit(urljoin(self.origin + seen_from, link))
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            return link  # mail, telephone, another place in the web
        asked = "" if parts.query.startswith(_VERSION) else parts.query  # a copy holds one version
        name = None if asked else self.name_of(parts.path)
        if name is None:
            return None
        up = "../" * self.names[seen_from].count("/")
        return f"{up}{name}#{parts.fragment}" if parts.fragment else f"{up}{name}"

    def _styled(self, path: str, content: bytes) -> bytes:
        """The same; what a stylesheet refers to comes along, at the same place beside it."""
        if path.endswith(".css"):
            for link in _CSS_URL.findall(content.decode()):
                if not link.startswith("data:"):
                    self.name_of(urlsplit(urljoin(path, link)).path)
        return content

    def _ask(self, path: str) -> tuple[str, bytes]:
        scheme, host = self.origin.split("://")
        request = WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": unquote(path).encode().decode("latin-1"),
                "QUERY_STRING": "",
                "SERVER_NAME": host,
                "SERVER_PORT": "443" if scheme == "https" else "80",
                "HTTP_HOST": host,
                "HTTP_X_FORWARDED_PROTO": scheme,
                "wsgi.url_scheme": scheme,
                "wsgi.input": io.BytesIO(),
                EXPORTING: True,
            }
        )
        response = self.handler.get_response(request)
        if response.status_code != 200 or not isinstance(response, HttpResponse):
            raise ExportError(
                _("%(path)s: this page of the portal cannot be shown (%(status)s).")
                % {"path": path, "status": response.status_code},
                _("Open it, see what it says, mend it there, and make the copy again."),
            )
        return response.headers["Content-Type"], response.content


def _jobs(school: School) -> frozenset[str]:
    """The codes of the occupations that the programs of a school name, without detail."""
    return frozenset(
        each.soc[:_SOC]
        for version in published_programs(school)
        for each in content_of(version).occupations
        if each.soc
    )


def _static(name: str) -> bytes:
    """A file that pages use, as it is served."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    found = finders.find(name)
    if not isinstance(found, str):
        raise ExportError(
            _("%(name)s: this file of the pages is not there.") % {"name": name},
            _("Ask who runs this site to run collectstatic."),
        )
    with open(found, "rb") as file:
        return file.read()
