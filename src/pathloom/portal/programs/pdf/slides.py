"""A program of study as slides to show in a room."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pathloom.portal.programs.pdf.one_page import sheet
from pathloom.portal.programs.pdf.setting import set_pdf


def slides(page: dict[str, Any]) -> bytes:
    """Set a program of study as a PDF of 16 by 9: about six slides.

    Args:
        page: what ``presenters.sharing.shared_program`` makes.
    """
    shown = sheet(page)
    return set_pdf("slides", shown | {"words": shown["words"] | _words()})


def _words() -> dict[str, str]:
    return {
        "way": _("The way, grade by grade"),
        "after": _("Two years after high school"),
        "exits": _("Where you can go from here"),
        "besides": _("Besides the courses"),
        "contact": _("Ask a person"),
    }
