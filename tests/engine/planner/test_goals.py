"""What a student asks for is granted in its order, and the plan says in words how far."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from pathloom.engine.catalog import Catalog, Credential, Step
from pathloom.engine.planner import plan
from pathloom.engine.planner.figures import figures
from pathloom.engine.planner.types import GoalOrder, GoalValue, Plan, PlanRequest, PlanTerm, Wishes
from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.generated import FEWER, requests
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

ARTS = (course("drawing", "art"), course("painting", "art"), course("weaving", "art"))
MATH = (course("algebra"), course("geometry", needs="algebra"))
U10 = Term(SchoolYear(2027), Part.SUMMER)
SUMMER = PlanTerm(U10, 10, most=200)


def planned(asked: PlanRequest) -> Plan:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Plan), found
    return found


def goal(found: Plan, name: str) -> GoalValue:
    return next(one for one in found.goals if one.goal == name)


def said(found: Plan, name: str) -> tuple[int, str]:
    one = goal(found, name)
    return one.value, one.words


def courses(found: Plan) -> set[str]:
    return {place.course for place in found.placements}


def wishing(**wishes: object) -> PlanRequest:
    """A request for one unit of math and one of art, with wishes."""
    catalog = (*MATH, *ARTS)
    return replace(
        request(catalog, rules(math=100, art=100)),
        wishes=Wishes(**wishes),  # type: ignore[arg-type]
    )


# -- graduation and program


def test_a_plan_always_says_when_the_student_graduates() -> None:
    found = planned(request(MATH, rules(math=200), ahead=terms(F9, S9)))
    assert found.goals[0].goal == "graduation"
    assert said(found, "graduation") == (0, "You graduate on time, after spring of grade 9.")


def test_courses_that_end_earlier_are_said_beside_graduation() -> None:
    found = planned(request(MATH, rules(math=100), locks=at(algebra=F9)))
    assert said(found, "graduation") == (
        0,
        "You graduate on time, after spring of grade 10. Your last courses are in fall of grade 9.",
    )


def test_nothing_left_to_plan_is_on_time() -> None:
    found = planned(request(MATH, rules(math=100), record=(taken("algebra"),)))
    assert said(found, "graduation") == (
        0,
        "You graduate on time: no course is left to plan.",
    )


def test_late_terms_are_used_only_when_nothing_else_is_left() -> None:
    ahead = (*terms(F9, S9, most=100), *terms(F10, S10, most=100))
    asked = request(MATH, rules(math=200), ahead=ahead, on_time=S9)
    assert goal(planned(asked), "graduation").value == 0

    late = replace(asked, locks=at(algebra=S9))
    assert said(planned(late), "graduation") == (
        1,
        "You graduate one term later, after fall of grade 10.",
    )
    later = replace(asked, locks=at(geometry=S10))
    assert said(planned(later), "graduation") == (
        2,
        "You graduate two terms later, after spring of grade 10.",
    )


def test_a_course_taken_often_is_late_as_far_as_its_last_time() -> None:
    choir = course("choir", "art", repeatable=True)
    asked = request((*MATH, choir), rules(math=100), locks=at(choir=S10), on_time=S9)
    assert goal(planned(asked), "graduation").value == 2


def test_graduating_on_time_counts_before_a_wish() -> None:
    asked = request(
        (*MATH, course("drawing", "art", parts="u")),
        rules(math=100),
        ahead=(*terms(F9, S9, F10, S10), SUMMER),
        on_time=S10,
        wishes=Wishes(wanted=("drawing",)),
    )
    found = planned(asked)
    assert goal(found, "graduation").value == 0
    assert said(found, "wanted") == (
        1,
        "0 of 1 courses you wished for are in the plan. Drawing is not in it.",
    )


def test_an_early_finish_is_said() -> None:
    found = planned(request(MATH, rules(math=200), finish=S9))
    assert said(found, "graduation") == (
        0,
        "You graduate early, after spring of grade 9, as you asked.",
    )


def test_a_program_is_always_spoken_of() -> None:
    steps = (Step(("algebra",), 9), Step(("geometry",), 10))
    asked = request(MATH, rules(math=200), steps=steps)
    assert said(planned(asked), "program") == (
        0,
        "Each step of Small Program is in the grade it is meant for.",
    )
    behind = (taken("algebra"), taken("geometry", State.IN_PROGRESS))
    done = replace(asked, record=replace(asked.record, courses=behind))
    assert said(planned(done), "program") == (
        0,
        "Every step of Small Program is behind you or under way.",
    )


# -- wanted, avoided, liked


def test_a_wish_that_is_not_granted_is_named_with_its_reason() -> None:
    asked = wishing(wanted=("weaving", "geometry"))
    tight = replace(asked, terms=terms(F9, most=200))
    assert said(planned(asked), "wanted") == (0, "Every course you wished for is in the plan.")
    assert said(planned(tight), "wanted") == (
        1,
        "1 of 2 courses you wished for are in the plan. "
        "Geometry cannot be taken in the terms ahead.",
    )


def test_an_avoided_course_is_left_out_where_another_one_does() -> None:
    found = planned(wishing(avoided=("drawing", "painting")))
    assert courses(found) == {"algebra", "weaving"}
    assert said(found, "avoided") == (
        0,
        "No course that you would rather avoid is in the plan.",
    )


def test_an_avoided_course_that_nothing_replaces_stays_and_is_named() -> None:
    found = planned(wishing(avoided=("algebra", "geometry")))
    assert said(found, "avoided") == (
        1,
        "Algebra is in the plan, though you would rather avoid it.",
    )


def test_an_avoided_course_is_not_replaced_by_its_advanced_twin() -> None:
    twins = (course("economics", "social"), course("ap-economics", "social", tags=("ap",)))
    asked = request(twins, rules(social=100), wishes=Wishes(avoided=("economics",)))
    assert courses(planned(asked)) == {"economics"}

    wanted = replace(asked, wishes=Wishes(avoided=("economics",), wanted=("ap-economics",)))
    found = planned(wanted)
    assert courses(found) == {"ap-economics"}
    assert goal(found, "avoided").value == 0

    banned = planned(replace(asked, bans=("economics",)))
    assert said(banned, "avoided") == (
        1,
        "No course that you would rather avoid is in the plan. "
        "Ap-Economics is in it, though you did not ask for it.",
    )


def test_a_liked_course_is_taken_where_there_is_a_choice() -> None:
    found = planned(wishing(liked=("weaving",)))
    assert courses(found) == {"algebra", "weaving"}
    assert said(found, "liked") == (0, "Weaving is in the plan because you like it.")


def test_a_liked_course_is_never_stuffed_on_top() -> None:
    found = planned(wishing(liked=("painting", "weaving", "geometry")))
    assert len(found.placements) == 2
    assert said(found, "credits") == (200, "The plan holds 2.0 credits, no more than it needs.")
    value, words = said(found, "liked")
    assert value == 2
    assert words.endswith("More of what you like would add to your load.")


def test_a_wanted_course_is_added_where_a_liked_one_is_not() -> None:
    found = planned(wishing(wanted=("painting",), liked=("weaving",)))
    assert courses(found) == {"algebra", "painting"}
    assert said(found, "liked") == (
        1,
        "No course that you like fits without adding to your load.",
    )


def test_likes_fill_a_load_that_the_student_aims_at() -> None:
    asked = wishing(liked=("weaving", "painting"))
    aiming = tuple(replace(entry, target=100) for entry in asked.terms)
    found = planned(replace(asked, terms=aiming))
    assert courses(found) >= {"weaving", "painting"}
    assert said(found, "credits") == (
        0,
        "The plan holds 4.0 credits, as near to your aim as it fits.",
    )


# -- every year, study hall


def test_a_subject_stands_in_every_school_year() -> None:
    found = planned(wishing(every_year=("art",)))
    assert {place.term.year for place in found.placements if place.course != "algebra"} == {
        F9.year,
        F10.year,
    }
    assert said(found, "every_year") == (0, "Each school year has a course in art.")


def test_a_school_year_without_the_subject_is_named() -> None:
    asked = wishing(every_year=("art",))
    found = planned(replace(asked, bans=("drawing", "painting")))
    assert said(found, "every_year") in [
        (1, f"There is no art in grade {grade}.") for grade in (9, 10)
    ]


def test_what_is_under_way_counts_for_its_school_year() -> None:
    asked = wishing(every_year=("art",))
    under_way = replace(taken("weaving", State.IN_PROGRESS), term=F9)
    found = planned(replace(asked, record=replace(asked.record, courses=(under_way,))))
    assert goal(found, "every_year").value == 0
    assert {place.term.year for place in found.placements if place.course in {"drawing"}} == {
        F10.year
    }


def test_a_year_in_which_no_such_course_is_open_is_not_missed() -> None:
    late = course("sculpture", "art", grades=(10,))
    asked = request((*MATH, late), rules(math=100), wishes=Wishes(every_year=("art",)))
    found = planned(asked)
    assert said(found, "every_year") == (0, "Each school year has a course in art.")


def test_a_free_period_is_kept_for_study_hall() -> None:
    asked = request(
        (*MATH, *ARTS, course("pottery", "art")),
        rules(math=200, art=400),
        ahead=tuple(replace(entry, slots=2) for entry in terms(F9, S9, F10, S10)),
        wishes=Wishes(study_halls=(9,)),
    )
    found = planned(asked)
    assert said(found, "study_hall") == (
        0,
        "Each term of grade 9 has a free period for study hall.",
    )
    assert [sum(place.term == term for place in found.placements) for term in (F9, S9)] == [1, 1]


def test_without_periods_a_free_one_is_room_for_a_usual_course() -> None:
    asked = request(
        MATH + ARTS,
        rules(math=200, art=200),
        ahead=terms(F9, S9, most=200),
        wishes=Wishes(study_halls=(9,)),
    )
    assert said(planned(asked), "study_hall") == (
        2,
        "There is no free period in fall of grade 9 or spring of grade 9. "
        "A period is free where one more usual course would fit.",
    )


# -- credentials


def test_a_wished_credential_is_prepared_for() -> None:
    asked = wishing(credentials=("weaver", "painter"))
    offered = (
        Credential("weaver", "Certified Weaver", ("drawing", "weaving")),
        Credential("painter", "Certified Painter", ("painting",)),
    )
    catalog = Catalog("small", asked.catalog.courses, credentials=offered)
    found = planned(replace(asked, catalog=catalog))
    assert courses(found) >= {"drawing", "weaving", "painting"}
    assert said(found, "credentials") == (
        0,
        "This plan prepares you for Certified Weaver. "
        "This plan prepares you for Certified Painter.",
    )
    banned = planned(replace(asked, catalog=catalog, bans=("drawing",)))
    assert said(banned, "credentials") == (
        1,
        "This plan prepares you for Certified Painter. "
        "Certified Weaver also needs Drawing and Weaving.",
    )


# -- year by year


def test_what_a_year_holds_beyond_an_even_share_is_counted() -> None:
    early = tuple(course(name, grades=(9,)) for name in ("algebra", "geometry", "statistics"))
    found = planned(request(early, rules(math=300), ahead=terms(F9, S9, F10, S10, most=200)))
    assert said(found, "pace") == (100, "Core subjects go year by year as far as they fit.")


# -- the order


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (GoalOrder.USUAL, "graduation wanted avoided credits liked pace work load previous"),
        (GoalOrder.NEAR, "graduation wanted avoided previous credits liked pace work load"),
        (GoalOrder.CLOSEST, "graduation previous wanted avoided credits liked pace work load"),
    ],
)
def test_the_goals_stand_in_the_order_that_is_asked_for(order: GoalOrder, expected: str) -> None:
    asked = wishing(wanted=("drawing",), avoided=("weaving",), liked=("painting",))
    found = planned(replace(asked, order=order, previous=at(algebra=F9)))
    assert [one.goal for one in found.goals] == expected.split()


def test_closest_keeps_the_plan_before_ahead_of_every_wish() -> None:
    before = at(algebra=F9, drawing=S9)
    asked = replace(wishing(wanted=("weaving",), avoided=("drawing",)), previous=before)
    near = planned(replace(asked, order=GoalOrder.NEAR))
    closest = planned(replace(asked, order=GoalOrder.CLOSEST))
    assert closest.placements == before
    assert courses(near) == {"algebra", "weaving"}


@FEWER
@given(requests())
def test_a_plan_and_its_figures_say_the_same(asked: PlanRequest) -> None:
    found = plan(asked, as_of=AS_OF)
    if not isinstance(found, Plan):
        return
    read = {one.goal: (one.value, one.words) for one in figures(asked, found.placements)}
    for one in found.goals:
        if one.goal in read and one.goal not in {"load", "previous"}:
            assert (one.value, one.words) == read[one.goal]
