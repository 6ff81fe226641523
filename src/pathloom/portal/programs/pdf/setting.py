"""How a form is set by Typst: fonts, letters, the code of an address, hues of the clusters."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno

from pathloom.portal.core import __file__ as core_file
from pathloom.portal.programs.pdf.kept import FORMS, kept
from pathloom.portal.programs.pdf.press import Order, done, done_apart
from pathloom.portal.programs.presenters.words import Said

FONTS = Path(core_file).parent / "static" / "vendor" / "fonts"

# The hues of the clusters on a light ground, as in core/clusters.css.
HUES = {
    "agriculture": "#296818",
    "architecture": "#864302",
    "arts": "#823774",
    "business": "#2d54a0",
    "education": "#5b4799",
    "energy": "#6e5402",
    "finance": "#006943",
    "government": "#484d9f",
    "health-science": "#933239",
    "hospitality": "#913814",
    "human-services": "#8d325c",
    "information-technology": "#025c93",
    "law": "#02617c",
    "manufacturing": "#7b4c00",
    "marketing": "#703e8c",
    "stem": "#016569",
    "transportation": "#00675b",
}
PLAIN_HUE = "#5e5a68"


def set_pdf(form: str, data: dict[str, Any], *, apart: bool = False) -> bytes:
    """Set a form (the name of a file in ``typst/``) as a tagged PDF (PDF/UA-1).

    The same data give the same bytes on every machine. Letters without a sign in the fonts become
    "?", since an accessible PDF may not hold them. A form of many pages is set ``apart``, in a
    process of its own, so that what it takes of memory ends with it.

    Raises:
        typst.TypstError: the form refuses the data.
        RuntimeError: the process ended before it was done.
    """
    given = order(form, data)
    return kept(form, given.data, lambda: done_apart(given) if apart else done(given))


def order(form: str, data: Any, *, asks: str = "") -> Order:
    """What Typst is asked to make of a form and of data."""
    faces = (str(FONTS),) if FONTS.exists() else ()
    given = json.dumps(_plain(data), sort_keys=True)
    return Order(form=str(FORMS / f"{form}.typ"), data=given, faces=faces, asks=asks)


@cache
def code_of(address: str) -> str:
    """An address as a QR code: SVG, with a quiet edge."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=1, xmldecl=False, omitsize=True, svgclass=None, lineclass=None
    )
    return drawn.getvalue().decode()


# Letters the fonts have: Latin, Greek, Cyrillic, punctuation, signs.
_SET = re.compile(r"[\u0020-\u04ff\u1e00-\u2040\u2070-\u20c0\u2190-\u22ff◆✓]")


def _plain(value: Any) -> Any:
    """A text whose language is known is ``{text, lang}``."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, Said):
        return {"text": printable(value), "lang": value.lang}
    if isinstance(value, str):
        return printable(value)
    return value.isoformat() if isinstance(value, datetime) else value


def printable(text: str) -> str:
    """The text with "?" for every letter that no font has."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_letter, unicodedata.normalize("NFC", text)))


def _letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Cf"):
        return " " if letter.isspace() else ""
    return letter if _SET.match(letter) and kind != "Cn" else "?"
