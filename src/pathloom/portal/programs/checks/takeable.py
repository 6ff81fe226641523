"""Whether a student who enters grade 9 next year can take a program, found by the planner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from pathloom.engine.catalog import Agreements, Catalog, Course, ProgramOfStudy
from pathloom.engine.errors import PathloomError
from pathloom.engine.planner.diagnose import has_plan, reasons_against
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.units import SchoolYear
from pathloom.portal.catalog.models import SchoolPlanning
from pathloom.portal.catalog.snapshot import limits_that_count, terms_of
from pathloom.portal.programs.checks.findings import Finding, Weight

_EIGHTH = 8
_EFFORT = 2.0  # many times what a program that can be taken needs
_NOBODY = "a student entering grade 9 next year"


@dataclass(frozen=True, slots=True)
class School:
    """Where a program is to be taken: what is offered there, how it plans, and what holds there."""

    offered: Mapping[str, Course]
    planning: SchoolPlanning
    jurisdiction: str
    agreements: Agreements | None = None


def check_takeable(program: ProgramOfStudy, school: School, *, on: date) -> Iterator[Finding]:
    """Ask the planner for a plan of an invented student in grade 8 who has no record yet.

    The plan keeps to the load, periods and limits that the school sets for its students' plans.
    Where there is none, its reasons stand in the finding. Families of courses by program, pathway
    or cluster are those of this program alone.
    """
    try:
        request = _request(program, school, on=on)
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


def _request(program: ProgramOfStudy, school: School, *, on: date) -> PlanRequest:
    enters = SchoolYear.of(on).plus(1)
    rulebook = load_rulebook(cache=settings.VAR / "rulebook")
    name = f"{school.jurisdiction}/diploma"
    record = StudentRecord("invented", enters)
    catalog = Catalog("checked", _in_family(program, school.offered), (program,))
    return PlanRequest(
        record=record,
        ruleset=choose(rulebook, name, entered_grade_9=enters, as_of=on),
        catalog=catalog,
        terms=terms_of(record, _EIGHTH, catalog, planning=school.planning, on=on),
        program=program.id,
        limits=limits_that_count(school.planning, agreements=school.agreements is not None),
        agreements=school.agreements,
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
