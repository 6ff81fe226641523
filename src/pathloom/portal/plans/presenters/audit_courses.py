"""The other direction of an audit: each course, and where it counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from pathloom.engine.audit.result import AuditResult, Status
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.matchers import matches
from pathloom.engine.units import format_credits
from pathloom.portal.core.tables import Column
from pathloom.portal.plans.presenters.audit_rows import Reading, decide_url, way_words
from pathloom.portal.plans.presenters.board import state_words
from pathloom.portal.plans.presenters.loom import areas_of_records
from pathloom.portal.plans.queries.terms import term_label

ON_RECORD = frozenset({State.EARNED, State.IN_PROGRESS})


class CountsIn(TypedDict):
    """A place in which a course counts; ``anchor`` is the row of the requirement."""

    title: str
    anchor: str
    credits: str
    note: str


class CourseRow(TypedDict):
    """One course; ``nowhere`` says why it counts nowhere, empty where it counts."""

    id: str
    title: str
    term: str
    credits: str
    state: str
    state_words: str
    mark: str
    area: int
    counts: list[CountsIn]
    nowhere: str
    override_url: str


COLUMNS = (
    Column("title", _lazy("Course"), heading=True),
    Column("term", _lazy("Term")),
    Column("credits", _lazy("Credits"), numeric=True),
    Column("counts", _lazy("Counts in")),
)


def course_cells(rows: Iterable[CourseRow], *, nowhere: bool) -> list[dict[str, Any]]:
    """The courses as rows of a table that sorts; ``nowhere``: only those that count nowhere."""
    return [
        {
            "title": row["title"],
            "term": {"sort": place},
            "credits": {"sort": float(row["credits"])},
            "counts": {"sort": row["counts"][0]["title"] if row["counts"] else ""},
            "course": row,
        }
        for place, row in enumerate(rows)
        if not nowhere or row["nowhere"]
    ]


def course_rows(reading: Reading) -> list[CourseRow]:
    """Every course of the record and the plan in the order of terms, each followed by its award."""
    places = _places(reading.result)
    hues = areas_of_records(reading.result)
    rows: list[CourseRow] = []
    for course in reading.record.courses:
        rows.append(_row(course, reading, places=places, hue=hues.get(course.id, 0)))
        for extra in reading.result.awarded:
            if extra.because_of == course.id:
                rows.append(
                    {
                        "id": extra.id,
                        "title": extra.title,
                        "term": term_label(course.term) if course.term else "",
                        "credits": format_credits(extra.credits),
                        "state": str(extra.state),
                        "state_words": _("added by the rules"),
                        "mark": "",
                        "area": hues.get(extra.id, 0),
                        "counts": places.get(extra.id, []),
                        "nowhere": "" if extra.id in places else _full(),
                        "override_url": "",
                    }
                )
    return rows


def _row(
    course: CourseRecord, reading: Reading, *, places: dict[str, list[CountsIn]], hue: int
) -> CourseRow:
    counts = places.get(course.id, [])
    return {
        "id": course.id,
        "title": course.title or course.course,
        "term": term_label(course.term) if course.term else "",
        "credits": format_credits(course.credits),
        "state": str(course.state),
        "state_words": state_words(course.state),
        "mark": str(course.mark or ""),
        "area": hue,
        "counts": counts,
        "nowhere": "" if counts else _why_nowhere(course, reading),
        "override_url": decide_url("credit_override", course.id)
        if reading.decides and course.state in ON_RECORD
        else "",
    }


def _places(result: AuditResult) -> dict[str, list[CountsIn]]:
    found: dict[str, list[CountsIn]] = {}
    for each in result.walk():
        for entry in each.counted:
            found.setdefault(entry.record, []).append(
                {
                    "title": each.title,
                    "anchor": f"#why-{each.id}",
                    "credits": format_credits(entry.amount),
                    "note": way_words(entry),
                }
            )
    return found


def _why_nowhere(course: CourseRecord, reading: Reading) -> str:
    if course.state is State.FAILED:
        return _("Not passed, so it earns no credit.")
    if course.state is State.WITHDRAWN:
        return _("Not finished, so it earns no credit.")
    status = {each.id: each.status for each in reading.result.walk()}
    fits = [
        status[rule.id]
        for rule in reading.ruleset.walk()
        if rule.id in status and rule.earn and not rule.of and matches(rule.match, course)
    ]
    if not fits:
        return _("No requirement asks for this course.")
    if all(each is Status.EXCUSED for each in fits):
        return _("It is not needed: that requirement is excused.")
    return _full()


def _full() -> str:
    return _("Where it fits, other courses already fill the place.")
