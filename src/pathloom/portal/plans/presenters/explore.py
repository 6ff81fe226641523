"""The way to other plans, to a repair and to other programs, and the news that something broke."""

from __future__ import annotations

from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.portal.plans.checks import Trouble

MOST_NEWS = 3


class Way(TypedDict):
    title: str
    text: str
    url: str


class Explore(TypedDict):
    """``news`` says what broke since the plan was made; ``more`` how many more sentences."""

    news: list[str]
    more: int
    repair_url: str
    ways: list[Way]


def explore(trouble: Trouble, *, student: int, name: str = "") -> Explore:
    """Where changes begin.

    Args:
        name: the student's first name; empty when the reader is the student.
    """
    repair = reverse("plans:student_repair", args=[student])
    return {
        "news": list(trouble.news[:MOST_NEWS]),
        "more": max(0, len(trouble.news) - MOST_NEWS),
        "repair_url": repair,
        "ways": [
            {
                "title": _("See other plans"),
                "text": _("Up to three, side by side."),
                "url": reverse("plans:student_alternatives", args=[student]),
            },
            {
                "title": _("Repair the plan") if name else _("Repair my plan"),
                "text": _("Something does not fit.") if trouble.broke else _("When life happens."),
                "url": repair,
            },
            {
                "title": _("Think about another program"),
                "text": _("What it keeps, and until when."),
                "url": reverse("plans:student_change", args=[student]),
            },
            {
                "title": _("Look beyond grade 12"),
                "text": _("College hours, and the two years after."),
                "url": reverse("plans:student_college", args=[student]),
            },
        ],
    }
