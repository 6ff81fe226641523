"""College credit: both sides of every threshold of an agreement, and its deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pathloom.engine.catalog import (
    Catalog,
    Course,
    ExamNeeded,
    Kind,
)
from pathloom.engine.errors import RecordError
from pathloom.engine.planner.college import Loss, Standing
from pathloom.engine.record import State
from pathloom.engine.units import Mark, Part, SchoolYear, Term
from tests.engine.planner.colleges import (
    NEXT_FALL,
    NEXT_SPRING,
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
