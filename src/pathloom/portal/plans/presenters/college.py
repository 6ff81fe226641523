"""Beyond grade 12: what a plan counts for at a college, and the two years that follow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.phrases import number
from pathloom.engine.catalog.agreements import format_dollars
from pathloom.engine.planner.college import (
    Claim,
    CollegeCredit,
    ProgramAhead,
    Row,
    Standing,
    TermAhead,
    TuitionAvoided,
    credit_of_plan,
    difference,
)
from pathloom.engine.units import Part
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.queries.terms import term_label
from pathloom.portal.plans.snapshot import Basis

_STATES = {
    Standing.EARNED: "earned",
    Standing.OPEN: "in_progress",
    Standing.IN_PROGRESS: "in_progress",
    Standing.PLANNED: "planned",
}
_SIGNS = {  # of ``ui_status``
    Standing.EARNED: "met",
    Standing.OPEN: "in_progress",
    Standing.IN_PROGRESS: "in_progress",
    Standing.PLANNED: "planned",
    Standing.LOST: "short",
    Standing.AGAIN: "excused",
}


class CollegeLine(TypedDict):
    """College credit in one line; ``change`` is what the last change did, empty for nothing."""

    words: str
    change: str
    url: str


class CollegeFigure(TypedDict):
    title: str
    value: str
    note: str


class CollegeRow(TypedDict):
    code: str
    title: str
    hours: str
    state: str
    state_words: str


class CollegeTerm(TypedDict):
    label: str
    sum: str
    away: bool
    rows: list[CollegeRow]


class CollegeYear(TypedDict):
    label: str
    terms: list[CollegeTerm]


class CollegeWay(TypedDict):
    """A program that goes on at a college: two years after grade 12."""

    id: str
    title: str
    college: str
    sentence: str
    url: str
    years: list[CollegeYear]


class ClaimRow(TypedDict):
    """``deadline`` is empty where there is none; ``why`` says what is asked or what was lost."""

    course: str
    term: str
    counts_as: str
    college: str
    hours: str
    standing: str
    standing_words: str
    sign: str
    deadline: str
    why: str


class TuitionRow(TypedDict):
    """``stated`` says the institution's own figure and its day, empty where it states none."""

    college: str
    hours: str
    amount: str
    stated: str
    url: str


class CollegePage(TypedDict):
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


def college_of(
    basis: Basis, placements: Iterable[Sequence[str]], *, on: date
) -> CollegeCredit | None:
    """The college credit of the placements of a version; None without agreements."""
    offered = {course.id for course in basis.catalog.courses}
    known = [place for place in basis.ahead(placements) if place.course in offered]
    return credit_of_plan(basis.asked, known, as_of=on)


def college_line(version: PlanVersion, basis: Basis) -> CollegeLine | None:
    """What the newest version counts for, and what its last change did; None without agreements."""
    credit = college_of(basis, version.placements, on=basis.day)
    if credit is None:
        return None
    saved = max((each.months_saved or 0 for each in credit.programs), default=0)
    parts = [_("%(hours)s banked") % {"hours": _hours(credit.hours.banked)}]
    if credit.avoided:
        parts.append(_("%(money)s tuition avoided") % {"money": format_dollars(credit.avoided)})
    if saved:
        parts.append(_months(saved))
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
    return {
        "headline": _headline(credit, name),
        "lead": _lead(credit),
        "figures": _figures(credit),
        "change": change,
        "changes": changes,
        "ways": [_way(each, index) for index, each in enumerate(credit.programs, start=1)],
        "no_way": "" if credit.programs else _no_way(basis),
        "banked": [_claim(each) for each in counted],
        "lost": [_claim(each) for each in credit.claims if each.standing is Standing.LOST],
        "tuition": [_tuition(each) for each in credit.tuition],
    }


def claim_rows(credit: CollegeCredit) -> list[ClaimRow]:
    """Every claim, in the order of the engine: by college, college course and standing."""
    return [_claim(each) for each in credit.claims]


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
    return (found.sentence, changes) if changes else ("", [])


def _headline(credit: CollegeCredit, name: str) -> str:
    hours = _hours(credit.hours.banked)
    if not credit.hours.banked:
        return _("No college credit yet")
    if name:
        return _("%(name)s can start college with %(hours)s") % {"name": name, "hours": hours}
    return _("You can start college with %(hours)s") % {"hours": hours}


def _lead(credit: CollegeCredit) -> str:
    if not credit.hours.banked:
        return _("No course of this plan counts at a college. Some courses of the school do.")
    words = _("Courses of this plan also count at a college. Each hour there is one less to pay.")
    if credit.hours.lost:
        lost = {"hours": _hours(credit.hours.lost)}
        words += " " + _("%(hours)s do not count; below is why.") % lost
    return words


def _figures(credit: CollegeCredit) -> list[CollegeFigure]:
    hours = credit.hours
    amounts = (
        (hours.earned, _("earned")),
        (hours.open + hours.in_progress, _("under way")),
        (hours.planned, _("planned")),
    )
    away = max((each.terms_saved for each in credit.programs), default=0)
    months = max((each.months_saved or 0 for each in credit.programs), default=0)
    terms = ngettext("%(n)s college term falls away", "%(n)s college terms fall away", away)
    return [
        {
            "title": _("College hours banked"),
            "value": number(hours.banked),
            "note": ", ".join(f"{number(amount)} {words}" for amount, words in amounts if amount),
        },
        {
            "title": _("Tuition avoided"),
            "value": format_dollars(credit.avoided),
            "note": _("%(money)s by what is earned")
            % {"money": format_dollars(credit.avoided_earned)},
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


def _way(each: ProgramAhead, index: int) -> CollegeWay:
    years = sorted({term.year for term in each.terms})
    return {
        "id": f"way-{index}",
        "title": each.credential,
        "college": each.college,
        "sentence": each.sentence,
        "url": each.url,
        "years": [
            {
                "label": _("Year %(n)s after grade 12") % {"n": year},
                "terms": [_term(term) for term in each.terms if term.year == year],
            }
            for year in years
        ],
    }


def _term(term: TermAhead) -> CollegeTerm:
    left = sum(row.hours - row.counted for row in term.rows)
    parts = {Part.FALL: _("Fall"), Part.SPRING: _("Spring"), Part.SUMMER: _("Summer")}
    return {
        "label": parts.get(term.part, str(term.part)),
        "sum": _("falls away")
        if term.falls_away
        else _("%(hours)s left") % {"hours": _hours(left)},
        "away": term.falls_away,
        "rows": [_row(row) for row in term.rows],
    }


def _row(row: Row) -> CollegeRow:
    words = {
        Standing.EARNED: _("done in high school"),
        Standing.OPEN: _("passed in high school, something is left to show"),
        Standing.IN_PROGRESS: _("under way in high school"),
        Standing.PLANNED: _("planned in high school"),
    }
    there = row.standing if row.counted else None
    said = words.get(there, _("at college")) if there else _("at college")
    if there and row.counted < row.hours:
        said = _("%(words)s, %(hours)s of it") % {"words": said, "hours": _hours(row.counted)}
    return {
        "code": row.code,
        "title": row.title,
        "hours": _hours(row.hours),
        "state": _STATES.get(there, "open") if there else "open",
        "state_words": said,
    }


def _claim(each: Claim) -> ClaimRow:
    names = {
        Standing.EARNED: _("earned"),
        Standing.OPEN: _("not complete"),
        Standing.IN_PROGRESS: _("under way"),
        Standing.PLANNED: _("planned"),
        Standing.LOST: _("lost"),
        Standing.AGAIN: _("counted already"),
    }
    lost = each.standing is Standing.LOST
    return {
        "course": each.course,
        "term": term_label(each.term) if each.term else "",
        "counts_as": f"{each.code} {each.title}",
        "college": each.college,
        "hours": number(each.lost if lost else each.counted),
        "standing": str(each.standing),
        "standing_words": names[each.standing],
        "sign": _SIGNS[each.standing],
        "deadline": _day(each.deadline) if each.deadline and not lost else "",
        "why": each.sentence,
    }


def _tuition(each: TuitionAvoided) -> TuitionRow:
    stated = ""
    if each.per_hour is not None and each.as_of is not None:
        stated = _("%(money)s an hour, as the college states it on %(day)s") % {
            "money": format_dollars(each.per_hour),
            "day": _day(each.as_of),
        }
    return {
        "college": each.college,
        "hours": _hours(each.hours),
        "amount": "" if each.amount is None else format_dollars(each.amount),
        "stated": stated,
        "url": each.url,
    }


def _hours(amount: int) -> str:
    words = ngettext("%(n)s college hour", "%(n)s college hours", 1 if amount == 100 else 2)
    return words % {"n": number(amount)}


def _months(count: int) -> str:
    return ngettext("%(n)s month saved", "%(n)s months saved", count) % {"n": count}


def _day(day: date) -> str:
    return date_format(day)
