"""One version of a plan as the document that is read, signed and printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathloom.engine.audit.result import AuditResult, RequirementResult, Status
from pathloom.engine.record import StudentRecord
from pathloom.engine.units import Credits, SchoolYear, Term, format_credits
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.presenters.amounts import amount, have_words, missing_words
from pathloom.portal.plans.presenters.board import state_words
from pathloom.portal.plans.presenters.loom import (
    GRADES,
    Cell,
    area_of,
    grade_in,
    grade_of_record,
    loom,
    short_of,
)
from pathloom.portal.plans.queries import Signatures
from pathloom.portal.plans.queries.terms import term_label

SHORT_HASH = 12  # signs of a hash that people compare by eye


class CourseLine(TypedDict):
    term: str
    title: str
    number: str
    credits: str
    state: str


class GradeLines(TypedDict):
    label: str
    courses: list[CourseLine]


class RequirementLine(TypedDict):
    title: str
    amount: str
    status: str
    total: bool


class ThreadLine(RequirementLine):
    """A requirement with its thread of the loom: one cell per grade, none for the total."""

    area: int
    cells: list[Cell]


class SignatureLine(TypedDict):
    name: str
    role: str
    line: str
    signed: bool


class ProgramLines(TypedDict):
    """``place``: where it stands in the framework it was written in; empty where not known."""

    title: str
    place: str
    summary: str
    steps: list[str]


class Words(TypedDict):
    grade: str
    legend: dict[str, str]
    requirements: str
    requirement: str
    credits: str
    credit: str
    status: str
    courses: str
    course: str
    term: str
    number: str
    program: str
    exceptions: str
    signatures: str


class Document(TypedDict):
    """Everything the printed plan says, in words; ``hash_line`` stands on every page."""

    lang: str
    title: str
    district: str
    school: str
    unofficial: str
    heading: str
    subheading: str
    notice: str
    sentence: str
    loom_grades: list[int]
    requirements: list[ThreadLine]
    grades: list[GradeLines]
    program: ProgramLines | None
    exceptions: list[str]
    statement: str
    signatures: list[SignatureLine]
    hash: str
    hash_sentence: str
    hash_line: str
    footer: str
    page_word: str
    words: Words


def document(
    version: PlanVersion,
    audit: AuditResult,
    record: StudentRecord,
    *,
    signatures: Signatures,
    sentence: str,
    school: str,
    program: ProgramLines | None,
    exceptions: list[str],
) -> Document:
    """Put a version into the words of the printed plan.

    Args:
        version: with its plan, student and district loaded.
        audit: the audit kept with the version.
        record: the record with the planned courses of the version.
        signatures: who signed exactly this version.
        sentence: what the version says of the diploma.
        exceptions: what staff decided about this student, a line each.
    """
    student = version.plan.student
    made = day_words(version.made_at)
    unofficial = "" if audit.official else _("unofficial")
    marks = [
        _("Version %(number)s") % {"number": version.number},
        made,
        *([unofficial] if unofficial else []),
    ]
    return {
        "lang": (get_language() or "en").partition("-")[0],
        "title": _("Graduation plan of %(name)s, version %(number)s")
        % {"name": student.name, "number": version.number},
        "district": student.district.name,
        "school": school,
        "unofficial": unofficial,
        "heading": _("Graduation plan of %(name)s") % {"name": student.name},
        "subheading": " · ".join(marks),
        "notice": ""
        if audit.official
        else _(
            "Unofficial: the diploma rules used here are a draft that nobody has confirmed yet."
        ),
        "sentence": sentence,
        "loom_grades": list(GRADES),
        "requirements": _threads(audit, record, version),
        "grades": grade_lines(record),
        "program": program,
        "exceptions": exceptions,
        "statement": signed_words(signatures),
        "signatures": signature_lines(signatures),
        "hash": version.content_hash,
        "hash_sentence": _("The fingerprint of exactly this version:"),
        "hash_line": f"{version.content_hash}",
        "footer": " · ".join([student.name, *marks]),
        "page_word": _("Page"),
        "words": _words(),
    }


def _words() -> Words:
    return {
        "grade": _("Grade"),
        "legend": {
            "earned": _("earned"),
            "in_progress": _("in progress"),
            "planned": _("planned"),
            "missing": _("missing"),
        },
        "requirements": _("What the diploma asks for"),
        "requirement": _("Requirement"),
        "credits": _("Credits"),
        "credit": _("Credits"),
        "status": _("Status"),
        "courses": _("Courses by term"),
        "course": _("Course"),
        "term": _("Term"),
        "number": _("State number"),
        "program": _("Program of study"),
        "exceptions": _("Exceptions decided by the school"),
        "signatures": _("Signatures"),
    }


def status_words(status: Status) -> str:
    """One word for a status, the same everywhere."""
    words = {
        Status.MET: _("met"),
        Status.IN_PROGRESS: _("in progress"),
        Status.PLANNED: _("planned"),
        Status.SHORT: _("missing"),
        Status.EXCUSED: _("excused"),
    }
    return words[status]


def requirement_lines(audit: AuditResult) -> list[RequirementLine]:
    """One line per requirement area, then the total."""
    lines = [_line(result.title, result, short=result.short) for result in audit.requirements]
    total = _line(_("All credits"), audit.total, short=short_of(audit))
    return [*lines, {**total, "total": True}]


def _line(title: str, result: RequirementResult, *, short: Credits) -> RequirementLine:
    result = replace(result, short=short)
    missing = status_words(Status.SHORT)
    if missing_words(result):
        missing = f"{missing}: {amount(short, result.measure)}"
    return {
        "title": title,
        "amount": have_words(result),
        "status": missing if short else status_words(result.status),
        "total": False,
    }


def _threads(audit: AuditResult, record: StudentRecord, version: PlanVersion) -> list[ThreadLine]:
    """The requirement lines with their knots; what is missing stands where planning begins."""
    planned = [
        grade_in(Term.parse(term).year, record.entered_grade_9)
        for _course, term in version.placements
    ]
    rows = loom(audit, record, grade_now=min(planned, default=None))["rows"]
    cells = {row["id"]: row["cells"] for row in rows}
    lines: list[ThreadLine] = [
        {
            **_line(result.title, result, short=result.short),
            "area": area_of(index),
            "cells": cells.get(result.id, _no_cells()),
        }
        for index, result in enumerate(audit.requirements)
    ]
    return [*lines, {**requirement_lines(audit)[-1], "area": 0, "cells": []}]


def _no_cells() -> list[Cell]:
    """The line of what asks for no credit: no knots in any grade."""
    return [{"grade": grade, "now": False, "knots": [], "words": ""} for grade in GRADES]


def grade_lines(record: StudentRecord) -> list[GradeLines]:
    """Courses by grade, in the order of their terms; grades without courses are left out."""
    grades = grade_of_record(record)
    lines: dict[int, list[CourseLine]] = {grade: [] for grade in GRADES}
    for course in sorted(
        record.courses, key=lambda entry: (entry.term.order if entry.term else (0, 0), entry.title)
    ):
        mark = f", {course.mark}" if course.mark else ""
        lines[grades[course.id]].append(
            {
                "term": term_label(course.term) if course.term else "",
                "title": course.title or course.course,
                "number": course.number,
                "credits": format_credits(course.credits),
                "state": state_words(course.state) + mark,
            }
        )
    return [
        {"label": _("Grade %(grade)s") % {"grade": grade}, "courses": courses}
        for grade, courses in lines.items()
        if courses
    ]


def signature_lines(signatures: Signatures) -> list[SignatureLine]:
    """One line per role, signed or not."""
    lines: list[SignatureLine] = []
    for row in signatures.rows:
        signed = row.sign_off
        lines.append(
            {
                "name": signed.signer_name if signed else _("Not signed yet"),
                "role": role_words(row.role),
                "line": _("Signed version %(version)s on %(at)s")
                % {"version": signatures.version_number, "at": moment_words(signed.signed_at)}
                if signed
                else "",
                "signed": signed is not None,
            }
        )
    return lines


def signed_words(signatures: Signatures) -> str:
    """Whether everybody signed exactly this version, as one sentence."""
    if signatures.complete:
        return _("Everyone who has to sign has signed exactly this version.")
    names = listed([role_words(role) for role in signatures.missing])
    return _("Not signed yet by: %(names)s.") % {"names": names}


def role_words(role: str) -> str:
    """A signer's role as people say it."""
    return {"student": _("student"), "guardian": _("guardian"), "counselor": _("counselor")}[role]


def listed(names: Iterable[str]) -> str:
    """``a, b and c``."""
    *most, last = list(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def day_words(moment: datetime | date) -> str:
    """``November 22, 2026``, in local time."""
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(day, "F j, Y")


def moment_words(moment: datetime) -> str:
    """``November 22, 2026, 3:04 p.m.``, in local time."""
    return date_format(timezone.localtime(moment), "F j, Y, P")


def graduation_words(entered: SchoolYear) -> str:
    """``May 2029``: the end of grade 12 of those who entered grade 9 in ``entered``."""
    return _("May %(year)s") % {"year": entered.start + 4}
