"""The audit against all allocations of thousands of small cases, and against its own solver."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from pathloom.engine.audit import audit
from pathloom.engine.audit.allocate import allocate, solve
from pathloom.engine.audit.evaluate import Evaluation, evaluate
from pathloom.engine.audit.numbers import numbered
from pathloom.engine.audit.result import Counted, Status, Tier
from pathloom.engine.encoding import exact
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.facts import Prepared, prepare
from pathloom.engine.rules.nodes import HasTag, OneOf, Requirement, RuleSet, Split
from pathloom.engine.rules.slots import layout
from pathloom.engine.units import SchoolYear
from tests.engine.audit.cases import records, ruleset
from tests.engine.audit.oracle import LEVELS, Oracle

DAY = date(2026, 11, 22)
BATCHES = range(20)
CASES = 100


def student(courses: tuple[CourseRecord, ...]) -> StudentRecord:
    return StudentRecord("s", SchoolYear(2023), courses)


def ready(courses: tuple[CourseRecord, ...], rules: RuleSet) -> Prepared:
    return prepare(student(courses), rules, catalog=None, as_of=DAY)


def shorts(evaluation: Evaluation, rules: RuleSet) -> tuple[int, int, int]:
    tops = [evaluation.requirements[each.id] for each in rules.requirements]
    return (
        sum(each.short for each in tops),
        sum(each.short + each.planned for each in tops),
        sum(each.need - each.earned for each in tops),
    )


def left_open(certificate: tuple[Counted, ...], rules: RuleSet) -> tuple[int, ...]:
    """Per level, for a case without substitutes: what first counts leave open."""
    whole = sum(each.earn for each in rules.requirements)
    return tuple(
        whole - sum(x.amount for x in certificate if not x.second and x.state in states)
        for states in LEVELS
    )


@pytest.mark.parametrize("batch", BATCHES)
def test_the_answer_is_that_of_the_best_of_all_allocations(batch: int) -> None:
    chance = Random(batch)
    for _ in range(CASES):
        rules, courses = ruleset(chance), records(chance, most=4)
        places = layout(rules)
        found = ready(courses, rules)
        allocation = allocate(found, places)
        evaluation = evaluate(found, allocation.certificate, chosen={}, values={})
        answers = list(Oracle(rules, courses).answers())
        incomplete, left, _ = min(answers)
        reached = {
            short for bad, open_now, short in answers if (bad, open_now) == (incomplete, left)
        }
        assert shorts(evaluation, rules) in reached, (rules, courses, allocation)
        if not any(node.instead for node in rules.walk()):
            assert left_open(allocation.certificate, rules) == left, (rules, courses)
        assert evaluation.status is status_of(rules, courses, incomplete), (rules, courses)


def status_of(
    rules: RuleSet, courses: tuple[CourseRecord, ...], incomplete: tuple[bool, ...]
) -> Status:
    for level, status in ((2, Status.MET), (1, Status.IN_PROGRESS), (0, Status.PLANNED)):
        credit = sum(each.credits for each in courses if each.state in LEVELS[level])
        if credit >= rules.total and not incomplete[level]:
            return status
    return Status.SHORT


def test_flow_and_solver_agree_wherever_the_flow_settles_it() -> None:
    chance = Random(7)
    compared = 0
    for _ in range(150):
        rules, courses = ruleset(chance), records(chance, most=8)
        places = layout(rules)
        found = ready(courses, rules)
        flowing = allocate(found, places)
        if flowing.tier is Tier.SOLVER:
            continue
        compared += 1
        one = evaluate(found, flowing.certificate, chosen={}, values={})
        solved = solve(found, numbered(found, places).records, places)
        other = evaluate(found, solved.certificate, chosen={}, values={})
        assert one.status is other.status
        assert [each.short for each in one.requirements.values()] == [
            each.short for each in other.requirements.values()
        ], (rules, found)
        if not any(node.instead for node in rules.walk()):
            one_left = left_open(flowing.certificate, rules)
            assert one_left == left_open(solved.certificate, rules), (rules, found)
    assert compared > 80


def test_order_of_courses_never_changes_an_audit() -> None:
    chance = Random(11)
    for _ in range(300):
        rules = ruleset(chance)
        courses = list(records(chance, most=8))
        first = audit(student(tuple(courses)), rules, catalog=None, as_of=DAY)
        chance.shuffle(courses)
        again = audit(student(tuple(courses)), rules, catalog=None, as_of=DAY)
        assert again.requirements == first.requirements
        assert (again.status, again.tier, again.sentence) == (
            first.status,
            first.tier,
            first.sentence,
        )


def test_a_further_passed_course_never_makes_an_audit_worse() -> None:
    grades = [Status.MET, Status.IN_PROGRESS, Status.PLANNED, Status.SHORT]
    chance = Random(13)
    for _ in range(300):
        rules = ruleset(chance)
        courses = records(chance, most=7)
        before = audit(student(courses), rules, catalog=None, as_of=DAY)
        extra = CourseRecord(
            id="extra", credits=100, state=State.EARNED, subject="x", tags=frozenset("ab")
        )
        after = audit(student((*courses, extra)), rules, catalog=None, as_of=DAY)
        assert grades.index(after.status) <= grades.index(before.status)
        assert after.total.short <= before.total.short


def test_names_of_records_decide_nothing() -> None:
    chance = Random(17)
    for _ in range(300):
        rules = ruleset(chance)
        courses = records(chance, most=8)
        renamed = tuple(
            CourseRecord(
                id=f"{9 - index}{each.id}",
                credits=each.credits,
                state=each.state,
                title=f"Other {9 - index}",
                subject=each.subject,
                tags=each.tags,
            )
            for index, each in enumerate(courses)
        )
        one = audit(student(courses), rules, catalog=None, as_of=DAY)
        other = audit(student(renamed), rules, catalog=None, as_of=DAY)
        assert [(each.id, each.status, each.earned, each.short) for each in one.walk()] == [
            (each.id, each.status, each.earned, each.short) for each in other.walk()
        ]
        assert one.status is other.status


def test_a_first_fit_would_be_caught() -> None:
    """The comparison can fail: putting each course where it fits first leaves this case short."""
    first = Requirement("first", "First", 100, OneOf((HasTag("a"), HasTag("b"))), "s")
    second = Requirement("second", "Second", 100, HasTag("a"), "s")
    rules = replace(ruleset(Random(0)), requirements=(first, second), total=200, awards=())
    rules = replace(rules, split=Split.NEVER, overflow_into="")
    courses = (
        CourseRecord("r0", 100, State.EARNED, subject="x", tags=frozenset("a")),
        CourseRecord("r1", 100, State.EARNED, subject="x", tags=frozenset("b")),
    )
    greedy = (Counted("r0", "first", 100, State.EARNED),)
    found = evaluate(ready(courses, rules), greedy, chosen={}, values={})
    assert found.status is Status.SHORT
    incomplete, _, _ = min(Oracle(rules, courses).answers())
    assert status_of(rules, courses, incomplete) is Status.MET
    assert audit(student(courses), rules, catalog=None, as_of=DAY).status is Status.MET


def test_what_the_solver_cannot_prove_is_never_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "_EFFORTS", ())
    chance = Random(3)
    rules = ruleset(chance)
    places = layout(rules)
    found = ready(records(chance, most=6), rules)
    with pytest.raises(RuntimeError, match="not proved"):
        solve(found, numbered(found, places).records, places)
