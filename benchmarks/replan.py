"""A school planned again: a thousand students, each with a plan that no longer holds.

Run: ``python benchmarks/replan.py [COUNT] [PROCESSES] [SEED]``; 1,000 students in 2 processes if
nothing is given, in a school of 200 courses with days of eight periods. A few students were planned
for; the others are the same ones to whom something else happened. Measured from outside: the whole
command, and the most memory that its processes held together.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import command
import drift
import report
from pydantic import TypeAdapter

from pathloom.engine.planner.types import PlanRequest

COURSES = 200
PLANNED = 24  # students for whom a plan is made before the clock starts
OWN = ("record", "terms", "program", "wishes", "previous", "staff_locks", "staff_bans", "seed")
REQUEST = TypeAdapter(PlanRequest)


def write_school(folder: Path, *, count: int, seed: int) -> None:
    """Write school.json, and a line for each student."""
    chance = Random(seed)
    plans = [*drift.planned(chance, courses=COURSES, count=PLANNED)]
    one = plans[0]
    shared: dict[str, Any] = {"rules": "us-ga/diploma", "limits": _plain(one)["limits"]}
    (folder / "shared").mkdir()
    for name, value in (("catalog", one.catalog), ("agreements", one.agreements)):
        shared[name] = f"shared/{name}.json"
        (folder / shared[name]).write_bytes(TypeAdapter(type(value)).dump_json(value))
    (folder / "school.json").write_text(json.dumps(shared), encoding="utf-8")
    with (folder / "students.jsonl").open("w", encoding="utf-8") as file:
        for number, each in enumerate(islice(_drifted(plans, chance), count)):
            record = replace(each.request.record, student=f"S{number:05}")
            found = _plain(replace(each.request, record=record))
            line = {name: found[name] for name in OWN} | {"as_of": each.day.isoformat()}
            file.write(f"{json.dumps(line)}\n")


def _drifted(plans: list[PlanRequest], chance: Random) -> Iterator[drift.Drifted]:
    """All students again and again; each time something else happens to each of them."""
    while True:
        yield from drift.drifted(plans, chance)


def _plain(request: PlanRequest) -> dict[str, Any]:
    found: dict[str, Any] = REQUEST.dump_python(request, mode="json")
    return found


def measure(*, count: int, processes: int, seed: int) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "school", Path(name) / "out"
        folder.mkdir()
        write_school(folder, count=count, seed=seed)
        words = [str(Path(sys.executable).with_name("pathloom")), "batch", "plan", str(folder)]
        words += ["--out", str(out), "--drift", "--requests", "--workers", str(processes)]
        seconds, memory = command.run(words)
        summary = json.loads((out / "summary.json").read_text("utf-8"))
        again, _ = command.run(words)
        with (out / "drift.csv").open(encoding="utf-8", newline="") as file:
            changes = sum(row["what"] != "broke" for row in csv.DictReader(file))
    outcomes = ", ".join(f"{many:,} {what}" for what, many in summary["outcomes"].items() if many)
    return {
        "students": f"{summary['students']:,}",
        "processes": str(processes),
        "end to end": f"{seconds / 60:.1f} min",
        "students a second": f"{count / seconds:.1f}",
        "memory of all processes": f"{memory / 2**20:.0f} MiB",
        "the same again": f"{again:.1f} s",
        "outcomes": outcomes,
        "changes": f"{changes:,}",
        "left out": str(summary["rejected"]),
    }


def main(count: int = 1000, processes: int = 2, seed: int = 20261122) -> None:
    row = measure(count=count, processes=processes, seed=seed)
    report.write("A school planned again", [row], seed=seed, packages=("ortools", "pydantic"))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument.replace(",", "")) for argument in sys.argv[1:]))
