"""Which decisions of staff are in effect, what they change, and why the others are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pathloom.engine.record import (
    CourseRecord,
    ExceptionKind,
    Milestone,
    StaffException,
    State,
    StudentRecord,
)
from pathloom.engine.rules.facts import Prepared, prepare
from pathloom.engine.rules.nodes import (
    AnyCourse,
    Done,
    Exemption,
    HasTag,
    Requirement,
    RuleSet,
    Waivers,
)
from pathloom.engine.units import SchoolYear

DAY = date(2026, 11, 22)
LAB = Requirement("lab", "Lab", 100, HasTag("lab"), "s")
SCIENCE = Requirement("science", "Science", 300, HasTag("science"), "s", include=(LAB,))
ART = Requirement("art", "Art", 100, HasTag("art"), "s")
MUSIC = Requirement("music", "Music", 100, HasTag("music"), "s")
FINE = Requirement("fine", "Fine Arts", 100, AnyCourse(), "s", choose=1, of=(ART, MUSIC))
FAFSA = Requirement("fafsa", "FAFSA", 0, AnyCourse(), "s", condition=Done(("fafsa",)))
SPORT = Requirement(
    "sport",
    "Sport",
    50,
    HasTag("sport"),
    "s",
    exempt=(Exemption("athlete", "s"),),
    was=("gymnastics",),
)
RULES = RuleSet(
    "x/y/1", "x", "y", "X", "draft", "unit", 600, (SCIENCE, FINE, SPORT, FAFSA), sources=()
)
RECORD = StudentRecord(
    "s",
    SchoolYear(2023),
    courses=(
        CourseRecord("1", 100, State.EARNED, title="Latin", subject="x"),
        CourseRecord("2", 100, State.FAILED, title="Greek", subject="x"),
    ),
    milestones=(Milestone("other"),),
)


def decision(kind: ExceptionKind, **more: object) -> StaffException:
    made = StaffException("e", kind, "Ms. Lee", "for a reason", date(2026, 9, 1))
    return replace(made, **more)  # type: ignore[arg-type]


def ready(*made: StaffException, rules: RuleSet = RULES, tracks: str = "") -> Prepared:
    named = tuple(replace(each, id=f"{each.id}{index}") for index, each in enumerate(made))
    record = replace(RECORD, exceptions=named, tracks=frozenset(tracks.split()))
    return prepare(record, rules, catalog=None, as_of=DAY)


def excuse(requirement: str, credits: int = 0, **more: object) -> StaffException:
    return decision(ExceptionKind.EXCUSE, requirement=requirement, credits=credits, **more)


def substitute(requirement: str, record: str = "1") -> StaffException:
    return decision(ExceptionKind.SUBSTITUTE, requirement=requirement, record=record)


EXCUSED = {
    "a whole requirement with its parts": (excuse("science"), {"lab": 100, "science": 200}),
    "a part of what it leaves open": (excuse("science", 50), {"science": 50}),
    "a part by its name": (excuse("lab", 100), {"lab": 100}),
    "a choice with credit": (excuse("fine"), {"art": 100, "music": 100}),
    "a condition": (excuse("fafsa"), {"fafsa": 1}),
    "a requirement by its former name": (excuse("gymnastics"), {"sport": 50}),
}


@pytest.mark.parametrize("name", EXCUSED)
def test_an_excuse_says_what_need_not_be_filled(name: str) -> None:
    made, expected = EXCUSED[name]
    found = ready(made)
    assert found.excused == expected
    assert found.decided[0].in_effect
    assert found.lowered == 0


def test_the_total_falls_only_where_the_decision_says_so() -> None:
    assert ready(excuse("science", lowers_total=True)).lowered == 300
    assert ready(excuse("fine", lowers_total=True)).lowered == 100
    assert ready(excuse("fafsa", lowers_total=True)).lowered == 0


REFUSED = {
    "these rules have no requirement 'scienc'; 'science' is the nearest name": excuse("scienc"),
    "FAFSA can only be excused whole, without an amount": excuse("fafsa", 100),
    "only 2.0 credit of Science can be excused here. Name one of its parts": excuse("science", 250),
    "only 0.0 credit of Fine Arts can be excused here": excuse("fine", 50),
    "it starts on 2026-12-01": excuse("lab", on=date(2026, 12, 1)),
    "it ended on 2026-11-21": excuse("lab", until=date(2026, 11, 21)),
    "no course counts toward FAFSA": substitute("fafsa"),
    "there is no course record '9'": substitute("science", "9"),
    "Greek is failed, so it cannot count": substitute("science", "2"),
    "there is no course record '7'": decision(ExceptionKind.CREDIT_OVERRIDE, record="7"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_an_exception_that_is_not_in_effect_changes_nothing_and_says_why(reason: str) -> None:
    found = ready(REFUSED[reason])
    assert replace(found, decided=(), record=RECORD) == replace(ready(), record=RECORD)
    (decided,) = found.decided
    assert not decided.in_effect
    assert reason in decided.note


def test_the_last_day_still_counts_and_so_does_the_first() -> None:
    assert ready(excuse("lab", until=DAY)).decided[0].in_effect
    assert ready(excuse("lab", on=DAY)).decided[0].in_effect


def test_two_excuses_never_add_up_to_more_than_is_needed() -> None:
    found = ready(excuse("science", 150), excuse("science", 100), excuse("science"))
    assert [each.in_effect for each in found.decided] == [True, False, True]
    assert found.excused == {"lab": 100, "science": 200}
    again = ready(excuse("science"), excuse("science"))
    assert again.decided[1].note == "Science is excused already"


def test_the_order_of_exceptions_decides_nothing() -> None:
    early = excuse("science", 150, on=date(2026, 9, 1))
    late = excuse("science", 100, on=date(2026, 9, 2))
    one, other = (replace(each, id=each.on.isoformat()) for each in (early, late))
    first = prepare(replace(RECORD, exceptions=(one, other)), RULES, catalog=None, as_of=DAY)
    again = prepare(replace(RECORD, exceptions=(other, one)), RULES, catalog=None, as_of=DAY)
    assert (first.decided, first.excused) == (again.decided, again.excused)


def test_only_what_the_rules_let_staff_excuse_is_excused_and_no_more_of_it() -> None:
    rules = replace(RULES, waivers=Waivers(100, ("science",), "s"))
    found = ready(excuse("lab"), excuse("fine"), excuse("science", 50), rules=rules)
    assert [each.in_effect for each in found.decided] == [True, False, False]
    assert found.decided[1].note == "the rules do not let staff excuse Fine Arts"
    assert found.decided[2].note == "the rules let staff excuse at most 1.0 credit in all"


def test_a_substitute_counts_in_the_place_of_a_requirement_or_in_those_of_its_parts() -> None:
    assert ready(substitute("science")).admitted == {"science": frozenset({"1"})}
    assert ready(substitute("fine")).admitted == {
        "art": frozenset({"1"}),
        "music": frozenset({"1"}),
    }


def test_an_override_is_the_credit_of_the_record_and_the_last_one_holds() -> None:
    early = decision(ExceptionKind.CREDIT_OVERRIDE, record="1", credits=200)
    late = replace(early, on=date(2026, 10, 1), credits=150)
    found = ready(late, early)
    assert [each.credits for each in found.records] == [150]
    assert [each.in_effect for each in found.decided] == [False, True]
    assert found.decided[1].note == "Latin has 1.5 credit, not 1.0"


def test_an_exempt_student_needs_no_excuse() -> None:
    found = ready(excuse("sport"), tracks="athlete")
    assert found.exempt == {"sport"}
    assert found.lowered == 50
    assert found.decided[0].note == "the student is exempt from Sport anyway"
