"""A handout of all programs of study of a school, for print."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pathloom.portal.programs.pdf.one_page import sheet, words
from pathloom.portal.programs.pdf.setting import code_of, set_pdf

Page = dict[str, Any]


def booklet(school: Page, pages: list[Page]) -> bytes:
    """Set a cover, the contents, each program on one page, and an index by occupation.

    Args:
        school: what ``presenters.sharing.school_page`` makes.
        pages: what ``presenters.sharing.shared_programs`` makes, in the order of the booklet.
    """
    return set_pdf(
        "booklet",
        {
            "language": school["language"].split("-")[0],
            "school": school | {"qr": code_of(school["address"])},
            "pages": [sheet(page) for page in pages],
            "index": _by_occupation(pages),
            "words": words() | _words(pages),
        },
        apart=True,
    )


def _by_occupation(pages: list[Page]) -> list[Page]:
    """Every occupation with the places of the programs that lead to it, by title."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        for title in {job["title"] for way in page["exits"] for job in way["occupations"]}:
            found[title].append(index)
    return [{"title": title, "programs": found[title]} for title in sorted(found, key=str.casefold)]


def _words(pages: list[Page]) -> dict[str, str]:
    days = [page["published_on"] for page in pages if page["published_on"]]
    newest = _("As of %(day)s") % {"day": date_format(max(days), "DATE_FORMAT")} if days else ""
    return {
        "title": _("Programs of study"),
        "contents": _("Contents"),
        "index": _("Programs by occupation"),
        "printed": newest,
    }
