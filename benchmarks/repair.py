"""Repairs of four-year plans: a failed course, a moved one, one that is gone, a transfer.

Run: ``python benchmarks/repair.py [STUDENTS] [CATALOGS] [SEED]``; so many students in each of so
many catalogs of 100, 200 and 400 courses. Times are processor time of the one thread that works, so
that other work on the machine does not count.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time

import drift
import report

from pathloom.engine.planner.repair import Repaired, repair

SIZES = (100, 200, 400)


def timed(one: drift.Drifted) -> tuple[float, object]:
    start = process_time()
    found = repair(one.request, as_of=one.day)
    return (process_time() - start) * 1000, found


def asked(size: int, chance: Random, *, count: int, schools: int) -> Iterator[drift.Drifted]:
    """What happened to the students of so many generated schools of one size."""
    for _ in range(schools):
        yield from drift.drifted(drift.planned(chance, courses=size, count=count), chance)


def main(count: int = 20, schools: int = 8, seed: int = 20261122) -> None:
    """Repair each plan once, after one to warm up."""
    rows = []
    for size in SIZES:
        chance = Random(seed)
        every = [*asked(size, chance, count=count, schools=schools)]
        timed(every[0])
        gc.collect()
        runs = [(one.cause, *timed(one)) for one in every]
        times = [time for _, time, _ in runs]
        answers: Counter[str] = Counter()
        for cause, _, found in runs:
            if isinstance(found, Repaired):
                answers[str(found.plan.proof)] += 1
            else:
                answers[f"{type(found).__name__.lower()} after {cause}"] += 1
        changes = [len(found.changes) for _, _, found in runs if isinstance(found, Repaired)]
        figures = report.spread(times)
        rows.append(
            {
                "what": f"{size} courses, 8 periods a day",
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
