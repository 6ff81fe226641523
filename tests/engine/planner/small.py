"""A small school for the planner's tests: short ways to write courses, rules and requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pathloom.engine.catalog import (
    Agreement,
    Agreements,
    AllOf,
    AnyOf,
    Catalog,
    Citation,
    CollegeCourse,
    Course,
    CourseNeed,
    Institution,
    Kind,
    Need,
    ProgramOfStudy,
    Step,
)
from pathloom.engine.planner import plan
from pathloom.engine.planner.types import Infeasible, Placement, Plan, PlanRequest, PlanTerm
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.nodes import AnyCourse, HasTag, Requirement, RuleSet, SubjectIs
from pathloom.engine.units import Mark, Part, SchoolYear, Term

AS_OF = date(2026, 7, 15)
PARTS = {
    "f": Part.FALL,
    "s": Part.SPRING,
    "u": Part.SUMMER,
    "y": Part.YEAR,
    "o": Part.ONLINE,
}
F9, S9, F10, S10, F11, S11 = (
    Term(SchoolYear(2026 + year), part) for year in range(3) for part in (Part.FALL, Part.SPRING)
)
Y9, U9, O9 = (Term(SchoolYear(2026), part) for part in (Part.YEAR, Part.SUMMER, Part.ONLINE))
Y10, O10 = (Term(SchoolYear(2027), part) for part in (Part.YEAR, Part.ONLINE))

SOURCE = Citation("https://magnolia.example/agreements", date(2026, 11, 21))


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
    beside: tuple[str, ...] = (),
    slots: int = 1,
    difficulty: int = 0,
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
        corequisites=beside,
        slots=slots,
        difficulty=difficulty,
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


def terms(
    *entries: Term,
    most: int = 300,
    least: int = 0,
    target: int | None = None,
    slots: int | None = None,
) -> tuple[PlanTerm, ...]:
    """Terms of a student who is in grade 9 in 2026-27."""
    return tuple(
        PlanTerm(term, term.year.start - 2017, most, least, target, slots) for term in entries
    )


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


def school(**more: object) -> PlanRequest:
    """A student of the small school who needs three units of mathematics."""
    return request(SCHOOL, rules(math=300), **more)


def offering(*courses: Course, **more: object) -> PlanRequest:
    """The same with these courses too."""
    return request((*SCHOOL, *courses), rules(math=300), **more)


def dual(name: str, **more: object) -> Agreement:
    """Dual credit for a course: three hours at the college."""
    made = Agreement(
        id=f"dual-{name}",
        kind=Kind.DUAL_CREDIT,
        institution="college",
        college_course="C1",
        valid_from=SchoolYear(2020),
        source=SOURCE,
        course=name,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def agreements(*every: Agreement) -> Agreements:
    """Agreements with a college of two courses: C1 of three hours, C2 of six."""
    courses = (CollegeCourse("C1", "One", 300), CollegeCourse("C2", "Two", 600))
    return Agreements((Institution("college", "Magnolia College", courses),), every)


def at(**places: Term) -> tuple[Placement, ...]:
    return tuple(Placement(name, term) for name, term in places.items())


def planned(asked: PlanRequest) -> Plan:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Plan), found
    return found


def refused(asked: PlanRequest) -> Infeasible:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Infeasible), found
    return found


def places(found: Plan) -> dict[str, Term]:
    return {place.course: place.term for place in found.placements}
