"""A whole portal as files: complete, without dead links, without a server."""

from __future__ import annotations

import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from pathloom.portal.accounts.models import School
from pathloom.portal.programs.exports.portal import (
    ExportedFile,
    ExportError,
    export_portal,
)
from pathloom.portal.programs.exports.rewriting import rewritten
from tests.portal.world import World

SCHOOL = "magnolia-high"


class Found(HTMLParser):
    """The addresses, anchors and elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src", "action"):
                self.links.append(value or "")
            elif name == "id":
                self.ids.add(value or "")


def read(text: str) -> Found:
    found = Found()
    found.feed(text)
    return found


def faults(files: dict[str, bytes]) -> list[str]:
    """Dead links, addresses of the server, scripts and forms of a copy."""
    pages = {
        name: read(content.decode()) for name, content in files.items() if name.endswith(".html")
    }
    wrong = []
    for name, page in pages.items():
        wrong += [f"{name}: holds <{tag}>" for tag in ("script", "form") if tag in page.tags]
        wrong += [
            f"{name}: {fault}" for link in page.links for fault in dead(link, name, pages, files)
        ]
    return wrong


def dead(link: str, name: str, pages: dict[str, Found], files: dict[str, bytes]) -> list[str]:
    parts = urlsplit(link)
    ours = parts.hostname in ("127.0.0.1", "localhost", "testserver")
    if parts.scheme in ("http", "https", "mailto", "tel") and not ours:
        return []
    if parts.scheme or link.startswith("/"):
        return [f"leads to the server: {link}"]
    target = unquote(urlsplit(urljoin(f"http://x/{name}", link)).path).lstrip("/")
    if target not in files:
        return [f"leads nowhere: {link}"]
    if parts.fragment and parts.fragment not in pages[target].ids:
        return [f"no such place: {link}"]
    return []


def copy_of(school: School) -> dict[str, bytes]:
    return {file.name: file.content for file in export_portal(school)}


@pytest.fixture
def no_careers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of the school alone: some hundred pages of careers are the same everywhere."""
    monkeypatch.setattr("pathloom.portal.programs.exports.portal.framework_of", lambda school: None)


def test_the_copy_is_whole_and_leads_nowhere_else(world: World) -> None:
    copy = copy_of(world.school)
    assert faults(copy) == []
    pages = [content.decode() for name, content in copy.items() if name.endswith(".html")]
    for words in ("/me/", "sign-in", "My page", "htmx", "127.0.0.1", "/portal/"):
        assert not any(words in page for page in pages), words
    for name in (
        "index.html",
        "es/index.html",
        "a-to-z/index.html",
        "es/a-to-z/index.html",
        "courses/index.html",
        "courses/BIO/index.html",
        "programs/engineering-and-technology/index.html",
        "es/programs/engineering-and-technology/one-page.pdf",
        "careers/georgia/stem/index.html",
        "es/careers/georgia/stem/index.html",
        "brand.css",
        "static/core/tokens.css",
    ):
        assert name in copy
    assert any(name.endswith(".woff2") for name in copy)
    assert not any("portal/" in name or "sign-in" in name for name in copy)


@pytest.mark.usefixtures("no_careers")
def test_the_copy_says_what_the_portal_says(world: World) -> None:
    copy = copy_of(world.school)
    live = Client().get(f"/es/schools/{SCHOOL}/courses/BIO/").text
    title = live.partition("<h1")[2].partition("</h1>")[0]
    assert title in copy["es/courses/BIO/index.html"].decode()
    assert '<html lang="es">' in copy["es/index.html"].decode()


@pytest.mark.usefixtures("no_careers")
def test_a_school_in_one_language_has_no_pages_in_another(world: World) -> None:
    School.objects.filter(pk=world.school.pk).update(languages="en")
    copy = copy_of(School.objects.get(pk=world.school.pk))
    assert not any(name.startswith("es/") for name in copy)
    assert faults(copy) == []


COMMAND = "pathloom.portal.programs.management.commands.export_portal.export_portal"


def test_the_command_writes_a_folder_or_a_zip_and_never_over_something(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [ExportedFile("index.html", b"<p>front"), ExportedFile("es/index.html", b"<p>es")]
    monkeypatch.setattr(COMMAND, lambda school, **options: iter(files))
    folder, archive = tmp_path / "site", tmp_path / "site.zip"
    call_command("export_portal", SCHOOL, str(folder), verbosity=0)
    call_command("export_portal", SCHOOL, str(archive), "--zip", verbosity=0)
    with zipfile.ZipFile(archive) as opened:
        names = set(opened.namelist())
        assert opened.read("index.html") == (folder / "index.html").read_bytes()
    assert names == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    with pytest.raises(CommandError, match="there already"):
        call_command("export_portal", SCHOOL, str(folder), verbosity=0)
    with pytest.raises(CommandError, match="no such school"):
        call_command("export_portal", "nowhere", str(tmp_path / "x"), verbosity=0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "site.zip"]


def test_a_copy_that_fails_leaves_nothing(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_school: object, **_options: object) -> object:
        yield ExportedFile("index.html", b"")
        raise ExportError("/schools/: this page cannot be shown (500).", "Open it.")

    monkeypatch.setattr(COMMAND, broken)
    with pytest.raises(CommandError, match=r"cannot be shown \(500\)\. Open it\."):
        call_command("export_portal", SCHOOL, str(tmp_path / "site"), verbosity=0)
    assert list(tmp_path.iterdir()) == []


PLANTED = {
    "holds <script>": '<script src="a.js"></script>',
    "leads to the server: /": '<a href="/schools/">x</a>',
    "leads to the server: http": '<a href="http://127.0.0.1/x">x</a>',
    "leads nowhere": '<a href="missing/index.html">x</a>',
    "no such place": '<a href="index.html#nowhere">x</a>',
}


@pytest.mark.parametrize("said", PLANTED)
def test_the_link_checker_finds_a_planted_fault(said: str) -> None:
    found = faults({"index.html": PLANTED[said].encode()})
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ('<a href="/in/?a=1&amp;b=2">x</a>', '<a href="new">x</a>'),
        ('<a class="x" href="/out/">words</a> y', '<a class="x">words</a> y'),
        ('<a class="button" href="/out/"><span>words</span></a> y', " y"),
        ("<form action='/x'><p>a</p></form>b", "b"),
        ("<script>alert('<p>')</script>&amp;&#39;b", "&amp;&#39;b"),
        ('<link rel="alternate" href="/out/"><p>x</p>', "<p>x</p>"),
        ('<!doctype html><img src="/in/"/>', '<!doctype html><img src="new"/>'),
    ],
)
def test_a_page_is_copied_but_for_what_needs_the_server(page: str, made: str) -> None:
    assert rewritten(page, lambda link: None if "/out/" in link else "new") == made.encode()
