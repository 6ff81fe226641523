"""A program of study on exactly one printed page: a tagged PDF (PDF/UA-1) made by Typst."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathloom.portal.core import __file__ as core_file
from pathloom.portal.core.ui.clusters import glyph, like

TEMPLATE = Path(__file__).parent / "templates" / "programs" / "one_page.typ"
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


def one_page(page: dict[str, Any], *, address: str) -> bytes:
    """Set a program of study on one landscape page; the same page gives the same bytes.

    Letters without a sign in the fonts become "?". Long lists are shortened to "and n more on the
    web page", step by step, until the page holds them; the template refuses to make two pages.

    Args:
        page: what ``presenters.program.program_page`` makes.
        address: the web page it is printed from.
    Raises:
        typst.TypstError: the content does not fit on one page even at the last step.
    """
    made: bytes = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"data": json.dumps(_printable(_sheet(page, address=address)))},
        pdf_standards="ua-1",
        font_paths=_fonts(),
        timestamp=0,
    )
    return made


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Our own face and those that come with Typst, so that every machine sets the same page."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS] if FONTS.exists() else [])


# Letters the fonts have: Latin, Greek, Cyrillic, punctuation, signs.
_SET = re.compile(r"[\u0020-\u04ff\u1e00-\u2040\u2070-\u20c0\u2190-\u22ff]")


def _printable(value: Any) -> Any:
    """The same value with "?" for letters that no font has: an accessible PDF may not hold them."""
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    if isinstance(value, str):
        return "".join(map(_letter, unicodedata.normalize("NFC", value)))
    return value


def _letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Cf"):
        return " " if letter.isspace() else ""
    return letter if _SET.match(letter) and kind != "Cn" else "?"


def _sheet(page: dict[str, Any], *, address: str) -> dict[str, Any]:
    """The page as the template wants it: words in the visitor's language, no addresses but one."""
    place = [page["cluster"]["name"], page["pathway"]["name"] if page["pathway"] else ""]
    return {
        "title": page["title"],
        "summary": page["summary"],
        "lang": (get_language() or "en").split("-")[0],
        "hue": HUES.get(like(page["cluster"]["id"]), PLAIN_HUE),
        "place": [part for part in place if part],
        "school": page["school"]["name"],
        "district": page["school"]["district"],
        "glyph": glyph(page["cluster"]["id"]).replace("currentColor", "#ffffff"),
        "columns": page["columns"],
        "subjects": page["subjects"],
        "exits": page["exits"],
        "activities": [activity["title"] for activity in page["activities"]],
        "partners": page["partners"],
        "contact": page["contact"],
        "has_local": page["has_local"],
        "address": address,
        "edition": _edition(page),
        "words": _words(),
    }


def _edition(page: dict[str, Any]) -> str:
    day = page["published_on"]
    return _("Version %(number)s, published %(day)s") % {
        "number": page["number"],
        "day": date_format(day, "DATE_FORMAT") if day else _("not yet"),
    }


def _words() -> dict[str, str]:
    return {
        "more": _("and # more on the web page"),
        "or": _("or"),
        "optional": _("optional"),
        "subject": _("Subject"),
        "pathway": _("Pathway"),
        "next": _("Next step"),
        "exits": _("Credentials and jobs"),
        "activities": _("Clubs and work-based learning"),
        "partners": _("Partners"),
        "contact": _("Ask"),
        "web": _("Web page"),
        "local": _("a course of this district’s own"),
    }
