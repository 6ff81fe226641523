"""Whether a student who enters grade 9 next year can take a program, found by the planner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.conf import settings

from pathloom.engine.catalog import Catalog, Course, ProgramOfStudy
from pathloom.engine.errors import PathloomError
from pathloom.engine.planner.diagnose import has_plan, reasons_against
from pathloom.engine.planner.outlook import remaining_terms
from pathloom.engine.planner.types import PlanRequest, PlanTerm
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.units import Part, SchoolYear, Term
from pathloom.portal.programs.checks.findings import Finding, Weight

_EIGHTH = 8
_EFFORT = 2.0  # many times what a program that can be taken needs
_NOBODY = "a student entering grade 9 next year"


def check_takeable(
    program: ProgramOfStudy, offered: Mapping[str, Course], *, jurisdiction: str, on: date
) -> Iterator[Finding]:
    """Ask the planner for a plan of an invented student in grade 8 who has no record yet.

    Where there is none, its reasons stand in the finding. Families of courses by program, pathway
    or cluster are those of this program alone.
    """
    try:
        request = _request(program, offered, jurisdiction=jurisdiction, on=on)
        found = has_plan(request)
    except PathloomError as error:
        what = f"whether {_NOBODY} can take it is not known: {error.what}"
        yield Finding(Weight.WARN, "plan", what, error.fix)
        return
    if found is None:
        what = f"whether {_NOBODY} can take it was not found out in the time given"
        yield Finding(Weight.WARN, "plan", what, "Try a student's plan by hand.")
    elif not found:
        why = " ".join(reasons_against(request))
        what = f"no plan exists for {_NOBODY}"
        fix = why or "Take out a step, or move it to another grade."
        yield Finding(Weight.STOP, "plan", what, fix)


def _request(
    program: ProgramOfStudy, offered: Mapping[str, Course], *, jurisdiction: str, on: date
) -> PlanRequest:
    enters = SchoolYear.of(on).plus(1)
    rulebook = load_rulebook(cache=settings.VAR / "rulebook")
    ruleset = choose(rulebook, f"{jurisdiction}/diploma", entered_grade_9=enters, as_of=on)
    courses = _in_family(program, offered)
    return PlanRequest(
        record=StudentRecord("invented", enters),
        ruleset=ruleset,
        catalog=Catalog("checked", courses, (program,)),
        terms=_terms(on, courses),
        program=program.id,
        effort=_EFFORT,
    )


def _in_family(program: ProgramOfStudy, offered: Mapping[str, Course]) -> tuple[Course, ...]:
    """The courses, those of the program with its tags, as ``snapshot.catalog_with_families``."""
    families = {"program": program.id, "pathway": program.pathway, "cluster": program.cluster}
    tags = frozenset(f"{family}:{value}" for family, value in families.items() if value)
    steps = {code for step in program.steps for code in step.courses}
    return tuple(
        replace(course, tags=course.tags | tags) if course.id in steps else course
        for course in offered.values()
    )


def _terms(on: date, courses: tuple[Course, ...]) -> tuple[PlanTerm, ...]:
    """The terms of high school; whole years too where the school has courses of a full year."""
    halves = remaining_terms(_EIGHTH, today=on)
    if not any(Part.YEAR in course.parts for course in courses):
        return halves
    years = {half.term.year: half.grade for half in halves}
    most = {year: sum(h.most for h in halves if h.term.year == year) for year in years}
    whole = (
        PlanTerm(Term(year, Part.YEAR), grade, most=most[year]) for year, grade in years.items()
    )
    return tuple(sorted((*halves, *whole), key=lambda each: each.term))
