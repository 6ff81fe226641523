"""A school's color can always be read, in both schemes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from pathloom.portal.accounts.presenters import brand_stylesheet
from pathloom.portal.core.ui.colors import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    READABLE,
    Accent,
    contrast,
    dark_accent,
    light_accent,
)
from tests.portal.world import World

STATIC = Path(__file__).resolve().parents[3] / "src/pathloom/portal/core/static/core"
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def unreadable(accent: Accent, grounds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every pair of text and ground that this accent makes and nobody can read."""
    pairs = [(accent.on_accent, accent.accent), (accent.accent_ink, accent.accent_soft)]
    pairs += [(text, ground) for text in (accent.accent, accent.accent_ink) for ground in grounds]
    return [pair for pair in pairs if contrast(*pair) < READABLE]


@given(COLORS)
@example("#ffffff")
@example("#000000")
@example("#ffff00")
@example("#777777")
def test_any_brand_color_can_be_read_in_both_schemes(color: str) -> None:
    assert unreadable(light_accent(color), LIGHT_GROUNDS) == []
    assert unreadable(dark_accent(color), DARK_GROUNDS) == []


def test_a_planted_pale_accent_is_found() -> None:
    pale = Accent("#f2c400", "#ffffff", "#fffbe6", "#f2c400")
    assert ("#ffffff", "#f2c400") in unreadable(pale, LIGHT_GROUNDS)


def test_a_color_that_can_be_read_is_not_touched() -> None:
    assert light_accent("#3b4cca").accent == "#3b4cca"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@given(COLORS)
def test_a_brand_stylesheet_holds_only_colors(color: str) -> None:
    values = re.findall(r"--[a-z-]+: ([^;]+);", brand_stylesheet(color))
    assert len(values) == 8
    assert all(re.fullmatch(r"#[0-9a-f]{6}", value) for value in values)


def tokens(scheme: int) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\n\s*\}", (STATIC / "tokens.css").read_text(), re.S)
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[scheme]))


@pytest.mark.parametrize(("scheme", "grounds"), [(0, LIGHT_GROUNDS), (1, DARK_GROUNDS)])
def test_the_tokens_of_the_design_can_be_read(scheme: int, grounds: tuple[str, ...]) -> None:
    colors = tokens(scheme)
    assert (colors["ground"], colors["surface"], colors["surface-quiet"]) == grounds
    pairs = [(text, ground) for text in ("ink", "ink-soft") for ground in (*_GROUNDS, "sunken")]
    pairs += [(text, ground) for text in _SIGNS for ground in _GROUNDS]
    pairs += [(sign, f"{sign}-soft") for sign in ("met", "info", "short", "broken")]
    pairs += [("accent-ink", "accent-soft"), ("on-accent", "accent"), ("ink-soft", "accent-soft")]
    assert [pair for pair in pairs if contrast(*(colors[name] for name in pair)) < READABLE] == []
    edges = [(name, ground) for name in ("line-strong", "focus") for ground in _GROUNDS]
    assert [pair for pair in edges if contrast(*(colors[name] for name in pair)) < 3] == []


_GROUNDS = ("ground", "surface", "surface-quiet")
_SIGNS = ("met", "info", "short", "broken", "accent-ink")


@pytest.mark.parametrize(("at", "ground"), [(0, "#ffffff"), (1, DARK_GROUNDS[1])])
def test_the_hue_of_every_cluster_can_be_read(at: int, ground: str) -> None:
    css = (STATIC / "clusters.css").read_text().split("@media")[at]
    hues = re.findall(r"\.hue-([a-z-]+) \{\s*--hue: (#[0-9a-f]{6});", css)
    assert len(hues) == 17
    for name, hue in hues:
        channels = zip(_parts(hue), _parts(ground), strict=True)
        tint = "#" + "".join(f"{round(a * 0.12 + b * 0.88):02x}" for a, b in channels)
        assert contrast(hue, ground) >= READABLE, name
        assert contrast(hue, tint) >= READABLE, name


def _parts(color: str) -> list[int]:
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]


def test_each_school_serves_its_own_color_to_everyone_without_a_cookie(world: World) -> None:
    world.other_school.brand_color = "#b00020"
    world.other_school.save()
    own = Client().get("/schools/magnolia-high/brand.css")
    other = Client().get("/schools/pine-hollow-high/brand.css")
    assert own["Content-Type"] == "text/css"
    assert own["Cache-Control"] == "public, max-age=3600"
    assert "Vary" not in own or "Cookie" not in own["Vary"]
    assert not own.cookies
    assert "#3b4cca" in own.text
    assert "#b00020" in other.text
    assert Client().get("/schools/no-school/brand.css").status_code == 404
