"""The people of the demo district: the same for the same seed, and what their names promise."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from functools import cache

import pytest

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult, RequirementResult, Status
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.awards import countable
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Mark, Part, SchoolYear, Term
from pathloom.portal.accounts.roles import ROLES
from pathloom.portal.demo.actions import CAST
from pathloom.portal.demo.actions.district import catalog, demo, habits, offered_at, programs
from pathloom.portal.demo.actions.people import Learner, Population, generate
from pathloom.portal.demo.actions.wishes import ready

TODAY = date(2026, 11, 20)
# What "one course short" leaves out -> the requirement that is short of it, and by how much.
SHORT = {
    "ECON": ("economics", 50),
    "USHIST": ("us-history", 100),
    "CHEM": ("third-science", 100),
    "PERSFIT": ("personal-fitness", 50),
    "mathematics": ("mathematics", 100),
    "english": ("english", 100),
}


@cache
def population() -> Population:
    return generate()


def learners(archetype: str) -> list[Learner]:
    found = [each for each in population().students if each.archetype == archetype]
    assert len(found) >= 3, f"{archetype} needs several students"
    return found


@cache
def ruleset_of(entered: str) -> RuleSet:
    entered_in = SchoolYear.parse(entered)
    return choose(load_rulebook(), "us-ga/diploma", entered_grade_9=entered_in, as_of=TODAY)


def record_of(learner: Learner) -> StudentRecord:
    lines = tuple(
        CourseRecord(
            id=f"r{place}",
            course=line.code,
            title=line.title,
            number=line.number,
            subject=line.subject,
            tags=frozenset(line.tags),
            credits=line.credits,
            state=line.state,
            term=line.term,
            mark=Mark.parse(line.mark) if line.mark else None,
        )
        for place, line in enumerate(learner.records)
    )
    return StudentRecord(learner.number, SchoolYear.parse(learner.entered_grade_9), lines)


@cache
def audited(learner: Learner) -> AuditResult:
    ruleset = ruleset_of(learner.entered_grade_9)
    return audit(record_of(learner), ruleset, catalog=catalog(), as_of=TODAY)


def area(result: AuditResult, requirement: str) -> RequirementResult:
    return next(each for each in result.walk() if each.id == requirement)


def names_of(people: Population) -> list[str]:
    return [f"{each.first} {each.last}" for each in people.students]


def test_same_seed_makes_the_same_district() -> None:
    again = generate(demo().seed)
    assert hashlib.sha256(repr(again).encode()).hexdigest() == (
        hashlib.sha256(repr(population()).encode()).hexdigest()
    )


def test_another_seed_makes_other_people_around_the_same_cast() -> None:
    other = generate(1)
    cast = len(demo().cast)
    assert names_of(other)[:cast] == names_of(population())[:cast]
    assert names_of(other)[cast:] != names_of(population())[cast:]


def test_district_has_about_four_hundred_students_most_of_them_in_high_school() -> None:
    grades = Counter(each.grade for each in population().students)
    assert sum(grades.values()) == 400
    assert set(grades) == set(range(13))
    assert sum(count for grade, count in grades.items() if grade >= 9) == 280


def test_no_two_people_share_a_name_a_number_or_a_sign_in() -> None:
    people = population()
    users = [each.user for each in people.students if each.user]
    users += [each.user for each in people.guardians] + [each.user for each in demo().staff]
    assert len(set(users)) == len(users)
    assert len({each.number for each in people.students}) == len(people.students)
    assert len(set(names_of(people))) == len(people.students)


def test_every_student_has_a_guardian_who_is_not_barred() -> None:
    people = population()
    cared_for = {child for each in people.guardians if not each.barred for child in each.children}
    assert all((each.user or each.number) in cared_for for each in people.students)


def test_a_sign_in_is_printed_for_every_role() -> None:
    known = {each.user for each in (*demo().cast, *demo().guardians, *demo().staff)}
    assert [each.role for each in CAST] == list(ROLES)
    assert {each.username for each in CAST} <= known


@pytest.mark.parametrize("learner", learners("complete"), ids=lambda each: each.user)
def test_complete_student_has_met_every_requirement(learner: Learner) -> None:
    assert audited(learner).status is Status.MET


@pytest.mark.parametrize("learner", learners("one_short"), ids=lambda each: each.user)
def test_student_one_course_short_lacks_exactly_that_course(learner: Learner) -> None:
    result = audited(learner)
    requirement, amount = SHORT[learner.without]
    assert result.status is Status.SHORT
    assert area(result, requirement).short == amount
    assert sum(each.short for each in result.requirements) == amount
    assert result.total.short == 0


def test_every_way_to_be_one_course_short_has_a_student() -> None:
    assert {each.without for each in learners("one_short")} == set(SHORT)


@pytest.mark.parametrize("learner", learners("overlapping"), ids=lambda each: each.user)
def test_overlapping_student_is_complete_though_first_fit_falls_short(learner: Learner) -> None:
    assert audited(learner).status is Status.MET
    assert first_fit_shortfall(learner) > 0


def first_fit_shortfall(learner: Learner) -> int:
    """What is missing when each course, in order, goes to the first requirement that takes it."""
    ruleset = ruleset_of(learner.entered_grade_9)
    slots = [
        [each.match, each.earn if each.include == () else each.open_part]
        for requirement in ruleset.requirements
        for each in sorted(requirement.walk(), key=lambda node: len(node.include))
    ]
    for record in countable(record_of(learner), ruleset):
        if record.state is State.EARNED:
            slot = next((s for s in slots if s[1] > 0 and matches(s[0], record)), None)
            if slot is not None:
                slot[1] = max(0, slot[1] - record.credits)
    return sum(open_part for _match, open_part in slots)


@pytest.mark.parametrize("learner", learners("transferred"), ids=lambda each: each.user)
def test_courses_of_a_transferred_student_count_by_their_own_subject(learner: Learner) -> None:
    record = record_of(learner)
    elsewhere = {each.id for each in record.courses if not each.course}
    counted = {
        part.record.split("+")[0] for each in audited(learner).walk() for part in each.counted
    }
    assert elsewhere
    assert elsewhere <= counted | set(audited(learner).unused)
    assert len(elsewhere & counted) >= 3


def test_advanced_algebra_from_elsewhere_is_known_by_its_state_number() -> None:
    found = []
    for learner in learners("transferred"):
        for place, line in enumerate(learner.records):
            if line.number == "27.0992000":
                assert line.code == ""
                assert line.tags == ()
                counted = area(audited(learner), "advanced-algebra").counted
                found.append([part.record for part in counted] == [f"r{place}"])
    assert found
    assert all(found)


@pytest.mark.parametrize("learner", learners("failing"), ids=lambda each: each.user)
def test_failed_courses_count_nowhere(learner: Learner) -> None:
    record = record_of(learner)
    failed = {each.id for each in record.courses if each.state is State.FAILED}
    counted = {part.record for each in audited(learner).walk() for part in each.counted}
    assert len(failed) >= 2
    assert failed.isdisjoint(counted)
    assert audited(learner).status is Status.SHORT


@pytest.mark.parametrize("learner", learners("ahead"), ids=lambda each: each.user)
def test_student_ahead_has_algebra_from_middle_school(learner: Learner) -> None:
    algebra = next(line for line in learner.records if line.code == "ALG1")
    assert algebra.term.part is Part.YEAR
    assert algebra.term.year < SchoolYear.parse(learner.entered_grade_9)
    assert area(audited(learner), "algebra").status is Status.MET


def test_seniors_in_jrotc_meet_health_and_fitness_by_it() -> None:
    seniors = [each for each in learners("jrotc") if each.grade == 12]
    assert seniors
    for learner in seniors:
        health = area(audited(learner), "health-fitness")
        assert health.status is Status.MET
        assert {part.substitute for part in health.counted} == {"jrotc-for-health"}
        assert not {line.code for line in learner.records} & {"HEALTH", "PERSFIT"}


def test_students_of_grade_8_have_no_record_and_no_plan() -> None:
    eighth = [each for each in population().students if each.grade == 8]
    assert {each.archetype for each in eighth} == {"no_plan"}
    assert not any(each.records or each.plan or each.entered_grade_9 for each in eighth)


def high_school_students() -> list[Learner]:
    return [each for each in population().students if each.grade >= 9]


def test_no_term_holds_more_than_four_blocks() -> None:
    for learner in high_school_students():
        loads: Counter[Term] = Counter()
        for line in learner.records:
            loads[line.term] += line.credits
        assert max(loads.values()) <= habits().loads[Part.FALL], learner.user


def test_courses_are_taken_when_and_where_they_are_offered_and_after_what_they_need() -> None:
    for learner in high_school_students():
        offered = offered_at(demo().school(learner.school))
        entered = SchoolYear.parse(learner.entered_grade_9)
        for line in learner.records:
            if not line.code or line.term.part is Part.YEAR:
                continue
            course = offered[line.code]
            before = {
                each.code
                for each in learner.records
                if each.term < line.term and each.state is State.EARNED
            }
            assert line.term.part in course.parts, (learner.user, line)
            assert 9 + line.term.year.start - entered.start in course.grades, (learner.user, line)
            if learner.archetype != "transferred":
                assert ready(course, before), (learner.user, line)


def test_only_the_present_fall_is_in_progress_and_marks_agree_with_states() -> None:
    for learner in high_school_students():
        for line in learner.records:
            running = line.state is State.IN_PROGRESS
            assert running == (str(line.term) == "2026-27 fall"), (learner.user, line)
            match line.state:
                case State.EARNED:
                    assert 70 <= int(line.mark) <= 100
                case State.FAILED:
                    assert int(line.mark) < 70
                case _:
                    assert line.mark == ("" if running else "W")


def test_nobody_passes_the_same_course_twice_unless_it_may_be_repeated() -> None:
    repeatable = {course.id for course in catalog().courses if course.repeatable}
    for learner in high_school_students():
        passed = Counter(
            line.code for line in learner.records if line.code and line.state is State.EARNED
        )
        twice = {code for code, times in passed.items() if times > 1}
        assert twice <= repeatable, (learner.user, twice)


def test_every_program_of_study_has_students() -> None:
    chosen = {(each.school, each.program) for each in population().students}
    assert {(program.school, program.slug) for program in programs()} <= chosen
