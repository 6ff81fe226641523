"""One audit with its explanation: 2,000 generated students under the Georgia diploma rules, and
the 300 invented students of the baseline under all packs.

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
from pathloom.engine.errors import RuleError
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.choose import choose, choose_version
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.rules.students import read_students, rule_files_for
from pathloom.engine.units import Part, SchoolYear, Term

DAY = date(2026, 11, 22)
FIRST = SchoolYear(2023)
STUDENTS = Path(__file__).parents[1] / "tests" / "rulebook" / "baseline" / "students.yaml"

# subject; tags; hundredths; how many a student takes; titles. A fifth of what is taken are half
# units; sciences, career and AP courses overlap; few students take JROTC.
_COURSES = """
english;ninth-literature;100;1-1;Ninth Grade Literature
english;;100;1-2;World Literature,British Literature,Advanced Composition
english;american-literature;100;1-1;American Literature,AP Language
english;elective-only;50;0-2;Journalism I,Journalism II,Yearbook,Debate
mathematics;algebra;100;1-1;Algebra
mathematics;geometry;100;1-1;Geometry
mathematics;advanced-algebra;100;1-1;Advanced Algebra
mathematics;;100;0-2;Pre-Calculus,Statistics,AP Calculus
science;biology;100;1-1;Biology
science;biology,ap;100;0-1;AP Biology
science;physical-science;100;0-1;Physical Science
science;physics;100;0-1;Physics
science;chemistry;100;0-1;Chemistry
science;environmental-science,ap;100;0-1;AP Environmental Science
science;fourth-science;100;0-1;Forensic Science,Astronomy
social-studies;world-history;100;1-1;World History
social-studies;us-history;100;1-1;United States History
social-studies;civics;50;0-1;American Government
social-studies;civics,dual-enrollment;100;0-1;College Government
social-studies;economics;50;1-1;Economics
social-studies;elective-only;50;0-2;Psychology,Sociology,Current Issues
cte;cte;100;0-3;Business and Technology,Marketing,Welding I,Welding II,Culinary Arts I
cte;cte,fourth-science;100;0-2;Food Science,Plant Science,Computer Science Principles
world-language;;100;0-2;Spanish I,Spanish II,French I,French II
fine-arts;;100;0-1;Band I,Band II,Chorus,Visual Art
fine-arts;;50;0-1;Drawing,Theater,Music Theory
health;health;50;1-1;Health
physical-education;personal-fitness;50;1-1;Personal Fitness
physical-education;;50;0-2;Weight Training,Team Sports,Recreational Games
military-science;jrotc;100;4-4;JROTC I,JROTC II,JROTC III,JROTC IV
other;;50;0-2;Study Skills,Peer Leadership,Driver Education
"""
_IN_JROTC = 0.08


@dataclass(frozen=True, slots=True)
class Kind:
    """Courses that are alike, and how many of them a student takes."""

    courses: tuple[Course, ...]
    least: int
    most: int


def kinds() -> tuple[Kind, ...]:
    """The courses the generated students choose from."""
    found = []
    for line in _COURSES.strip().splitlines():
        subject, tags, amount, takes, titles = line.split(";")
        courses = tuple(
            Course(
                id=title.upper().replace(" ", "-"),
                title=title,
                subject=subject,
                credits=int(amount),
                tags=frozenset(tag for tag in tags.split(",") if tag),
            )
            for title in titles.split(",")
        )
        least, most = takes.split("-")
        found.append(Kind(courses, int(least), int(most)))
    return tuple(found)


def student(number: int, offered: tuple[Kind, ...], chance: Random) -> StudentRecord:
    """A student who mostly takes what the rules ask for, and otherwise what there is."""
    takes: list[Course] = []
    for kind in offered:
        if kind.courses[0].subject != "military-science" or chance.random() < _IN_JROTC:
            takes += chance.sample(kind.courses, chance.randint(kind.least, kind.most))
    others = [course for kind in offered[:-2] for course in kind.courses if course not in takes]
    takes += chance.sample(others, max(0, chance.randint(25, 30) - len(takes)))
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


Job = tuple[StudentRecord, RuleSet, Catalog | None, date]


def georgia(count: int, seed: int) -> list[Job]:
    """Generated students under the rules of one state."""
    chance = Random(seed)
    offered = kinds()
    catalog = Catalog("generated", tuple(course for kind in offered for course in kind.courses))
    rules = choose(load_rulebook(), "us-ga/diploma", entered_grade_9=FIRST, as_of=DAY)
    return [(student(number, offered, chance), rules, catalog, DAY) for number in range(count)]


def all_packs() -> list[Job]:
    """Every audit of the baseline: invented students under all rule files meant for them."""
    rulebook, students = load_rulebook(), read_students(STUDENTS)
    found: list[Job] = []
    for each in students.students:
        for file in rule_files_for(each.rules, rulebook):
            entered = each.record.entered_grade_9
            try:
                rules = choose_version(file, entered_grade_9=entered, as_of=students.as_of)
            except RuleError:
                continue  # this cohort is not covered
            found.append((each.record, rules, None, students.as_of))
    return found


def rows_of(name: str, jobs: list[Job]) -> tuple[list[dict[str, str]], Counter[str]]:
    """Time every audit once, after a warm-up pass."""
    for record, rules, catalog, day in jobs:
        audit(record, rules, catalog=catalog, as_of=day)
    times: dict[str, list[float]] = {"all": []}
    statuses: Counter[str] = Counter()
    gc.disable()
    for record, rules, catalog, day in jobs:
        start = perf_counter()
        result = audit(record, rules, catalog=catalog, as_of=day)
        taken = (perf_counter() - start) * 1000
        times["all"].append(taken)
        times.setdefault(str(result.tier), []).append(taken)
        statuses[str(result.status)] += 1
    gc.enable()
    rows = [
        {"what": f"{name}, {tier}", "audits": f"{len(found)}"} | report.spread(found)
        for tier, found in times.items()
        if len(found) > 1
    ]
    return rows, statuses


def main(count: int = 2000, seed: int = 20261122) -> None:
    one, in_georgia = rows_of("Georgia diploma", georgia(count, seed))
    every, everywhere = rows_of("all packs", all_packs())
    report.write("Audit", [*every, *one], seed=seed)
    print(dict(in_georgia), dict(everywhere))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument) for argument in sys.argv[1:]))
