"""One planted violation, at least, for each thing the checker can say; it says that and no more."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pathloom.engine.planner import check
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.types import (
    Counted,
    Level,
    Placement,
    PlanRequest,
    PlanTerm,
    Within,
)
from pathloom.engine.record import State
from pathloom.engine.units import Term
from tests.engine.planner.every_part import (
    EARNED,
    HALVES,
    ONLINE,
    STEPS,
    SUMMER,
    YEAR,
    all_parts,
    limited,
    school,
)
from tests.engine.planner.small import (
    F9,
    F10,
    S9,
    S10,
    at,
    taken,
    terms,
)


@dataclass(frozen=True)
class Planted:
    """A request, a plan with one violation, and the code, term and course that name it."""

    code: str
    asked: PlanRequest
    places: tuple[Placement, ...]
    term: Term | None = None
    course: str = ""


PLANTED = {
    "a course that no catalog has": Planted(
        "unknown_course", school(), at(algebr=F9), F9, "algebr"
    ),
    "a term that is not planned": Planted(
        "unknown_term", school(ahead=terms(F9)), at(algebra=S9), S9, "algebra"
    ),
    "a full year where only terms are planned": Planted(
        "unknown_term", school(), at(english=YEAR), YEAR, "english"
    ),
    "a spring course in fall": Planted("not_offered", school(), at(garden=F9), F9, "garden"),
    "a course of a full year in fall": Planted(
        "not_offered", all_parts(), at(english=F9), F9, "english"
    ),
    "a course at school online": Planted(
        "not_offered", all_parts(), at(algebra=ONLINE), ONLINE, "algebra"
    ),
    "an online course at school": Planted("not_offered", school(), at(poetry=F9), F9, "poetry"),
    "a course of grade 12 in grade 9": Planted(
        "wrong_grade", school(), at(senior=F9), F9, "senior"
    ),
    "a course the student ruled out": Planted(
        "banned", school(bans=("algebra",)), at(algebra=F9), F9, "algebra"
    ),
    "a course staff ruled out": Planted(
        "banned", school(staff_bans=("algebra",)), at(algebra=F9), F9, "algebra"
    ),
    "the same course in two terms": Planted(
        "taken_twice", school(), (*at(drawing=F9), *at(drawing=S10)), S10, "drawing"
    ),
    "a repeatable course twice in a term": Planted(
        "taken_twice", school(), (*at(band=F9), *at(band=F9)), F9, "band"
    ),
    "a course that is earned": Planted(
        "already_earned", school(record=EARNED), at(algebra=F9), F9, "algebra"
    ),
    "a course under way": Planted(
        "already_under_way",
        school(record=(taken("algebra", State.IN_PROGRESS),)),
        at(algebra=F9),
        F9,
        "algebra",
    ),
    "no course before it": Planted(
        "prerequisite_missing", school(), at(geometry=S9), S9, "geometry"
    ),
    "only a failed course before it": Planted(
        "prerequisite_missing",
        school(record=(taken("algebra", State.FAILED, mark="50"),)),
        at(geometry=S9),
        S9,
        "geometry",
    ),
    "none of two courses before it": Planted(
        "prerequisite_missing", school(), at(statistics=S9), S9, "statistics"
    ),
    "one of two courses before it, both needed": Planted(
        "prerequisite_missing", school(), at(algebra=F9, engineering=S9), S9, "engineering"
    ),
    "a course before it in the same term": Planted(
        "prerequisite_too_late", school(), at(algebra=S9, geometry=S9), S9, "geometry"
    ),
    "a course at the same time that comes later": Planted(
        "prerequisite_too_late",
        school(),
        at(algebra=F9, physics=S9, geometry=F10),
        S9,
        "physics",
    ),
    "a course before it that lasts all year": Planted(
        "prerequisite_too_late",
        all_parts(),
        at(english=YEAR, essays=S9),
        S9,
        "essays",
    ),
    "a mark that is too low": Planted(
        "mark_too_low", school(record=EARNED), at(honors=F9), F9, "honors"
    ),
    "a course without the one that goes along": Planted(
        "corequisite_missing", school(), at(theory=F9), F9, "theory"
    ),
    "the one that goes along is only failed": Planted(
        "corequisite_missing",
        school(record=(taken("workshop", State.FAILED),)),
        at(theory=F9),
        F9,
        "theory",
    ),
    "the one that goes along is a term earlier": Planted(
        "corequisite_apart", school(), at(workshop=F9, theory=S9), S9, "theory"
    ),
    "the one that goes along is in the summer": Planted(
        "corequisite_apart", all_parts(), at(theory=S9, workshop=SUMMER), S9, "theory"
    ),
    "too much credit in a term": Planted(
        "too_much", school(ahead=terms(F9, most=150)), at(algebra=F9, drawing=F9), F9
    ),
    "too much online": Planted("too_much", all_parts(most=99), at(poetry=ONLINE), ONLINE),
    "too little credit in a term": Planted(
        "too_little", school(ahead=terms(F9, least=200)), at(algebra=F9), F9
    ),
    "too few periods in a day": Planted(
        "too_many_periods",
        school(ahead=(PlanTerm(F9, 9, slots=2),)),
        at(workshop=F9, algebra=F9),
        F9,
    ),
    "a full year takes its periods in spring": Planted(
        "too_many_periods",
        school(ahead=(PlanTerm(YEAR, 9), PlanTerm(S9, 9, slots=1))),
        at(english=YEAR, algebra=S9),
        S9,
    ),
    "a lock of the student": Planted(
        "lock_moved", school(locks=at(algebra=F9)), at(algebra=S9), F9, "algebra"
    ),
    "a lock of staff": Planted("lock_moved", school(staff_locks=at(algebra=F9)), (), F9, "algebra"),
    "a term after the finish": Planted(
        "after_finish", school(finish=S9), at(algebra=F10), F10, "algebra"
    ),
    "a full year with a finish in fall": Planted(
        "after_finish", replace(all_parts(), finish=F9), at(english=YEAR), YEAR, "english"
    ),
    "an online term with a finish in fall": Planted(
        "after_finish", replace(all_parts(), finish=F9), at(poetry=ONLINE), ONLINE, "poetry"
    ),
    "too many courses in a term": Planted(
        "over_limit",
        limited(100, Counted.COURSES, Within.TERM),
        at(rhetoric=F9, biology=F9),
        F9,
    ),
    "too many courses in a term with one of a full year": Planted(
        "over_limit",
        limited(100, Counted.COURSES, Within.TERM, ahead=HALVES),
        at(rhetoric=F9, calculus=YEAR),
        F9,
    ),
    "too much credit in a school year": Planted(
        "over_limit",
        limited(150, Counted.CREDITS, Within.YEAR),
        at(rhetoric=F9, biology=S9),
        S9,
    ),
    "too many hours in a plan": Planted(
        "over_limit",
        limited(700, Counted.HOURS, Within.PLAN),
        at(rhetoric=F9, biology=S10),
    ),
    "too many hours with what is earned": Planted(
        "over_limit",
        limited(700, Counted.HOURS, Within.PLAN, record=(taken("rhetoric"),)),
        at(biology=S10),
    ),
    "too many hours with what is under way": Planted(
        "over_limit",
        limited(700, Counted.HOURS, Within.PLAN, record=(taken("rhetoric", State.IN_PROGRESS),)),
        at(biology=S10),
    ),
    "too many hours of a full year in its halves": Planted(
        "over_limit",
        limited(500, Counted.HOURS, Within.TERM, ahead=(PlanTerm(YEAR, 9), PlanTerm(F9, 9))),
        at(rhetoric=F9, calculus=YEAR),
        F9,
    ),
    "a term after graduation on time": Planted(
        "late", school(on_time=S9), at(algebra=F10), F10, "algebra"
    ),
    "a full year with graduation in fall": Planted(
        "late", replace(all_parts(), on_time=F9), at(english=YEAR), YEAR, "english"
    ),
    "a mark that is only planned": Planted(
        "counts_on", school(), at(algebra=F9, honors=S9), S9, "honors"
    ),
    "a step that is missing": Planted(
        "step_missing", school(steps=STEPS), at(drawing=F9), None, "garden"
    ),
    "a step before its turn": Planted(
        "step_out_of_order", school(steps=STEPS), at(garden=S9, drawing=S9), S9, "garden"
    ),
}


def codes_of_the_checker() -> set[str]:
    """The code of every finding that the checker's modules write."""
    found = set()
    for path in Path(str(check.__file__)).parent.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                places = {"stop": 0, "Finding": 1}
                if call.func.id in places:
                    argument = call.args[places[call.func.id]]
                    if isinstance(argument, ast.Constant):
                        found.add(str(argument.value))
    return found


def test_every_code_of_the_checker_is_planted() -> None:
    assert codes_of_the_checker() == {one.code for one in PLANTED.values()}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_violation_is_found_and_nothing_else(planted: Planted) -> None:
    (found,) = check_plan(planted.asked, planted.places)

    assert found.code == planted.code
    assert found.term == (str(planted.term) if planted.term else "")
    assert found.course == planted.course


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_violation_is_said_in_words_with_a_fix(planted: Planted) -> None:
    (found,) = check_plan(planted.asked, planted.places)

    for sentence in (found.what, found.fix):
        assert sentence[:1].isupper()
        assert sentence.endswith((".", "?"))


def test_what_the_plan_takes_for_granted_is_a_note_and_a_program_a_warning() -> None:
    found = {
        one.code: {each.level for each in check_plan(one.asked, one.places)}
        for one in PLANTED.values()
    }

    assert {code for code, level in found.items() if level == {Level.NOTE}} == {"late", "counts_on"}
    assert {code for code, level in found.items() if level == {Level.WARN}} == {
        "step_missing",
        "step_out_of_order",
    }


def test_only_staff_take_back_what_staff_asked_for() -> None:
    asked = school(staff_locks=at(algebra=F9), staff_bans=("drawing",))

    locked, banned = check_plan(asked, at(drawing=S9))

    assert locked.what == "Your school locked Algebra in fall of grade 9; it is not there."
    assert "ask your counselor" in locked.fix
    assert banned.what == "Your school ruled out Drawing for this plan."
    assert "ask your counselor" in banned.fix
