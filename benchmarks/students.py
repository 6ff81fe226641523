"""Invented students of generated schools, with wishes of every kind, as plan requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from random import Random

from pathloom.engine.catalog import (
    Agreements,
    Catalog,
    CourseNeed,
    ProgramOfStudy,
    Step,
    load_catalog,
)
from pathloom.engine.planner import plan
from pathloom.engine.planner.outlook import remaining_terms
from pathloom.engine.planner.types import (
    Counted,
    Limit,
    Placement,
    Plan,
    PlanRequest,
    PlanTerm,
    Wishes,
)
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Mark, Part, SchoolYear, Term

DEMO = Path(__file__).parents[1] / "src/pathloom/portal/demo/data/us-ga/catalog.csv"
ENTERED = SchoolYear(2026)
DAYS = {8: date(2026, 5, 1), 10: date(2027, 7, 15), 11: date(2028, 7, 15)}
SLOTS = 8
EFFORT = 0.5  # for the plan that older students carried out: a good one, whether proved or not
LIMITS = (Limit("College courses", "dual-enrollment", 3000, Counted.HOURS),)


def rules() -> RuleSet:
    """The diploma that every student here works for."""
    return choose(load_rulebook(), "us-ga/diploma", entered_grade_9=ENTERED, as_of=DAYS[8])


def demo_catalog() -> Catalog:
    """The catalog of the demo district; each CTE course with two before it ends a program."""
    catalog = load_catalog(DEMO)
    programs = []
    for last in catalog.courses:
        chain = [last]
        while isinstance(chain[0].prerequisite, CourseNeed):
            before = catalog.course(chain[0].prerequisite.course)
            assert before is not None
            chain.insert(0, before)
        if len(chain) == 3 and last.subject == "cte":
            steps = tuple(Step((one.id,), 9 + number) for number, one in enumerate(chain))
            programs.append(ProgramOfStudy(f"to-{last.id}", last.title, steps))
    return replace(catalog, programs=tuple(programs))


def day(grade: int, *, slots: int | None) -> tuple[PlanTerm, ...]:
    """Fall, spring and the whole of each year still to come, with so many periods a day."""
    halves = remaining_terms(grade, today=DAYS[grade])
    years = [
        PlanTerm(Term(one.term.year, Part.YEAR), one.grade, most=800)
        for one in halves
        if slots and one.term.part is Part.FALL
    ]
    placed = [replace(one, slots=slots) for one in halves]
    return tuple(sorted([*years, *placed], key=lambda one: one.term))


def students(
    catalog: Catalog,
    ruleset: RuleSet,
    chance: Random,
    *,
    count: int,
    agreements: Agreements | None = None,
) -> Iterator[PlanRequest]:
    """Students of grades 8, 10 and 11 in turn; older ones carried out the first years of a plan."""
    slots = SLOTS if catalog.id.startswith("generated") else None
    for number, grade in enumerate(islice(cycle(DAYS), count)):
        program = chance.choice(catalog.programs).id
        fresh = PlanRequest(
            record=StudentRecord(f"S{number}", ENTERED),
            ruleset=ruleset,
            catalog=catalog,
            terms=day(8, slots=slots),
            program=program,
            wishes=wishes(catalog, chance, program=program, college=agreements is not None),
            limits=LIMITS if agreements else (),
            agreements=agreements,
            seed=chance.randint(1, 1000),
        )
        yield fresh if grade == 8 else older(fresh, chance, grade=grade, slots=slots)


def wishes(catalog: Catalog, chance: Random, *, program: str, college: bool) -> Wishes:
    """Three courses wanted, liked and avoided each; every second student has each other wish."""
    steps = next(one.steps for one in catalog.programs if one.id == program)
    own = {course for step in steps for course in step.courses}
    names = chance.sample([one.id for one in catalog.courses if one.id not in own], 9)
    trained = [one.id for one in catalog.credentials if {*one.courses} & own]
    return Wishes(
        wanted=tuple(names[:3]),
        liked=tuple(names[3:6]),
        avoided=tuple(names[6:]),
        every_year=("fine-arts",) if chance.random() < 0.5 else (),
        study_halls=chance.choice(((), (), (12,), (11, 12))),
        college_hours=chance.choice((0, 600, 1200)) if college else 0,
        credentials=tuple(trained) if chance.random() < 0.5 else (),
    )


def older(fresh: PlanRequest, chance: Random, *, grade: int, slots: int | None) -> PlanRequest:
    """The same student some years later: what was planned is done, one course in twenty failed."""
    before = plan(replace(fresh, effort=EFFORT), as_of=DAYS[8])
    if not isinstance(before, Plan):  # a program that nobody could finish: they gave it up
        fresh = replace(fresh, program="")
        before = plan(replace(fresh, effort=EFFORT), as_of=DAYS[8])
    assert isinstance(before, Plan), before
    ahead = day(grade, slots=slots)
    done = [one for one in before.placements if one.term.year < ahead[0].term.year]
    record = replace(
        fresh.record, courses=tuple(passed(one, fresh.catalog, chance) for one in done)
    )
    previous = before.placements if chance.random() < 0.5 else ()
    return replace(fresh, record=record, terms=ahead, previous=previous)


def passed(place: Placement, catalog: Catalog, chance: Random) -> CourseRecord:
    """The record of a course that was planned; one in twenty is failed."""
    course = catalog.course(place.course)
    assert course is not None
    failed = chance.random() < 0.05
    return CourseRecord(
        id=f"{course.id} {place.term}",
        credits=course.credits,
        state=State.FAILED if failed else State.EARNED,
        course=course.id,
        term=place.term,
        mark=Mark.parse(55 if failed else chance.randint(70, 100)),
    )
