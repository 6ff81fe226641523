"""Requests that are wrong, contradict themselves or ask too much: each has a clear answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from ortools.sat.python import cp_model

from pathloom.engine.catalog import Catalog, Course, CourseNeed, ProgramOfStudy, Step
from pathloom.engine.errors import CatalogError, PathloomError, RecordError, RequestError
from pathloom.engine.planner import plan
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.types import (
    Counted,
    Infeasible,
    Level,
    Limit,
    Placement,
    Plan,
    PlanRequest,
    PlanTerm,
    Proof,
    Undecided,
    Wishes,
)
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.nodes import AnyCourse, Cap
from pathloom.engine.units import Part, SchoolYear, Term
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

ELSEWHERE = Term(SchoolYear(2050), Part.FALL)


def school(**more: Any) -> PlanRequest:
    return request(SCHOOL, rules(math=300), **more)


def offering(*courses: Course, **more: Any) -> PlanRequest:
    """The school with these courses too."""
    return request((*SCHOOL, *courses), rules(math=300), **more)


def entry(**more: Any) -> tuple[PlanTerm, ...]:
    return (replace(PlanTerm(F9, 9), **more), *terms(S9, F10, S10))


CIRCLE = (course("x", needs="y"), course("y", needs="z"), course("z", needs="x"))

# What is refused: the request, the kind of error, and a piece of what it says.
REFUSED: dict[str, tuple[Callable[[], PlanRequest], type[PathloomError], str]] = {
    "an empty catalog": (lambda: request((), rules(math=100)), CatalogError, "it has no courses"),
    "the same course twice": (
        lambda: offering(course("algebra")),
        CatalogError,
        "course 'algebra': this id stands 2 times",
    ),
    "a course without an id": (
        lambda: offering(replace(course("x"), id="  ")),
        CatalogError,
        "has no id",
    ),
    "prerequisites in a circle": (
        lambda: offering(*CIRCLE),
        CatalogError,
        "its prerequisites run in a circle: x needs y, y needs z, z needs x",
    ),
    "a course that needs itself": (
        lambda: offering(course("x", needs="x")),
        CatalogError,
        "its prerequisites run in a circle: x needs x",
    ),
    "a prerequisite that is not there": (
        lambda: offering(course("x", needs="geometri")),
        CatalogError,
        "unknown prerequisite 'geometri'. Did you mean 'geometry'?",
    ),
    "a corequisite that is not there": (
        lambda: offering(replace(course("x"), corequisites=("geometri",))),
        CatalogError,
        "Did you mean 'geometry'?",
    ),
    "a course that goes together with itself": (
        lambda: offering(replace(course("x"), corequisites=("x",))),
        CatalogError,
        "course 'x'",
    ),
    "a course that is never offered": (
        lambda: offering(course("x", parts="")),
        CatalogError,
        "never offered",
    ),
    "a course that no grade may take": (
        lambda: offering(course("x", grades=())),
        CatalogError,
        "no grade may take it",
    ),
    "a step without a course": (lambda: school(steps=(Step(()),)), CatalogError, "names no course"),
    "a record of a course that no catalog has": (
        lambda: school(record=(taken("algebr"),)),
        RecordError,
        "algebr",
    ),
    "a wish for an unknown course": (
        lambda: school(wishes=Wishes(wanted=("algebr",))),
        RequestError,
        "course 'algebr' is not in the catalog. Did you mean 'algebra'?",
    ),
    "unknown courses among likes and dislikes": (
        lambda: school(wishes=Wishes(liked=("geo",), avoided=("paint",))),
        RequestError,
        "course 'paint' is not in the catalog",
    ),
    "a subject that is not taught, every year": (
        lambda: school(wishes=Wishes(every_year=("dance",))),
        RequestError,
        "'dance' is not in the catalog",
    ),
    "a credential that nobody grants": (
        lambda: school(wishes=Wishes(credentials=("welder",))),
        RequestError,
        "'welder' is not in the catalog",
    ),
    "a course wished for and ruled out": (
        lambda: school(wishes=Wishes(wanted=("drawing",)), bans=("drawing",)),
        RequestError,
        "'drawing' is wished for and ruled out",
    ),
    "a course wished for and ruled out by staff": (
        lambda: school(wishes=Wishes(wanted=("drawing",)), staff_bans=("drawing",)),
        RequestError,
        "'drawing' is wished for and ruled out",
    ),
    "a course liked and avoided": (
        lambda: school(wishes=Wishes(liked=("drawing",), avoided=("drawing",))),
        RequestError,
        "'drawing' is liked and avoided",
    ),
    "a lock on an unknown course": (
        lambda: school(locks=at(algebr=F9)),
        RequestError,
        "course 'algebr' is not in the catalog",
    ),
    "a lock of staff in a term that is not planned": (
        lambda: school(staff_locks=at(algebra=ELSEWHERE)),
        RequestError,
        "2050-51 fall is not one of the terms to plan",
    ),
    "a program that is not there": (
        lambda: school(program="nursing"),
        RequestError,
        "program 'nursing' is not in the catalog",
    ),
    "loads that cross": (
        lambda: school(ahead=entry(most=100, least=200)),
        RequestError,
        "'least' is more than 'most'",
    ),
    "an aim above the load that fits": (
        lambda: school(ahead=entry(most=100, target=200)),
        RequestError,
        "'target' is more than 'most'",
    ),
    "an aim below what the school asks for": (
        lambda: school(ahead=entry(most=300, least=200, target=100)),
        RequestError,
        "'target' is less than 'least'",
    ),
    "a day without periods": (lambda: school(ahead=entry(slots=0)), RequestError, "0 slots"),
    "a day with more periods than can be counted": (
        lambda: school(ahead=entry(slots=10**30)),
        RequestError,
        "slots",
    ),
    "a day with fewer than no periods": (
        lambda: school(ahead=entry(slots=-3)),
        RequestError,
        "-3 slots",
    ),
    "a term twice": (
        lambda: school(ahead=terms(F9, F9, S9)),
        RequestError,
        "2026-27 fall stands there 2 times",
    ),
    "terms in the wrong order": (
        lambda: school(ahead=terms(S9, F9)),
        RequestError,
        "it comes before the term above it",
    ),
    "a finish in a term that is not planned": (
        lambda: school(finish=ELSEWHERE),
        RequestError,
        "2050-51 fall is not one of the terms to plan",
    ),
    "the same rules twice": (
        lambda: school(also=(rules(math=300),)),
        RequestError,
        "asked for twice",
    ),
    "a limit on hours that no agreement states": (
        lambda: school(limits=(Limit("hours", "college", 100, Counted.HOURS),)),
        RequestError,
        "no agreements say them",
    ),
    "no effort at all": (lambda: school(effort=0.0), RequestError, "effort: it is not above 0"),
    "effort that is no number": (
        lambda: school(effort=float("nan")),
        RequestError,
        "effort: it is not above 0",
    ),
    "effort without an end": (lambda: school(effort=float("inf")), RequestError, "effort"),
    "a seed that no solver takes": (lambda: school(seed=2**63), RequestError, "out of range"),
    "a negative seed": (lambda: school(seed=-1), RequestError, "out of range"),
}


@pytest.mark.parametrize(("make", "kind", "words"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_request_is_refused_with_what_and_what_to_do(
    make: Callable[[], PlanRequest], kind: type[PathloomError], words: str
) -> None:
    with pytest.raises(kind) as raised:
        plan(make(), as_of=AS_OF)

    assert words in str(raised.value)
    for problem in raised.value.problems:
        assert problem.where
        assert problem.fix.endswith((".", "?"))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = school(
        bans=("nothing",), locks=at(nowhere=ELSEWHERE), ahead=entry(most=1, least=2), effort=-1.0
    )

    with pytest.raises(RequestError) as raised:
        plan(wrong, as_of=AS_OF)

    assert len(raised.value.problems) == 5


# What cannot be: the request, and a piece of the reasons.
IMPOSSIBLE: dict[str, tuple[Callable[[], PlanRequest], str]] = {
    "a lock on a course that is ruled out": (
        lambda: school(locks=at(algebra=F9), bans=("algebra",)),
        "Algebra",
    ),
    "a lock of the student on what staff ruled out": (
        lambda: school(locks=at(algebra=F9), staff_bans=("algebra",)),
        "Algebra",
    ),
    "a course locked in two terms": (
        lambda: school(locks=(*at(algebra=F9), *at(algebra=S9))),
        "Algebra",
    ),
    "a course locked in one term by staff and in another by the student": (
        lambda: school(staff_locks=at(algebra=F9), locks=at(algebra=S9)),
        "Algebra",
    ),
    "locks that turn a prerequisite around": (
        lambda: school(locks=at(algebra=S9, geometry=F9)),
        "Geometry",
    ),
    "more locks than fit into a term": (
        lambda: school(locks=at(algebra=F9, drawing=F9), ahead=terms(F9, S9, F10, S10, most=100)),
        "fall of grade 9",
    ),
    "a lock on a course in a part of the year in which it is not offered": (
        lambda: offering(course("garden", parts="s"), locks=at(garden=F9)),
        "Garden",
    ),
    "a lock on a course of another grade": (
        lambda: offering(course("senior", grades=(12,)), locks=at(senior=F9)),
        "Senior",
    ),
    "a lock on a course that is earned": (
        lambda: school(locks=at(algebra=F9), record=(taken("algebra"),)),
        "Algebra",
    ),
    "a lock after the finish": (lambda: school(locks=at(algebra=S10), finish=F10), "Algebra"),
    "rules that courses never fulfil": (
        lambda: request(SCHOOL, rules(dance=100)),
        "Dance",
    ),
    "rules that a cap contradicts": (
        lambda: request(
            SCHOOL,
            replace(rules(math=300), caps=(Cap("few", "Few", AnyCourse(), 100, "us", "math"),)),
        ),
        "Math",
    ),
    "two rule sets that do not go together in the time": (
        lambda: school(
            also=(replace(rules(art=200), id="us-small/arts/2020", title="Arts Diploma"),),
            ahead=terms(F9, S9, F10, most=100),
        ),
        "",
    ),
    "more least load than there are courses": (
        lambda: school(ahead=terms(F9, S9, F10, S10, most=900, least=900)),
        "",
    ),
    "a student past graduation who is short": (lambda: school(ahead=()), "left"),
    "a finish in the first term": (lambda: school(finish=F9), ""),
    "a limit on what the diploma asks for": (
        lambda: request(
            tuple(replace(one, tags=frozenset({"core"})) for one in SCHOOL),
            rules(math=300),
            limits=(Limit("core", "core", 100),),
        ),
        "",
    ),
}


@pytest.mark.parametrize(("make", "words"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_request_that_cannot_be_has_reasons_in_at_most_three_sentences(
    make: Callable[[], PlanRequest], words: str
) -> None:
    found = plan(make(), as_of=AS_OF)

    assert isinstance(found, Infeasible), found
    assert 1 <= len(found.reasons) <= 3
    assert words in " ".join(found.reasons)
    for sentence in (*found.reasons, *(fix.sentence for fix in found.fixes)):
        assert sentence.endswith(".")
        assert not sentence[0].islower()


def big(**more: Any) -> PlanRequest:
    """Four hundred courses in chains of four, twelve terms, a program and wishes."""
    courses = tuple(
        replace(
            course(
                f"c{number:03d}",
                ("math", "science", "english", "art")[number // 4 % 4],
                needs=f"c{number - 1:03d}" if number % 4 else None,
                parts=("fs", "f", "s", "fs")[number // 3 % 4],
                tags=("core",) if number % 5 == 0 else (),
            ),
            slots=1 + (number % 17 == 0),
            difficulty=number % 6,
        )
        for number in range(400)
    )
    ahead = tuple(
        PlanTerm(Term(SchoolYear(2026 + year), part), min(12, 9 + year), most=400, slots=8)
        for year in range(6)
        for part in (Part.FALL, Part.SPRING)
    )
    asked = request(
        courses,
        rules(3000, math=400, science=400, english=400, art=200),
        ahead=ahead,
        steps=tuple(Step((f"c{number:03d}",), 9) for number in range(8, 12)),
        wishes=Wishes(wanted=("c123", "c321"), liked=("c222",), every_year=("art",)),
    )
    return replace(asked, **more)


@pytest.mark.parametrize("effort", [1e-9, 0.01, 0.2, 1.0])
def test_four_hundred_courses_and_little_effort_have_an_honest_answer(effort: float) -> None:
    found = plan(big(effort=effort), as_of=AS_OF)

    assert isinstance(found, Plan | Undecided), found
    if isinstance(found, Plan):
        assert all(one.level is Level.NOTE for one in check_plan(big(), found.placements))
        assert all(goal.bound <= goal.value for goal in found.goals)
        proved = all(goal.bound == goal.value for goal in found.goals)
        assert found.proof is (Proof.OPTIMAL if proved else Proof.BEST_FOUND)
    else:
        assert found.sentence.endswith(".")


def test_effort_decides_how_good_a_plan_is_and_not_whether_it_is_the_same_again() -> None:
    assert plan(big(effort=0.2), as_of=AS_OF) == plan(big(effort=0.2), as_of=AS_OF)


# What looks wrong and is not: each has a plan.
UNUSUAL: dict[str, Callable[[], PlanRequest]] = {
    "nothing is asked for": lambda: request(SCHOOL, rules()),
    "a student past graduation who is complete": lambda: request(
        SCHOOL, rules(math=100), ahead=(), record=(taken("algebra"),)
    ),
    "names in any script": lambda: request(
        (course("数学 Ⅰ 😀"), replace(course("é‮x"), prerequisite=CourseNeed("数学 Ⅰ 😀"))),
        rules(math=200),
        locks=(Placement("é‮x", S9),),
    ),
    "names that look like markup": lambda: request(
        (replace(course("a"), id="[bold]<b>'\"&", title="[/bold]%s{}"),),
        rules(math=100),
    ),
    "names that are long": lambda: request((course("x" * 5000),), rules(math=100)),
    "as much credit as the format holds": lambda: request(
        (course("a", credits=100_000), course("b", credits=1)),
        rules(100_001, math=100_000),
        ahead=terms(F9, S9, most=100_000),
    ),
    "a course without credit": lambda: request(
        (course("a", credits=0), *SCHOOL), rules(math=100), wishes=Wishes(wanted=("a",))
    ),
    "a prerequisite that is long": lambda: request(
        tuple(
            course(f"c{number:02d}", needs=f"c{number - 1:02d}" if number else None)
            for number in range(8)
        ),
        rules(math=800),
        ahead=tuple(
            PlanTerm(Term(SchoolYear(2026 + number // 2), part), 9)
            for number, part in enumerate((Part.FALL, Part.SPRING) * 4)
        ),
    ),
    "a plan before of what is not there any more": lambda: school(
        previous=(Placement("gone", F9), Placement("algebra", ELSEWHERE))
    ),
    "a record of failures alone": lambda: school(
        record=tuple(taken(one.id, State.FAILED, mark="10") for one in SCHOOL)
    ),
    "the same failure many times": lambda: school(
        record=tuple(
            replace(taken("algebra", State.FAILED, mark="10"), id=f"r{number}")
            for number in range(50)
        )
    ),
    "a transfer course that is no course here": lambda: school(
        record=(CourseRecord("t", 300, State.EARNED, title="Calculus", subject="math"),)
    ),
    "a limit on a tag that no course has": lambda: school(limits=(Limit("none", "nothing", 0),)),
    "a program of what is earned": lambda: school(
        steps=(Step(("algebra",)),), record=(taken("algebra"),)
    ),
    "a graduation on time that is past": lambda: school(
        on_time=Term(SchoolYear(2020), Part.SPRING)
    ),
}


@pytest.mark.parametrize("make", UNUSUAL.values(), ids=UNUSUAL)
def test_an_unusual_request_has_a_plan_that_the_checker_accepts(
    make: Callable[[], PlanRequest],
) -> None:
    asked = make()

    found = plan(asked, as_of=AS_OF)

    assert isinstance(found, Plan), found
    assert all(one.level is Level.NOTE for one in check_plan(asked, found.placements))


# -- what the solver says, by name


def lying(monkeypatch: pytest.MonkeyPatch, *statuses: Any) -> None:
    """Let the solver work, and then say something else; in the end, the truth."""
    solve, said = cp_model.CpSolver.solve, list(statuses)

    def solved(solver: cp_model.CpSolver, *given: Any, **more: Any) -> Any:
        truth = solve(solver, *given, **more)
        return said.pop(0) if said else truth

    monkeypatch.setattr(cp_model.CpSolver, "solve", solved)


def test_unknown_is_never_a_plan_even_where_values_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lying(monkeypatch, *[cp_model.UNKNOWN] * 99)

    assert isinstance(plan(school(), as_of=AS_OF), Undecided)


def test_what_is_found_and_then_not_made_better_is_still_a_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # any plan; none under the goals; the first one with its goals; nothing better
    said = [cp_model.FEASIBLE, cp_model.UNKNOWN, cp_model.FEASIBLE]
    lying(monkeypatch, *said, *[cp_model.UNKNOWN] * 99)

    found = plan(school(), as_of=AS_OF)

    assert isinstance(found, Plan)
    assert found.proof is Proof.BEST_FOUND
    assert all(one.level is Level.NOTE for one in check_plan(school(), found.placements))


@pytest.mark.parametrize("status", [cp_model.MODEL_INVALID, 99])
def test_a_status_that_must_not_be_is_a_defect_and_no_answer(
    monkeypatch: pytest.MonkeyPatch, status: Any
) -> None:
    lying(monkeypatch, status)

    with pytest.raises(AssertionError):
        plan(school(), as_of=AS_OF)


def test_a_student_without_a_record_and_a_catalog_of_one_course() -> None:
    asked = PlanRequest(
        record=StudentRecord("s", SchoolYear(2026)),
        ruleset=rules(math=100),
        catalog=Catalog("c", (course("a"),), (ProgramOfStudy("p", "P", (Step(("a",)),)),)),
        terms=terms(F9),
        program="p",
        wishes=Wishes(wanted=("a",), every_year=("math",), study_halls=(9,)),
    )

    found = plan(asked, as_of=AS_OF)

    assert isinstance(found, Plan)
    assert found.placements == at(a=F9)
