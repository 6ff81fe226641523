"""A small school for the planner's tests: short ways to write courses, rules and requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pathloom.engine.catalog import (
    AllOf,
    AnyOf,
    Catalog,
    Course,
    CourseNeed,
    Need,
    ProgramOfStudy,
    Step,
)
from pathloom.engine.planner.types import Placement, PlanRequest, PlanTerm
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.nodes import AnyCourse, HasTag, Requirement, RuleSet, SubjectIs
from pathloom.engine.units import Mark, Part, SchoolYear, Term

AS_OF = date(2026, 7, 15)
PARTS = {"f": Part.FALL, "s": Part.SPRING, "u": Part.SUMMER, "y": Part.YEAR}
F9, S9, F10, S10, F11, S11 = (
    Term(SchoolYear(2026 + year), part) for year in range(3) for part in (Part.FALL, Part.SPRING)
)
GRADES = {F9: 9, S9: 9, F10: 10, S10: 10, F11: 11, S11: 11}


def course(
    name: str,
    subject: str = "math",
    *,
    needs: Need | str | None = None,
    credits: int = 100,
    parts: str = "fs",
    grades: tuple[int, ...] = (9, 10, 11, 12),
    tags: tuple[str, ...] = (),
    repeatable: bool = False,
) -> Course:
    return Course(
        id=name,
        title=name.title(),
        subject=subject,
        credits=credits,
        tags=frozenset(tags),
        grades=grades,
        parts=tuple(PARTS[part] for part in parts),
        prerequisite=CourseNeed(needs) if isinstance(needs, str) else needs,
        repeatable=repeatable,
    )


SCHOOL = (
    course("algebra"),
    course("geometry", needs="algebra"),
    course("algebra2", needs="geometry"),
    course("drawing", "art"),
    course("painting", "art"),
)


def either(*names: str) -> AnyOf:
    return AnyOf(tuple(CourseNeed(name) for name in names))


def both(*names: str) -> AllOf:
    return AllOf(tuple(CourseNeed(name) for name in names))


def rules(total: int = 0, *, tags: tuple[str, ...] = (), **subjects: int) -> RuleSet:
    """Requirements by subject in hundredths, one unit for each tag, the rest is electives."""
    requirements = [
        Requirement(id=name, title=name.title(), earn=earn, match=SubjectIs(name), source="us")
        for name, earn in subjects.items()
    ]
    requirements += [
        Requirement(id=tag, title=tag.title(), earn=100, match=HasTag(tag), source="us")
        for tag in tags
    ]
    rest = total - sum(one.earn for one in requirements)
    if rest > 0:
        requirements.append(
            Requirement(
                id="electives", title="Electives", earn=rest, match=AnyCourse(), source="us"
            )
        )
    return RuleSet(
        id="us-small/diploma/2020",
        jurisdiction="us-small",
        diploma="diploma",
        title="Small Diploma",
        status="draft",
        credit_name="unit",
        total=sum(one.earn for one in requirements),
        requirements=tuple(requirements),
        sources=(),
        overflow_into="electives" if rest > 0 else "",
    )


def taken(name: str, state: State = State.EARNED, *, mark: str = "80") -> CourseRecord:
    """A course of ``catalog`` on the record; the catalog fills in what it is."""
    shown = Mark.parse(mark) if state in {State.EARNED, State.FAILED} else None
    return CourseRecord(id=f"r-{name}", credits=100, state=state, course=name, mark=shown)


def terms(*entries: Term, most: int = 300, least: int = 0) -> tuple[PlanTerm, ...]:
    return tuple(PlanTerm(term, GRADES[term], most=most, least=least) for term in entries)


def request(
    courses: tuple[Course, ...],
    ruleset: RuleSet,
    *,
    ahead: tuple[PlanTerm, ...] = terms(F9, S9, F10, S10),
    record: tuple[CourseRecord, ...] = (),
    steps: tuple[Step, ...] = (),
    **more: object,
) -> PlanRequest:
    programs = (ProgramOfStudy("program", "Small Program", steps),) if steps else ()
    made = PlanRequest(
        record=StudentRecord("student", SchoolYear(2026), record),
        ruleset=ruleset,
        catalog=Catalog("small", courses, programs),
        terms=ahead,
        program="program" if steps else "",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def at(**places: Term) -> tuple[Placement, ...]:
    return tuple(Placement(name, term) for name, term in places.items())
