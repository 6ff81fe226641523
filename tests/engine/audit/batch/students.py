"""Students under the demo rules, each with a few courses."""

from __future__ import annotations

from random import Random

from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.units import SchoolYear, Term

TERMS = ("2023-24 fall", "2024-25 spring", "2025-26 year")
SUBJECTS = ("english", "mathematics", "science", "social-studies", "fine-arts")


def some_students(count: int) -> list[StudentRecord]:
    """The same students every time."""
    chance = Random(3)
    return [_student(f"S{index:04d}", chance) for index in range(count)]


def _student(name: str, chance: Random) -> StudentRecord:
    courses = tuple(
        CourseRecord(
            id=f"{index:03d}",
            credits=chance.choice((50, 100)),
            state=chance.choice((State.EARNED, State.EARNED, State.IN_PROGRESS, State.PLANNED)),
            title=f"Course {index}",
            subject=chance.choice(SUBJECTS),
            term=Term.parse(chance.choice(TERMS)),
        )
        for index in range(chance.randrange(1, 20))
    )
    return StudentRecord(name, SchoolYear(2023), courses)
