"""Repair: the nearest valid plan after a failed course, a schedule, a rule or a transfer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.catalog import Course, Step
from pathloom.engine.planner import plan
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.moves import Move, changes_between, difference, distance, still_ahead
from pathloom.engine.planner.repair import Repaired, repair
from pathloom.engine.planner.types import Infeasible, Level, Placement, Plan, PlanRequest, Wishes
from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    F11,
    S9,
    S10,
    S11,
    SCHOOL,
    at,
    course,
    request,
    rules,
    taken,
    terms,
)
from tests.engine.planner.test_properties import (
    AHEAD,
    FEWER,
    NAMES,
    SLOW,
    every_plan,
    holds,
    requests,
)

MUSIC = (*SCHOOL, course("music", "art"), course("band", "art", parts="s"))


def repaired(asked: PlanRequest) -> Repaired:
    found = repair(asked, as_of=AS_OF)
    assert isinstance(found, Repaired), found
    return found


def sentences(found: Repaired) -> list[str]:
    return [change.sentence for change in found.changes]


def test_a_failed_course_is_taken_again_and_only_what_builds_on_it_moves() -> None:
    asked = request(
        SCHOOL,
        rules(math=200, art=100),
        ahead=terms(S9, F10, S10),
        record=(taken("algebra", State.FAILED, mark="40"),),
        previous=at(algebra=F9, geometry=S9, drawing=F10),
    )

    found = repaired(asked)

    assert sentences(found) in (
        [
            f"Geometry moves from spring of grade 9 to {term} of grade 10.",
            "Algebra is taken again in spring of grade 9.",
        ]
        for term in ("fall", "spring")
    )
    assert found.because[0] == "Geometry needs Algebra first."
    assert found.changes[0].why == "Geometry needs Algebra first."
    assert found.distance == 3


def test_a_course_that_is_offered_in_another_term_moves_there_and_is_not_dropped() -> None:
    asked = request(MUSIC, rules(math=100), previous=at(algebra=F9, band=F10, music=F10))

    found = repaired(asked)

    (change,) = found.changes
    assert (change.move, change.course, change.before) == (Move.MOVED, "band", F10)
    assert change.after in {S9, S10}
    assert found.because == ("Band is not offered in fall.",)


def test_a_new_rule_adds_what_it_asks_for_and_nothing_else() -> None:
    before = at(algebra=F9, music=S9)
    asked = request(MUSIC, rules(math=100, art=200), previous=before)

    found = repaired(asked)

    assert [change.move for change in found.changes] == [Move.ADDED]
    assert found.because == ("Art would not be complete.",)
    assert set(before) < set(found.plan.placements)


def test_more_credit_in_all_is_named_as_that() -> None:
    asked = request(SCHOOL, replace(rules(math=100), total=200), previous=at(algebra=F9))

    assert repaired(asked).because == ("There would not be enough credit in all.",)


def test_a_transfer_drops_what_is_earned_and_what_the_school_does_not_offer() -> None:
    asked = request(
        SCHOOL,
        rules(math=200, art=100),
        record=(taken("algebra"),),
        previous=at(algebra=F9, pottery=S9, geometry=F10),
    )

    found = repaired(asked)

    assert sentences(found)[:2] == [
        "Algebra in fall of grade 9 is dropped.",
        "pottery in spring of grade 9 is dropped.",
    ]
    assert found.changes[0].why == "Algebra is already earned. Taking it again adds no credit."
    assert Placement("geometry", F10) in found.plan.placements


def test_a_term_that_is_gone_sends_its_courses_elsewhere() -> None:
    asked = request(
        SCHOOL, rules(math=100, art=100), ahead=terms(F9, S9), previous=at(algebra=F9, drawing=F11)
    )

    found = repaired(asked)

    assert sentences(found)[0].startswith("Drawing moves from 2028-29 fall to ")
    assert found.distance == 1


def test_what_is_over_when_the_first_term_begins_is_no_change() -> None:
    asked = request(
        SCHOOL,
        rules(math=200),
        ahead=terms(S9),
        record=(taken("algebra"),),
        previous=at(algebra=F9, geometry=S9),
    )

    assert repaired(asked).changes == ()


def test_closeness_comes_before_wishes_and_an_even_load() -> None:
    before = at(algebra=F9, drawing=S9, geometry=S9)
    asked = request(
        SCHOOL, rules(math=200, art=100), wishes=Wishes(wanted=("painting",)), previous=before
    )

    assert repaired(asked).plan.placements == before
    usual = plan(asked, as_of=AS_OF)
    assert isinstance(usual, Plan)
    assert usual.placements != before


def test_the_program_comes_before_closeness() -> None:
    steps = (Step(("drawing",), 9), Step(("painting",), 10))
    asked = request(SCHOOL, rules(art=200), steps=steps, previous=at(painting=F9, drawing=S9))

    found = repaired(asked)

    assert [change.course for change in found.changes] == ["painting"]
    (why,) = found.because
    assert why == "Painting comes too early: your program has another course before it."


def test_a_repeatable_course_moves_term_by_term() -> None:
    chorus = course("chorus", "art", repeatable=True, parts="f")
    asked = request(
        (*SCHOOL, chorus), rules(art=200), previous=(*at(chorus=F9), Placement("chorus", S9))
    )

    found = repaired(asked)

    assert sentences(found) == ["Chorus moves from spring of grade 9 to fall of grade 10."]


def test_a_repair_that_cannot_be_says_why() -> None:
    asked = request(SCHOOL, rules(math=300), ahead=terms(F9, S9), previous=at(algebra=F9))

    assert isinstance(repair(asked, as_of=AS_OF), Infeasible)


def test_changes_are_moved_then_dropped_then_added_each_in_calendar_order() -> None:
    asked = request(MUSIC, rules(math=100))
    before = at(algebra=F9, geometry=S9, drawing=S10, painting=F9)
    after = at(algebra=S9, geometry=S10, music=F10, band=S9)

    found = changes_between(asked, before, after)

    assert [(change.move, change.course) for change in found] == [
        (Move.MOVED, "algebra"),
        (Move.MOVED, "geometry"),
        (Move.DROPPED, "painting"),
        (Move.DROPPED, "drawing"),
        (Move.ADDED, "band"),
        (Move.ADDED, "music"),
    ]
    assert distance(before, after) == 2 * 1 + 4 * 2


def test_difference_is_the_share_of_placements_in_one_plan_only() -> None:
    assert difference(at(algebra=F9), at(algebra=F9)) == 0
    assert difference(at(algebra=F9, drawing=F9), at(algebra=F9, drawing=S9)) == 66
    assert difference(at(algebra=F9), at(drawing=S9)) == 100
    assert difference((), ()) == 0


def test_the_part_of_a_plan_still_ahead_begins_with_the_first_term() -> None:
    summer = Placement("music", Term(SchoolYear(2026), Part.SUMMER))
    asked = request(
        MUSIC, rules(), ahead=terms(S9, F10), previous=(*at(algebra=F9, band=S9), summer)
    )

    assert still_ahead(asked) == (Placement("band", S9), summer)
    assert still_ahead(replace(asked, terms=())) == ()


@FEWER
@given(requests())
def test_repairing_a_plan_when_nothing_changed_changes_nothing(asked: PlanRequest) -> None:
    before = plan(asked, as_of=AS_OF)
    if not isinstance(before, Plan):
        return

    found = repaired(replace(asked, previous=before.placements))

    assert (found.changes, found.because, found.distance) == ((), (), 0)
    assert found.plan.placements == before.placements


def _reach(previous: Iterable[Placement], placements: Iterable[Placement]) -> int:
    """The distance by its words: a course that moved 1, one that was dropped or added 2."""
    found = 0
    old, new = set(previous), set(placements)
    for name in {place.course for place in old | new}:
        gone = sum(place.course == name for place in old - new)
        come = sum(place.course == name for place in new - old)
        found += min(gone, come) + 2 * abs(gone - come)
    return found


PLACES = st.builds(
    Placement, st.sampled_from((*NAMES, "gone")), st.sampled_from((*AHEAD, S10, S11))
)
PREVIOUS = st.lists(PLACES, max_size=4, unique_by=lambda place: place.course).map(tuple)


@SLOW
@given(requests(), PREVIOUS)
def test_no_valid_plan_is_nearer_than_the_repaired_one(
    asked: PlanRequest, previous: tuple[Placement, ...]
) -> None:
    asked = replace(asked, previous=previous)
    found = repair(asked, as_of=AS_OF)

    every = [placements for placements in every_plan(asked) if holds(asked, placements)]
    if not every:
        assert isinstance(found, Infeasible)
        return
    assert isinstance(found, Repaired)
    assert all(one.level is Level.NOTE for one in check_plan(asked, found.plan.placements))
    assert found.distance == _reach(previous, found.plan.placements)
    assert found.distance == min(_reach(previous, one) for one in every)


def test_the_list_of_changes_carried_out_on_the_old_plan_gives_the_new_one() -> None:
    lab = course("lab", "science", needs="geometry")
    asked = request(
        (*SCHOOL, lab),
        rules(math=200, science=100, art=100),
        ahead=terms(S9, F10, S10, most=100),
        record=(taken("algebra"), taken("drawing")),
        previous=at(lab=S9, geometry=F10, painting=S10),
    )
    found = repaired(asked)

    carried_out = set(asked.previous)
    for change in found.changes:
        carried_out -= {Placement(change.course, change.before)} if change.before else set()
        carried_out |= {Placement(change.course, change.after)} if change.after else set()
    assert carried_out == set(found.plan.placements)


def test_a_course_with_its_state_number_on_the_record_is_taken_again() -> None:
    numbered: tuple[Course, ...] = (replace(course("algebra"), number="27.0"), *SCHOOL[1:])
    failed = replace(taken("algebra", State.FAILED, mark="40"), course="", number="27.0")
    asked = request(
        numbered, rules(math=100), record=(replace(failed, title="Algebra", subject="math"),)
    )

    (change,) = repaired(asked).changes
    assert change.sentence.startswith("Algebra is taken again in ")
