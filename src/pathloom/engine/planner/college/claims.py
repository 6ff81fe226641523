"""Claims to college credit: each course of a record under each agreement that names it."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pathloom.engine.catalog import Agreement, Agreements, CollegeCourse, Institution
from pathloom.engine.planner.college.types import Claim, Loss, Standing
from pathloom.engine.planner.college.words import Reader
from pathloom.engine.record import CourseRecord, ExamScore, State, StudentRecord
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import MarkAtLeast, NumberLike
from pathloom.engine.units import Part, Term

_SPRING = (1, 6, 30)  # years later, month, day
_ENDS = {Part.FALL: (0, 12, 31), Part.SPRING: _SPRING, Part.YEAR: _SPRING, Part.ONLINE: _SPRING}
_STANDING = {
    State.EARNED: Standing.EARNED,
    State.IN_PROGRESS: Standing.IN_PROGRESS,
    State.PLANNED: Standing.PLANNED,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of asking, the day of graduation, and the agreements already granted, by id."""

    as_of: date
    graduation: date
    claimed: frozenset[str]


def every_claim(record: StudentRecord, agreements: Agreements, moment: Moment) -> tuple[Claim, ...]:
    """Judge each course, by itself, under each agreement that names it.

    Hours are set as if nothing else were there: all of the college course's hours count, or all
    are lost. Courses that the student withdrew from make no claim.
    """
    judge = _Judge(record.scores, moment)
    return tuple(
        judge.claim(agreement, each, college, course)
        for agreement, college, course in _resolved(agreements)
        for each in record.courses
        if each.state is not State.WITHDRAWN and covers(agreement, each)
    )


def _resolved(agreements: Agreements) -> Iterator[tuple[Agreement, Institution, CollegeCourse]]:
    for agreement in agreements.agreements:
        college = agreements.institution(agreement.institution)
        if college is not None:
            course = college.course(agreement.college_course)
            if course is not None:
                yield agreement, college, course


def covers(agreement: Agreement, each: CourseRecord) -> bool:
    """Whether an agreement names a course, completed from the catalog."""
    if agreement.number:
        return matches(NumberLike(agreement.number), each)
    return each.course == agreement.course


class _Judge:
    def __init__(self, scores: tuple[ExamScore, ...], moment: Moment) -> None:
        self.moment = moment
        self.best: dict[str, int] = {}
        for score in scores:
            self.best[score.exam] = max(score.score, self.best.get(score.exam, 0))

    def claim(
        self, agreement: Agreement, each: CourseRecord, college: Institution, course: CollegeCourse
    ) -> Claim:
        granted = each.state is State.EARNED and agreement.id in self.moment.claimed
        last = None if granted else deadline(agreement, graduation=self.moment.graduation)
        loss = None if granted else self.loss(agreement, each, last)
        missing = () if granted or loss else self.missing(agreement, each)
        if loss is not None:
            standing = Standing.LOST
        else:
            standing = Standing.OPEN if missing else _STANDING[each.state]
        claim = Claim(
            agreement=agreement.id,
            kind=agreement.kind,
            institution=college.id,
            college=college.title,
            code=course.code,
            title=course.title,
            record=each.id,
            course=each.title or each.course,
            term=each.term,
            standing=standing,
            hours=course.hours,
            counted=0 if loss else course.hours,
            lost=course.hours if loss else 0,
            loss=loss,
            deadline=last,
            needs=() if granted else agreement.needs,
        )
        words = Reader(claim, agreement, each, best=self.best)
        return replace(claim, sentence=words.sentence(missing, granted=granted))

    def loss(self, agreement: Agreement, each: CourseRecord, last: date | None) -> Loss | None:
        """The first reason, in the order of time, why the hours are lost."""
        if each.term is not None and each.term.year < agreement.valid_from:
            return Loss.NOT_YET
        if each.term is not None and not agreement.holds_in(each.term.year):
            return Loss.EXPIRED
        if each.state is State.FAILED:
            return Loss.NOT_PASSED
        if each.state is State.EARNED:
            least = agreement.minimum_mark
            if least is not None and not matches(MarkAtLeast(least), each):
                return Loss.MARK
            exam = agreement.exam
            if exam is not None and self.best.get(exam.name, exam.at_least) < exam.at_least:
                return Loss.EXAM
        ready = self.moment.as_of
        if each.state is not State.EARNED and each.term is not None:
            ready = max(ready, end_of(each.term))
        if last is not None and ready > last:
            return Loss.DEADLINE
        return None

    def missing(self, agreement: Agreement, each: CourseRecord) -> tuple[str, ...]:
        """What is not on record yet of a passed course: ``mark``, ``term``, ``exam``."""
        if each.state is not State.EARNED:
            return ()
        exam = agreement.exam
        found = {
            "term": each.term is None,
            "mark": agreement.minimum_mark is not None and each.mark is None,
            "exam": exam is not None and exam.name not in self.best,
        }
        return tuple(name for name, is_missing in found.items() if is_missing)


def deadline(agreement: Agreement, *, graduation: date) -> date | None:
    """The last day on which credit can be claimed; None where no deadline is stated.

    Months are counted to the same day of the month, or to its last day where it is shorter.
    """
    if agreement.claim_months is None:
        return agreement.claim_by
    years, month = divmod(graduation.month - 1 + agreement.claim_months, 12)
    year, month = graduation.year + years, month + 1
    return date(year, month, min(graduation.day, calendar.monthrange(year, month)[1]))


def end_of(term: Term) -> date:
    """The day by which a term is surely over: fall at the end of December, spring of June."""
    later, month, day = _ENDS.get(term.part, (1, 7, 31))
    return date(term.year.start + later, month, day)
