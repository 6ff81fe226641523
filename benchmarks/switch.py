"""Cost of changing one's mind: 20 programs of study in catalogs of 200 courses, with last terms.

Run: ``python benchmarks/switch.py [COUNT] [SEED]``; COUNT students per grade. Times are processor
time of the one thread that works, so that other work on the machine does not count.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from time import process_time

import plan as plans
import report

from pathloom.engine.catalog import Catalog
from pathloom.engine.planner.switch import Switch, switches
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook

PROGRAMS = 20


def with_twenty(catalog: Catalog, chance: Random) -> Catalog:
    """Keep 20 of the catalog's programs."""
    return replace(catalog, programs=tuple(chance.sample(catalog.programs, PROGRAMS)))


def timed(request: PlanRequest, *, grade: int) -> tuple[float, tuple[Switch, ...]]:
    start = process_time()
    found = switches(request, as_of=plans.DAYS[grade])
    return (process_time() - start) * 1000, found


def main(count: int = 5, seed: int = 20261122) -> None:
    """Ask for all programs for ``count`` students of each grade, after one to warm up."""
    chance = Random(seed)
    day = plans.DAYS[8]
    rules = choose(load_rulebook(), "us-ga/diploma", entered_grade_9=plans.ENTERED, as_of=day)
    rows = []
    for grade in plans.DAYS:
        catalogs = [with_twenty(plans.large_catalog(chance), chance) for _ in range(count)]
        asked = [plans.requests(one, rules, chance, grade=grade) for one in catalogs]
        timed(asked[0], grade=grade)
        gc.collect()
        runs = [timed(one, grade=grade) for one in asked]
        every = [switch for _, found in runs for switch in found]
        figures = report.spread([time for time, _ in runs])
        rows.append(
            {
                "what": f"grade {grade}, 200 courses, {PROGRAMS} programs",
                "students": str(len(runs)),
                "median": figures["median"],
                "worst": figures["worst"],
                "middle half": figures["middle half"],
                "on time": f"{sum(one.last is not None for one in every)} of {len(every)}",
                "later": str(sum(bool(one.terms_added) for one in every)),
            }
        )
    report.write("Cost of changing (processor time)", rows, seed=seed)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument) for argument in sys.argv[1:]))
