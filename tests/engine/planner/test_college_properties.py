"""College credit of any record: sums, order, more courses, and a second reading by hand."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.catalog import Agreement, Agreements, ExamNeeded, Funding, Kind
from pathloom.engine.planner.college import CollegeCredit, Standing, difference
from pathloom.engine.record import CourseRecord, ExamScore, State, StudentRecord
from pathloom.engine.units import Mark, Part, SchoolYear, Term
from tests.engine.planner.colleges import (
    AS_OF,
    CODES,
    ENTERED,
    READ,
    agreement,
    agreements,
    credit,
    taken,
)

NAMES = sorted(CODES)
STATES = [state for state in State if state is not State.WITHDRAWN]
YEARS = st.integers(2023, 2027).map(SchoolYear)
TERMS = st.none() | st.builds(Term, YEARS, st.sampled_from(Part))
DAYS = st.dates(date(2026, 8, 1), date(2029, 12, 31))
MARKS = st.none() | st.sampled_from(["60", "79", "80", "95", "B", "P"])


@st.composite
def one_agreement(draw: st.DrawFn, index: int) -> Agreement:
    there = draw(st.booleans())
    kind = draw(st.sampled_from(Kind))
    first = draw(YEARS)
    needs_exam = kind is Kind.AP or draw(st.booleans())
    return agreement(
        draw(st.sampled_from(NAMES)),
        id=f"{index}",
        kind=kind,
        institution="hilltop" if there else "lakeside",
        college_course="A 9" if there else draw(st.sampled_from(sorted(CODES.values()))),
        valid_from=first,
        valid_to=draw(st.none() | st.integers(0, 3).map(first.plus)),
        minimum_mark=draw(st.none() | st.sampled_from([Mark.parse("80"), Mark.parse("C")])),
        exam=ExamNeeded("ap", 300) if needs_exam else None,
        claim_by=draw(st.none() | DAYS),
    )


@st.composite
def agreed(draw: st.DrawFn) -> Agreements:
    count = draw(st.integers(1, 6))
    every = tuple(draw(one_agreement(index)) for index in range(count))
    paid = draw(st.none() | st.integers(0, 1200))
    return agreements(
        *every,
        accepts=draw(st.none() | st.integers(0, 1200)),
        terms=(("A 1", "C 1"), ("B 1",), ("D 1",)),
        funding=None
        if paid is None
        else Funding("Paid", paid, READ, draw(st.none() | st.just(paid))),
    )


@st.composite
def one_course(draw: st.DrawFn) -> CourseRecord:
    name, state = draw(st.sampled_from(NAMES)), draw(st.sampled_from(STATES))
    return taken(name, state, mark=draw(MARKS), term=draw(TERMS))


def records(least: int = 0) -> st.SearchStrategy[StudentRecord]:
    courses = st.lists(one_course(), min_size=least, max_size=6, unique_by=lambda each: each.id)
    scores = st.lists(
        st.sampled_from([200, 300]).map(lambda score: ExamScore("ap", score)), max_size=2
    )
    return st.builds(
        lambda found, points: StudentRecord("S", ENTERED, tuple(found), scores=tuple(points)),
        courses,
        scores,
    )


@given(records(), agreed())
def test_the_sums_are_the_sums_of_the_rows(record: StudentRecord, asked: Agreements) -> None:
    found = credit(record, asked)
    by_standing = {
        name: sum(each.counted for each in found.claims if each.standing == name)
        for name in ("earned", "open", "in_progress", "planned", "lost", "again")
    }
    hours = found.hours
    assert (by_standing["lost"], by_standing["again"]) == (0, 0)
    assert (hours.earned, hours.open, hours.in_progress, hours.planned) == tuple(
        by_standing[name] for name in ("earned", "open", "in_progress", "planned")
    )
    assert hours.banked == sum(by_standing.values())
    assert hours.lost == sum(each.lost for each in found.claims)
    assert found.avoided == sum(each.avoided or 0 for each in found.claims)
    assert found.avoided == sum(each.amount or 0 for each in found.tuition)
    assert hours.banked - sum(each.unfunded for each in found.claims) == sum(
        each.hours for each in found.tuition
    )
    for each in found.claims:
        whole = 0 if each.standing is Standing.AGAIN else each.hours
        assert each.counted + each.lost == whole
        assert 0 <= each.unfunded <= each.counted


@given(records(least=1), agreed(), st.randoms(use_true_random=False))
def test_order_changes_nothing(
    record: StudentRecord, asked: Agreements, chance: random.Random
) -> None:
    courses, every = list(record.courses), list(asked.agreements)
    chance.shuffle(courses)
    chance.shuffle(every)
    shuffled = replace(record, courses=tuple(courses), scores=record.scores[::-1])
    assert credit(shuffled, replace(asked, agreements=tuple(every))) == credit(record, asked)


@given(records(), agreed(), st.sampled_from(NAMES), TERMS)
def test_another_planned_course_never_lowers_what_is_banked(
    record: StudentRecord, asked: Agreements, name: str, term: Term | None
) -> None:
    extra = replace(taken(name, State.PLANNED, term=term), id="extra")
    more = replace(record, courses=(*record.courses, extra))
    before, after = credit(record, asked), credit(more, asked)
    assert after.hours.banked >= before.hours.banked
    assert after.hours.earned == before.hours.earned
    assert after.programs[0].terms_saved >= before.programs[0].terms_saved


@given(records(), records(), agreed())
def test_the_changes_of_the_courses_add_up_to_the_change_of_the_whole(
    one: StudentRecord, other: StudentRecord, asked: Agreements
) -> None:
    before, after = credit(one, asked), credit(other, asked)
    change = difference(before, after)
    gained = sum(each.hours_after - each.hours_before for each in change.courses)
    assert gained == after.hours.banked - before.hours.banked
    back = difference(after, before)
    assert [each.code for each in back.courses] == [each.code for each in change.courses]
    assert difference(before, before).courses == ()


@given(records(), agreed())
def test_a_second_reading_finds_the_same_hours_and_terms(
    record: StudentRecord, asked: Agreements
) -> None:
    found = credit(record, asked)
    banked = hours_by_hand(record, asked)
    assert found.hours.banked == sum(banked.values())
    check_program(found, asked)


def hours_by_hand(record: StudentRecord, asked: Agreements) -> dict[str, int]:
    """Hours banked at each college, said once more, as sets: codes that some course brings."""
    codes: dict[str, set[str]] = defaultdict(set)
    for each in asked.agreements:
        for course in record.courses:
            if course.course == each.course and brings(course, each, record.scores):
                codes[each.institution].add(each.college_course)
    hours = {}
    for college in asked.institutions:
        whole = sum(each.hours for each in college.courses if each.code in codes[college.id])
        hours[college.id] = whole if college.accepts is None else min(whole, college.accepts)
    return hours


def brings(course: CourseRecord, each: Agreement, scores: tuple[ExamScore, ...]) -> bool:
    year = course.term.year.start if course.term else None
    last = each.valid_to.start if each.valid_to else 9999
    if course.state is State.FAILED or (year and not each.valid_from.start <= year <= last):
        return False
    ready = AS_OF
    if course.term and course.state is not State.EARNED:
        autumn = course.term.part is Part.FALL
        summer = course.term.part is Part.SUMMER
        end = (12, 31) if autumn else (7, 31) if summer else (6, 30)
        ready = max(ready, date(course.term.year.start + (not autumn), *end))
    if each.claim_by and ready > each.claim_by:
        return False
    if course.state is not State.EARNED:
        return True
    if each.minimum_mark and course.mark:
        least = each.minimum_mark.points or 0
        if course.mark.points is None or course.mark.points < least:
            return False
    return not (each.exam and scores and all(score.score < 300 for score in scores))


def check_program(found: CollegeCredit, asked: Agreements) -> None:
    (program,) = found.programs
    full = {
        each.code
        for each in found.claims
        if each.institution == "lakeside" and each.counted == each.hours
    }
    whole = [set(term.courses) <= full for term in asked.programs[0].terms]
    assert [term.falls_away for term in program.terms] == whole
    assert (program.terms_saved, program.months_saved) == (sum(whole), 4 * sum(whole))
    assert program.terms_saved_earned <= program.terms_saved
