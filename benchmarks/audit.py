"""One audit with its explanation: 2,000 generated students under the Georgia diploma rules.

Run: ``python benchmarks/audit.py [COUNT] [SEED]``.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter

import report

from pathloom.engine.audit import audit
from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.units import Part, SchoolYear, Term

DAY = date(2026, 11, 22)
FIRST = SchoolYear(2023)

# subject, tags, credits, titles: a fifth are half units; CTE sciences and AP courses overlap.
_COURSES = """
english;ninth-literature;100;Ninth Grade Literature
english;;100;World Literature,British Literature,Advanced Composition
english;american-literature;100;American Literature,AP Language
english;elective-only;50;Journalism I,Journalism II,Yearbook,Debate
mathematics;algebra;100;Algebra
mathematics;geometry;100;Geometry
mathematics;advanced-algebra;100;Advanced Algebra
mathematics;;100;Pre-Calculus,Statistics,AP Calculus
science;biology;100;Biology
science;biology,ap;100;AP Biology
science;physical-science;100;Physical Science
science;physics;100;Physics
science;chemistry;100;Chemistry
science;environmental-science,ap;100;AP Environmental Science
science;fourth-science;100;Forensic Science,Astronomy
social-studies;world-history;100;World History
social-studies;us-history;100;United States History
social-studies;civics;50;American Government
social-studies;civics,dual-enrollment;100;College Government
social-studies;economics;50;Economics
social-studies;elective-only;50;Psychology,Sociology,Current Issues
cte;cte;100;Business and Technology,Marketing,Welding I,Welding II,Early Childhood I,Culinary Arts I
cte;cte,fourth-science;100;Food Science,Plant Science,Computer Science Principles,Sports Medicine
world-language;;100;Spanish I,Spanish II,Spanish III,French I,French II
fine-arts;;100;Band I,Band II,Chorus,Visual Art
fine-arts;;50;Drawing,Theater,Music Theory
health;health;50;Health
physical-education;personal-fitness;50;Personal Fitness
physical-education;;50;Weight Training,Team Sports,Recreational Games,Lifetime Sports
military-science;jrotc;100;JROTC I,JROTC II,JROTC III,JROTC IV
other;;50;Study Skills,Peer Leadership,Driver Education
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """Courses that are alike."""

    courses: tuple[Course, ...]


def catalog() -> Catalog:
    """The courses the generated students choose from."""
    found = []
    for line in _COURSES.strip().splitlines():
        subject, tags, amount, titles = line.split(";")
        found += [
            Course(
                id=title.upper().replace(" ", "-"),
                title=title,
                subject=subject,
                credits=int(amount),
                tags=frozenset(tag for tag in tags.split(",") if tag),
            )
            for title in titles.split(",")
        ]
    return Catalog("generated", tuple(found))


def student(number: int, courses: tuple[Course, ...], chance: Random) -> StudentRecord:
    """A student who mostly takes what the rules ask for, and otherwise what there is."""
    wanted = chance.sample(courses, len(courses))
    usual = [course for course in courses if course.tags and "elective-only" not in course.tags]
    chance.shuffle(usual)
    takes = list(dict.fromkeys([*usual[: chance.randint(10, 20)], *wanted]))
    takes = takes[: chance.randint(25, 30)]
    chance.shuffle(takes)
    done = chance.choice((0.25, 0.5, 0.75, 1.0))
    planned = chance.random() < 0.7
    records = []
    for index, course in enumerate(takes):
        position = index / len(takes)
        state = State.EARNED if position < done else State.PLANNED
        if done <= position < done + 0.25:
            state = State.IN_PROGRESS
        if state is State.EARNED and chance.random() < 0.04:
            state = State.FAILED
        if state is State.PLANNED and not planned:
            continue
        year = FIRST.plus(int(position * 4))
        records.append(
            CourseRecord(
                id=f"{number}-{index}",
                credits=course.credits,
                state=state,
                course=course.id,
                term=Term(year, chance.choice((Part.FALL, Part.SPRING))),
            )
        )
    return StudentRecord(f"S{number}", FIRST, tuple(records))


def main(count: int = 2000, seed: int = 20261122) -> None:
    """Time every audit once, after one warm-up pass over the first hundred students."""
    chance = Random(seed)
    offered = catalog()
    rules = choose(load_rulebook(), "us-ga/diploma", entered_grade_9=FIRST, as_of=DAY)
    students = [student(number, offered.courses, chance) for number in range(count)]
    for each in students[:100]:
        audit(each, rules, catalog=offered, as_of=DAY)
    times: dict[str, list[float]] = {"all": []}
    statuses: Counter[str] = Counter()
    gc.disable()
    for each in students:
        start = perf_counter()
        result = audit(each, rules, catalog=offered, as_of=DAY)
        taken = (perf_counter() - start) * 1000
        times["all"].append(taken)
        times.setdefault(str(result.tier), []).append(taken)
        statuses[str(result.status)] += 1
    gc.enable()
    rows = [
        {"what": f"audit with explanation, {name}", "students": f"{len(found)}"}
        | report.spread(found)
        for name, found in times.items()
        if len(found) > 1
    ]
    report.write("Audit", rows, seed=seed)
    print(dict(statuses))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument) for argument in sys.argv[1:]))
