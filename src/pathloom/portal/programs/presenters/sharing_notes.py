"""What stands at the foot of every form of a program, and which version it is."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

Page = dict[str, Any]


def notes(page: Page) -> list[Page]:
    """What stands at the foot of the page, each with the part of a program that makes it long."""
    clubs = (page["organizations"], page["activities"])
    found: list[Page] = [
        {
            "part": "steps",
            "title": "◆ " + _("College credit in high school"),
            "items": sorted({each["college_course"] for each in page["college_credit"]}),
        },
        {"part": "work", "title": _("Learning at work"), "items": _titles(page["work"])},
        {
            "part": "organizations" if len(clubs[0]) >= len(clubs[1]) else "activities",
            "title": _("Clubs and student organizations"),
            "items": _titles([*clubs[0], *clubs[1]]),
        },
        {"part": "skills", "title": _("What you learn to do"), "items": _titles(page["skills"])},
        {"part": "steps", "title": _("Standards"), "items": _standards(page)},
        {"part": "partners", "title": _("Partners"), "items": page["partners"]},
    ]
    return [each for each in found if each["items"]]


def _standards(page: Page) -> list[str]:
    """The standards that steps teach, each once."""
    said = [each for step in page["standards"] for each in step["standards"]]
    return list(dict.fromkeys(f"{each['code']} {each['title']}".strip() for each in said))


def _titles(lines: list[Page]) -> list[str]:
    return [line["title"] for line in lines]


def edition(page: Page) -> str:
    """Which version this is, and since when it holds."""
    day = page["published_on"]
    return _("Version %(number)s, published %(day)s") % {
        "number": page["number"],
        "day": date_format(day, "DATE_FORMAT") if day else _("not yet"),
    }
