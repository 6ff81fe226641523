"""Plans in generated catalogs of 100, 200 and 400 courses, 8 terms of 8 periods, and the demo's.

Run: ``python benchmarks/plan.py [STUDENTS] [CATALOGS] [SEED]``; so many students of grades 8, 10
and 11 in so many catalogs of each size. Times are processor time of the one thread that works, so
that other work on the machine does not count. Every plan is checked before its time counts.
"""

from __future__ import annotations

import gc
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from time import process_time

import report
from catalogs import generated
from students import DAYS, demo_catalog, rules, students

from pathloom.engine.planner import plan
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.constraints import build
from pathloom.engine.planner.search import first_plan as any_plan
from pathloom.engine.planner.types import Level, Plan, PlanRequest, Proof
from pathloom.engine.planner.validate import checked

SIZES = (100, 200, 400)


@dataclass(frozen=True, slots=True)
class Run:
    """One request planned: milliseconds to a first valid plan and to the proved best one."""

    first: float
    whole: float
    proved: bool


def day_of(request: PlanRequest) -> date:
    """The day on which a student asks."""
    return DAYS[{9: 8}.get(request.terms[0].grade, request.terms[0].grade)]


def timed(request: PlanRequest) -> Run | None:
    """Time the way to a first valid plan, and the answer; None where there is no plan."""
    as_of = day_of(request)
    start = process_time()
    found = plan(request, as_of=as_of)
    whole = (process_time() - start) * 1000
    if not isinstance(found, Plan):
        return None
    assert_valid(request, found, as_of=as_of)
    return Run(first_plan(request, as_of=as_of), whole, found.proof is Proof.OPTIMAL)


def first_plan(request: PlanRequest, *, as_of: date) -> float:
    """Milliseconds until the planner's first valid plan is found and checked."""
    start = process_time()
    draft = build(Outlook(checked(request, as_of=as_of)))
    outcome = any_plan(draft, seed=request.seed, effort=request.effort)
    assert outcome.values, "a plan that is found has a first solution"
    findings = check_plan(draft.outlook.request, draft.placements(outcome.values))
    assert all(finding.level is Level.NOTE for finding in findings), findings
    return (process_time() - start) * 1000


def assert_valid(request: PlanRequest, found: Plan, *, as_of: date) -> None:
    findings = check_plan(checked(request, as_of=as_of), found.placements)
    assert all(finding.level is Level.NOTE for finding in findings), findings
    assert all(goal.value == goal.bound for goal in found.goals) is (found.proof is Proof.OPTIMAL)


def asked(size: int, chance: Random, *, count: int, schools: int) -> Iterator[PlanRequest]:
    """The students of so many generated schools of one size."""
    ruleset = rules()
    for _ in range(schools):
        catalog, agreements = generated(chance, courses=size)
        yield from students(catalog, ruleset, chance, count=count, agreements=agreements)


def main(count: int = 20, schools: int = 8, seed: int = 20261122) -> None:
    """Plan for every student once, after one to warm up."""
    rows = []
    for size in SIZES:
        requests = list(asked(size, Random(seed + size), count=count, schools=schools))
        rows += measured(f"{size} courses", requests)
    demo = students(demo_catalog(), rules(), Random(seed), count=count)
    rows += measured("demo catalog", list(demo))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for row in rows:
        row["peak memory"] = f"{peak} MB"
    report.write("Plan (processor time)", rows, seed=seed)


def measured(what: str, requests: Sequence[PlanRequest]) -> list[dict[str, str]]:
    timed(requests[0])
    gc.collect()
    runs = [run for run in map(timed, requests) if run]
    none = len(requests) - len(runs)
    open_ = sum(not run.proved for run in runs)
    answers = f"{len(runs) - open_} proved, {open_} not; {none} without any plan"
    return [
        _row(f"{what}: first valid plan", [run.first for run in runs], answers),
        _row(f"{what}: proved best", [run.whole for run in runs], answers),
    ]


def _row(what: str, times: list[float], answers: str) -> dict[str, str]:
    p95 = sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]
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
