"""Authoring: the checks of every program of the demo district as they run while one types, a
line saved, and two authors' changes merged.

Run: ``python benchmarks/authoring.py [ROUNDS]``; the district is loaded into a temporary database.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import report
from home import load

ROUNDS = 5


def timed(rounds: int, work: Callable[[], object]) -> list[float]:
    """Milliseconds of each round; the first, which reads rules and solver, is not counted."""
    work()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return times


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
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory(prefix="pathloom-authoring-") as name:
        load(Path(name))
        rows = [checking(rounds), saving(rounds)]
    report.write("Writing programs of study", rows, seed=0)


if __name__ == "__main__":
    main()
