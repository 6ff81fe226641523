"""How a family meets the portal: a phone on 1.6 Mbit/s, nothing in its cache.

Serves the demo district and opens each page in Chromium with the network slowed down. Usable is
when the words stand there in the school's face (first contentful paint) and the page answers
(DOM interactive). Run: ``python benchmarks/portal_browser.py``.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import report
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 96_000}
TIMES = 3
SCHOOL = "/schools/magnolia-high/"
PAGES = {
    "school": SCHOOL,
    "school, in Spanish": f"/es{SCHOOL}",
    "program": f"{SCHOOL}programs/engineering-and-technology/",
    "courses": f"{SCHOOL}courses/",
    "from A to Z": f"{SCHOOL}a-to-z/",
    "course": f"{SCHOOL}courses/BIO/",
    "search": f"{SCHOOL}?q=engineering",
    "cluster": "/careers/georgia/stem/",
    "occupations": "/careers/occupations/",
    "occupation": "/careers/occupations/17-2051.00/",
}
WATCH = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""
READ = """() => ({
  words: performance.getEntriesByName('first-contentful-paint')[0].startTime,
  ready: performance.getEntriesByType('navigation')[0].domInteractive,
  shifted: window.shifted,
})"""


def served(folder: str) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PATHLOOM")}
    server = subprocess.Popen(
        [sys.executable, ROOT / "tools/serve.py"],
        env=kept | {"PATHLOOM_VAR": folder, "PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
            return server, address
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the portal did not answer. Run `make run` to see why.")


def open_slowly(browser: Browser, address: str) -> dict[str, Any]:
    """Open a page once with nothing kept; what it took, weighed, moved and said."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(WATCH)
    page = context.new_page()
    said: list[str] = []
    weights: list[float] = []
    page.on("console", lambda message: said.append(message.text))
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    network.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    found = page.evaluate(READ) | {"weight": sum(weights), "said": len(said)}
    context.close()
    return found


def row(name: str, found: list[dict[str, Any]]) -> dict[str, str]:
    usable = [max(each["words"], each["ready"]) for each in found]
    return {
        "page": name,
        "usable after": f"{statistics.median(usable):.0f} ms",
        "worst": f"{max(usable):.0f} ms",
        "weight": f"{max(each['weight'] for each in found) / 1000:.0f} kB",
        "layout shift": f"{max(each['shifted'] for each in found):.3f}",
        "console messages": str(max(each["said"] for each in found)),
    }


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pathloom-browser-") as folder:
        server, address = served(folder)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM,
                    args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                )
                rows = [
                    row(name, [open_slowly(browser, address + path) for _ in range(TIMES)])
                    for name, path in PAGES.items()
                ]
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)
    report.write("Public pages on a slow line", rows, seed=0)


if __name__ == "__main__":
    main()
