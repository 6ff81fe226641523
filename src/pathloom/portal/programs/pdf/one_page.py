"""A program of study on exactly one page: letter paper, or a poster."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pathloom.portal.core.ui.clusters import glyph, like
from pathloom.portal.programs.pdf.setting import HUES, PLAIN_HUE, code_of, set_pdf
from pathloom.portal.programs.presenters.sharing_notes import edition, notes
from pathloom.portal.programs.presenters.words import Said

Page = dict[str, Any]
LETTER = {"width": 11, "height": 8.5, "scale": 1}
POSTER = {"width": 24, "height": 18, "scale": 2.15}


def one_page(page: Page) -> bytes:
    """Set a program of study on one landscape page of letter paper.

    Everything is shown, at the largest of the sizes in ``typst/sheet.typ`` at which it fits. What
    does not fit at the smallest one is shortened to "and n more on the web page", and the page says
    so; ``fits`` tells authors beforehand.

    Args:
        page: what ``presenters.sharing.shared_program`` makes.
    """
    return set_pdf("one_page", sheet(page) | LETTER)


def poster(page: Page) -> bytes:
    """The same on one page of 24 by 18 inches."""
    return set_pdf("one_page", sheet(page) | POSTER)


def sheet(page: Page) -> Page:
    """The page as the forms want it: words in its language, and nothing they do not show."""
    place = [page["cluster"]["name"], page["pathway"]["name"] if page["pathway"] else ""]
    return {
        "title": page["title"],
        "summary": page["summary"],
        "language": page["language"].split("-")[0],
        "hue": HUES.get(like(page["cluster"]["id"]), PLAIN_HUE),
        "place": [part for part in place if part],
        "school": {name: page["school"][name] for name in _SCHOOL},
        "glyph": glyph(page["cluster"]["id"]).replace("currentColor", "#ffffff"),
        "table": page["table"],
        "exits": page["exits"],
        "notes": notes(page),
        "contact": page["contact"],
        "address": page["address"],
        "qr": code_of(page["address"]),
        "edition": edition(page),
        "remarks": remarks(page),
        "words": words(),
    }


_SCHOOL = ("name", "district", "color", "monogram", "logo")


def remarks(page: Page) -> list[str]:
    """What the signs on the page mean: stars, slanted words, amounts."""
    found = ["* " + _("a course of this district’s own")] if page["has_local"] else []
    paid = [each for exit_ in page["exits"] for each in exit_["occupations"] if each["pay"]]
    if paid:
        found.append(_("Pay: half of the people in the job earn this a year or more."))
    if page["language"] != "en":
        found.append(_("Names of courses and schools are in English."))
    if untranslated(page):
        found.append(_("Slanted words are not translated yet."))
    return found


def untranslated(page: Page) -> bool:
    """Whether a text of the program is not in the language of the page."""
    return any(said.lang != page["language"] for said in _said(page))


def _said(value: Any) -> list[Said]:
    if isinstance(value, Said):
        return [value] if value else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [said for each in inner for said in _said(each)]


def words() -> dict[str, str]:
    return {
        "more": _("and # more on the web page"),
        "or": _("or"),
        "optional": _("optional"),
        "subject": _("Subject"),
        "contact": _("Ask"),
        "web": _("Web page"),
        "code_alt": _("Code that leads a phone to the web page"),
        "shortened": _("Shortened: all of it stands on the web page."),
    }
