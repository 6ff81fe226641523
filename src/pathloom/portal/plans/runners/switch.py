"""What a change to each program of study would cost, worked out and kept in short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import TypeAdapter

from pathloom.engine.catalog import ProgramOfStudy
from pathloom.engine.planner.credit import Behind
from pathloom.engine.planner.switch import Switch, switches
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.planner.watch import Watch
from pathloom.engine.units import CreditsField, TermField
from pathloom.portal.plans.runners.answers import Answers, keeps
from pathloom.portal.plans.runners.question import Question, about_programs


@dataclass(frozen=True, slots=True)
class Held:
    """A course on the record, and whether it counts in the program after the change."""

    title: str
    credits: CreditsField
    in_program: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step of the program that is still open: one of these courses, by title.

    ``planned`` says that the plan there is holds one of them; ``grade`` is the one it is meant for.
    """

    courses: tuple[str, ...]
    grade: int | None
    planned: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """A change to one program: the planner's answer, and the courses behind its figures."""

    switch: Switch
    cluster: str
    kept: tuple[Held, ...]
    lost: tuple[Held, ...]
    ahead: tuple[Ahead, ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """Every program of the school, by id, and the terms that are left, in calendar order."""

    programs: tuple[Cost, ...]
    terms: tuple[TermField, ...]


def cost_of_each(question: Question, *, watch: Watch) -> Costs:
    """Say of every program what changing to it would keep, lose and add."""
    request, day = question.request, question.basis.day
    programs = {program.id: program for program in request.catalog.programs}
    behind = Behind(request, day)
    found = switches(request, as_of=day, watch=watch)
    return Costs(
        programs=tuple(_cost(each, programs[each.program], behind) for each in found),
        terms=tuple(entry.term for entry in request.terms),
    )


def _cost(switch: Switch, program: ProgramOfStudy, behind: Behind) -> Cost:
    then = behind.of(program)
    return Cost(
        switch=switch,
        cluster=program.cluster,
        kept=_held(behind, switch.credit.kept_records, then),
        lost=_held(behind, switch.credit.lost_records, then),
        ahead=tuple(_ahead(behind.request, switch, program)),
    )


def _held(behind: Behind, ids: tuple[str, ...], then: frozenset[str]) -> tuple[Held, ...]:
    records = {one.id: one for one in behind.records}
    return tuple(
        Held(one.title or one.course or one.id, one.credits, one.id in then)
        for one in map(records.__getitem__, ids)
    )


def _ahead(request: PlanRequest, switch: Switch, program: ProgramOfStudy) -> Iterator[Ahead]:
    planned = {place.course for place in request.previous}
    grades = {step.courses: step.grade for step in program.steps}
    for courses in switch.open_steps:
        offered = [course for course in map(request.catalog.course, courses) if course]
        yield Ahead(
            courses=tuple(course.title for course in offered) or courses,
            grade=grades.get(courses),
            planned=bool(planned & {*courses}),
        )


COSTS = keeps(
    Answers(
        "switch",
        status="costs",
        form=TypeAdapter(Costs),
        about=about_programs,
        find=cost_of_each,
        page="plans:student_change",
    )
)
