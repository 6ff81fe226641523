"""College credit: both sides of every threshold, what it saves, and what a choice changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pathloom.engine.catalog import (
    Catalog,
    CollegeCourse,
    Course,
    ExamNeeded,
    Funding,
    Kind,
)
from pathloom.engine.errors import RecordError, RequestError
from pathloom.engine.planner.college import Loss, Standing, difference
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Placement
from pathloom.engine.record import State
from pathloom.engine.units import Mark, Part, SchoolYear, Term
from tests.engine.planner.colleges import (
    FALL,
    LAKESIDE,
    NEXT_FALL,
    NEXT_SPRING,
    READ,
    SPRING,
    agreement,
    agreements,
    credit,
    only,
    student,
    taken,
)

NEXT_YEAR = Term(SchoolYear(2026), Part.YEAR)


# -- what one agreement asks


def test_a_passed_course_counts_as_the_college_course_with_its_hours() -> None:
    claim = only(student(taken("bio")), agreements(agreement("bio")))
    assert (claim.standing, claim.code, claim.counted, claim.lost) == ("earned", "B 1", 450, 0)
    assert claim.sentence == "Bio counts as B 1 Biology: 4.5 hours at Lakeside College."


@pytest.mark.parametrize(
    ("mark", "standing"),
    [("79", "lost"), ("80", "earned"), ("B-", "lost"), ("B", "earned"), ("P", "lost")],
)
def test_a_mark_has_to_reach_the_minimum(mark: str, standing: str) -> None:
    asked = agreement("alg", minimum_mark=Mark.parse("80"))
    claim = only(student(taken("alg", mark=mark)), agreements(asked))
    assert claim.standing == standing
    if standing == "lost":
        assert (claim.loss, claim.counted, claim.lost) == (Loss.MARK, 0, 300)
        assert claim.sentence == (
            f"Alg has the mark {mark}, and at least 80 is needed. "
            "Lost: A 1 Algebra: 3 hours at Lakeside College."
        )


def test_a_passed_course_without_a_mark_is_open_where_one_is_asked_for() -> None:
    asked = agreement("alg", minimum_mark=Mark.parse("80"))
    claim = only(student(taken("alg", mark=None)), agreements(asked))
    assert claim.standing is Standing.OPEN
    assert claim.sentence.endswith("once the record shows a mark of at least 80.")
    assert only(student(taken("alg", mark=None)), agreements(agreement("alg"))).loss is None


@pytest.mark.parametrize(
    ("year", "loss"),
    [(2024, Loss.NOT_YET), (2025, None), (2026, None), (2027, Loss.EXPIRED)],
)
@pytest.mark.parametrize("state", [State.EARNED, State.PLANNED])
def test_a_course_has_to_be_taken_while_the_agreement_holds(
    year: int, loss: Loss | None, state: State
) -> None:
    asked = agreement("alg", valid_from=SchoolYear(2025), valid_to=SchoolYear(2026))
    term = Term(SchoolYear(year), Part.SPRING)
    claim = only(student(taken("alg", state, term=term)), agreements(asked))
    assert claim.loss is loss
    if loss:
        assert f"Alg belongs to {term.year}, and the agreement holds from 2025-26 to 2026-27." in (
            claim.sentence
        )


def test_a_passed_course_without_a_term_is_open() -> None:
    claim = only(student(taken("alg", term=None)), agreements(agreement("alg")))
    assert claim.standing is Standing.OPEN
    assert "once the record shows that it was taken in 2024-25 or later" in claim.sentence


@pytest.mark.parametrize(
    ("score", "standing"), [(None, "open"), (200, "lost"), (299, "lost"), (300, "earned")]
)
def test_a_score_has_to_reach_the_minimum(score: int | None, standing: str) -> None:
    asked = agreement("bio", kind=Kind.AP, exam=ExamNeeded("ap", 300))
    scores = {} if score is None else {"ap": score}
    claim = only(student(taken("bio"), **scores), agreements(asked))
    assert claim.standing == standing
    if standing == "lost":
        assert claim.loss is Loss.EXAM
        assert "in the exam ap, and at least 3 is needed" in claim.sentence


def test_the_best_score_counts_and_a_planned_course_may_still_better_a_low_one() -> None:
    asked = agreement("bio", kind=Kind.AP, exam=ExamNeeded("ap", 300))
    record = student(taken("bio"), ap=400)
    twice = replace(record, scores=(*record.scores, replace(record.scores[0], score=100)))
    assert only(twice, agreements(asked)).standing is Standing.EARNED
    planned = only(student(taken("bio", State.PLANNED), ap=100), agreements(asked))
    assert planned.standing is Standing.PLANNED
    assert "Finished with at least 3 in the exam ap, it counts" in planned.sentence


def test_a_course_that_was_not_passed_is_lost_and_one_withdrawn_from_makes_no_claim() -> None:
    failed = only(student(taken("alg", State.FAILED, mark="F")), agreements(agreement("alg")))
    assert (failed.loss, failed.lost) == (Loss.NOT_PASSED, 300)
    assert credit(student(taken("alg", State.WITHDRAWN)), agreements(agreement("alg"))).claims == ()


@pytest.mark.parametrize(
    ("state", "standing"), [(State.IN_PROGRESS, "in_progress"), (State.PLANNED, "planned")]
)
def test_a_course_to_come_says_what_is_asked_of_it(state: State, standing: str) -> None:
    asked = agreement("alg", minimum_mark=Mark.parse("B"), needs=("enroll in Building",))
    claim = only(student(taken("alg", state, term=NEXT_FALL)), agreements(asked))
    assert (claim.standing, claim.counted) == (standing, 300)
    assert "Finished with at least B, it counts as A 1 Algebra: 3 hours" in claim.sentence
    assert claim.sentence.endswith("It still needs: enroll in Building.")


@pytest.mark.parametrize(
    ("number", "fits"), [("27.0992000", True), ("27.59920", True), ("27.0993000", False)]
)
def test_an_agreement_may_name_courses_by_the_pattern_of_their_number(
    number: str, fits: bool
) -> None:
    asked = agreement("", id="any", number="27.X992XXX")
    found = credit(student(taken("alg", number=number)), agreements(asked)).claims
    assert len(found) == fits


def test_the_catalog_fills_in_the_number_of_a_course() -> None:
    catalog = Catalog("c", (Course("alg", "Algebra I", "math", 100, number="27.09920"),))
    asked = agreements(agreement("", id="any", number="27.X992XXX"))
    record = student(replace(taken("alg"), subject="", title=""))
    assert only(record, asked, catalog=catalog).course == "Algebra I"
    with pytest.raises(RecordError, match="no catalog is given"):
        credit(record, asked)


# -- deadlines


@pytest.mark.parametrize(
    ("months", "graduation", "last"),
    [
        (18, date(2028, 6, 30), date(2029, 12, 30)),
        (8, date(2028, 6, 30), date(2029, 2, 28)),
        (6, date(2028, 6, 15), date(2028, 12, 15)),
        (12, date(2028, 2, 29), date(2029, 2, 28)),
        (1, date(2027, 12, 31), date(2028, 1, 31)),
    ],
)
def test_months_are_counted_from_graduation_and_the_last_day_is_in_time(
    months: int, graduation: date, last: date
) -> None:
    asked = agreements(agreement("alg", claim_months=months))
    record = student(taken("alg"))
    in_time = only(record, asked, graduation=graduation, as_of=last)
    assert (in_time.standing, in_time.deadline) == (Standing.EARNED, last)
    assert f"Claim it by {last}." in in_time.sentence
    late = only(record, asked, graduation=graduation, as_of=date.fromordinal(last.toordinal() + 1))
    assert (late.standing, late.loss) == (Standing.LOST, Loss.DEADLINE)
    assert f"Alg had to be claimed by {last}." in late.sentence


@pytest.mark.parametrize(("as_of", "late"), [(date(2027, 5, 1), False), (date(2027, 5, 2), True)])
def test_a_deadline_may_be_a_day(as_of: date, late: bool) -> None:
    asked = agreements(agreement("alg", claim_by=date(2027, 5, 1)))
    claim = only(student(taken("alg")), asked, as_of=as_of)
    assert (claim.loss is Loss.DEADLINE) == late


@pytest.mark.parametrize(
    ("term", "end"),
    [
        (NEXT_FALL, date(2026, 12, 31)),
        (NEXT_SPRING, date(2027, 6, 30)),
        (NEXT_YEAR, date(2027, 6, 30)),
        (Term(SchoolYear(2026), Part.SUMMER), date(2027, 7, 31)),
    ],
)
def test_a_planned_course_has_to_end_before_the_day(term: Term, end: date) -> None:
    record = student(taken("alg", State.PLANNED, term=term))
    by_the_end = agreements(agreement("alg", claim_by=end))
    a_day_before = agreements(agreement("alg", claim_by=date.fromordinal(end.toordinal() - 1)))
    assert only(record, by_the_end).standing is Standing.PLANNED
    assert only(record, a_day_before).loss is Loss.DEADLINE


def test_what_the_college_has_granted_is_earned_whatever_the_agreement_asks() -> None:
    asked = agreement("alg", claim_by=date(2026, 8, 1), minimum_mark=Mark.parse("A"), needs=("x",))
    record = student(taken("alg"))
    assert only(record, agreements(asked)).standing is Standing.LOST
    granted = only(record, agreements(asked), claimed=("alg",))
    assert (granted.standing, granted.deadline, granted.needs) == (Standing.EARNED, None, ())
    assert granted.sentence.endswith("The college has granted it.")
    planned = student(taken("alg", State.PLANNED))
    assert only(planned, agreements(asked), claimed=("alg",)).loss is Loss.DEADLINE


def test_graduation_is_the_end_of_the_fourth_school_year_unless_it_is_given() -> None:
    found = credit(student(taken("alg")), agreements(agreement("alg")))
    assert found.graduation == date(2028, 6, 30)
    early = credit(student(), agreements(agreement("alg")), graduation=date(2027, 5, 1))
    assert early.graduation == date(2027, 5, 1)


# -- a college course counts once


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


# -- the program after high school

TERMS = (("A 1", "C 1"), ("B 1",), ("D 1",))
ALL = tuple(agreement(name) for name in ("alg", "bio", "code", "draw"))


def test_a_term_falls_away_only_when_all_of_it_is_banked() -> None:
    asked = agreements(*ALL, terms=TERMS)
    (program,) = credit(student(taken("alg"), taken("bio")), asked).programs
    assert [term.falls_away for term in program.terms] == [False, True, False]
    assert (program.counted, program.hours) == (750, 1050)
    assert (program.terms_saved, program.months_saved) == (1, 4)
    assert [row.standing for row in program.terms[0].rows] == [Standing.EARNED, None]
    assert program.sentence == (
        "7.5 of 10.5 hours toward the Trade Certificate at Lakeside College are done by the end of "
        "high school; 1 of its 3 terms falls away, which saves 4 months."
    )


def test_terms_saved_by_what_is_earned_are_told_apart_from_those_still_planned() -> None:
    record = student(taken("alg"), taken("code", State.PLANNED), taken("bio"))
    (program,) = credit(record, agreements(*ALL, terms=TERMS)).programs
    assert (program.terms_saved, program.terms_saved_earned) == (2, 1)


def test_a_course_cut_by_a_limit_does_not_make_its_term_fall_away() -> None:
    record = student(taken("bio"))
    (whole,) = credit(record, agreements(*ALL, terms=TERMS, accepts=450)).programs
    (cut,) = credit(record, agreements(*ALL, terms=TERMS, accepts=449)).programs
    assert (whole.terms_saved, cut.terms_saved) == (1, 0)
    assert cut.counted == 449


def test_credit_at_another_college_does_not_shorten_a_program() -> None:
    there = agreement("alg", institution="hilltop", college_course="A 9")
    (program,) = credit(student(taken("alg")), agreements(there, terms=(("A 1",),))).programs
    assert (program.counted, program.terms_saved) == (0, 0)


def test_months_are_not_made_up_where_the_length_of_a_term_is_not_stated() -> None:
    asked = agreements(*ALL, terms=TERMS, term_months=None)
    (program,) = credit(student(taken("bio")), asked).programs
    assert (program.terms_saved, program.months_saved) == (1, None)
    assert program.sentence.endswith("the college does not state how many months a term lasts.")


def test_only_the_program_asked_for_is_laid_out() -> None:
    asked = agreements(*ALL, terms=TERMS)
    other = replace(asked.programs[0], program="other")
    asked = replace(asked, programs=(*asked.programs, other))
    found = credit(student(), asked)
    assert [each.program for each in found.programs] == ["trade", "other"]
    assert [each.program for each in credit(student(), asked, program="other").programs] == [
        "other"
    ]


def test_unknown_names_are_refused_all_at_once() -> None:
    with pytest.raises(RequestError) as caught:
        credit(student(), agreements(*ALL, terms=TERMS), program="trad", claimed=("al",))
    assert str(caught.value).splitlines() == [
        "claimed: no agreement 'al'. Did you mean 'alg'?",
        "program: program 'trad' goes on at no college of these agreements. Did you mean 'trade'?",
    ]


# -- what a choice changes


def test_a_choice_changes_hours_tuition_and_terms_course_by_course() -> None:
    catalog = Catalog("c", tuple(Course(name, name.title(), "any", 100) for name in ("alg", "bio")))
    asked = agreements(*ALL, terms=TERMS)

    def planned(*names: str) -> object:
        placed = tuple(Placement(name, NEXT_FALL) for name in names)
        return credit(with_plan(student(taken("code")), placed, catalog), asked)

    before, after = planned("alg"), planned("bio")
    change = difference(before, after)  # type: ignore[arg-type]
    assert [(each.code, each.before, each.after) for each in change.courses] == [
        ("A 1", "planned", None),
        ("B 1", None, "planned"),
    ]
    assert [each.hours_after - each.hours_before for each in change.courses] == [-300, 450]
    assert change.sentence == "1.5 hours more of college credit, and $168.49 more tuition avoided."
    (program,) = change.programs
    assert (program.terms_before, program.terms_after) == (1, 1)


def test_what_a_later_term_loses_is_said_with_its_reason() -> None:
    asked = agreements(agreement("alg", valid_to=SchoolYear(2026)))
    in_time = credit(student(taken("alg", State.PLANNED, term=NEXT_SPRING)), asked)
    later = Term(SchoolYear(2027), Part.FALL)
    too_late = credit(student(taken("alg", State.PLANNED, term=later)), asked)
    (change,) = difference(in_time, too_late).courses
    assert change.sentence == (
        "A 1 Algebra at Lakeside College: planned (3 hours), then lost. Alg belongs to 2027-28, "
        "and the agreement holds from 2024-25 to 2026-27. "
        "Lost: A 1 Algebra: 3 hours at Lakeside College."
    )


def test_between_equal_plans_nothing_changes() -> None:
    found = credit(student(taken("alg")), agreements(*ALL, terms=TERMS))
    change = difference(found, found)
    assert (change.courses, change.programs) == ((), ())
    assert change.sentence == "Nothing changes in college credit."


def test_one_hour_is_written_without_an_s() -> None:
    asked = agreements(agreement("draw"))
    assert "D 1 Drawing: 1 hour at" in only(student(taken("draw")), asked).sentence
    assert LAKESIDE.course("D 1") == CollegeCourse("D 1", "Drawing", 100)
