"""The loom on hand-made audits: amounts become knots in the grade of their term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.audit.result import (
    AuditResult,
    Awarded,
    Counted,
    RequirementResult,
    Status,
    Tier,
)
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.units import SchoolYear, Term
from pathloom.portal.plans.presenters.gaps import decision_words, open_points
from pathloom.portal.plans.presenters.loom import (
    Loom,
    areas_of_records,
    grade_in,
    loom,
    short_of,
    strip,
    total_of,
)

ENTERED = SchoolYear(2024)


def requirement(
    name: str,
    need: int,
    counted: tuple[Counted, ...] = (),
    *,
    parts: tuple[RequirementResult, ...] = (),
) -> RequirementResult:
    everything = [*counted, *(entry for part in parts for entry in part.counted)]
    sums = {state: sum(e.amount for e in everything if e.state is state) for state in State}
    short = need - sum(sums.values())
    return RequirementResult(
        id=name,
        title=name.title(),
        status=Status.SHORT if short else Status.PLANNED,
        need=need,
        earned=sums[State.EARNED],
        in_progress=sums[State.IN_PROGRESS],
        planned=sums[State.PLANNED],
        short=short,
        counted=counted,
        parts=parts,
        why="",
        fixes=(),
        rule="",
        source="",
    )


def audit_of(*requirements: RequirementResult, awarded: tuple[Awarded, ...] = ()) -> AuditResult:
    return AuditResult(
        student="1",
        ruleset="test",
        title="Test diploma",
        official=False,
        as_of=date(2026, 11, 20),
        status=Status.SHORT,
        tier=Tier.SUMS,
        sentence="",
        total=requirement("total", sum(each.need for each in requirements)),
        requirements=requirements,
        awarded=awarded,
        unused=(),
    )


def course(name: str, term: str, state: State = State.EARNED, amount: int = 100) -> CourseRecord:
    return CourseRecord(
        id=name, credits=amount, state=state, title=name.upper(), term=Term.parse(term)
    )


def counted(entry: CourseRecord, where: str, amount: int = 100, *, second: bool = False) -> Counted:
    return Counted(
        record=entry.id, requirement=where, amount=amount, state=entry.state, second=second
    )


def signs(picture: Loom, row: int = 0) -> list[list[str]]:
    return [
        [knot["state"] + ("'" if knot["half"] else "") for knot in cell["knots"]]
        for cell in picture["rows"][row]["cells"]
    ]


def test_each_course_is_a_knot_in_the_grade_of_its_term() -> None:
    courses = (
        course("a", "2024-25 fall"),
        course("b", "2025-26 spring"),
        course("c", "2026-27 fall", State.IN_PROGRESS),
        course("d", "2027-28 spring", State.PLANNED),
    )
    audit = audit_of(requirement("english", 400, tuple(counted(c, "english") for c in courses)))
    picture = loom(audit, StudentRecord("1", ENTERED, courses))
    assert signs(picture) == [["earned"], ["earned"], ["in_progress"], ["planned"]]
    assert picture["rows"][0]["amount"] == "4.0 of 4"
    assert picture["rows"][0]["missing"] == ""


def test_half_a_unit_is_a_half_knot_and_two_units_are_two() -> None:
    courses = (
        course("a", "2024-25 fall", amount=50),
        course("b", "2025-26 fall", amount=200),
    )
    entries = (counted(courses[0], "x", 50), counted(courses[1], "x", 200))
    picture = loom(audit_of(requirement("x", 250, entries)), StudentRecord("1", ENTERED, courses))
    assert signs(picture)[:2] == [["earned'"], ["earned", "earned"]]


def test_what_is_missing_stands_in_open_grades_where_there_is_room() -> None:
    courses = (course("a", "2026-27 fall", State.IN_PROGRESS),)
    audit = audit_of(requirement("x", 250, (counted(courses[0], "x"),)))
    picture = loom(audit, StudentRecord("1", ENTERED, courses), grade_now=11)
    assert signs(picture) == [[], [], ["in_progress", "missing'"], ["missing"]]
    assert picture["rows"][0]["missing"] == "1.5"


def test_nothing_missing_is_ever_shown_in_a_grade_that_is_over() -> None:
    picture = loom(audit_of(requirement("x", 400)), StudentRecord("1", ENTERED), grade_now=12)
    assert signs(picture) == [[], [], [], ["missing"] * 4]


def test_parts_count_for_their_area_and_one_course_in_two_parts_is_one_sum() -> None:
    entry = course("a", "2024-25 fall")
    parts = (
        requirement("p", 50, (counted(entry, "p", 50),)),
        requirement("q", 50, (counted(entry, "q", 50),)),
    )
    audit = audit_of(requirement("x", 100, parts=parts))
    assert signs(loom(audit, StudentRecord("1", ENTERED, (entry,))))[0] == ["earned"]


def test_a_record_the_rules_added_stands_with_the_course_that_earned_it() -> None:
    entry = course("a", "2025-26 fall")
    added = Awarded("a+anatomy", "a", "Anatomy", "26.07300", 100, State.EARNED)
    audit = audit_of(
        requirement("x", 100, (Counted("a+anatomy", "x", 100, State.EARNED),)), awarded=(added,)
    )
    picture = loom(audit, StudentRecord("1", ENTERED, (entry,)))
    assert picture["rows"][0]["cells"][1]["words"] == "earned: Anatomy, 1.0"


def test_a_card_takes_the_hue_of_the_area_in_which_it_counts_first() -> None:
    entry = course("a", "2025-26 fall")
    audit = audit_of(
        requirement("x", 100, (counted(entry, "x", second=True),)),
        requirement("y", 100, (counted(entry, "y"),)),
    )
    assert areas_of_records(audit) == {"a": 2}


def test_years_before_and_after_high_school_are_held_to_its_grades() -> None:
    assert grade_in(SchoolYear(2023), ENTERED) == 9
    assert grade_in(SchoolYear(2028), ENTERED) == 12


def test_each_decision_is_named_once() -> None:
    part = requirement("geometry", 100)
    audit = audit_of(requirement("mathematics", 300, parts=(part,)))
    points = [(point.requirement.id, point.credits) for point in open_points(audit)]
    assert points == [("geometry", 100), ("mathematics", 200)]


AMOUNTS = st.lists(st.sampled_from([25, 50, 75, 100, 150, 200, 300]), min_size=0, max_size=6)


@given(earned=AMOUNTS, planned=AMOUNTS, short=st.integers(0, 8).map(lambda n: n * 50))
def test_knots_always_add_up_to_what_is_needed(
    earned: list[int], planned: list[int], short: int
) -> None:
    courses = tuple(
        course(f"{state}{index}", "2025-26 fall", state, amount)
        for state, amounts in ((State.EARNED, earned), (State.PLANNED, planned))
        for index, amount in enumerate(amounts)
    )
    entries = tuple(counted(entry, "x", entry.credits) for entry in courses)
    need = sum(earned) + sum(planned) + short
    area = requirement("x", need, entries)
    picture = loom(audit_of(area), StudentRecord("1", ENTERED, courses), grade_now=11)
    knots = [knot for cell in picture["rows"][0]["cells"] for knot in cell["knots"]]
    small = strip([area])["rows"][0]["knots"]
    for found in (knots, small):
        assert sum(round(float(knot["credits"]) * 100) for knot in found) == need


def test_what_is_to_decide_is_named_as_people_say_it() -> None:
    part = requirement("geometry", 100)
    audit = audit_of(requirement("mathematics", 200, parts=(part,)), requirement("electives", 300))
    assert [decision_words(point) for point in open_points(audit)] == [
        "Geometry",
        "one more course in Mathematics",
        "3.0 credits in Electives",
    ]


def test_enough_credit_of_the_wrong_kind_is_not_called_complete() -> None:
    full = requirement("english", 400, (Counted("a", "english", 400, State.EARNED),))
    total = replace(requirement("total", 800), short=0, earned=800, status=Status.MET)
    made = replace(audit_of(full, requirement("mathematics", 400)), total=total)
    shown = total_of(made)
    assert (shown["have"], shown["need"], shown["missing"]) == ("4.0", "8", "4.0")
    assert shown["extra"]


@given(need=st.integers(1, 2400), short=st.lists(st.integers(0, 2400), min_size=1, max_size=9))
def test_what_is_there_and_what_is_missing_make_the_whole(need: int, short: list[int]) -> None:
    areas = [replace(requirement(f"r{i}", 2400), short=amount) for i, amount in enumerate(short)]
    total = replace(requirement("total", need), short=min(need, max(short)))
    missing = short_of(replace(audit_of(*areas), total=total))
    assert total.short <= missing <= need
    assert (missing == 0) == (not any(short))
