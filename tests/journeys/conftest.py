"""A served demo district and a browser that refuses to leave it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves this machine
]
STARTS_WITHIN = 120  # seconds: the demo district is loaded first
expect.set_options(timeout=30_000)  # two cores serve, browse and test at once
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = ["color-contrast", "link-in-text-block"]  # the rules that depend on the colors
# Reading a color from its text takes a third of axe's time, and a page has few: each is read once.
AXE = f"""{AXE_SCRIPT}
(() => {{
  const color = axe.commons.color.Color.prototype, read = color.parseString, known = new Map();
  color.parseString = function (text) {{
    if (known.has(text)) return Object.assign(this, known.get(text));
    const done = read.call(this, text);
    known.set(text, {{ r: this.r, g: this.g, b: this.b, alpha: this.alpha }});
    return done;
  }};
}})();"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the portal that is served keeps its database."""
    return tmp_path_factory.mktemp("site")


def only_here(scratch: Path) -> None:
    """Refuse a second portal in one run: tests/scheduling.py keeps all walks in one process."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        (scratch.parent / "site").mkdir()  # of all processes together


@pytest.fixture(scope="session")
def site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the portal, served by the second half of ``make run`` on fresh demo data."""
    only_here(tmp_path_factory.getbasetemp())
    var, port = folder, free_port()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PATHLOOM") and name not in {"DJANGO_SETTINGS_MODULE", "SECRET_KEY"}
    }
    settings = {
        "PATHLOOM_VAR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/site.sqlite3",
        "PORT": str(port),
        "HOST": "127.0.0.1",
    }
    log = (var / "log").open("w+")
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "tools/serve.py")],
        env={**kept, **settings},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server, Path(log.name))
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"the portal stopped:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the portal did not answer in {STARTS_WITHIN} s:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody who signed in: what the browser keeps of it, and the page it led to."""

    cookies: list[Any]
    where: str


class Visitor:
    """One person at one browser: signs in, walks, and fails on anything a page must not do."""

    def __init__(self, context: BrowserContext, site: str, known: dict[str, Arrived]) -> None:
        self.site = site
        self.known = known
        self.faults: list[str] = []
        self.looked_at = 0
        context.on("request", self._request)
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.faults.append(f"request to another origin: {request.url}")

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.faults.append(f"console: {text}")

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def sign_in(self, username: str) -> Page:
        """Sign in by the form; who did so on an earlier walk is still signed in."""
        before = self.known.get(username)
        if before is None:
            self._fill_in(username)
            self.known[username] = Arrived(self.page.context.cookies(), self.where)
        else:
            self.page.context.add_cookies(before.cookies)
            self.open(before.where)
        return self.page

    def _fill_in(self, username: str) -> None:
        from pathloom.portal.demo.actions import PASSWORD

        self.open("/sign-in/")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Sign in", exact=True).click()

    def look(self, *, colors: bool = True) -> None:
        """Check the open page: accessible, nothing off-origin, no sideways scroll at 320 px."""
        self.page.wait_for_load_state("load")  # words stand there before the styles do
        rules = {} if colors else {rule: {"enabled": False} for rule in COLORS}
        self._accessible(runOnly=WCAG, rules=rules)
        self._narrow()
        self._faultless()
        self.looked_at += 1

    def look_at_colors(self) -> None:
        """Check what another color scheme changes of a page that was looked at: the colors."""
        self._accessible(runOnly={"type": "rule", "values": COLORS})
        self._faultless()
        self.looked_at += 1

    @property
    def where(self) -> str:
        return self.page.url.removeprefix(self.site)

    def _accessible(self, **options: object) -> None:
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE)
        options["resultTypes"] = ["violations"]  # of what holds, one place of a page says enough
        results = self.page.evaluate("options => axe.run(options)", options)
        found = [
            f"{fault['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
            for fault in results["violations"]
            for node in fault["nodes"]
        ]
        assert not found, f"{self.where}\n" + "\n".join(found)
        assert results["passes"], f"{self.where}: axe looked at nothing"

    def _narrow(self) -> None:
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({"width": 320, "height": size["height"]})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(size)
        assert wide <= 320, f"{self.where}: scrolls sideways at 320 px ({wide} px wide)"

    def _faultless(self) -> None:
        assert not self.faults, f"{self.where}\n" + "\n".join(self.faults)


@pytest.fixture(scope="session")
def known() -> dict[str, Arrived]:
    """Who signed in on an earlier walk, by user name."""
    return {}


@pytest.fixture
def visit(
    browser: Browser, site: str, known: dict[str, Arrived]
) -> Iterator[Callable[..., Visitor]]:
    """Make a visitor: ``visit(width=360, scheme="dark")``; every context is closed at the end."""
    contexts: list[BrowserContext] = []

    def make(*, width: int = 1280, scheme: str = "light", script: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return Visitor(context, site, known)

    yield make
    for context in contexts:
        context.close()
