"""A school's color, corrected so that it can always be read."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text
CALM = 7.0  # on dark grounds thin colored text needs more to read as easily
_STEPS = 200

LIGHT_GROUNDS = ("#faf9f6", "#ffffff", "#fcfbf9")  # as in tokens.css
DARK_GROUNDS = ("#17161b", "#201f26", "#1c1b21")


@dataclass(frozen=True, slots=True)
class Accent:
    """The accent of one color scheme: a fill, text on that fill, a tint, text on the tint."""

    accent: str
    on_accent: str
    accent_soft: str
    accent_ink: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A brand color that could not be read in a scheme, and what takes its place there."""

    scheme: str  # "light" or "dark"
    chosen: str
    contrast: float  # of what was chosen, on the ground that is worst for it
    used: str
    corrected: float
    needed: float


def corrections(brand: str) -> tuple[Correction, ...]:
    """What is changed of a brand color so that text in it can be read; nothing where it can."""
    light, dark = light_accent(brand).accent, dark_accent(brand).accent
    schemes = (
        ("light", light, LIGHT_GROUNDS, READABLE),
        ("dark", dark, DARK_GROUNDS, CALM),
    )
    return tuple(
        Correction(scheme, brand, _worst(brand, grounds), used, _worst(used, grounds), needed)
        for scheme, used, grounds, needed in schemes
        if used.lower() != brand.lower()
    )


def _worst(color: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(color, ground) for ground in grounds)


def contrast(one: str, other: str) -> float:
    """The contrast of two colors by WCAG, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def light_accent(brand: str) -> Accent:
    """The accent for the light scheme: the brand color, darkened until it can be read."""
    soft = _mix(brand, "#ffffff", 0.08)
    accent = _readable(brand, LIGHT_GROUNDS, towards=0.0, at_least=READABLE)
    ink = _readable(brand, (*LIGHT_GROUNDS, soft), towards=0.0, at_least=READABLE)
    return Accent(accent, "#ffffff", soft, ink)


def dark_accent(brand: str) -> Accent:
    """The accent for the dark scheme: the brand color, lightened until it can be read."""
    soft = _mix(brand, DARK_GROUNDS[1], 0.18)
    on_accent = "#121016"
    accent = _readable(brand, (*DARK_GROUNDS, on_accent), towards=1.0, at_least=CALM)
    ink = _readable(accent, (*DARK_GROUNDS, soft), towards=1.0, at_least=CALM)
    return Accent(accent, on_accent, soft, ink)


def _readable(color: str, grounds: tuple[str, ...], *, towards: float, at_least: float) -> str:
    """The color nearest to `color` that can be read on all grounds, keeping its hue."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    for step in range(_STEPS + 1):
        moved = lightness + (towards - lightness) * step / _STEPS
        candidate = _hex(colorsys.hls_to_rgb(hue, moved, saturation))
        if all(contrast(candidate, ground) >= at_least for ground in grounds):
            return candidate
    raise ValueError(f"{color}: nothing of this hue can be read on {', '.join(grounds)}.")


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _mix(color: str, ground: str, share: float) -> str:
    pairs = zip(_channels(color), _channels(ground), strict=True)
    return _hex(tuple(one * share + other * (1 - share) for one, other in pairs))


def _luminance(color: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
