"""What whole pages show: the student's standing, the builder, one version to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypedDict

from pathloom.engine.audit.result import AuditResult
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.units import Term
from pathloom.portal.catalog.models import Course
from pathloom.portal.core.queries import today
from pathloom.portal.plans.checks import Trouble, trouble_of
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.presenters.board import Board, board, card_id
from pathloom.portal.plans.presenters.college import CollegeLine, college_line
from pathloom.portal.plans.presenters.document import (
    Document,
    GradeLines,
    ProgramLines,
    RequirementLine,
    document,
    grade_lines,
    requirement_lines,
)
from pathloom.portal.plans.presenters.exceptions import decided_lines
from pathloom.portal.plans.presenters.explore import Explore, explore
from pathloom.portal.plans.presenters.loom import (
    Loom,
    Strip,
    Total,
    loom,
    strip_of,
    title_of_record,
    total_of,
)
from pathloom.portal.plans.presenters.program import Thread, program_lines, thread
from pathloom.portal.plans.presenters.reading import (
    Change,
    SignatureRow,
    change_rows,
    earlier_words,
    signature_rows,
    version_state,
)
from pathloom.portal.plans.presenters.requirements import Why, requirement_rows
from pathloom.portal.plans.presenters.school import SchoolLimit, limits_in_plan
from pathloom.portal.plans.presenters.standing import (
    Step,
    headline,
    next_steps,
    reading_sentence,
    subtitle,
    to_decide,
)
from pathloom.portal.plans.presenters.why import WhyPlan, why_plan
from pathloom.portal.plans.queries import (
    Standing,
    audit_of,
    compare,
    findings_of,
    signatures_of,
)
from pathloom.portal.plans.queries.wishes import wishes_of
from pathloom.portal.plans.snapshot import Basis, audit_now, basis_of_version
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.published import content_of, courses_in
from pathloom.portal.records.snapshot import ruleset_for


class WherePage(TypedDict):
    """``loom`` and ``whys`` are None and empty before planning begins.

    ``explore`` is None for a reader who does not see the plan that is being made.
    """

    headline: str
    subtitle: str
    official: bool
    loom: Loom | None
    total: Total | None
    whys: list[Why]
    steps: list[Step]
    thread: Thread | None
    explore: Explore | None


class BuilderPage(TypedDict):
    """``official``: whether the rules are confirmed; ``decide`` is empty when nothing is short."""

    version: int
    head: int
    state: str
    state_words: str
    board: Board
    strip: Strip
    total: Total
    decide: str
    official: bool
    moved: str
    can_undo: bool
    can_submit: bool
    earlier: str
    why: WhyPlan | None
    fix: str
    fix_by_staff: bool
    explore: Explore
    college: CollegeLine | None
    limits: list[SchoolLimit]


class ReadingPage(TypedDict):
    """What a signer reads; ``hash`` is what the signature is bound to, ``why`` stands beside it."""

    version: int
    pk: int
    hash: str
    state: str
    state_words: str
    sentence: str
    official: bool
    strip: Strip
    total: Total
    grades: list[GradeLines]
    requirements: list[RequirementLine]
    program: ProgramLines | None
    signatures: list[SignatureRow]
    earlier: str
    decide: str
    returned_why: str
    changes: list[Change]
    changes_since: int | None
    why: WhyPlan | None


def where_page(
    standing: Standing, *, version: PlanVersion | None, name: str = "", explores: bool = True
) -> WherePage:
    """Put a student's standing on a page.

    Args:
        version: the newest plan version the reader may see.
        name: the student's first name; empty when the reader is the student.
        explores: whether the reader may look at other plans for the student.
    """
    basis = basis_of_version(version, on=standing.as_of) if version else None
    audit, record = standing.audit, standing.record
    if version is not None and basis is not None:
        record = basis.planned_record(version.placements)
        audit = audit_now(version, basis)
    program = version.program_version if version else None
    trouble = trouble_of(version, basis) if version and basis and explores else Trouble()
    steps = (
        [] if name else next_steps(standing, audit, record=record, basis=basis, news=trouble.news)
    )
    page: WherePage = {
        "headline": headline(standing, audit, name=name, broken=bool(trouble.news)),
        "subtitle": subtitle(audit, standing) if audit else "",
        "official": audit.official if audit else True,
        "loom": None,
        "total": None,
        "whys": [],
        "steps": steps,
        "thread": _thread(program, record) if program else None,
        "explore": None,
    }
    if explores and audit is not None:
        page["explore"] = explore(trouble, student=standing.student.pk, name=name)
    if audit is not None:
        ruleset = ruleset_for(
            standing.student, entered=record.entered_grade_9, as_of=standing.as_of
        )
        grade = standing.enrollment.grade if standing.enrollment else None
        page["loom"] = loom(audit, record, grade_now=grade)
        page["total"] = total_of(audit)
        page["whys"] = requirement_rows(audit, record, ruleset=ruleset)
    return page


def _titles(version: ProgramVersion) -> dict[str, str]:
    courses: dict[str, Course] = courses_in(version, content_of(version))
    return {code: course.title for code, course in courses.items()}


def _thread(version: ProgramVersion, record: StudentRecord) -> Thread:
    return thread(version, content_of(version), record=record, titles=_titles(version))


def builder_page(
    version: PlanVersion, basis: Basis, *, grade: int | None, at: str = ""
) -> BuilderPage:
    """Lay the newest version out for editing.

    Args:
        grade: the one shown on a phone; None for the first that can be changed.
        at: code of the course that was just placed; its grade is shown then.
    """
    audit = audit_now(version, basis)
    record = basis.planned_record(version.placements)
    grades = {str(entry.term): entry.grade for entry in basis.terms}
    placed = [grades[term] for code, term in version.placements if code == at and term in grades]
    shown = placed[0] if placed else grade or next(iter(grades.values()), 12)
    signatures, kept = signatures_of(version), wishes_of(version.plan.student)
    return {
        "version": version.number,
        "head": version.pk,
        "state": version.state,
        "state_words": version_state(version),
        "board": board(
            record,
            audit,
            basis=basis,
            findings=findings_of(version),
            grade=shown,
        ),
        "strip": strip_of(audit),
        "total": total_of(audit),
        "decide": to_decide(audit) if audit.total.short or _short(audit) else "",
        "official": audit.official,
        "moved": card_id(at) if placed else "",
        "can_undo": (version.restores or version).parent_id is not None,
        "can_submit": version.state == PlanVersion.State.DRAFT,
        "earlier": earlier_words(signatures, mine=True),
        "explore": explore(trouble_of(version, basis), student=version.plan.student_id),
        "why": why_plan(version),
        "fix": kept.fix if version.inputs_hash else "",
        "fix_by_staff": (kept.before_fix or {}).get("staff", False),
        "college": college_line(version, basis),
        "limits": limits_in_plan(basis, basis.ahead(version.placements)),
    }


def _short(audit: AuditResult) -> bool:
    return any(result.short for result in audit.requirements)


def reading_page(
    version: PlanVersion, *, before: PlanVersion | None, my_role: str = ""
) -> ReadingPage:
    """Show one version as it is read and signed.

    Args:
        before: the version the reader saw last; None shows no changes.
        my_role: the role in which the reader could sign; empty for none.
    """
    audit = audit_of(version)
    signatures = signatures_of(version)
    program = version.program_version
    basis = basis_of_version(version, on=_day(version))
    return {
        "version": version.number,
        "pk": version.pk,
        "hash": version.content_hash,
        "state": version.state,
        "state_words": version_state(version),
        "sentence": reading_sentence(audit),
        "official": audit.official,
        "strip": strip_of(audit),
        "total": total_of(audit),
        "grades": grade_lines(_record(version, basis)),
        "requirements": requirement_lines(audit),
        "program": _program(program) if program else None,
        "signatures": signature_rows(
            signatures, content_hash=version.content_hash, my_role=my_role
        ),
        "earlier": earlier_words(signatures, mine=my_role == "student"),
        "decide": to_decide(audit) if _short(audit) else "",
        "returned_why": version.returned_why,
        "changes": change_rows(compare(before, version)) if before else [],
        "changes_since": before.number if before else None,
        "why": why_plan(version),
    }


def document_of(version: PlanVersion) -> Document:
    """The printed plan of a version."""
    program, audit = version.program_version, audit_of(version)
    basis = basis_of_version(version, on=_day(version))
    return document(
        version,
        audit,
        _record(version, basis),
        signatures=signatures_of(version),
        sentence=reading_sentence(audit),
        school=basis.school.name,
        program=_program(program) if program else None,
        exceptions=decided_lines(audit, title_of_record(basis.record, audit)),
    )


def _program(version: ProgramVersion) -> ProgramLines:
    return program_lines(version, content_of(version), titles=_titles(version))


def _record(version: PlanVersion, basis: Basis) -> StudentRecord:
    """The record with every placement of the version, those in terms begun since included."""
    courses = {course.id: course for course in basis.catalog.courses}
    placed = {(course, term) for course, term in version.placements}
    held = [
        entry for entry in basis.record.courses if (entry.course, str(entry.term)) not in placed
    ]
    planned = [
        planned_record(courses[code], Term.parse(term))
        if code in courses
        else CourseRecord(
            id=code, credits=0, state=State.PLANNED, title=code, term=Term.parse(term)
        )
        for code, term in sorted(placed)
    ]
    return replace(basis.record, courses=(*held, *planned))


def _day(version: PlanVersion) -> date:
    return today(version.plan.student.district)
