"""The booklet of all programs of a school: how long 60 programs take.

Run: ``python benchmarks/booklet.py [PROGRAMS] [SEED]``.
"""

from __future__ import annotations

import sys
from random import Random
from time import perf_counter

import one_page
import report

RUNS = 5


def main(programs: int, seed: int) -> None:
    one_page.set_up()
    taken = measured(programs, seed)
    row = {"what": "booklet", "programs": str(programs)} | report.spread(taken)
    report.write("Booklet", [row], seed=seed)


def measured(programs: int, seed: int) -> list[float]:
    """Milliseconds for each of ``RUNS`` booklets of other programs."""
    from pathloom.portal.programs.pdf import booklet, setting

    setting.kept = lambda _form, _data, make: make()  # type: ignore[assignment]
    random = Random(seed)
    booklet(one_page.SCHOOL, [one_page.generated(random)])
    taken = []
    for _ in range(RUNS):
        pages = [one_page.generated(random) for _ in range(programs)]
        started = perf_counter()
        booklet(one_page.SCHOOL, pages)
        taken.append((perf_counter() - started) * 1000)
    return taken


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [60, 20261122][len(given) :]))
