"""A wrong request is refused with every mistake at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.catalog import Catalog, CourseNeed, ProgramOfStudy, Step
from pathloom.engine.errors import CatalogError, PathloomError, RecordError, RequestError
from pathloom.engine.planner import plan
from pathloom.engine.planner.types import PlanRequest, Wishes
from pathloom.engine.planner.validate import checked
from pathloom.engine.record import State
from tests.engine.planner.small import AS_OF, F9, F10, S9, at, course, request, rules, taken, terms

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
