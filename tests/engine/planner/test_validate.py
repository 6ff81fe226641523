"""A wrong request is refused with every mistake at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.catalog import Catalog, CourseNeed, ProgramOfStudy, Step
from pathloom.engine.errors import CatalogError, PathloomError, RecordError, RequestError
from pathloom.engine.planner import plan
from pathloom.engine.planner.types import (
    Counted,
    Infeasible,
    Limit,
    Plan,
    PlanRequest,
    PlanTerm,
    Wishes,
)
from pathloom.engine.planner.validate import checked
from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    S9,
    S11,
    agreements,
    at,
    course,
    dual,
    request,
    rules,
    taken,
    terms,
)

COURSES = (course("algebra"), course("geometry", needs="algebra"))


def school(**more: object) -> PlanRequest:
    return request(COURSES, rules(math=200), **more)


def problems(asked: PlanRequest, kind: type[PathloomError]) -> list[str]:
    with pytest.raises(kind) as raised:
        plan(asked, as_of=AS_OF)
    return [str(problem) for problem in raised.value.problems]


def test_every_mistake_of_a_request_is_named_at_once() -> None:
    wrong = school(
        ahead=(*terms(S9, F9, least=400), *terms(F9)),
        program="weldin",
        locks=at(algebr=F9, geometry=F10),
        bans=("geometri",),
        wishes=Wishes(wanted=("algbra", "algebra")),
        seed=-1,
        effort=0.0,
    )

    assert problems(wrong, RequestError) == [
        "request, terms 1 (2026-27 spring): 'least' is more than 'most'. Lower 'least', or raise"
        " 'most'.",
        "request, terms 2 (2026-27 fall): 'least' is more than 'most'. Lower 'least', or raise"
        " 'most'.",
        "request, terms 2 (2026-27 fall): it comes before the term above it. List terms in calendar"
        " order.",
        "request, terms: 2026-27 fall stands there 2 times. List each term once.",
        "request, effort: it is not above 0. Leave it out, or write 5.",
        "request, seed: it is out of range. Write a whole number from 0 up.",
        "request, locks 1: course 'algebr' is not in the catalog. Did you mean 'algebra'?",
        "request, bans 1: course 'geometri' is not in the catalog. Did you mean 'geometry'?",
        "request, wishes, wanted 1: course 'algbra' is not in the catalog. Did you mean 'algebra'?",
        "request, locks 2: 2027-28 fall is not one of the terms to plan. Did you mean"
        " '2026-27 fall'?",
        "request, program: program 'weldin' is not in the catalog. Remove it.",
    ]


def test_a_course_wished_for_and_ruled_out_is_a_mistake() -> None:
    assert problems(
        school(wishes=Wishes(wanted=("algebra",)), bans=("algebra",)), RequestError
    ) == ["request, wishes: 'algebra' is wished for and ruled out. Keep one of the two."]


def test_every_mistake_of_loads_limits_and_further_rules_is_named_at_once() -> None:
    ahead = (
        PlanTerm(F9, 9, most=300, least=100, target=400, slots=0),
        PlanTerm(S9, 9, most=300, least=100, target=50),
    )
    limits = (
        Limit("Hours", "dual", 600, Counted.HOURS),
        Limit("Hours", "", 600),
        Limit(" ", "nobody-has-this-tag", 600),
    )
    wrong = school(ahead=ahead, limits=limits, also=(rules(math=200),), on_time=S11, finish=F10)

    assert problems(wrong, RequestError) == [
        "request, terms 1 (2026-27 fall): 'target' is more than 'most'. Lower 'target', or raise"
        " 'most'.",
        "request, terms 1 (2026-27 fall): it has 0 slots. Write how many periods a day has, 1 to"
        " 24, or leave 'slots' out.",
        "request, terms 2 (2026-27 spring): 'target' is less than 'least'. Raise 'target', or lower"
        " 'least'.",
        "request, finish: 2027-28 fall is not one of the terms to plan. Did you mean"
        " '2026-27 fall'?",
        "request, on_time: 2028-29 spring is not one of the terms to plan. Did you mean"
        " '2026-27 spring'?",
        "request, also 1: the rules 'us-small/diploma/2020' are asked for twice. Keep one of them.",
        "request, limits 1: it counts hours at a college, and no agreements say them. Add"
        " agreements, or count credits or courses.",
        "request, limits 2: the title 'Hours' stands there twice. Give each limit a title of its"
        " own.",
        "request, limits 2: no tag. Name the tag of the courses that it limits.",
        "request, limits 3: no title. Say what it limits.",
    ]


def test_amounts_out_of_range_are_named_before_anything_is_solved() -> None:
    huge = 10**30
    ahead = (PlanTerm(F9, 9, most=huge, least=-1, target=huge, slots=huge),)
    wrong = school(ahead=ahead, limits=(Limit("Math", "math", huge),))

    found = [one.split(": ", 1)[1] for one in problems(wrong, RequestError)]
    assert found == [
        "'most' is out of range. Write an amount from 0 to 1000.",
        "'least' is out of range. Write an amount from 0 to 1000.",
        "'target' is out of range. Write an amount from 0 to 1000.",
        f"it has {huge} slots. Write how many periods a day has, 1 to 24, or leave 'slots' out.",
        "'most' is out of range. Write an amount from 0 to 1000.",
    ]
    heavy = Catalog("small", (replace(COURSES[0], credits=huge),))
    (found_there,) = problems(school(catalog=heavy), CatalogError)
    assert "course 'algebra': credits out of range" in found_there


def test_every_name_in_wishes_and_in_what_staff_decided_is_looked_up() -> None:
    wrong = school(
        staff_locks=at(algebr=F9, geometry=F10),
        staff_bans=("geometri",),
        wishes=Wishes(
            liked=("algebra", "algbra"),
            avoided=("algebra", "geomtry"),
            wanted=("algebra",),
            every_year=("math", "maths"),
            credentials=("weld",),
        ),
    )

    assert problems(wrong, RequestError) == [
        "request, staff_locks 1: course 'algebr' is not in the catalog. Did you mean 'algebra'?",
        "request, staff_bans 1: course 'geometri' is not in the catalog. Did you mean 'geometry'?",
        "request, wishes, liked 2: course 'algbra' is not in the catalog. Did you mean 'algebra'?",
        "request, wishes, avoided 2: course 'geomtry' is not in the catalog. Did you mean"
        " 'geometry'?",
        "request, wishes, every_year 2: subject or tag 'maths' is not in the catalog. Did you mean"
        " 'math'?",
        "request, wishes, credentials 1: credential 'weld' is not in the catalog. Remove it.",
        "request, wishes: 'algebra' is wished for and avoided. Keep one of the two.",
        "request, wishes: 'algebra' is liked and avoided. Keep one of the two.",
    ]


def test_agreements_may_name_courses_of_another_school_but_no_unknown_college() -> None:
    elsewhere = agreements(dual("sculpture"))
    assert isinstance(plan(school(agreements=elsewhere), as_of=AS_OF), Plan)

    wrong = replace(elsewhere, institutions=())
    (found,) = problems(school(agreements=wrong), RequestError)
    assert "names unknown institution" in found


def test_who_is_late_already_may_plan_and_a_limit_on_nothing_holds_back_nothing() -> None:
    before = Term(SchoolYear(2025), Part.SPRING)
    asked = school(on_time=before, limits=(Limit("Nothing", "nobody-has-this-tag", 0),))

    assert isinstance(plan(asked, as_of=AS_OF), Plan)


def test_a_student_past_graduation_has_a_plan_only_with_everything_earned() -> None:
    done = tuple(taken(one.id) for one in COURSES)

    assert isinstance(plan(school(ahead=(), record=done), as_of=AS_OF), Plan)
    assert isinstance(plan(school(ahead=()), as_of=AS_OF), Infeasible)


def test_a_course_that_is_never_offered_is_a_mistake_of_the_catalog() -> None:
    never = (*COURSES, replace(COURSES[0], id="art", parts=()))

    (found,) = problems(school(catalog=Catalog("small", never)), CatalogError)
    assert "course 'art': never offered" in found


def test_an_empty_catalog_is_a_mistake() -> None:
    assert problems(school(catalog=Catalog("small", ())), CatalogError) == [
        "catalog 'small': it has no courses. Add the courses the school offers."
    ]


def test_a_prerequisite_cycle_is_named_course_by_course() -> None:
    cycle = (course("a", needs="b"), course("b", needs=CourseNeed("a", concurrent=True)))

    (found,) = problems(school(catalog=Catalog("small", cycle)), CatalogError)

    assert "a needs b, b needs a" in found


def test_a_program_with_an_unknown_course_is_a_mistake_of_the_catalog() -> None:
    program = ProgramOfStudy("p", "P", (Step(("algebr",)),))

    (found,) = problems(school(catalog=Catalog("small", COURSES, (program,))), CatalogError)

    assert found.endswith("Did you mean 'algebra'?")


def test_a_record_with_an_unknown_course_is_a_mistake_of_the_record() -> None:
    (found,) = problems(school(record=(taken("algebr"),)), RecordError)

    assert "unknown course 'algebr'" in found


def test_courses_that_were_only_planned_are_left_out_of_the_record() -> None:
    asked = school(record=(taken("algebra"), taken("geometry", State.PLANNED)))

    record = checked(asked, as_of=AS_OF).record

    assert [(one.course, one.title) for one in record.courses] == [("algebra", "Algebra")]


def test_a_right_request_is_unchanged() -> None:
    asked = school(locks=at(algebra=F9))

    assert checked(asked, as_of=AS_OF) == asked
    assert checked(replace(asked, previous=at(gone=F9)), as_of=AS_OF).previous == at(gone=F9)
