"""A copy of a portal, asked for, downloaded, opened from a disk: nothing leads nowhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_every_page import look_in_both

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]

SCHOOL = "willow-run-elementary"  # the demo school with the fewest pages
MADE_WITHIN = 240  # seconds
PAGES_OPENED = 5  # of each language
ELSEWHERE = ("http", "https", "mailto", "tel", "data")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the copy lies for all tests of this file."""
    return tmp_path_factory.mktemp("copy")


@pytest.fixture
def copy(visit: Visit, place: Path) -> Path:
    """The portal of a demo school in a folder, as an administrator gets it."""
    if not (place / "site").exists():
        ask_and_go(visit())
        come_back_and_download(visit(), into=place / "copy.zip")
        with zipfile.ZipFile(place / "copy.zip") as archive:
            archive.extractall(place / "site")
    return place / "site"


def ask_and_go(administrator: Visitor) -> None:
    """Ask for a copy, see it being made, and close the browser."""
    administrator.sign_in("helen.whitcomb")
    page = administrator.open(f"/schools/{SCHOOL}/portal/")
    page.get_by_role("link", name="Make or download a copy").click()
    expect(page.get_by_role("heading", name="There is no copy yet")).to_be_visible()
    look_in_both(administrator)
    page.get_by_role("button", name="Make a copy").click()
    expect(page.get_by_role("heading", name="Copying the portal of")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\d+ of \d+ files"))).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    page.context.close()


def come_back_and_download(administrator: Visitor, *, into: Path) -> None:
    """Open the page again, wait until the copy is there, and take it."""
    administrator.sign_in("helen.whitcomb")
    page = administrator.open(f"/schools/{SCHOOL}/portal/copy/")
    download = page.get_by_role("link", name="Download the zip")
    expect(download).to_be_visible(timeout=MADE_WITHIN * 1000)
    expect(page.get_by_text("Nothing was changed since")).to_be_visible()
    look_in_both(administrator)
    with page.expect_download() as taken:
        download.click()
    assert taken.value.suggested_filename == f"{SCHOOL}.zip"
    taken.value.save_as(into)


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
