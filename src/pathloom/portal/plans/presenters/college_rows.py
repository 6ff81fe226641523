"""Rows of college credit: the terms after grade 12, claims, tuition, and what else could count."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.phrases import number
from pathloom.engine.catalog.agreements import format_dollars
from pathloom.engine.planner.college import (
    Claim,
    ProgramAhead,
    Row,
    Standing,
    TermAhead,
    TuitionAvoided,
)
from pathloom.engine.planner.college.more import CouldCount
from pathloom.engine.units import Part
from pathloom.portal.plans.queries.terms import term_label

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


class MoreRow(TypedDict):
    title: str
    words: str


def way_of(each: ProgramAhead, index: int) -> CollegeWay:
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
        else _("%(hours)s left") % {"hours": short_words(left)},
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
        said = _("%(words)s, %(hours)s of it") % {"words": said, "hours": short_words(row.counted)}
    return {
        "code": row.code,
        "title": row.title,
        "hours": short_words(row.hours),
        "state": _STATES.get(there, "open") if there else "open",
        "state_words": said,
    }


def claim_row(each: Claim) -> ClaimRow:
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


def tuition_row(each: TuitionAvoided) -> TuitionRow:
    stated = ""
    if each.per_hour is not None and each.as_of is not None:
        stated = _("%(money)s an hour, as the college states it on %(day)s") % {
            "money": format_dollars(each.per_hour),
            "day": _day(each.as_of),
        }
    return {
        "college": each.college,
        "hours": short_words(each.hours),
        "amount": "" if each.amount is None else format_dollars(each.amount),
        "stated": stated,
        "url": each.url,
    }


def more_row(each: CouldCount) -> MoreRow:
    words = _("%(hours)s: %(code)s %(title)s at %(college)s") % {
        "hours": short_words(each.hours),
        "code": each.code,
        "title": each.counts_as,
        "college": each.college,
    }
    return {"title": each.title, "words": words}


def hours_words(amount: int) -> str:
    words = ngettext("%(n)s college hour", "%(n)s college hours", 1 if amount == 100 else 2)
    return words % {"n": number(amount)}


def short_words(amount: int) -> str:
    words = ngettext("%(n)s hour", "%(n)s hours", 1 if amount == 100 else 2)
    return words % {"n": number(amount)}


def months_words(count: int) -> str:
    return ngettext("%(n)s month saved", "%(n)s months saved", count) % {"n": count}


def _day(day: date) -> str:
    return date_format(day)
