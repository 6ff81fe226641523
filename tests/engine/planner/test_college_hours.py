"""College credit: a college course counts once, within limits, and what it saves."""

from __future__ import annotations

from datetime import date

import pytest

from pathloom.engine.catalog import (
    Funding,
    Kind,
)
from pathloom.engine.planner.college import Loss, Standing
from pathloom.engine.record import State
from pathloom.engine.units import Mark, Term
from tests.engine.planner.colleges import (
    FALL,
    READ,
    SPRING,
    agreement,
    agreements,
    credit,
    student,
    taken,
)


def test_a_course_taken_again_counts_once_through_the_better_claim() -> None:
    asked = agreements(agreement("alg", minimum_mark=Mark.parse("80")))
    found = credit(student(taken("alg", mark="70"), taken("alg", mark="85", term=SPRING)), asked)
    assert [(each.standing, each.counted, each.lost) for each in found.claims] == [
        (Standing.EARNED, 300, 0),
        (Standing.AGAIN, 0, 0),
    ]
    assert "It counts once, through Alg." in found.claims[1].sentence
    assert (found.hours.banked, found.hours.lost) == (300, 0)


def test_two_ways_to_the_same_college_course_lose_its_hours_once() -> None:
    late = {"claim_by": date(2026, 8, 1)}
    found = credit(
        student(taken("alg"), taken("bio")),
        agreements(agreement("alg", **late), agreement("bio", college_course="A 1", **late)),
    )
    assert [each.standing for each in found.claims] == [Standing.LOST, Standing.AGAIN]
    assert (found.hours.banked, found.hours.lost) == (0, 300)


def test_the_same_course_may_count_at_two_colleges() -> None:
    there = agreement("alg", id="there", institution="hilltop", college_course="A 9")
    found = credit(student(taken("alg")), agreements(agreement("alg"), there))
    assert [each.institution for each in found.claims] == ["hilltop", "lakeside"]
    assert found.hours.earned == 600


# -- limits


@pytest.mark.parametrize(
    ("accepts", "counted", "lost"), [(750, 750, 0), (749, 749, 1), (300, 300, 450), (0, 0, 750)]
)
def test_a_college_accepts_hours_up_to_its_limit(accepts: int, counted: int, lost: int) -> None:
    asked = agreements(agreement("alg"), agreement("bio"), accepts=accepts)
    found = credit(student(taken("alg"), taken("bio", term=SPRING)), asked)
    assert (found.hours.earned, found.hours.lost) == (counted, lost)
    limited = [each for each in found.claims if each.loss is Loss.LIMIT]
    assert bool(limited) == bool(lost)
    assert all("accepts no more than" in each.sentence for each in limited)


def test_what_is_earned_fills_a_limit_before_what_is_planned() -> None:
    asked = agreements(agreement("alg"), agreement("bio"), accepts=450)
    record = student(taken("alg", State.PLANNED, term=FALL), taken("bio", term=SPRING))
    found = {each.course: each for each in credit(record, asked).claims}
    assert found["Bio"].counted == 450
    assert (found["Alg"].standing, found["Alg"].loss) == (Standing.LOST, Loss.LIMIT)


def dual(*, hours: int, per_term: int | None = None) -> Funding:
    return Funding("Dual Enrollment", hours, READ, per_term)


@pytest.mark.parametrize(("hours", "unfunded"), [(750, 0), (749, 1), (300, 450), (100, 650)])
def test_hours_beyond_what_is_paid_for_are_banked_and_avoid_no_tuition(
    hours: int, unfunded: int
) -> None:
    both = (agreement("alg", kind=Kind.DUAL_CREDIT), agreement("bio", kind=Kind.DUAL_CREDIT))
    record = student(taken("alg"), taken("bio", term=SPRING))
    found = credit(record, agreements(*both, funding=dual(hours=hours)))
    assert (found.hours.earned, found.hours.lost) == (750, 0)
    assert sum(each.unfunded for each in found.claims) == unfunded
    assert found.tuition[0].hours == 750 - unfunded
    assert found.avoided == sum(
        (each.counted - each.unfunded) * 11233 // 100 for each in found.claims
    )


@pytest.mark.parametrize(("term", "unfunded"), [(FALL, 50), (SPRING, 0), (None, 0)])
def test_the_hours_that_are_paid_for_in_a_term_have_a_limit_of_their_own(
    term: Term | None, unfunded: int
) -> None:
    both = (agreement("alg", kind=Kind.DUAL_CREDIT), agreement("bio", kind=Kind.DUAL_CREDIT))
    record = student(taken("alg"), taken("bio", term=term))
    found = credit(record, agreements(*both, funding=dual(hours=3000, per_term=700)))
    assert sum(each.unfunded for each in found.claims) == unfunded


def test_a_failed_course_uses_up_funds_and_articulated_credit_uses_none() -> None:
    failed = taken("alg", State.FAILED, mark="F")
    both = (agreement("alg", kind=Kind.DUAL_CREDIT), agreement("bio", kind=Kind.DUAL_CREDIT))
    found = credit(
        student(failed, taken("bio", term=SPRING)), agreements(*both, funding=dual(hours=450))
    )
    assert [each.unfunded for each in found.claims] == [0, 300]
    later = (agreement("alg"), both[1])
    found = credit(
        student(failed, taken("bio", term=SPRING)), agreements(*later, funding=dual(hours=450))
    )
    assert [each.unfunded for each in found.claims] == [0, 0]


# -- tuition


def test_tuition_is_hours_times_the_stated_figure_rounded_down_for_each_course() -> None:
    found = credit(
        student(taken("bio"), taken("code", State.PLANNED)),
        agreements(agreement("bio"), agreement("code")),
    )
    (figure,) = found.tuition
    assert (figure.hours, figure.per_hour, figure.as_of) == (650, 11233, date(2026, 7, 1))
    assert (figure.earned, figure.amount) == (50548, 50548 + 22466)  # 4.5 x 112.33 is 505.485
    assert (found.avoided_earned, found.avoided) == (50548, 73014)
    assert found.sentence == (
        "6.5 hours of college credit: 4.5 earned, 2 planned. "
        "Tuition avoided: $730.14, $505.48 by what is earned."
    )
    assert figure.sentence == (
        "Lakeside College: 6.5 × $112.33 an hour, as stated on 2026-07-01, is $730.14."
    )


def test_no_figure_is_made_up_where_none_is_stated() -> None:
    there = agreement("alg", institution="hilltop", college_course="A 9")
    found = credit(student(taken("alg")), agreements(there))
    (figure,) = found.tuition
    assert (figure.hours, figure.per_hour, figure.amount, figure.earned) == (300, None, None, None)
    assert figure.sentence == "Hilltop College: 3 hours; no figure stated for tuition."
    assert (found.avoided, found.claims[0].avoided) == (0, None)
    assert "Tuition" not in found.sentence


def test_a_record_without_college_credit_says_so() -> None:
    found = credit(student(taken("alg")), agreements(agreement("bio")))
    assert (found.claims, found.tuition) == ((), ())
    assert found.sentence == "No course of this record or plan counts at a college."
