"""Plans on small catalogs: what always holds, and what is preferred."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from pathloom.engine.audit.result import Status
from pathloom.engine.catalog import AllOf, AnyOf, CourseNeed, Step
from pathloom.engine.planner import plan, verified
from pathloom.engine.planner.model import Way
from pathloom.engine.planner.types import (
    GoalOrder,
    Infeasible,
    Placement,
    Plan,
    PlanRequest,
    Proof,
    Undecided,
    Wishes,
)
from pathloom.engine.record import State
from pathloom.engine.units import Mark, Term
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    S9,
    S10,
    SCHOOL,
    at,
    course,
    request,
    rules,
    taken,
    terms,
)

MATH = (*SCHOOL, course("music", "art"))


def planned(asked: PlanRequest) -> Plan:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Plan), found
    return found


def places(found: Plan) -> dict[str, Term]:
    return {place.course: place.term for place in found.placements}


def value(found: Plan, goal: str) -> int:
    return next(one.value for one in found.goals if one.goal == goal)


def words(found: Plan, goal: str) -> str:
    return next(one.words for one in found.goals if one.goal == goal)


def test_a_plan_completes_the_diploma_and_says_so() -> None:
    found = planned(request(MATH, rules(math=300, art=100)))

    assert found.proof is Proof.OPTIMAL
    assert found.audit.status is Status.PLANNED
    assert len(found.placements) == 4


def test_placements_are_in_calendar_order_then_by_course() -> None:
    found = planned(request(MATH, rules(math=300, art=300)))

    keys = [(place.term, place.course) for place in found.placements]
    assert keys == sorted(keys)


def test_prerequisites_are_in_order() -> None:
    when = places(planned(request(MATH, rules(math=300))))

    assert when["algebra"] < when["geometry"] < when["algebra2"]


def test_a_course_that_may_go_along_can_stand_in_the_same_term() -> None:
    lab = course("lab", "science", needs=CourseNeed("algebra", concurrent=True))

    found = planned(request((*MATH, lab), rules(math=100, science=100), ahead=terms(F9)))

    assert places(found) == {"algebra": F9, "lab": F9}


def test_one_of_several_prerequisites_is_enough() -> None:
    need = AnyOf((CourseNeed("gone"), AllOf((CourseNeed("algebra"), CourseNeed("drawing")))))
    courses = (*MATH, course("gone", grades=(12,)), course("lab", "science", needs=need))

    when = places(planned(request(courses, rules(science=100), ahead=terms(F9, S9))))

    assert when == {"algebra": F9, "drawing": F9, "lab": S9}


def test_a_failed_course_is_taken_again() -> None:
    record = (taken("algebra", State.FAILED, mark="40"),)

    when = places(planned(request(MATH, rules(math=200), record=record)))

    assert when["algebra"] < when["geometry"]


def test_a_course_under_way_counts_as_passed_and_is_not_planned_again() -> None:
    record = (taken("algebra", State.IN_PROGRESS),)

    found = planned(request(MATH, rules(math=200), ahead=terms(F9), record=record))

    assert places(found) == {"geometry": F9}


def test_a_mark_that_is_too_low_closes_a_course() -> None:
    honors = course("honors", needs=CourseNeed("algebra", minimum=Mark.parse("90")))
    asked = request((*MATH[:2], honors), rules(math=300), record=(taken("algebra", mark="89"),))

    assert isinstance(plan(asked, as_of=AS_OF), Infeasible)
    better = replace(asked, record=replace(asked.record, courses=(taken("algebra", mark="90"),)))
    assert set(places(planned(better))) == {"geometry", "honors"}


def test_a_repeatable_course_fills_several_terms() -> None:
    band = course("band", "art", repeatable=True)

    found = planned(request((band,), rules(art=300), ahead=terms(F9, S9, F10, most=100)))

    assert found.placements == tuple(Placement("band", term) for term in (F9, S9, F10))


def test_courses_stand_only_where_they_are_offered() -> None:
    courses = (course("algebra", parts="s", grades=(10,)),)

    assert places(planned(request(courses, rules(math=100)))) == {"algebra": S10}


def test_a_year_long_course_is_over_before_the_next_year_only() -> None:
    year = Term(F9.year, course("x", parts="y").parts[0])
    later = Term(F10.year, year.part)
    ahead = (replace(terms(F9)[0], term=year), replace(terms(F10)[0], term=later))
    courses = (course("algebra", parts="y"), course("geometry", parts="y", needs="algebra"))

    assert places(planned(request(courses, rules(math=200), ahead=ahead))) == {
        "algebra": year,
        "geometry": later,
    }


def test_locks_hold_and_bans_are_left_out() -> None:
    asked = request(
        MATH, rules(art=200), locks=at(painting=S10), bans=("drawing",), ahead=terms(F9, S10)
    )

    when = places(planned(asked))

    assert when["painting"] == S10
    assert set(when) == {"painting", "music"}


def test_no_more_courses_are_planned_than_needed_and_the_load_is_even() -> None:
    found = planned(request(MATH, rules(math=200, art=200), ahead=terms(F9, S9)))

    loads = [sum(place.term == term for place in found.placements) for term in (F9, S9)]
    assert loads == [2, 2]


def test_the_least_load_is_kept() -> None:
    found = planned(request(MATH, rules(math=100), ahead=terms(F9, S9, least=200)))

    assert [sum(place.term == term for place in found.placements) for term in (F9, S9)] == [2, 2]


def test_summer_is_used_only_when_it_is_needed() -> None:
    summer = Term(F9.year, course("x", parts="u").parts[0])
    ahead = (*terms(F9, S9, most=200), replace(terms(S9, most=200)[0], term=summer))
    courses = tuple(course(f"c{number}", parts="fsu") for number in range(6))

    easy = planned(request(courses, rules(math=300), ahead=ahead))
    full = planned(request(courses, rules(math=500), ahead=ahead))

    assert summer not in {place.term for place in easy.placements}
    assert summer in {place.term for place in full.placements}


def test_wishes_are_granted_where_possible() -> None:
    found = planned(
        request(
            MATH, rules(math=100), wishes=Wishes(wanted=("music", "algebra2")), ahead=terms(F9, S9)
        )
    )

    assert "music" in places(found)
    assert value(found, "wanted") == 1
    assert words(found, "wanted") == (
        "1 of 2 courses you wished for are in the plan. "
        "Algebra2 cannot be taken in the terms ahead."
    )


def test_program_steps_stand_in_order_near_their_grade() -> None:
    steps = (Step(("drawing",), 9), Step(("painting", "music"), 10))

    when = places(planned(request(MATH, rules(math=100), steps=steps)))

    assert when["drawing"] in {F9, S9}
    assert {when.get("painting"), when.get("music")} & {F10, S10}


def test_a_step_that_is_earned_is_not_planned_and_the_rest_keeps_its_order() -> None:
    steps = (Step(("drawing",), 9), Step(("painting",), 9), Step(("music",), 9))

    when = places(planned(request(MATH, rules(art=300), steps=steps, record=(taken("painting"),))))

    assert when["drawing"] < when["music"]
    assert "painting" not in when


def test_a_plan_stays_close_to_the_one_before() -> None:
    asked = request(MATH, rules(art=200), ahead=terms(F9, S9))
    before = at(music=F9, painting=S9)

    found = planned(replace(asked, previous=before))

    assert found.placements == before
    assert value(found, "previous") == 0


def test_the_plainer_course_is_preferred_to_its_advanced_version() -> None:
    courses = (
        course("a-biology", "science", tags=("biology", "ap")),
        course("biology", "science", tags=("biology",)),
    )

    assert set(places(planned(request(courses, rules(tags=("biology",)))))) == {"biology"}
    wished = request(courses, rules(tags=("biology",)), wishes=Wishes(wanted=("a-biology",)))
    assert set(places(planned(wished))) == {"a-biology"}


def test_core_subjects_go_year_by_year() -> None:
    courses = tuple(course(f"m{number}") for number in range(4)) + tuple(
        course(f"a{number}", "art") for number in range(4)
    )

    when = places(planned(request(courses, rules(math=200, art=200))))

    for letter in "ma":
        assert len({term.year for name, term in when.items() if name[0] == letter}) == 2


def test_the_same_request_gives_the_same_plan_whatever_the_order_of_its_parts() -> None:
    asked = request(MATH, rules(math=200, art=200), wishes=Wishes(wanted=("music",)))
    turned = replace(asked, catalog=replace(asked.catalog, courses=MATH[::-1]))

    assert planned(asked) == planned(asked)
    assert planned(asked).placements == planned(turned).placements


def test_goals_reached_one_after_another_are_those_reached_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = request(MATH, rules(math=200, art=200), previous=at(music=F9, painting=S9))
    at_once = planned(asked)
    monkeypatch.setattr(
        sys.modules["pathloom.engine.planner.search"], "AT_ONCE", ((Way.USUAL, 0.0),)
    )

    in_turn = planned(asked)

    assert in_turn.proof is Proof.OPTIMAL
    assert in_turn.goals == at_once.goals


def test_a_complete_student_gets_an_empty_plan() -> None:
    found = planned(request(MATH, rules(math=100), record=(taken("algebra"),)))

    assert found.placements == ()
    assert found.audit.status is Status.MET


def test_without_terms_a_complete_student_has_a_plan_and_another_has_none() -> None:
    done = request(MATH, rules(math=100), record=(taken("algebra"),), ahead=())

    assert planned(done).placements == ()
    assert isinstance(plan(request(MATH, rules(math=100), ahead=()), as_of=AS_OF), Infeasible)


def test_too_little_effort_is_undecided_and_never_a_plan() -> None:
    found = plan(request(MATH, rules(math=300, art=300), effort=1e-9), as_of=AS_OF)

    assert isinstance(found, Undecided)
    assert found.sentence.startswith("No plan was found in the time given")


@pytest.mark.parametrize(
    ("places_", "what"),
    [
        (at(geometry=F9, algebra=S9, algebra2=F10), "breaks a rule"),
        (at(algebra=F9, geometry=S9), "leaves the diploma short"),
    ],
)
def test_a_solver_answer_that_breaks_a_rule_is_a_defect(
    places_: tuple[Placement, ...], what: str
) -> None:
    with pytest.raises(AssertionError, match=what):
        verified(request(MATH, rules(math=300)), places_, as_of=AS_OF)


def test_core_subjects_go_year_by_year_where_a_course_is_open_in_one_year_only() -> None:
    courses = (
        course("first", grades=(9, 10)),
        course("second", grades=(10,)),
        *(course(f"e{number}", "other") for number in range(2)),
    )

    when = places(planned(request(courses, rules(400, math=200))))

    assert when["first"] in {F9, S9}
    assert when["second"] in {F10, S10}


def test_nobody_gets_an_advanced_course_that_was_not_asked_for() -> None:
    """Not even where the plainer ones could have been taken years ago, nor as an elective."""
    courses = (
        course("a-literature", "english", grades=(10,), tags=("ap",)),
        course("b-history", "other", tags=("ap",)),
        course("poetry", "english", grades=(9, 10)),
        course("prose", "english", grades=(9, 10)),
        course("yearbook", "other"),
    )
    asked = request(courses, rules(300, english=200))

    assert set(places(planned(asked))) == {"poetry", "prose", "yearbook"}
    wished = replace(asked, wishes=Wishes(wanted=("a-literature",)))
    assert "a-literature" in places(planned(wished))
    needed = replace(asked, bans=("poetry",))
    assert "a-literature" in places(planned(needed))


def test_a_moved_course_changes_less_than_one_that_goes_for_another() -> None:
    """Drawing cannot stay in fall; it moves, instead of giving way to music."""
    fall = replace(terms(F9)[0], most=100)
    asked = request(MATH, rules(art=200), ahead=(fall, *terms(S9)), locks=at(algebra=F9))

    found = planned(replace(asked, previous=at(drawing=F9, painting=S9)))

    assert places(found) == {"algebra": F9, "drawing": S9, "painting": S9}
    assert value(found, "previous") == 3  # drawing moved, algebra came


def test_a_repeatable_course_that_moves_is_one_change() -> None:
    band = course("band", "art", repeatable=True)
    asked = request((band,), rules(art=200), ahead=terms(F9, S9, F10, most=100), locks=at(band=F10))

    found = planned(replace(asked, previous=(*at(band=F9), *at(band=S9))))

    assert value(found, "previous") == 1


def test_places_that_are_over_are_no_change_and_terms_that_are_gone_are_a_move() -> None:
    asked = request(MATH, rules(art=200), ahead=terms(S9))

    found = planned(replace(asked, previous=(*at(algebra=F9), *at(drawing=S10, painting=S9))))

    assert set(places(found)) == {"drawing", "painting"}
    assert value(found, "previous") == 1


def test_the_plan_before_can_come_before_wishes() -> None:
    asked = request(MATH, rules(art=100), ahead=terms(F9), wishes=Wishes(wanted=("music",)))
    asked = replace(asked, previous=at(drawing=F9))

    assert "music" in places(planned(asked))
    assert set(places(planned(replace(asked, order=GoalOrder.CLOSEST)))) == {"drawing"}
