"""One seat, two credits: an award is given once, and not beside the course itself."""

from __future__ import annotations

from datetime import date

import pytest

from pathloom.engine.audit import audit
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.awards import countable
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import SchoolYear

AS_OF = date(2026, 11, 20)
HEALTHCARE = CourseRecord("h", 100, State.EARNED, number="25.44000", subject="cte")


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    entered = SchoolYear(2024)
    return choose(load_rulebook(), "us-ga/diploma", entered_grade_9=entered, as_of=AS_OF)


def credit(ruleset: RuleSet, *records: CourseRecord) -> int:
    student = StudentRecord("mira", SchoolYear(2024), records)
    return sum(record.credits for record in countable(student, ruleset))


def anatomy(number: str, state: State = State.EARNED, title: str = "Anatomy") -> CourseRecord:
    return CourseRecord("a", 100, state, title=title, number=number, subject="science")


def test_one_unit_earns_two(ruleset: RuleSet) -> None:
    assert credit(ruleset, HEALTHCARE) == 200


@pytest.mark.parametrize("number", ["26.07300", "26.0730000", "26.27300", "26.57300"])
def test_a_credit_that_stands_on_the_record_is_not_awarded_again(
    ruleset: RuleSet, number: str
) -> None:
    assert credit(ruleset, HEALTHCARE, anatomy(number)) == 200


def test_a_credit_without_a_number_is_known_by_its_title(ruleset: RuleSet) -> None:
    listed = anatomy("", title="HUMAN ANATOMY AND PHYSIOLOGY")
    assert credit(ruleset, HEALTHCARE, listed) == 200


def test_a_failed_course_of_that_number_takes_nothing_away(ruleset: RuleSet) -> None:
    failed = anatomy("26.07300", State.FAILED)
    assert credit(ruleset, HEALTHCARE, failed) == 200


def test_the_award_stands_where_the_furthest_record_stands(ruleset: RuleSet) -> None:
    again = CourseRecord("b", 100, State.PLANNED, number="25.44000", subject="cte")
    for records in ((HEALTHCARE, again), (again, HEALTHCARE)):
        student = StudentRecord("mira", SchoolYear(2024), records)
        result = audit(student, ruleset, catalog=None, as_of=AS_OF)
        assert [(one.because_of, one.state) for one in result.awarded] == [("h", State.EARNED)]
