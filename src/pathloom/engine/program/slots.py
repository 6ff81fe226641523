"""The courses a template names, found in the catalog of a district."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pathloom.engine.catalog import Course
from pathloom.engine.program.content import StepContent, SubjectRow
from pathloom.engine.program.lines import Sheet

_NUMBERED = re.compile(r"(\d{2}\.\d[\d.]*)\s+(.+)")
_ANY = "any "  # "any english": whatever the district teaches of the subject in that grade


@dataclass(frozen=True, slots=True)
class Missing:
    """A course of a template that no one course of the catalog stands for.

    ``candidates`` are codes of courses it could be, where several fit.
    """

    text: str
    grade: int
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Localized:
    """A template in a district's own courses; what is ``missing`` stands there in its words."""

    sheet: Sheet
    missing: tuple[Missing, ...]


def localize(sheet: Sheet, courses: Iterable[Course]) -> Localized:
    """Put a district's courses where a template names one by title, state number or subject.

    A text fits the course with the same state number; else the one with the same title (case,
    spaces and signs apart); ``any SUBJECT`` fits where the district teaches one course of that
    subject in that grade. What fits no course, or several, stays as it stands and is listed.
    """
    found = _Found(tuple(courses))
    content = sheet.content
    steps = tuple(_step(step, found) for step in content.steps)
    rows = tuple(_row(row, found) for row in content.rows)
    return Localized(
        replace(sheet, content=replace(content, steps=steps, rows=rows)),
        tuple(dict.fromkeys(found.missing)),
    )


def subject_asked_for(text: str) -> str:
    """The subject of ``any SUBJECT``; empty for every other text."""
    return text.removeprefix(_ANY).strip() if text.startswith(_ANY) else ""


def is_open(text: str) -> bool:
    """Whether a text is a template's word for a course still to be chosen, and no code.

    Asked only of texts that no course of the catalog has for its code: codes have no small letters.
    """
    return any(letter.islower() for letter in text)


class _Found:
    """Courses by what a template can call them, and what was not found."""

    def __init__(self, courses: tuple[Course, ...]) -> None:
        self.courses = courses
        self.codes = {course.id for course in courses}
        self.missing: list[Missing] = []

    def __call__(self, text: str, grade: int) -> str:
        if text in self.codes:
            return text
        fitting = self._fitting(text, grade)
        if len(fitting) == 1:
            return fitting[0]
        self.missing.append(Missing(text, grade, tuple(fitting)))
        return text

    def _fitting(self, text: str, grade: int) -> list[str]:
        if subject := subject_asked_for(text):
            return [c.id for c in self.courses if c.subject == subject and grade in c.grades]
        numbered = _NUMBERED.fullmatch(text)
        title = numbered[2] if numbered else text
        if numbered:
            wanted = _number(numbered[1])
            same = [course.id for course in self.courses if _number(course.number) == wanted]
            if same:
                return same
        return [course.id for course in self.courses if _plain(course.title) == _plain(title)]


def _number(text: str) -> str:
    return text.rstrip("0")


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold().replace("&", " and ")).strip()


def _step(step: StepContent, found: _Found) -> StepContent:
    return replace(step, courses=tuple(found(text, step.grade) for text in step.courses))


def _row(row: SubjectRow, found: _Found) -> SubjectRow:
    cells = {
        grade: tuple(found(text, int(grade)) for text in texts)
        for grade, texts in row.grades.items()
    }
    return replace(row, grades=cells)
