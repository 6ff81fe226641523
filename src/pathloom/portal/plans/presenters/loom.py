"""The loom: requirement areas as threads, credit as knots, grades as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypedDict

from django.utils.translation import gettext as _

from pathloom.engine.audit.result import AuditResult, Counted, RequirementResult
from pathloom.engine.record import State, StudentRecord
from pathloom.engine.units import Credits, SchoolYear, format_credits
from pathloom.portal.plans.presenters.amounts import counts_credit, have_words

AREAS = 8  # hues of core/loom.css; areas beyond it start over
GRADES = (9, 10, 11, 12)
MISSING = "missing"
_ORDER = [str(state) for state in (State.EARNED, State.IN_PROGRESS, State.PLANNED)]
_KNOT = 100  # one unit is one knot; what is less than three quarters of it is a half knot


class Knot(TypedDict):
    """``state``: earned, in_progress, planned or missing; ``half``: less than a whole unit."""

    state: str
    half: bool
    title: str
    credits: str


class Cell(TypedDict):
    grade: int
    now: bool
    knots: list[Knot]
    words: str


class Row(TypedDict):
    """One requirement area; ``area`` (1 to 8) is its hue everywhere."""

    id: str
    title: str
    area: int
    status: str
    have: str
    need: str
    missing: str
    amount: str
    anchor: str
    cells: list[Cell]


class Total(TypedDict):
    """The credit of the whole diploma; ``have`` is what counts, in the right areas.

    ``extra``: whether there is credit that fills none of the areas that are short.
    """

    have: str
    need: str
    earned: str
    in_progress: str
    planned: str
    missing: str
    extra: bool


class Loom(TypedDict):
    grades: list[int]
    grade_now: int | None
    rows: list[Row]
    total: Total
    official: bool


class StripRow(TypedDict):
    title: str
    area: int
    knots: list[Knot]


class Strip(TypedDict):
    """The loom in 16 pixels of height: one group of knots per area, and the same in words."""

    rows: list[StripRow]
    words: str


def loom(
    audit: AuditResult, record: StudentRecord, *, grade_now: int | None = None, link: str = ""
) -> Loom:
    """Turn an audit into the picture.

    Args:
        audit: of ``record``, planned courses included; what asks for no credit has no thread.
        record: says in which term each counted course stands.
        grade_now: the student's grade; missing credit is shown from this grade on.
        link: address before ``#why-...``; empty for the same page.
    """
    grades = grade_of_record(record)
    titles = title_of_record(record, audit)
    rows = [
        _row(result, index=index, grades=grades, titles=titles, now=grade_now, link=link)
        for index, result in enumerate(audit.requirements)
        if counts_credit(result)
    ]
    return {
        "grades": list(GRADES),
        "grade_now": grade_now,
        "rows": rows,
        "total": total_of(audit),
        "official": audit.official,
    }


class Amounts(Protocol):
    """What a requirement area says about itself, in hundredths."""

    @property
    def title(self) -> str: ...
    @property
    def need(self) -> int: ...
    @property
    def earned(self) -> int: ...
    @property
    def in_progress(self) -> int: ...
    @property
    def planned(self) -> int: ...
    @property
    def short(self) -> int: ...


def strip(areas: Iterable[Amounts]) -> Strip:
    """Turn requirement areas (of an audit, or kept in short) into the picture's small form."""
    rows: list[StripRow] = []
    words: list[str] = []
    for index, result in enumerate(areas):
        knots = [
            knot
            for state, amount in (
                (State.EARNED, result.earned),
                (State.IN_PROGRESS, result.in_progress),
                (State.PLANNED, result.planned),
                (MISSING, result.short),
            )
            for knot in _knots(amount, state, "")
        ]
        rows.append({"title": result.title, "area": area_of(index), "knots": knots})
        amount = amount_words(have=result.need - result.short, need=result.need)
        words.append(f"{result.title} {amount}")
    return {"rows": rows, "words": "; ".join(words)}


def strip_of(audit: AuditResult) -> Strip:
    """The small form of an audit; what asks for no credit has no thread."""
    return strip(each for each in audit.requirements if counts_credit(each))


def total_of(audit: AuditResult) -> Total:
    """The total line of the picture, in credits as people write them."""
    total, short = audit.total, short_of(audit)
    return {
        "have": format_credits(total.need - short),
        "need": format_credits(total.need).removesuffix(".0"),
        "earned": format_credits(total.earned),
        "in_progress": format_credits(total.in_progress),
        "planned": format_credits(total.planned),
        "missing": format_credits(short) if short else "",
        "extra": short > total.short,
    }


def short_of(audit: AuditResult) -> Credits:
    """What is missing for the diploma: enough credit of the wrong kind leaves the areas short."""
    areas = sum(result.short for result in audit.requirements if counts_credit(result))
    return min(max(audit.total.short, areas), audit.total.need)


def area_of(index: int) -> int:
    """The hue (1 to 8) of the requirement at this place of the rule file."""
    return index % AREAS + 1


def areas_of_records(audit: AuditResult) -> dict[str, int]:
    """Record id -> hue of the area in which it counts first; absent where it counts nowhere."""
    found: dict[str, int] = {}
    for index, result in enumerate(audit.requirements):
        for entry in _counted(result):
            if not entry.second and not entry.overflow:
                found[entry.record] = area_of(index)
    return found


def grade_in(year: SchoolYear, entered: SchoolYear) -> int:
    """The grade of a school year for who entered grade 9 in ``entered``, held to 9 to 12."""
    return min(max(9 + year.start - entered.start, GRADES[0]), GRADES[-1])


def grade_of_record(record: StudentRecord) -> dict[str, int]:
    """Record id -> grade column; a course without a term stands in grade 9."""
    return {
        course.id: grade_in(course.term.year, record.entered_grade_9) if course.term else GRADES[0]
        for course in record.courses
    }


def title_of_record(record: StudentRecord, audit: AuditResult) -> dict[str, str]:
    """Record id -> title, the records that the rules added included."""
    titles = {course.id: course.title or course.course for course in record.courses}
    return titles | {entry.id: entry.title for entry in audit.awarded}


def _row(
    result: RequirementResult,
    *,
    index: int,
    grades: Mapping[str, int],
    titles: Mapping[str, str],
    now: int | None,
    link: str,
) -> Row:
    columns: dict[int, list[Knot]] = {grade: [] for grade in GRADES}
    for record_id, amount, state in _by_record(result):
        grade = grades.get(record_id, grades.get(record_id.partition("+")[0], GRADES[0]))
        columns[grade] += _knots(amount, state, titles.get(record_id, record_id))
    for grade in GRADES:
        columns[grade].sort(key=lambda knot: _ORDER.index(knot["state"]))
    for knot in _knots(result.short, MISSING, _("missing")):
        columns[_emptiest(columns, now)].append(knot)
    have, missing = result.need - result.short, result.short
    return {
        "id": result.id,
        "title": result.title,
        "area": area_of(index),
        "status": str(result.status),
        "have": format_credits(have),
        "need": format_credits(result.need).removesuffix(".0"),
        "missing": format_credits(missing) if missing else "",
        "amount": have_words(result),
        "anchor": f"{link}#why-{result.id}",
        "cells": [_cell(grade, columns[grade], now) for grade in GRADES],
    }


def amount_words(*, have: int, need: int) -> str:
    """``3.0 of 4``: hundredths in words."""
    return _("%(have)s of %(need)s") % {
        "have": format_credits(have),
        "need": format_credits(need).removesuffix(".0"),
    }


def _cell(grade: int, knots: list[Knot], now: int | None) -> Cell:
    words = "; ".join(map(_knot_words, knots))
    return {"grade": grade, "now": grade == now, "knots": knots, "words": words}


def _knot_words(knot: Knot) -> str:
    named = knot["credits"] if knot["state"] == MISSING else f"{knot['title']}, {knot['credits']}"
    return f"{knot_state(knot)}: {named}"


def knot_state(knot: Knot) -> str:
    """The state of a knot as a word."""
    words = {
        "earned": _("earned"),
        "in_progress": _("in progress"),
        "planned": _("planned"),
        "missing": _("missing"),
    }
    return words[knot["state"]]


def _emptiest(columns: Mapping[int, list[Knot]], now: int | None) -> int:
    open_grades = [grade for grade in GRADES if now is None or grade >= now] or [GRADES[-1]]
    return min(open_grades, key=lambda grade: (len(columns[grade]), grade))


def _counted(result: RequirementResult) -> Iterator[Counted]:
    for node in result.walk():
        yield from node.counted


def _by_record(result: RequirementResult) -> Iterable[tuple[str, int, State]]:
    """What each record adds to an area, its parts together, in the order of the audit."""
    sums: dict[str, tuple[int, State]] = {}
    for entry in _counted(result):
        amount, _state = sums.get(entry.record, (0, entry.state))
        sums[entry.record] = (amount + entry.amount, entry.state)
    return [(record, amount, state) for record, (amount, state) in sums.items()]


def _knots(amount: int, state: State | str, title: str) -> list[Knot]:
    knots: list[Knot] = []
    while amount > 0:
        size = min(amount, _KNOT)
        knots.append(
            {
                "state": str(state),
                "half": size < 75,
                "title": title,
                "credits": format_credits(size),
            }
        )
        amount -= size
    return knots
