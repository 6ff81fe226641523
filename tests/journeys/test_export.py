"""A copy of a portal, opened from a disk: no server, no script, nothing that leads nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import ROOT

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("site")]

SCHOOL = "willow-run-elementary"  # the demo school with the fewest pages
PAGES_OPENED = 5  # of each language
ELSEWHERE = ("http", "https", "mailto", "tel", "data")


@pytest.fixture(scope="module")
def copy(site: str, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal of a demo school in a folder, as an operator makes it."""
    out = tmp_path_factory.mktemp("copy") / "site"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PATHLOOM")},
        "PATHLOOM_VAR": str(folder),
        "PATHLOOM_DEMO": "true",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "DJANGO_SETTINGS_MODULE": "pathloom.portal.config.settings",
        "SECRET_KEY": (folder / "secret-key").read_text(),
    }
    words = [sys.executable, "-m", "django", "export_portal", SCHOOL, str(out), "--verbosity", "0"]
    subprocess.run(words, cwd=ROOT, env=environment, check=True, timeout=240)
    return out


class Addresses(HTMLParser):
    """What a page leads to and shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def dead_ends(folder: Path) -> list[str]:
    """Every link and picture of every page that is no file of the folder."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return [
        f"{name}: {address}"
        for name in sorted(files)
        if name.endswith(".html")
        for address in Addresses((folder / name).read_text()).found
        if urlsplit(address).scheme not in ELSEWHERE
        and (address.startswith("/") or target(address, seen_from=name) not in files)
    ]


def target(address: str, *, seen_from: str) -> str:
    """The file an address leads to, by its place in the folder."""
    return unquote(urlsplit(urljoin(f"file:///{seen_from}", address)).path).lstrip("/")


def test_every_link_and_picture_of_every_page_is_in_the_folder(copy: Path) -> None:
    assert len(list(copy.rglob("*.html"))) > 50
    assert dead_ends(copy) == []


@pytest.mark.parametrize("planted", ["missing.html", "/schools/", "pictures/"])
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "index.html").write_text(f'<a href="index.html#main"></a><img src="{planted}">')
    assert dead_ends(tmp_path) == [f"index.html: {planted}"]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page of the browser, and whatever it has to say."""
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: None if request.url.startswith("file:") else said.append(request.url),
    )
    return page, said


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_open_from_a_disk_as_they_look_on_the_web(
    copy: Path, context: BrowserContext, language: str
) -> None:
    home = copy if language == "en" else copy / language
    page, said = watched(context)
    for path in chosen(home, spanish=language == "es"):
        page.goto(path.as_uri(), wait_until="load")
        assert page.locator("html").get_attribute("lang") == language, path
        assert page.locator("h1").count() == 1, path
        assert page.locator("form, script").count() == 0, path
        # Without its styles the name of the school would be plain text in the browser's own font.
        assert "Atkinson" in page.evaluate("getComputedStyle(document.body).fontFamily"), path
        assert page.evaluate("document.querySelectorAll('img').length") == page.evaluate(
            "[...document.querySelectorAll('img')].filter(each => each.naturalWidth).length"
        ), path
        assert said == [], path
    page.goto((home / "index.html").as_uri())
    page.locator("main a[href$='index.html']").first.click()
    page.wait_for_load_state("load")
    assert page.url.startswith(copy.as_uri())
    assert page.locator("h1").count() == 1
    assert said == []


def chosen(home: Path, *, spanish: bool) -> list[Path]:
    """The front page and some others, from all over the copy."""
    pages = sorted(path for path in home.rglob("*.html") if spanish or "es" not in path.parts)
    return [home / "index.html", *pages[:: max(1, len(pages) // (PAGES_OPENED - 1))]]
