"""Planted wrong certificates: each breaks one rule and is refused with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.audit.evaluate import CertificateError, Evaluation, evaluate
from pathloom.engine.audit.result import Counted, Status
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import AnyCourse, HasTag, Requirement, RuleSet, Split, Substitute
from pathloom.engine.units import SchoolYear

MATH = Requirement("math", "Math", 100, HasTag("math"), "s")
LAB = Requirement("lab", "Lab", 100, HasTag("lab"), "s", also_counts=("arts",))
SCIENCE = Requirement("science", "Science", 150, HasTag("lab"), "s", include=(LAB,))
WAY = Substitute("drill", "Drill", 150, HasTag("drill"), "s")
FITNESS = Requirement("fitness", "Fitness", 50, HasTag("fit"), "s", instead=(WAY,))
ARTS = Requirement("arts", "Arts", 100, AnyCourse(), "s")
RULES = RuleSet(
    id="x/diploma/1",
    jurisdiction="x",
    diploma="diploma",
    title="X",
    status="draft",
    credit_name="unit",
    total=300,
    requirements=(MATH, SCIENCE, FITNESS, ARTS),
    sources=(),
    split=Split.OVERFLOW,
    overflow_into="arts",
)


def course(name: str, amount: int, *tags: str, state: State = State.EARNED) -> CourseRecord:
    return CourseRecord(id=name, credits=amount, state=state, tags=frozenset(tags))


RECORDS = (
    course("algebra", 150, "math"),
    course("botany", 100, "lab"),
    course("choir", 50),
    course("drill-1", 100, "drill"),
    course("drill-2", 100, "drill", state=State.IN_PROGRESS),
    course("running", 50, "fit"),
)


def judged(certificate: tuple[Counted, ...], rules: RuleSet = RULES, **more: object) -> Evaluation:
    """Evaluate; ``more`` are other fields of ``Prepared``, or ``chosen`` and ``values``."""
    chosen, values = more.pop("chosen", {}), more.pop("values", {})
    record = StudentRecord("s", SchoolYear(2023), RECORDS)
    prepared = replace(Prepared(record, rules, RECORDS), **more)  # type: ignore[arg-type]
    return evaluate(prepared, certificate, chosen=chosen, values=values)  # type: ignore[arg-type]


def counted(record: str, requirement: str, amount: int, **more: object) -> Counted:
    state = next((each.state for each in RECORDS if each.id == record), State.EARNED)
    return replace(Counted(record, requirement, amount, state), **more)  # type: ignore[arg-type]


ALGEBRA = counted("algebra", "math", 100)
BOTANY = counted("botany", "lab", 100)
GOOD = (
    ALGEBRA,
    counted("algebra", "arts", 50, overflow=True),
    BOTANY,
    counted("botany", "arts", 50, second=True),
    counted("drill-1", "fitness", 100, substitute="drill"),
    counted("drill-2", "fitness", 50, substitute="drill"),
)


def test_a_right_certificate_is_added_up_by_state() -> None:
    found = judged(GOOD)
    amounts = found.requirements
    assert (amounts["math"].earned, amounts["math"].status) == (100, Status.MET)
    assert (amounts["science"].earned, amounts["science"].short) == (100, 50)
    assert amounts["fitness"].status is Status.IN_PROGRESS
    assert amounts["arts"].earned == 100
    assert (found.total.earned, found.total.status) == (300, Status.MET)
    assert found.status is Status.SHORT


WRONG = {
    "no such record can count": (counted("latin", "arts", 50),),
    "there is no such requirement": (counted("choir", "music", 50),),
    "the record is earned": (counted("choir", "arts", 50, state=State.PLANNED),),
    "more than the record has": (counted("choir", "arts", 100),),
    "does not match": (counted("choir", "math", 50),),
    "divided, or counted twice": (counted("algebra", "math", 50), counted("algebra", "arts", 50)),
    "more than its credit": (ALGEBRA, counted("algebra", "arts", 100, overflow=True)),
    "more than the requirement needs": (
        counted("algebra", "arts", 100),
        counted("choir", "arts", 50),
    ),
    "still has room": (
        counted("algebra", "math", 50),
        counted("algebra", "arts", 50, overflow=True),
    ),
    "overflow does not go there": (
        counted("botany", "lab", 50),
        counted("botany", "science", 50, overflow=True),
    ),
    "without a first count": (counted("algebra", "arts", 50, overflow=True),),
    "a second count that nothing allows": (ALGEBRA, counted("algebra", "arts", 50, second=True)),
    "counts a third time": (
        BOTANY,
        counted("botany", "arts", 50, second=True),
        counted("botany", "arts", 50, second=True),
    ),
    "the substitute needs 1.5": (counted("drill-1", "fitness", 100, substitute="drill"),),
    "there is no such substitute": (counted("drill-1", "fitness", 100, substitute="march"),),
    "does not match the substitute": (counted("choir", "fitness", 50, substitute="drill"),),
    "used in a substitute and elsewhere": (
        counted("drill-1", "fitness", 50, substitute="drill"),
        counted("drill-2", "fitness", 100, substitute="drill"),
        counted("drill-1", "arts", 50, overflow=True),
    ),
    "a substitute and something else at once": (
        *GOOD[4:],
        counted("running", "fitness", 50),
    ),
    "a substitute takes first counts": (
        counted("drill-1", "fitness", 50, substitute="drill"),
        counted("drill-2", "fitness", 100, substitute="drill", overflow=True),
    ),
    "second count and overflow at once": (
        BOTANY,
        counted("botany", "arts", 50, second=True, overflow=True),
    ),
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_wrong_certificate_is_refused(reason: str) -> None:
    with pytest.raises(CertificateError) as refused:
        judged(WRONG[reason])
    assert reason in str(refused.value)


def test_overflow_is_refused_where_the_rules_know_none() -> None:
    rules = replace(RULES, split=Split.NEVER)
    with pytest.raises(CertificateError, match="the rules know no overflow"):
        judged(GOOD[:2], rules)


def test_a_part_of_a_replaced_requirement_takes_nothing() -> None:
    part = Requirement("run", "Run", 50, HasTag("fit"), "s")
    whole = replace(FITNESS, include=(part,), earn=100)
    rules = replace(RULES, requirements=(whole,), overflow_into="", split=Split.NEVER)
    certificate = (*GOOD[4:], counted("running", "run", 50))
    with pytest.raises(CertificateError, match="'fitness' is fulfilled by a substitute"):
        judged(certificate, rules)


def test_a_divided_record_is_right_only_where_courses_may_be_divided() -> None:
    certificate = (counted("algebra", "math", 100), counted("algebra", "arts", 50))
    rules = replace(RULES, split=Split.FREE, overflow_into="")
    assert judged(certificate, rules).requirements["arts"].earned == 50


def test_a_divided_record_counts_once_in_one_place() -> None:
    certificate = (counted("algebra", "math", 50), counted("algebra", "math", 50))
    rules = replace(RULES, split=Split.FREE, overflow_into="")
    with pytest.raises(CertificateError, match="counts twice in one place"):
        judged(certificate, rules)
