"""Other plans: each really differs, answers the request as it was asked, and is what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.catalog import Step
from pathloom.engine.planner.alternatives import DIFFERENT, Alternative, Alternatives, alternatives
from pathloom.engine.planner.figures import Figure, figures
from pathloom.engine.planner.ideas import Idea
from pathloom.engine.planner.moves import difference
from pathloom.engine.planner.types import Infeasible, Placement, Plan, PlanRequest, Wishes
from pathloom.engine.planner.watch import Cancelled, Progress
from pathloom.engine.record import State
from tests.engine.planner.colleges import agreement, agreements
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    S9,
    S10,
    at,
    course,
    request,
    rules,
    taken,
    terms,
)
from tests.engine.planner.test_properties import FEWER, NAMES, holds, requests

SCHOOL = (
    course("algebra"),
    course("geometry", needs="algebra"),
    course("drawing", "art"),
    course("painting", "art"),
    course("wood", "cte"),
    course("metal", "cte"),
    course("build", "cte"),
    course("a-history", "history", tags=("ap",)),
    course("history", "history"),
)
STEPS = (Step(("wood", "metal"), 9), Step(("build",), 10))
BEFORE = at(algebra=F9, geometry=S9, drawing=F9, wood=F9, build=F10, history=S10)
DIPLOMA = rules(math=200, art=100, cte=200, history=100)


def found(asked: PlanRequest) -> Alternatives:
    answer = alternatives(asked, as_of=AS_OF)
    assert isinstance(answer, Alternatives), answer
    return answer


def other(answer: Alternatives, idea: Idea) -> Alternative:
    return next(one for one in answer.others if one.idea is idea)


def courses(plan: Plan | tuple[Placement, ...]) -> set[str]:
    return {place.course for place in (plan.placements if isinstance(plan, Plan) else plan)}


def figure(figures_: tuple[Figure, ...], goal: str) -> Figure:
    return next(one for one in figures_ if one.goal == goal)


def test_three_plans_differ_in_program_college_credit_and_last_year() -> None:
    answer = found(request(SCHOOL, DIPLOMA, steps=STEPS))

    assert [one.idea for one in answer.others] == [Idea.PROGRAM, Idea.COLLEGE, Idea.LIGHTER]
    assert answer.missing == ()


def test_another_option_of_a_step_takes_the_place_of_the_usual_one() -> None:
    answer = found(request(SCHOOL, DIPLOMA, steps=STEPS))
    one = other(answer, Idea.PROGRAM)

    assert len({"wood", "metal"} & courses(one.plan)) == 1
    assert {"wood", "metal"} & courses(one.plan) != {"wood", "metal"} & courses(answer.present)
    assert one.title == "Other courses for Small Program"


def test_more_college_credit_takes_the_place_of_a_plainer_course() -> None:
    answer = found(request(SCHOOL, DIPLOMA, steps=STEPS))
    one = other(answer, Idea.COLLEGE)

    assert "a-history" in courses(one.plan)
    assert "history" not in courses(one.plan)
    assert figure(answer.figures, "college_courses").value == 0
    assert figure(one.figures, "college_courses") == Figure(
        "college_courses", 100, "1.0 credits in courses that can earn college credit.", more=True
    )


def test_a_lighter_last_year_moves_courses_to_the_years_before() -> None:
    answer = found(request(SCHOOL, DIPLOMA, steps=STEPS))
    one = other(answer, Idea.LIGHTER)

    usual, lighter = (figure(each.figures, "last_year").value for each in (answer, one))
    assert lighter < usual
    assert one.title == "A lighter grade 10"


def test_the_same_goals_stand_side_by_side_for_every_plan() -> None:
    answer = found(request(SCHOOL, DIPLOMA, steps=STEPS, wishes=Wishes(wanted=("painting",))))

    goals = [one.goal for one in answer.figures]
    assert goals == ["graduation", "program", "wanted", "college_courses", "load", "last_year"]
    assert all([each.goal for each in one.figures] == goals for one in answer.others)


def test_other_courses_that_count_the_same_fill_up_to_three() -> None:
    answer = found(request(SCHOOL, DIPLOMA))

    assert [one.idea for one in answer.others] == [Idea.COLLEGE, Idea.LIGHTER, Idea.COURSES]
    fresh = courses(other(answer, Idea.COURSES).plan) - courses(answer.present)
    assert fresh & {"drawing", "painting"}


def test_fewer_than_three_come_with_the_reason_for_each() -> None:
    answer = found(request(SCHOOL[:2], rules(math=200), ahead=terms(F9, S9)))

    assert answer.others == ()
    assert answer.missing == (
        "Other courses for your program: No program is chosen.",
        "More college credit: No more courses with college credit are open to you.",
        "A lighter grade 9: Grade 9 cannot be lighter: the terms before it have no room.",
        "Other courses where the diploma leaves a choice: "
        "The diploma leaves no choice between courses that count the same.",
    )


def test_what_somebody_locked_or_wished_for_is_in_every_plan() -> None:
    asked = request(
        SCHOOL, DIPLOMA, steps=STEPS, wishes=Wishes(wanted=("painting", "wood")), locks=at(wood=F9)
    )

    answer = found(asked)

    assert answer.others
    for one in answer.others:
        assert {Placement("wood", F9)} <= set(one.plan.placements)
        assert "painting" in courses(one.plan)
    assert Idea.PROGRAM not in {one.idea for one in answer.others}
    wished = found(replace(asked, locks=()))
    assert Idea.PROGRAM not in {one.idea for one in wished.others}


def test_college_credit_that_does_not_fit_is_no_plan_with_more_of_it() -> None:
    courses = (course("algebra"), course("geometry"), course("a-art", "art", tags=("ap",)))

    answer = found(request(courses, rules(math=200), ahead=terms(F9, S9, most=100)))

    assert "More college credit: No more courses with college credit fit." in answer.missing


def test_a_lighter_last_year_never_gives_up_a_wish() -> None:
    courses = (course("algebra"), course("late", "art", grades=(10,)), course("other", "art"))
    asked = request(
        courses, rules(math=100, art=100), wishes=Wishes(wanted=("late",)), ahead=terms(F9, F10)
    )

    assert Idea.LIGHTER in {one.idea for one in found(replace(asked, wishes=Wishes())).others}
    assert Idea.LIGHTER not in {one.idea for one in found(asked).others}


def test_a_plan_that_is_nearly_the_same_is_no_alternative() -> None:
    many = tuple(course(f"m{number:02}") for number in range(20))
    asked = request(
        (*many, course("wood", "cte"), course("metal", "cte")),
        rules(math=2000, cte=100),
        ahead=terms(F9, S9, F10, S10, most=600),
        steps=(Step(("wood", "metal"), 9),),
    )

    answer = found(asked)

    assert "Other courses for Small Program: It would be nearly the same plan." in answer.missing
    assert Idea.PROGRAM not in {one.idea for one in answer.others}


def test_a_plan_before_that_holds_is_what_the_others_are_compared_with() -> None:
    asked = request(SCHOOL, DIPLOMA, steps=STEPS, previous=BEFORE)

    answer = found(asked)

    assert {*answer.present} == {*BEFORE}
    assert answer.figures == figures(asked, BEFORE)
    for one in answer.others:
        assert one.difference == difference(BEFORE, one.plan.placements) >= DIFFERENT


def test_a_plan_before_that_does_not_hold_is_repaired_first() -> None:
    before = at(algebra=F9, geometry=F9, drawing=F9, wood=F9, build=F10, history=S10)

    answer = found(request(SCHOOL, DIPLOMA, steps=STEPS, previous=before))

    assert len({*answer.present} ^ {*before}) == 2


def test_more_hours_at_a_college_count_by_the_agreements() -> None:
    """The course with the tag counts nowhere; the one with an agreement does."""
    asked = request(
        (*SCHOOL, course("world", "history")),
        DIPLOMA,
        steps=STEPS,
        previous=BEFORE,
        agreements=agreements(agreement("world")),
    )

    one = other(found(asked), Idea.COLLEGE)

    assert "world" in courses(one.plan)
    hours = figure(one.figures, "college")
    assert (hours.value, hours.more) == (300, True)


def test_a_lighter_year_leaves_a_period_free_where_days_have_periods() -> None:
    ahead = tuple(replace(entry, slots=3) for entry in terms(F9, S9, F10, S10))
    full = at(algebra=F9, geometry=F10, drawing=F10, wood=F9, build=F10, history=S10)
    asked = request(SCHOOL, DIPLOMA, ahead=ahead, previous=full, wishes=Wishes(study_halls=(10,)))

    answer = found(replace(asked, wishes=Wishes()))

    lighter = other(answer, Idea.LIGHTER).plan
    missed = figure(figures(asked, lighter.placements), "study_hall").value
    assert missed < figure(figures(asked, answer.present), "study_hall").value


def test_whoever_waits_is_told_of_each_idea_and_may_stop() -> None:
    asked = request(SCHOOL, DIPLOMA, steps=STEPS)
    seen: list[Progress] = []
    alternatives(asked, as_of=AS_OF, watch=seen.append)

    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert "Looking for this plan: A lighter grade 10" in {one.doing for one in seen}

    def stop(progress: Progress) -> None:
        if progress.done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        alternatives(asked, as_of=AS_OF, watch=stop)


def test_with_no_plan_at_all_there_is_the_reason() -> None:
    asked = request(SCHOOL, DIPLOMA, ahead=terms(F9))

    assert isinstance(alternatives(asked, as_of=AS_OF), Infeasible)


def test_figures_say_what_a_plan_reaches() -> None:
    asked = request(
        SCHOOL,
        DIPLOMA,
        steps=STEPS,
        wishes=Wishes(wanted=("painting", "drawing", "algebra")),
        record=(
            taken("algebra", State.IN_PROGRESS),
            replace(taken("a-history"), tags=frozenset({"ap"})),
        ),
        previous=at(geometry=F9, drawing=S9),
    )

    said = figures(asked, at(geometry=F9, drawing=F10, wood=F10, metal=F10))

    assert [(one.goal, one.value, one.words) for one in said] == [
        (
            "graduation",
            0,
            "You graduate on time, after spring of grade 10. "
            "Your last courses are in fall of grade 10.",
        ),
        ("program", 1, "One step of Small Program is not in the plan."),
        (
            "wanted",
            1,
            "1 of 2 courses you wished for are in the plan. Painting is not in it.",
        ),
        ("college_courses", 100, "1.0 credits in courses that can earn college credit."),
        ("load", 300, "At most 3.0 credits in a term."),
        ("last_year", 300, "3.0 credits in grade 10."),
        ("previous", 5, "3 courses are not where the plan before has them."),
    ]


def test_a_step_that_is_behind_is_not_away_from_its_grade() -> None:
    asked = request(SCHOOL, DIPLOMA, steps=STEPS, record=(taken("wood"),))

    said = figures(asked, at(metal=F10, build=F10))

    assert figure(said, "program").value == 0


@FEWER
@given(requests(), st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
def test_every_alternative_answers_the_request_and_differs_from_all_others(
    asked: PlanRequest, wishes: list[str]
) -> None:
    asked = replace(
        asked, wishes=Wishes(wanted=tuple(name for name in wishes if name not in asked.bans))
    )
    answer = alternatives(asked, as_of=AS_OF)
    if not isinstance(answer, Alternatives):
        return

    plans = [answer.present, *(one.plan.placements for one in answer.others)]
    granted = {*asked.wishes.wanted} & courses(answer.present)
    for number, placements in enumerate(plans):
        assert holds(asked, placements)
        assert granted <= {place.course for place in placements}
        for before in plans[:number]:
            assert difference(before, placements) >= DIFFERENT
    assert len(answer.others) == 3 or len(answer.missing) == 4 - len(answer.others)
