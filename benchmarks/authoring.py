"""Authoring: the checks of every program of the demo district as they run while one types, a
line saved, and two authors' changes merged.

Run: ``python benchmarks/authoring.py [ROUNDS]``; the district is loaded into a temporary database.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import report
from home import load

ROUNDS = 5
FIRST = "first"


def timed(rounds: int, work: Callable[[], object]) -> list[float]:
    """Milliseconds of each round."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return times


def first_check() -> float:
    """Milliseconds of the first check of this process, made ready as the server makes itself."""
    from pathloom.portal.config import wsgi
    from pathloom.portal.programs import checks
    from pathloom.portal.programs.queries.published import published_versions

    assert wsgi.application
    version = published_versions()[0]
    (time,) = timed(1, lambda: checks.run(version))
    return time


def first_checks(rounds: int) -> dict[str, str]:
    """The first check of each of so many processes."""
    command = [sys.executable, __file__, FIRST]
    times = [float(subprocess.check_output(command, text=True)) for _ in range(rounds)]
    return {"what": "first check of a process", **report.spread(times)}


def checking(rounds: int) -> dict[str, str]:
    """The checks of each program, the planner's answer included."""
    from pathloom.portal.programs import checks
    from pathloom.portal.programs.queries.published import published_versions

    times: list[float] = []
    versions = list(published_versions())
    for version in versions:
        times += timed(rounds, lambda version=version: checks.run(version))
    return {"what": f"checks of {len(versions)} programs", **report.spread(times)}


def saving(rounds: int) -> dict[str, str]:
    """A line saved on the first revision, merged with all that was saved since."""
    from pathloom.portal.accounts.models import User
    from pathloom.portal.programs.actions.drafts import start_draft
    from pathloom.portal.programs.actions.lines import save_line
    from pathloom.portal.programs.queries.published import published_versions

    author = User.objects.get(username="devon.lind")
    version = published_versions().filter(program__school__slug="magnolia-high")[0]
    draft = start_draft(version.program, by=author)
    number = 0

    def save() -> None:
        nonlocal number
        number += 1
        fields = {"text": f"Partner {number}"}
        save_line(draft, by=author, revision=1, part="partners", key="", fields=fields)

    return {"what": "a line saved and merged", **report.spread(timed(rounds * 10, save))}


def main() -> None:
    if sys.argv[1:] == [FIRST]:
        print(first_check())
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory(prefix="pathloom-authoring-") as name:
        load(Path(name))
        rows = [first_checks(rounds), checking(rounds), saving(rounds)]
    report.write("Writing programs of study", rows, seed=0)


if __name__ == "__main__":
    main()
