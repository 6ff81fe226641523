"""Cost of changing one's mind: 20 programs of study, with last terms, credit and college hours.

Run: ``python benchmarks/switch.py [STUDENTS] [CATALOGS] [SEED]``; so many students of grades 8, 10
and 11 in turn, in each of so many catalogs of 100, 200 and 400 courses. Times are processor time of
the one thread that works, so that other work on the machine does not count.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from random import Random
from time import process_time

import drift
import report
import students

from pathloom.engine.catalog import Catalog, ProgramOfStudy, Step
from pathloom.engine.planner.switch import Switch, switches
from pathloom.engine.planner.types import PlanRequest

SIZES = (100, 200, 400)
PROGRAMS = 20


def with_twenty(request: PlanRequest, chance: Random) -> PlanRequest:
    """The same school with 20 programs, the student's own among them."""
    every = request.catalog.programs
    own = [one for one in every if one.id == request.program]
    others = [one for one in every if one.id != request.program]
    kept = [*own, *chance.sample(others, min(len(others), PROGRAMS - 1))]
    more = islice(_more(request.catalog, chance), PROGRAMS - len(kept))
    return replace(request, catalog=replace(request.catalog, programs=(*kept, *more)))


def _more(catalog: Catalog, chance: Random) -> list[ProgramOfStudy]:
    """Programs of two courses each that a small school puts together from what it has."""
    free = [one.id for one in catalog.courses if one.prerequisite is None]
    pairs = [chance.sample(free, 2) for _ in range(PROGRAMS)]
    return [
        ProgramOfStudy(f"mixed-{number}", f"Mixed {number}", tuple(Step((one,)) for one in pair))
        for number, pair in enumerate(pairs)
    ]


def timed(request: PlanRequest, *, grade: int) -> tuple[float, tuple[Switch, ...]]:
    start = process_time()
    found = switches(request, as_of=students.DAYS[grade])
    return (process_time() - start) * 1000, found


def students_of(
    size: int, chance: Random, *, count: int, schools: int
) -> Iterator[tuple[int, PlanRequest]]:
    """The students of so many generated schools of one size, each with the grade they are in."""
    for _ in range(schools):
        fresh = drift.planned(chance, courses=size, count=count)
        for one, grade in zip(fresh, cycle(students.DAYS), strict=False):
            yield grade, with_twenty(one if grade == 8 else drift.later(one, grade=grade), chance)


def main(count: int = 20, schools: int = 8, seed: int = 20261122) -> None:
    """Ask for all programs for each student once, after one to warm up."""
    rows = []
    for size in SIZES:
        chance = Random(seed)
        asked = [*students_of(size, chance, count=count, schools=schools)]
        timed(asked[0][1], grade=asked[0][0])
        gc.collect()
        runs = [timed(one, grade=grade) for grade, one in asked]
        every = [switch for _, found in runs for switch in found]
        figures = report.spread([time for time, _ in runs])
        rows.append(
            {
                "what": f"{size} courses, 8 periods a day, {PROGRAMS} programs",
                "students": str(len(runs)),
                "median": figures["median"],
                "worst": figures["worst"],
                "middle half": figures["middle half"],
                "on time": f"{sum(one.last is not None for one in every)} of {len(every)}",
                "later": str(sum(bool(one.terms_added) for one in every)),
                "decided": f"{sum(one.proved for one in every)} of {len(every)}",
            }
        )
    report.write("Cost of changing (processor time)", rows, seed=seed)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument) for argument in sys.argv[1:]))
