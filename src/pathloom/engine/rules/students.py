"""Invented students in one file, to see what a change of rules or of the program does to them.

``sheets`` are students as lines of text (``rules.sheets``); each of ``students`` takes one of them,
without the lines of ``minus``, with those of ``plus``, and names the rules to audit it under: ids
(``us-ga/diploma``) or jurisdictions (``us-ga``: all of its rule files).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pathloom.engine.errors import Location, Problems, RecordError, nearest
from pathloom.engine.page import Page, in_order, parse_page, read_page
from pathloom.engine.record import StaffException, State, StudentRecord
from pathloom.engine.rules.fields import Day, Id, Some
from pathloom.engine.rules.nodes import Rulebook, RuleFile
from pathloom.engine.rules.sheets import Sheet, lines_of
from pathloom.engine.units import CreditsField, SchoolYearField


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented student, and the ids or jurisdictions of the rules to audit it under."""

    record: StudentRecord
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Students:
    """Invented students in file order, all to be audited as of one day."""

    as_of: date
    students: tuple[Invented, ...]


class _StudentSyntax(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    entered_grade_9: SchoolYearField
    sheet: str
    rules: Some[str]
    minus: tuple[str, ...] = ()
    plus: str = ""
    failed: tuple[str, ...] = ()
    in_progress: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    tracks: tuple[Id, ...] = ()
    exceptions: tuple[StaffException, ...] = ()
    credit: CreditsField = 100


class _FileSyntax(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: Day
    sheets: dict[str, str]
    students: Some[_StudentSyntax]


def read_students(path: Path, *, where: str = "") -> Students:
    """Read a file of invented students; RecordError names every mistake with its line."""
    page, problems = read_page(path, where=where)
    syntax = parse_page(page, _FileSyntax, problems=problems, known=_known)
    found = () if syntax is None else _Reader(syntax, page, problems).students()
    if problems or syntax is None:
        raise RecordError(in_order(problems))
    return Students(date.fromisoformat(syntax.as_of), found)


def rule_files_for(rules: Iterable[str], rulebook: Rulebook) -> tuple[RuleFile, ...]:
    """Return the rule files that ids and jurisdictions stand for, in the rulebook's order."""
    names = set(rules)
    return tuple(file for file in rulebook.files if file.id in names or file.jurisdiction in names)


def _known(location: Location) -> tuple[str, ...]:
    kind = _StudentSyntax if "students" in location else _FileSyntax
    return tuple(kind.model_fields)


class _Reader:
    def __init__(self, syntax: _FileSyntax, page: Page, problems: Problems) -> None:
        self.syntax = syntax
        self.page = page
        self.problems = problems

    def students(self) -> tuple[Invented, ...]:
        sheets = {
            name: self.sheet(text, ("sheets", name)) for name, text in self.syntax.sheets.items()
        }
        found: list[Invented] = []
        seen: set[str] = set()
        for index, each in enumerate(self.syntax.students):
            here: Location = ("students", index)
            if each.id in seen:
                place = self.page.place((*here, "id"))
                self.problems.add(place, f"student '{each.id}' stands twice", "Number them.")
            seen.add(each.id)
            if each.sheet not in sheets:
                place = self.page.place((*here, "sheet"))
                fix = nearest(each.sheet, sheets)
                self.problems.add(place, f"unknown sheet '{each.sheet}'", fix)
                continue
            found.append(Invented(self.record(each, sheets[each.sheet], here), each.rules))
        return tuple(found)

    def record(self, each: _StudentSyntax, sheet: Sheet, here: Location) -> StudentRecord:
        names = set(sheet.names())
        for name in (*each.minus, *each.failed, *each.in_progress, *each.planned):
            if name not in names:
                what = f"sheet '{each.sheet}' has no line '{name}'"
                self.problems.add(self.page.place(here), what, nearest(name, names))
        whole = sheet.without(each.minus).plus(self.sheet(each.plus, (*here, "plus")))
        states = {
            **dict.fromkeys(each.failed, State.FAILED),
            **dict.fromkeys(each.in_progress, State.IN_PROGRESS),
            **dict.fromkeys(each.planned, State.PLANNED),
        }
        return StudentRecord(
            student=each.id,
            entered_grade_9=each.entered_grade_9,
            courses=tuple(
                replace(course, state=states.get(course.id, states.get(course.title, course.state)))
                for course in whole.courses
            ),
            experiences=whole.experiences,
            scores=whole.scores,
            averages=whole.averages,
            milestones=whole.milestones,
            tracks=frozenset(each.tracks),
            exceptions=each.exceptions,
            carnegie_units=each.credit,
        )

    def sheet(self, text: str, location: Location) -> Sheet:
        found = Sheet()
        for one, _ in lines_of(text, self.page, location, self.problems):
            found = found.plus(one)
        return found
