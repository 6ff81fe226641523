"""Courses that have to run together."""

from __future__ import annotations

import pytest

from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.record import State
from pathloom.engine.units import Term
from tests.engine.planner.small import (
    F9,
    F10,
    O9,
    S9,
    S10,
    Y9,
    at,
    course,
    places,
    planned,
    refused,
    request,
    rules,
    taken,
    terms,
)

LAB = course("lab", "lab", beside=("chem",))
CHEM = course("chem", "science")


def test_a_corequisite_runs_in_the_same_term() -> None:
    asked = request((LAB, CHEM), rules(lab=100), ahead=terms(F9, S9, most=200))

    found = places(planned(asked))
    assert found["lab"] == found["chem"]
    refused(request((LAB, CHEM), rules(lab=100), ahead=terms(F9, S9, most=100)))


@pytest.mark.parametrize("state", [State.EARNED, State.IN_PROGRESS])
def test_a_corequisite_that_is_behind_need_not_run_again(state: State) -> None:
    asked = request((LAB, CHEM), rules(lab=100), record=(taken("chem", state),))

    assert set(places(planned(asked))) == {"lab"}


def test_a_corequisite_that_was_failed_runs_again() -> None:
    asked = request((LAB, CHEM), rules(lab=100), record=(taken("chem", State.FAILED, mark="50"),))

    assert set(places(planned(asked))) == {"lab", "chem"}


@pytest.mark.parametrize(("lab", "chem"), [("f", "y"), ("s", "y"), ("y", "s"), ("f", "o")])
def test_terms_that_overlap_are_enough(lab: str, chem: str) -> None:
    courses = (course("lab", "lab", beside=("chem",), parts=lab), course("chem", parts=chem))

    found = planned(request(courses, rules(lab=100), ahead=terms(Y9, O9, F9, S9)))

    assert set(places(found)) == {"lab", "chem"}


def test_a_corequisite_in_an_earlier_term_is_not_enough() -> None:
    asked = request((LAB, CHEM), rules(lab=100), ahead=terms(F9, S9))

    refused(request((LAB, CHEM), rules(lab=100), ahead=terms(F9, S9), locks=at(chem=F9, lab=S9)))
    planned(asked)


def test_courses_that_need_each_other_are_taken_together_or_not_at_all() -> None:
    pair = (course("one", "one", beside=("two",)), course("two", "two", beside=("one",)))

    found = places(planned(request(pair, rules(one=100))))

    assert found["one"] == found["two"]


def test_terms_in_which_a_corequisite_cannot_run_are_closed_to_all_that_build_on_it() -> None:
    courses = (
        course("one", beside=("two",)),
        course("two", needs="three"),
        course("three", parts="f"),
        course("four", needs="one"),
    )
    asked = request(courses, rules(math=100), ahead=terms(F9, S9, F10, S10))

    def open_in(name: str) -> list[Term]:
        return [asked.terms[index].term for index in Outlook(asked).open_terms[name]]

    assert open_in("two") == open_in("one") == [S9, F10, S10]
    assert open_in("four") == [F10, S10]


def test_a_course_that_another_one_needs_beside_it_is_never_left_out() -> None:
    """Of courses that count alike only as many are posed as could be needed."""
    alike = tuple(course(f"a{number}", "science", repeatable=True) for number in range(5))
    lab = course("lab", "lab", beside=("a4",))

    found = places(planned(request((*alike, lab), rules(science=100, lab=100))))

    assert set(found) == {"a4", "lab"}
