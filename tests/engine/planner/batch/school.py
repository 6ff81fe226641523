"""A small school in files: what its students share, and a plan request for each of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pathloom.engine.planner.batch import Summary, Wanted, plan_batch

COURSES = [
    {"id": "ALG", "title": "Algebra", "subject": "math", "credits": 1},
    {
        "id": "GEO",
        "title": "Geometry",
        "subject": "math",
        "credits": 1,
        "prerequisite": {"course": "ALG"},
    },
    {"id": "ART", "title": "Drawing", "subject": "arts", "credits": 1, "parts": ["fall"]},
    {"id": "BAND", "title": "Band", "subject": "arts", "credits": 1},
]
RULES = """\
jurisdiction: us-school
diploma: diploma
title: School Diploma
credit: {name: unit, carnegie_units: 1}
status: draft
checked: []
subjects: {math: Mathematics, arts: Arts}
sources:
  board:
    title: Invented
    url: https://board.example/diploma
    read_on: 2026-01-01
    kind: secondary
versions:
  - id: us-school/diploma/2020
    entered_grade_9: {from: 2020-21}
    total: 3
    split: never
    requirements:
      - {id: math, title: Mathematics, earn: 2, from: {subject: math}, source: board}
      - {id: arts, title: Arts, earn: 1, from: {subject: arts}, source: board}
"""
SHARED: dict[str, Any] = {
    "rules": "us-school/diploma.yaml",
    "catalog": {"id": "school", "courses": COURSES},
    "as_of": "2026-05-01",
    "most": 2,
}
FALL, SPRING, LATER = "2026-27 fall", "2026-27 spring", "2027-28 fall"
PLAN = {"ALG": FALL, "GEO": SPRING, "BAND": LATER}


def student(name: str, plan: dict[str, str] = PLAN, **more: Any) -> dict[str, Any]:
    """In grade 9 with nothing on the record, and a plan so far."""
    previous = [{"course": course, "term": term} for course, term in plan.items()]
    record = {"student": name, "entered_grade_9": "2025-26"} | more.pop("record", {})
    return {"record": record, "grade": 9, "previous": previous} | more


def failed(course: str) -> dict[str, Any]:
    return {
        "courses": [{"id": "1", "course": course, "credits": 1, "state": "failed", "mark": "F"}]
    }


# What becomes of each is said beside it.
STUDENTS = (
    student("S-1"),  # holds
    student("S-2", PLAN | {"BAND": FALL, "ART": SPRING}),  # Drawing is offered in fall only
    student("S-3", {}),  # planned
    student("S-4", {"GEO": FALL, "ALG": SPRING, "BAND": LATER}),  # Geometry needs Algebra
    student("S-5", bans=["ALG"]),  # infeasible
)


def write(folder: Path, students: Sequence[Any] = STUDENTS, **shared: Any) -> Path:
    """Write a folder with school.json, its rules and students.jsonl."""
    (folder / "us-school").mkdir(parents=True, exist_ok=True)
    (folder / "us-school" / "diploma.yaml").write_text(RULES, encoding="utf-8")
    (folder / "school.json").write_text(json.dumps(SHARED | shared), encoding="utf-8")
    lines = (each if isinstance(each, str) else json.dumps(each) for each in students)
    (folder / "students.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def run(folder: Path, out: Path, *, workers: int = 1, **wanted: Any) -> Summary:
    asked = Wanted(**({"drift": True, "requests": True} | wanted))
    return plan_batch([folder], out, wanted=asked, workers=workers)


def tables(out: Path) -> dict[str, str]:
    """Every file of a result but what is kept, by name."""
    return {path.name: path.read_text("utf-8") for path in out.iterdir() if path.is_file()}
