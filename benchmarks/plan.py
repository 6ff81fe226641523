"""Four-year plans: students of grades 8, 10 and 11 against the demo catalog and a 200-course one.

Run: ``python benchmarks/plan.py [COUNT] [SEED]``; COUNT students per grade and catalog. Times are
processor time of the one thread that works, so that other work on the machine does not count.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from time import process_time

import report

from pathloom.engine.catalog import Catalog, Course, CourseNeed, ProgramOfStudy, Step, load_catalog
from pathloom.engine.planner import plan
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.constraints import build
from pathloom.engine.planner.model import solve
from pathloom.engine.planner.outlook import remaining_terms
from pathloom.engine.planner.types import Level, Placement, Plan, PlanRequest, Wishes
from pathloom.engine.planner.validate import checked
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Mark, Part, SchoolYear

DEMO = Path(__file__).parents[1] / "src/pathloom/portal/demo/catalog.csv"
ENTERED = SchoolYear(2026)
DAYS = {8: date(2026, 5, 1), 10: date(2027, 7, 15), 11: date(2028, 7, 15)}


@dataclass(frozen=True, slots=True)
class Run:
    """One request planned: milliseconds to a first valid plan and to the answer."""

    first: float
    whole: float
    answer: str


def demo_catalog() -> Catalog:
    """The catalog of the demo district; each CTE course with two before it ends a program."""
    return with_programs(load_catalog(DEMO))


def large_catalog(chance: Random, courses: int = 200) -> Catalog:
    """The demo catalog, filled up with invented sequences of three, some offered once a year."""
    found = list(load_catalog(DEMO).courses)
    number = 0
    while len(found) < courses:
        number += 1
        earlier: CourseNeed | None = None
        for step in range(1, 4):
            name = f"X{number:02d}-{step}"
            parts = chance.choice(
                ((Part.FALL, Part.SPRING), (Part.FALL, Part.SPRING), (Part.FALL,), (Part.SPRING,))
            )
            tags = {"cte", "fourth-science"} if number % 4 == 0 and step > 1 else {"cte"}
            found.append(
                Course(
                    name,
                    f"Course {name}",
                    "cte",
                    100,
                    tags=frozenset(tags),
                    parts=parts,
                    prerequisite=earlier,
                )
            )
            earlier = CourseNeed(name)
    return with_programs(Catalog("large", tuple(found[:courses])))


def with_programs(catalog: Catalog) -> Catalog:
    """Make a program of every chain of three CTE courses."""
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


def requests(catalog: Catalog, rules: RuleSet, chance: Random, *, grade: int) -> PlanRequest:
    """A student with a random program and wishes; older ones carried out two years of a plan."""
    program = chance.choice(catalog.programs).id
    fresh = PlanRequest(
        record=StudentRecord("S", ENTERED),
        ruleset=rules,
        catalog=catalog,
        terms=remaining_terms(8, today=DAYS[8]),
        program=program,
        wishes=Wishes(wanted=tuple(one.id for one in chance.sample(catalog.courses, 3))),
        seed=chance.randint(1, 1000),
    )
    if grade == 8:
        return fresh
    before = plan(fresh, as_of=DAYS[8])
    assert isinstance(before, Plan), before
    terms = remaining_terms(grade, today=DAYS[grade])
    done = [place for place in before.placements if place.term < terms[0].term]
    record = StudentRecord("S", ENTERED, tuple(passed(place, catalog, chance) for place in done))
    return replace(fresh, record=record, terms=terms)


def passed(place: Placement, catalog: Catalog, chance: Random) -> CourseRecord:
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


def timed(request: PlanRequest) -> Run:
    """Time the way to a first valid plan, and the whole answer with its check and audit."""
    start = process_time()
    outlook = Outlook(checked(request, as_of=DAYS[8]))
    draft = build(outlook)
    outcome = solve(draft.model, seed=request.seed, effort=request.effort)
    if outcome.values:
        findings = check_plan(outlook.request, draft.placements(outcome.values))
        assert all(finding.level is Level.NOTE for finding in findings), findings
    first = (process_time() - start) * 1000
    start = process_time()
    found = plan(request, as_of=DAYS[8])
    whole = (process_time() - start) * 1000
    return Run(first, whole, str(found.proof) if isinstance(found, Plan) else type(found).__name__)


def main(count: int = 20, seed: int = 20261122) -> None:
    """Plan for ``count`` students of each grade and catalog, each once, after one to warm up."""
    chance = Random(seed)
    rules = choose(load_rulebook(), "us-ga/diploma", entered_grade_9=ENTERED, as_of=DAYS[8])
    rows = []
    for catalog in (demo_catalog(), large_catalog(chance)):
        for grade in DAYS:
            asked = [requests(catalog, rules, chance, grade=grade) for _ in range(count)]
            timed(asked[0])
            gc.collect()
            runs = [timed(one) for one in asked]
            answers = ", ".join(f"{many} {name}" for name, many in _answers(runs))
            what = f"grade {grade}, {len(catalog.courses)} courses"
            rows += [
                _row(f"{what}: first valid plan", [run.first for run in runs], answers),
                _row(f"{what}: answer", [run.whole for run in runs], answers),
            ]
    report.write("Plan (processor time)", rows, seed=seed)


def _answers(runs: list[Run]) -> list[tuple[str, int]]:
    return Counter(run.answer for run in runs).most_common()


def _row(what: str, times: list[float], answers: str) -> dict[str, str]:
    p95 = sorted(times)[max(0, int(len(times) * 0.95) - 1)]
    figures = report.spread(times)
    return {
        "what": what,
        "plans": str(len(times)),
        "median": figures["median"],
        "p95": f"{p95:.0f} ms",
        "worst": figures["worst"],
        "middle half": figures["middle half"],
        "answers": answers,
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument) for argument in sys.argv[1:]))
