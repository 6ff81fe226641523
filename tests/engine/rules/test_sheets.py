"""A student as lines of text."""

from __future__ import annotations

import pytest

from pathloom.engine.record import CourseRecord, ExamScore, Milestone, State, StatedAverage
from pathloom.engine.rules.sheets import Sheet, line_of
from pathloom.engine.units import Mark


def sheet(*lines: str) -> Sheet:
    found = Sheet()
    for line in lines:
        found = found.plus(line_of(line))
    return found


def test_a_course_line_says_everything_about_a_course() -> None:
    (course,) = line_of(
        "Welding I   0.5   cte, pathway:metal, ap, #48.0000000, =WELD, ~13207, ^B+, @planned"
    ).courses

    assert course == CourseRecord(
        id="Welding I",
        credits=50,
        state=State.PLANNED,
        course="WELD",
        title="Welding I",
        number="48.0000000",
        sced="13207",
        subject="cte",
        tags=frozenset({"pathway:metal", "ap"}),
        mark=Mark("B+", 87),
    )


def test_several_courses_of_one_line_have_ids_of_their_own() -> None:
    courses = line_of("Choir   3 x 0.5   arts").courses

    assert [(each.id, each.title, each.credits) for each in courses] == [
        ("Choir 1", "Choir", 50),
        ("Choir 2", "Choir", 50),
        ("Choir 3", "Choir", 50),
    ]


def test_hours_and_times_become_experiences_with_ids_by_their_order() -> None:
    found = sheet("* service   12.5 hours", "* service   2 x 4 hours, @planned", "* team   2 times")

    assert [(each.id, each.kind, each.hours, each.state) for each in found.experiences] == [
        ("service 1", "service", 1250, "earned"),
        ("service 2", "service", 400, "planned"),
        ("service 3", "service", 400, "planned"),
        ("team 1", "team", 0, "earned"),
        ("team 2", "team", 0, "earned"),
    ]


def test_points_averages_and_milestones_are_read() -> None:
    found = sheet("* sat   1200 points", "* average   2.99 gpa", "* fafsa   done, @in_progress")

    assert found.scores == (ExamScore("sat", 120_000),)
    assert found.averages == (StatedAverage("average", 299),)
    assert found.milestones == (Milestone("fafsa", State.IN_PROGRESS),)


def test_lines_are_taken_away_by_title_by_id_and_by_name() -> None:
    whole = sheet("Choir   2 x 1   arts", "Art   1   arts", "* sat   900 points", "* fafsa   done")

    assert [each.id for each in whole.without(["Choir 2"]).courses] == ["Choir 1", "Art"]
    assert [each.id for each in whole.without(["Choir"]).courses] == ["Art"]
    assert list(whole.without(["sat", "fafsa"]).evidence()) == []
    assert set(whole.names()) == {"Choir", "Choir 1", "Choir 2", "Art", "sat", "fafsa"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "* service 25 hours",
            "'* service 25 hours' has not two columns. "
            "Write * name, then how much, with two or more spaces between them.",
        ),
        (
            "* Service   25 hours",
            "'* Service   25 hours' has not two columns. "
            "Write * name, then how much, with two or more spaces between them.",
        ),
        (
            "* service   25 miles",
            "'25 miles' is not an amount. "
            "Write it like 25 hours, 2 times, 2 x 12 hours, 1200 points, 3.0 gpa or done.",
        ),
        (
            "* service   many hours",
            "'many' is not an amount of credit. Write a number such as 0.5.",
        ),
        (
            "* service   2 hours, planned",
            "'planned' is not a state. "
            "Write one of earned, in_progress, planned, failed, withdrawn after @.",
        ),
        (
            "* sat   900 points, @planned",
            "'@planned' has no meaning for points. Delete it.",
        ),
        (
            "Choir   1   arts, ^H",
            "'H' is not a mark. Write 0 to 100, a letter such as B+, or P.",
        ),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the message is compared below
        line_of(line)

    assert str(raised.value) == message
