"""The batch says what the single audit says: every status, every amount, every certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from pathloom.engine.audit import audit
from pathloom.engine.audit.batch.groups import is_compiled
from pathloom.engine.audit.batch.job import Job, context
from pathloom.engine.audit.batch.run import audit_batch
from pathloom.engine.audit.result import AuditResult
from pathloom.engine.errors import Problem
from pathloom.engine.record import (
    CourseRecord,
    ExceptionKind,
    StaffException,
    State,
    StudentRecord,
)
from pathloom.engine.rules.load import PACKAGED, load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.rules.students import read_students, rule_files_for
from pathloom.engine.units import SchoolYear, Term
from tests.engine.audit.batch.files import (
    course_rows,
    differences,
    fact_rows,
    write_courses,
    write_facts,
)

DAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[4]
INVENTED = read_students(ROOT / "tests/rulebook/baseline/students.yaml")
GEORGIA = str(PACKAGED / "us-ga/diploma.yaml")


def single(records: Sequence[StudentRecord], job: Job) -> list[AuditResult]:
    """Audit students one by one; those without rules are left out."""
    known = context(job)
    found = []
    for each in records:
        rules = known.rules_for(each.entered_grade_9)
        if not isinstance(rules, Problem):
            found.append(audit(each, rules, catalog=None, as_of=job.as_of))
    return found


def run(folder: Path, records: Sequence[StudentRecord], rules: str) -> tuple[Path, Job]:
    students = write_courses(folder / "students.parquet", course_rows(records))
    facts = write_facts(folder / "facts.parquet", fact_rows(records))
    job = Job(str(students), rules, DAY, facts=str(facts), rows=300)
    audit_batch(job, folder / "out", workers=1)
    return folder / "out", job


def kinds_of(ruleset: RuleSet, chance: Random) -> list[CourseRecord]:
    """Courses that meet the rules in many places at once, whole and half, some of them awards."""
    subjects = [name for name, _ in ruleset.subjects] or ["other"]
    tags = [name for name, _ in ruleset.tags] or ["other"]
    tags += [f"{name}:welding" for name, _ in ruleset.families] * 6
    numbers = ["25.4400000", "26.0730000", "20.4181000", "", "", "", ""]
    return [
        CourseRecord(
            id="",
            credits=chance.choice((100, 100, 100, 50, 50, 150)),
            state=State.EARNED,
            title=f"Course {index}",
            number=chance.choice(numbers),
            subject=chance.choice(subjects),
            tags=frozenset(chance.sample(tags, chance.choice((0, 1, 1, 2)))),
        )
        for index in range(60)
    ]


def student(name: str, kinds: Sequence[CourseRecord], chance: Random) -> StudentRecord:
    states = (State.EARNED, State.EARNED, State.IN_PROGRESS, State.PLANNED, State.FAILED)
    courses = tuple(
        replace(
            each,
            id=f"{index:03d}",
            state=chance.choice(states),
            term=Term.parse(chance.choice(("2023-24 fall", "2024-25 spring", "2025-26 year"))),
        )
        for index, each in enumerate(chance.choices(kinds, k=chance.randrange(8, 34)))
    )
    return StudentRecord(name, SchoolYear(2023), courses)


@pytest.mark.parametrize("rules", ["us-ga", "us-demo"])
def test_generated_students_get_the_answers_of_the_single_audit(rules: str, tmp_path: Path) -> None:
    chance = Random(7)
    path = str(PACKAGED / rules / "diploma.yaml")
    ruleset = context(Job("", path, DAY)).rules_for(SchoolYear(2023))
    assert isinstance(ruleset, RuleSet)
    kinds = kinds_of(ruleset, chance)
    records = [student(f"S{index:04d}", kinds, chance) for index in range(400)]
    out, job = run(tmp_path, records, path)
    assert differences(out, single(records, job)) == []


def test_students_with_exceptions_are_answered_like_the_others(tmp_path: Path) -> None:
    chance = Random(11)
    ruleset = context(Job("", GEORGIA, DAY)).rules_for(SchoolYear(2023))
    assert isinstance(ruleset, RuleSet)
    kinds = kinds_of(ruleset, chance)
    records = []
    for index in range(60):
        each = student(f"S{index:04d}", kinds, chance)
        if index % 2:
            excuse = StaffException(
                id="e1",
                kind=ExceptionKind.EXCUSE,
                by="A counselor",
                why="A reason",
                on=DAY,
                requirement=chance.choice(("biology", "health", "civics")),
            )
            each = replace(each, exceptions=(excuse,))
        records.append(each)
    out, job = run(tmp_path, records, GEORGIA)
    assert differences(out, single(records, job)) == []
    excused = [each for each in single(records, job) if any(r.excused for r in each.walk())]
    assert excused


@pytest.mark.parametrize("name", [file.id for file in load_rulebook().files])
def test_invented_students_of_every_pack_get_the_answers_of_the_single_audit(
    name: str, tmp_path: Path
) -> None:
    book = load_rulebook()
    records = [
        each.record
        for each in INVENTED.students
        if name in {file.id for file in rule_files_for(each.rules, book)}
    ]
    known = context(Job("", name, DAY))
    records = [
        each for each in records if isinstance(known.rules_for(each.entered_grade_9), RuleSet)
    ]
    if records:
        out, job = run(tmp_path, records, name)
        assert differences(out, single(records, job)) == []


def test_the_georgia_diploma_is_compiled() -> None:
    ruleset = context(Job("", GEORGIA, DAY)).rules_for(SchoolYear(2023))
    assert isinstance(ruleset, RuleSet)
    assert is_compiled(ruleset)
