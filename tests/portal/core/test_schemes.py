"""The dark scheme changes colors and nothing else; so a page needs the whole look only once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pathloom.portal.accounts.presenters import brand_stylesheet

PORTAL = Path(__file__).resolve().parents[3] / "src/pathloom/portal"
SHEETS = sorted(PORTAL.glob("*/static/*/*.css"))
DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{")
DECLARATION = re.compile(r"([a-z0-9-]+)\s*:\s*([^;{}]+);")
PAINTED = {"color", "background", "background-color", "border-color", "fill", "stroke"}
COLOR = re.compile(r"#[0-9a-f]{3,8}$|var\(--[a-z0-9-]+\)$|none$|rgb\(|(0 )?-?\d+px .*rgb\(")


def in_the_dark(sheet: str) -> Iterator[tuple[str, str]]:
    """Each declaration inside a block for the dark scheme."""
    for start in DARK.finditer(sheet):
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        for found in DECLARATION.finditer(sheet[start.end() : end]):
            yield found[1], found[2].strip()


def more_than_colors(sheet: str) -> list[str]:
    return [
        f"{name}: {value}"
        for name, value in in_the_dark(sheet)
        if not (name in PAINTED or name.startswith("--")) or not COLOR.match(value)
    ]


def test_no_stylesheet_changes_more_than_colors_in_the_dark() -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in SHEETS}
    sheets["brand.css"] = brand_stylesheet("#8a2b4c")
    found = {name: more_than_colors(sheet) for name, sheet in sheets.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert sum(len(list(in_the_dark(sheet))) for sheet in sheets.values()) > 30


@pytest.mark.parametrize(
    "fault", ["display: none;", "--space-8: 12px;", "color: red; padding: 0;", "inline-size: 0;"]
)
def test_a_planted_change_of_more_than_colors_is_found(fault: str) -> None:
    sheet = "a { b: c; } @media (prefers-color-scheme: dark) { .x { %s } } d { e: f; }"
    assert more_than_colors(sheet % fault)
    assert not more_than_colors(sheet % "color: #fff; --ink: var(--line);")


def test_the_dark_is_asked_for_in_stylesheets_alone() -> None:
    others = [*PORTAL.glob("*/templates/**/*.html"), *PORTAL.glob("*/static/[!v]*/*.js")]
    assert others
    assert [path for path in others if "prefers-color-scheme" in path.read_text()] == []
