"""A student's program of study: its courses as a thread, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.program.content import Content, StepContent
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.portal.plans.presenters.board import Card, state_words
from pathloom.portal.plans.presenters.document import ProgramLines
from pathloom.portal.plans.presenters.marks import NO_MARKS
from pathloom.portal.plans.queries.terms import term_label
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.counterparts import written_place

_MOST_JOBS = 6
_ORDER = [State.EARNED, State.IN_PROGRESS, State.PLANNED]


class Thread(TypedDict):
    """``cards``: course cards, one per step; ``jobs``: SOC titles, ``more_jobs`` how many more."""

    title: str
    summary: str
    url: str
    cards: list[Card]
    jobs: list[str]
    more_jobs: int
    credentials: list[str]


def thread(
    version: ProgramVersion, content: Content, *, record: StudentRecord, titles: Mapping[str, str]
) -> Thread:
    """Lay the steps of a program over a record with its planned courses.

    Args:
        titles: course code -> title, of every course the steps name.
    """
    jobs = [occupation.title for occupation in content.occupations]
    program = version.program
    return {
        "title": version.title,
        "summary": version.summary,
        "url": reverse("programs:program", args=[program.school.slug, program.slug]),
        "cards": [_step(step, record=record, titles=titles) for step in content.steps],
        "jobs": jobs[:_MOST_JOBS],
        "more_jobs": max(0, len(jobs) - _MOST_JOBS),
        "credentials": [credential.title for credential in content.credentials],
    }


def program_lines(
    version: ProgramVersion, content: Content, *, titles: Mapping[str, str]
) -> ProgramLines:
    """A program of study as lines of the printed plan."""
    return {
        "title": version.title,
        "place": written_place(version),
        "summary": version.summary,
        "steps": [step_words(step, titles) for step in content.steps],
    }


def step_words(step: StepContent, titles: Mapping[str, str]) -> str:
    """``A or B``: the courses of a step in words."""
    return _(" or ").join(titles.get(code, code) for code in step.courses)


def _step(step: StepContent, *, record: StudentRecord, titles: Mapping[str, str]) -> Card:
    taken = [
        entry for entry in record.courses if entry.course in step.courses and entry.state in _ORDER
    ]
    best = min(taken, key=lambda entry: _ORDER.index(entry.state), default=None)
    words = _("grade %(grade)s") % {"grade": step.grade} if step.grade else ""
    if not step.required:
        words = _("%(words)s, if you like") % {"words": words}
    return {
        "id": "",
        "code": best.course if best else step.courses[0],
        "title": best.title if best else step_words(step, titles),
        "credits": "",
        "number": "",
        "area": 5 if best else 0,
        "state": str(best.state) if best else "open",
        "state_words": _when(best) if best else _("not planned yet, %(words)s") % {"words": words},
        "mark": "",
        "chips": [],
        "term": "",
        "movable": False,
        "advice": [],
        "moves": [],
        "marks": NO_MARKS,
    }


def _when(entry: CourseRecord) -> str:
    words = state_words(entry.state)
    return f"{words}, {term_label(entry.term)}" if entry.term else words
