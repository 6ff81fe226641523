"""What a batch says of one student: whether the plan so far holds, and the plan that does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import TypeAdapter

from pathloom.engine.planner import plan
from pathloom.engine.planner.moves import PlanChange
from pathloom.engine.planner.repair import Repaired, plan_before, repair
from pathloom.engine.planner.types import Fix, Infeasible, Placement, Plan, PlanRequest, Undecided
from pathloom.engine.units import TermField


class Outcome(StrEnum):
    """How a student's plan stands."""

    HOLDS = "holds"  # the plan so far is valid as things are now
    REPAIRED = "repaired"  # it is not, and this is the nearest one that is
    PLANNED = "planned"  # there was none; this is the best one
    INFEASIBLE = "infeasible"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """A course of the plan, in a term."""

    course: str
    title: str
    term: TermField


@dataclass(frozen=True, slots=True)
class Answer:
    """One student of a batch.

    ``broke`` says what is wrong with the plan so far and ``changes`` what the repair changes, each
    with its reason; both are empty where it holds, and where there was none. ``courses`` are the
    valid plan in calendar order, empty without one: then ``reasons`` and ``fixes`` say why, and
    what would help.
    """

    student: str
    as_of: date
    outcome: Outcome
    broke: tuple[str, ...] = ()
    changes: tuple[PlanChange, ...] = ()
    courses: tuple[PlannedCourse, ...] = ()
    reasons: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()


ANSWER = TypeAdapter(Answer)


def answer(request: PlanRequest, *, as_of: date) -> Answer:
    """Check the plan so far (``request.previous``), and repair it where it does not hold.

    Without a plan so far, the best one is made. A plan that holds is kept as it is: no solver is
    asked.

    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    before = plan_before(request, as_of=as_of)
    student = request.record.student
    if request.previous and not before.broke:
        courses = _courses(request, before.placements)
        return Answer(student, as_of, Outcome.HOLDS, courses=courses)
    if not request.previous:
        made = plan(request, as_of=as_of)
        if isinstance(made, Plan):
            courses = _courses(request, made.placements)
            return Answer(student, as_of, Outcome.PLANNED, courses=courses)
        return _without(request, made, as_of=as_of)
    found = repair(request, as_of=as_of)
    if not isinstance(found, Repaired):
        return _without(request, found, as_of=as_of, broke=before.broke)
    return Answer(
        student,
        as_of,
        Outcome.REPAIRED,
        broke=found.because,
        changes=found.changes,
        courses=_courses(request, found.plan.placements),
    )


def _without(
    request: PlanRequest,
    found: Infeasible | Undecided,
    *,
    as_of: date,
    broke: tuple[str, ...] = (),
) -> Answer:
    """The answer about a student for whom no plan was found."""
    student = request.record.student
    if isinstance(found, Undecided):
        return Answer(student, as_of, Outcome.UNDECIDED, broke=broke, reasons=(found.sentence,))
    return Answer(
        student,
        as_of,
        Outcome.INFEASIBLE,
        broke=broke,
        reasons=found.reasons,
        fixes=found.fixes,
    )


def _courses(request: PlanRequest, placements: Iterable[Placement]) -> tuple[PlannedCourse, ...]:
    titles = {course.id: course.title for course in request.catalog.courses}
    return tuple(
        PlannedCourse(place.course, titles.get(place.course, ""), place.term)
        for place in placements
    )
