"""What is said of the courses of a plan: locks, wishes, and what can be said next."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from pathloom.engine.planner.types import Placement, PlanRequest
from pathloom.engine.units import Term


class Say(TypedDict):
    """One item of a card's menu: what it does, and the mark it sends."""

    mark: str
    label: str
    on: bool


class Marks(TypedDict):
    """``lock`` says who holds the course in its term, ``wish`` what is said of it; both in words.

    ``free``: whether the student may take the course out of its term.
    """

    lock: str
    wish: str
    free: bool
    say: list[Say]


NO_MARKS: Marks = {"lock": "", "wish": "", "free": True, "say": []}


def marks_of(asked: PlanRequest, course: str, term: Term | None) -> Marks:
    """What is said of a planned course in its term."""
    if term is None:
        return NO_MARKS
    place = Placement(course, term)
    own, fixed = place in asked.locks, place in asked.staff_locks
    said = _said(asked, course)
    return {
        "lock": _("fixed by the school") if fixed else _("locked") if own else "",
        "wish": _WISH[said]() if said else "",
        "free": not fixed,
        "say": [
            *([] if fixed else [_lock_item(own)]),
            *(_item(mark, said == mark) for mark in ("want", "avoid")),
            *([] if fixed else [_item("ban", said == "ban")]),
        ],
    }


def _said(asked: PlanRequest, course: str) -> str:
    wishes = asked.wishes
    lists = {
        "want": wishes.wanted,
        "like": wishes.liked,
        "avoid": wishes.avoided,
        "ban": asked.all_bans,
    }
    return next((mark for mark, courses in lists.items() if course in courses), "")


_WISH = {
    "want": lambda: _("you want this"),
    "like": lambda: _("you would like this"),
    "avoid": lambda: _("you would rather not"),
    "ban": lambda: _("ruled out"),
}


def _lock_item(locked: bool) -> Say:
    if locked:
        return {"mark": "unlock", "label": _("Unlock"), "on": True}
    return {"mark": "lock", "label": _("Lock it here"), "on": False}


def _item(mark: str, on: bool) -> Say:
    words = {
        "want": (_("I want this"), _("Take back: I want this")),
        "avoid": (_("I would rather not"), _("Take back: I would rather not")),
        "ban": (_("Rule it out"), _("Allow it again")),
    }
    label, back = words[mark]
    return {"mark": "plain" if on else mark, "label": back if on else label, "on": on}
