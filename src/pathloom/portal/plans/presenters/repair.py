"""A repair as a page: the changes first, each with its reason, then the plan term by term."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.planner.moves import Move, PlanChange
from pathloom.engine.planner.types import Placement, Proof
from pathloom.engine.units import format_credits, format_grade
from pathloom.portal.plans.presenters.moves import ChangeLine, change_label, change_lines
from pathloom.portal.plans.presenters.standing import number_word
from pathloom.portal.plans.queries.terms import term_label
from pathloom.portal.plans.runners.repair import Mended
from pathloom.portal.plans.snapshot import Basis


class TermCourse(TypedDict):
    """A course of the repaired plan; ``label`` says what happened to it, empty for nothing."""

    title: str
    credits: str
    tone: str
    label: str


class TermLines(TypedDict):
    label: str
    note: str
    courses: list[TermCourse]


class RepairPage(TypedDict):
    """``holds``: nothing has to change; then ``changes`` and ``terms`` are empty."""

    headline: str
    holds: bool
    because: list[str]
    changes: list[ChangeLine]
    terms: list[TermLines]
    left: list[str]
    note: str


def repair_page(mended: Mended, basis: Basis, *, name: str = "") -> RepairPage:
    """Show what a repair changes, and the plan that comes of it.

    Args:
        basis: names the courses and the terms.
        name: the student's first name; empty when the reader is the student.
    """
    holds = not mended.changes
    return {
        "headline": _headline(len(mended.changes), name),
        "holds": holds,
        "because": list(mended.because),
        "changes": change_lines(mended.changes),
        "terms": [] if holds else _terms(mended, basis),
        "left": list(mended.left),
        "note": ""
        if mended.proof is Proof.OPTIMAL
        else _("The best that was found in the time given."),
    }


def _headline(count: int, name: str) -> str:
    if not count:
        if name:
            return _("%(name)s’s plan works. There is nothing to repair.") % {"name": name}
        return _("Your plan works. There is nothing to repair.")
    if name:
        words = ngettext(
            "One change makes %(name)s’s plan work again.",
            "%(count)s changes make %(name)s’s plan work again.",
            count,
        )
    else:
        words = ngettext(
            "One change makes your plan work again.",
            "%(count)s changes make your plan work again.",
            count,
        )
    return words % {"count": number_word(count), "name": name}


def _terms(mended: Mended, basis: Basis) -> list[TermLines]:
    courses = {course.id: course for course in basis.catalog.courses}
    marks = dict(_marks(mended.changes))
    found: list[TermLines] = []
    for entry in basis.terms:
        here = sorted(
            (place for place in mended.placements if place.term == entry.term),
            key=lambda place: courses[place.course].title,
        )
        if not here:
            continue
        load = sum(courses[place.course].credits for place in here)
        found.append(
            {
                "label": term_label(entry.term),
                "note": _("Grade %(grade)s · %(load)s credits")
                % {"grade": format_grade(entry.grade), "load": format_credits(load)},
                "courses": [
                    {
                        "title": courses[place.course].title,
                        "credits": format_credits(courses[place.course].credits),
                        "tone": marks.get(place, ("", ""))[0],
                        "label": marks.get(place, ("", ""))[1],
                    }
                    for place in here
                ],
            }
        )
    return found


def _marks(changes: Iterable[PlanChange]) -> Iterable[tuple[Placement, tuple[str, str]]]:
    """What happened to the courses that are in the plan after the changes."""
    for change in changes:
        if change.after is not None and change.move is not Move.DROPPED:
            yield Placement(change.course, change.after), change_label(change.move)
