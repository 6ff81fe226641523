"""Repairs of four-year plans in catalogs of 200 courses: a failed course and a changed schedule.

Run: ``python benchmarks/repair.py [COUNT] [SEED]``; COUNT students of grades 10 and 11. Times are
processor time of the one thread that works, so that other work on the machine does not count.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from time import process_time

import plan as plans
import report

from pathloom.engine.planner import plan
from pathloom.engine.planner.outlook import remaining_terms
from pathloom.engine.planner.repair import Repaired, repair
from pathloom.engine.planner.types import Plan, PlanRequest
from pathloom.engine.record import State
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Mark, Part

BOTH = (Part.FALL, Part.SPRING)
EFFORT = 0.5  # for the plan that is broken: a good one, whether proved or not


def broken(rules: RuleSet, chance: Random, *, grade: int) -> PlanRequest:
    """A student whose plan came true but for one failed course, and one course that moves term."""
    catalog = plans.large_catalog(chance)
    fresh = plans.requests(catalog, rules, chance, grade=8)
    before = plan(replace(fresh, effort=EFFORT), as_of=plans.DAYS[8])
    assert isinstance(before, Plan), before
    terms = remaining_terms(grade, today=plans.DAYS[grade])
    done = [place for place in before.placements if place.term < terms[0].term]
    courses = [plans.passed(place, catalog, chance) for place in done]
    failed = chance.randrange(len(courses))
    courses[failed] = replace(courses[failed], state=State.FAILED, mark=Mark.parse(50))
    offered = {course.id: course.parts for course in catalog.courses}
    later = [one for one in before.placements if one not in done and offered[one.course] == BOTH]
    moved = chance.choice(later)
    (other,) = {*BOTH} - {moved.term.part}
    return replace(
        fresh,
        catalog=replace(
            catalog,
            courses=tuple(
                replace(one, parts=(other,)) if one.id == moved.course else one
                for one in catalog.courses
            ),
        ),
        record=replace(fresh.record, courses=tuple(courses)),
        terms=terms,
        previous=before.placements,
    )


def main(count: int = 10, seed: int = 20261122) -> None:
    """Repair ``count`` plans of each grade, each once, after one to warm up."""
    chance = Random(seed)
    day = plans.DAYS[8]
    rules = choose(load_rulebook(), "us-ga/diploma", entered_grade_9=plans.ENTERED, as_of=day)
    rows = []
    for grade in (10, 11):
        asked = [broken(rules, chance, grade=grade) for _ in range(count)]
        repair(asked[0], as_of=plans.DAYS[grade])
        gc.collect()
        times: list[float] = []
        answers: Counter[str] = Counter()
        changes: list[int] = []
        for one in asked:
            start = process_time()
            found = repair(one, as_of=plans.DAYS[grade])
            times.append((process_time() - start) * 1000)
            if isinstance(found, Repaired):
                answers[str(found.plan.proof)] += 1
                changes.append(len(found.changes))
            else:
                answers[type(found).__name__.lower()] += 1
        figures = report.spread(times)
        rows.append(
            {
                "what": f"grade {grade}, 200 courses",
                "repairs": str(len(times)),
                "median": figures["median"],
                "p95": f"{sorted(times)[max(0, int(len(times) * 0.95) - 1)]:.0f} ms",
                "worst": figures["worst"],
                "middle half": figures["middle half"],
                "changes": f"{min(changes)} to {max(changes)}",
                "answers": ", ".join(f"{many} {name}" for name, many in answers.most_common()),
            }
        )
    report.write("Repair (processor time)", rows, seed=seed)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument) for argument in sys.argv[1:]))
