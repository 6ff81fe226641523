"""Beyond grade 12: what a plan counts for at a college, and the two years that follow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.phrases import number
from pathloom.engine.catalog.agreements import format_dollars
from pathloom.engine.planner.college import (
    AtCollege,
    CollegeCredit,
    Standing,
    at_colleges,
    credit_of_plan,
    difference,
)
from pathloom.engine.planner.college.more import more_that_counts
from pathloom.engine.planner.types import Placement
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.presenters.college_rows import (
    ClaimRow,
    CollegeWay,
    MoreRow,
    TuitionRow,
    claim_row,
    hours_words,
    months_words,
    more_row,
    tuition_row,
    way_of,
)
from pathloom.portal.plans.snapshot import Basis

MOST_MORE = 8  # further courses that are named


class CollegeLine(TypedDict):
    """College credit in one line; ``change`` is what the last change did, empty for nothing."""

    words: str
    change: str
    url: str


class CollegeFigure(TypedDict):
    title: str
    value: str
    note: str


class CollegePage(TypedDict):
    """``more`` are courses not in the plan that would count; ``more_left`` how many others."""

    headline: str
    lead: str
    figures: list[CollegeFigure]
    change: str
    changes: list[str]
    ways: list[CollegeWay]
    no_way: str
    banked: list[ClaimRow]
    lost: list[ClaimRow]
    tuition: list[TuitionRow]
    more: list[MoreRow]
    more_left: int


def college_of(
    basis: Basis, placements: Iterable[Sequence[str]], *, on: date
) -> CollegeCredit | None:
    """The college credit of the placements of a version; None without agreements."""
    return credit_of_plan(basis.asked, _known(basis, placements), as_of=on)


def _known(basis: Basis, placements: Iterable[Sequence[str]]) -> list[Placement]:
    offered = {course.id for course in basis.catalog.courses}
    return [place for place in basis.ahead(placements) if place.course in offered]


def college_line(version: PlanVersion, basis: Basis) -> CollegeLine | None:
    """What the newest version counts for, and what its last change did; None without agreements."""
    credit = college_of(basis, version.placements, on=basis.day)
    if credit is None:
        return None
    best = _best(credit)
    parts = [_("no college hours banked")]
    if best is not None:
        parts = [
            _("%(hours)s banked at %(college)s")
            % {"hours": hours_words(best.hours.banked), "college": best.college}
        ]
        if best.avoided:
            parts.append(_("%(money)s tuition avoided") % {"money": format_dollars(best.avoided)})
    saved = max((each.months_saved or 0 for each in credit.programs), default=0)
    if saved:
        parts.append(months_words(saved))
    return {
        "words": " · ".join(parts),
        "change": _last_change(version, basis, credit)[0],
        "url": reverse("plans:student_college", args=[version.plan.student_id]),
    }


def college_page(
    version: PlanVersion | None, basis: Basis, credit: CollegeCredit, *, name: str = ""
) -> CollegePage:
    """Lay out the college credit of a plan, or of the record where there is no plan.

    Args:
        credit: of this version, by ``college_of``.
        name: the student's first name; empty when the reader is the student.
    """
    change, changes = _last_change(version, basis, credit) if version else ("", [])
    counted = [each for each in credit.claims if each.standing is not Standing.LOST]
    planned = _known(basis, version.placements) if version else []
    further = more_that_counts(basis.asked, planned, as_of=basis.day)
    return {
        "headline": _headline(credit, name),
        "lead": _lead(credit),
        "figures": _figures(credit),
        "change": change,
        "changes": changes,
        "ways": [way_of(each, index) for index, each in enumerate(credit.programs, start=1)],
        "no_way": "" if credit.programs else _no_way(basis),
        "banked": [claim_row(each) for each in counted],
        "lost": [claim_row(each) for each in credit.claims if each.standing is Standing.LOST],
        "tuition": [tuition_row(each) for each in credit.tuition],
        "more": [more_row(each) for each in further[:MOST_MORE]],
        "more_left": max(0, len(further) - MOST_MORE),
    }


def _best(credit: CollegeCredit) -> AtCollege | None:
    """The college at which most is banked; None where nothing is."""
    found = next(iter(at_colleges(credit)), None)
    return found if found is not None and found.hours.banked else None


def claim_rows(credit: CollegeCredit) -> list[ClaimRow]:
    """Every claim, in the order of the engine: by college, college course and standing."""
    return [claim_row(each) for each in credit.claims]


def _last_change(
    version: PlanVersion, basis: Basis, credit: CollegeCredit
) -> tuple[str, list[str]]:
    """What the last change of a plan did to its college credit, and each course of it."""
    if version.parent is None:
        return "", []
    before = college_of(basis, version.parent.placements, on=basis.day)
    if before is None:
        return "", []
    found = difference(before, credit)
    changes = [each.sentence for each in found.courses]
    changes += [each.sentence for each in found.programs]
    return (_change_words(_best(before), _best(credit)), changes) if changes else ("", [])


def _change_words(before: AtCollege | None, after: AtCollege | None) -> str:
    """How much more, or less, counts at the college where most does."""
    hours = (after.hours.banked if after else 0) - (before.hours.banked if before else 0)
    money = ((after and after.avoided) or 0) - ((before and before.avoided) or 0)
    parts = []
    if hours:
        words = _("%(hours)s more") if hours > 0 else _("%(hours)s less")
        parts.append(words % {"hours": hours_words(abs(hours))})
    if money:
        words = _("%(money)s more tuition avoided") if money > 0 else _("%(money)s less avoided")
        parts.append(words % {"money": format_dollars(abs(money))})
    return " · ".join(parts) or _("Other courses count, and as many hours as before.")


def _headline(credit: CollegeCredit, name: str) -> str:
    best = _best(credit)
    if best is None:
        return _("No college credit yet")
    hours = hours_words(best.hours.banked)
    if name:
        return _("%(name)s can start college with %(hours)s") % {"name": name, "hours": hours}
    return _("You can start college with %(hours)s") % {"hours": hours}


def _lead(credit: CollegeCredit) -> str:
    banked = [each for each in at_colleges(credit) if each.hours.banked]
    if not banked:
        return _("No course of this plan counts at a college. Some courses of the school do.")
    words = [
        _("Some courses count twice: for the diploma, and at %(college)s.")
        % {"college": banked[0].college}
    ]
    words += [
        _("At %(college)s it would be %(hours)s.")
        % {"college": each.college, "hours": hours_words(each.hours.banked)}
        for each in banked[1:]
    ]
    return " ".join(words)


def _figures(credit: CollegeCredit) -> list[CollegeFigure]:
    best = _best(credit)
    if best is None:
        return []
    hours = best.hours
    amounts = (
        (hours.earned, _("earned")),
        (hours.open + hours.in_progress, _("under way")),
        (hours.planned, _("planned")),
    )
    away = max((each.terms_saved for each in credit.programs), default=0)
    months = max((each.months_saved or 0 for each in credit.programs), default=0)
    terms = ngettext("%(n)s college term falls away", "%(n)s college terms fall away", away)
    so_far = {"money": format_dollars(best.avoided_earned or 0)}
    return [
        {
            "title": _("College hours banked"),
            "value": number(hours.banked),
            "note": ", ".join(f"{number(amount)} {words}" for amount, words in amounts if amount),
        },
        {
            "title": _("Tuition avoided"),
            "value": _("not stated") if best.avoided is None else format_dollars(best.avoided),
            "note": _("%(money)s by what is earned") % so_far,
        },
        {
            "title": _("Months saved"),
            "value": str(months),
            "note": terms % {"n": away} if away else _("no college term falls away yet"),
        },
    ]


def _no_way(basis: Basis) -> str:
    if not basis.program:
        return _("Choose a program of study to see the two years after grade 12.")
    return _("No college goes on with this program in the agreements of the district.")
