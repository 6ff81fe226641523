"""The booklet of all programs of a school: how long 60 programs take, and what stays in memory.

Run: ``python benchmarks/booklet.py [PROGRAMS] [SEED]``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from time import perf_counter

import one_page
import report

RUNS = 5


def main(programs: int, seed: int) -> None:
    one_page.set_up()
    taken, memory = measured(programs, seed)
    row = {"what": "booklet", "programs": str(programs)} | report.spread(taken)
    row["memory of the server after each"] = ", ".join(f"{each:.0f}" for each in memory) + " MB"
    report.write("Booklet", [row], seed=seed)


def measured(programs: int, seed: int) -> tuple[list[float], list[float]]:
    """Milliseconds for each of ``RUNS`` booklets of other programs, and MB of this process.

    The process makes what a server does; its memory is measured before the first and after each.
    """
    from pathloom.portal.programs.pdf import booklet, setting

    setting.kept = lambda _form, _data, make: make()  # type: ignore[assignment]
    random = Random(seed)
    booklet(one_page.SCHOOL, [one_page.generated(random)])
    taken, memory = [], [megabytes()]
    for _ in range(RUNS):
        pages = [one_page.generated(random) for _ in range(programs)]
        for number, page in enumerate(pages):
            page["address"] += f"{random.randrange(10**9)}-{number}/"
        started = perf_counter()
        booklet(one_page.SCHOOL, pages)
        taken.append((perf_counter() - started) * 1000)
        memory.append(megabytes())
    return taken, memory


def megabytes() -> float:
    """What this process holds in memory now."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / 1024


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [60, 20261122][len(given) :]))
