"""What a condition measures, by earned, under way and planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pathloom.engine.record import (
    CourseRecord,
    ExamScore,
    Experience,
    Milestone,
    State,
    StatedAverage,
    StudentRecord,
)
from pathloom.engine.rules.conditions import Measure, course_key, measure
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Condition,
    Done,
    Exam,
    GradeAverage,
    HasTag,
    Have,
    Hours,
    RuleSet,
    Times,
)
from pathloom.engine.units import SchoolYear

RULES = RuleSet("x/y/1", "x", "y", "X", "draft", "unit", 0, (), ())


def course(name: str, tags: str, state: State = State.EARNED, amount: int = 100) -> CourseRecord:
    return CourseRecord(name, amount, state, title=name, tags=frozenset(tags.split()))


RECORD = StudentRecord(
    "s",
    SchoolYear(2023),
    courses=(
        course("weld 1", "cte pathway:welding"),
        course("weld 2", "cte pathway:welding", State.IN_PROGRESS),
        course("nurse 1", "cte pathway:nursing"),
        course("nurse 2", "cte pathway:nursing", State.PLANNED),
        course("band", "art", amount=50),
        replace(course("band", "art", State.PLANNED, 50), id="band again"),
    ),
    experiences=(
        Experience("a", "service", 1000),
        Experience("b", "tutoring", 500, State.IN_PROGRESS),
        Experience("c", "service", 700, State.PLANNED),
        Experience("d", "service", 900, State.WITHDRAWN),
    ),
    scores=(ExamScore("sat", 110000), ExamScore("sat", 105000), ExamScore("act", 2400)),
    averages=(
        StatedAverage("gpa", 310, on=date(2025, 6, 1)),
        StatedAverage("gpa", 290, on=date(2026, 6, 1)),
    ),
    milestones=(Milestone("fafsa", State.PLANNED), Milestone("waiver", State.IN_PROGRESS)),
)
PREPARED = Prepared(RECORD, RULES, RECORD.courses)

MEASURED: dict[str, tuple[Condition, Measure, int, tuple[int, int, int]]] = {
    "hours of several kinds": (
        Hours(("service", "tutoring"), 2000),
        Measure.HOURS,
        2000,
        (1000, 500, 500),
    ),
    "times": (Times(("service",), 3), Measure.TIMES, 300, (100, 0, 100)),
    "the best score": (Exam(("sat", "psat"), 120000), Measure.POINTS, 120000, (110000, 0, 0)),
    "a score that is high enough in one of them": (
        Exam(("act", "sat"), 100000),
        Measure.POINTS,
        100000,
        (100000, 0, 0),
    ),
    "the average stated last": (GradeAverage("gpa", 300), Measure.POINTS, 300, (290, 0, 0)),
    "no average": (GradeAverage("other", 300), Measure.POINTS, 300, (0, 0, 0)),
    "the furthest milestone": (Done(("fafsa", "waiver")), Measure.DONE, 100, (0, 100, 0)),
    "no milestone": (Done(("plan",)), Measure.DONE, 100, (0, 0, 0)),
    "credit": (Have(HasTag("cte"), credits=300), Measure.CREDIT, 300, (200, 100, 0)),
    "a repeated course once": (Have(HasTag("art"), courses=2), Measure.COURSES, 200, (100, 0, 0)),
    "one value of a family": (
        Have(HasTag("cte"), credits=200, same="pathway"),
        Measure.CREDIT,
        200,
        (100, 100, 0),
    ),
}


@pytest.mark.parametrize("name", MEASURED)
def test_a_condition_is_measured(name: str) -> None:
    condition, unit, need, there = MEASURED[name]
    main = measure(condition, PREPARED).main
    assert (main.measure, main.need, main.there) == (unit, need, there)


def test_the_value_of_a_family_that_is_least_open_decides_and_then_the_alphabet() -> None:
    # Both have two credits in all; of welding more is under way.
    assert measure(Have(AnyCourse(), credits=200, same="pathway"), PREPARED).value == "welding"
    one = measure(Have(AnyCourse(), credits=100, same="pathway"), PREPARED)
    assert one.value == "nursing"


def test_what_is_asked_for_besides_is_measured_within_the_value() -> None:
    among = Among("second", "Second", HasTag("pathway:welding"), credits=150, courses=1)
    condition = Have(HasTag("cte"), credits=200, courses=3, same="pathway", among=(among,))
    found = measure(condition, PREPARED, name="cte")
    assert [(each.id, each.need, each.there) for each in found.parts] == [
        ("cte-courses", 300, (100, 100, 0)),
        ("second", 150, (100, 50, 0)),
        ("second-courses", 100, (100, 0, 0)),
    ]
    assert [each.title for each in found.records] == ["weld 1", "weld 2"]


def test_a_course_is_known_by_number_then_title_then_code() -> None:
    one = CourseRecord("1", 100, State.EARNED, number="27.0991001", title="Algebra")
    taught_otherwise = replace(one, id="2", number="27.2991001", title="Algebra online")
    assert course_key(one) == course_key(taught_otherwise)
    untitled = CourseRecord("3", 100, State.EARNED, course="ALG")
    assert (course_key(untitled), course_key(replace(untitled, course=""))) == ("ALG", "3")
