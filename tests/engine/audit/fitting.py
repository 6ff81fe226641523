"""Courses and evidence made to measure: what a rule asks for and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from pathloom.engine.audit.result import Measure
from pathloom.engine.audit.smallest import Thing
from pathloom.engine.record import (
    CourseRecord,
    ExamScore,
    Experience,
    Milestone,
    State,
    StatedAverage,
    StudentRecord,
)
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import (
    AnyCourse,
    CourseIs,
    Done,
    EachOf,
    Exam,
    GradeAverage,
    HasTag,
    Hours,
    MarkAtLeast,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    ScedLike,
    SubjectIs,
    Times,
)
from pathloom.engine.units import Mark

PLAIN = CourseRecord("", 0, State.EARNED, subject="nothing-known", mark=Mark.parse("D"))
_names = count()


def fitting(matcher: Matcher, course: CourseRecord = PLAIN) -> Iterator[CourseRecord]:
    """Yield courses that match, each with as little as it takes, in every way there is."""
    for found in _changed(matcher, course):
        if matches(matcher, found):
            yield found


def _changed(matcher: Matcher, course: CourseRecord) -> Iterator[CourseRecord]:
    match matcher:
        case SubjectIs(subject):
            yield replace(course, subject=subject)
        case HasTag(tag):
            yield replace(course, tags=course.tags | {tag})
        case NumberLike(pattern):
            yield replace(course, number=pattern.replace("X", "0"))
        case ScedLike(pattern):
            yield replace(course, sced=pattern.replace("X", "0"))
        case CourseIs(code):
            yield replace(course, course=code)
        case OneOf(matchers):
            for each in matchers:
                yield from _changed(each, course)
        case EachOf((first, *rest)):
            for found in _changed(first, course):
                yield from _changed(EachOf(tuple(rest)), found) if rest else (found,)
        case MarkAtLeast(mark):
            yield replace(course, mark=mark)
        case AnyCourse() | NoneOf() | EachOf():
            yield course


def fits(thing: Thing) -> Iterator[CourseRecord]:
    """Courses that can be taken for a thing, in every way there is; a new value of a family."""
    tags = {f"{thing.family}:new"} if thing.family else set()
    return fitting(EachOf(thing.match), replace(PLAIN, tags=PLAIN.tags | tags))


def courses_for(thing: Thing, fit: CourseRecord) -> Iterator[CourseRecord]:
    """What a thing asks for, in courses that have as little credit as it allows.

    Kinds of credit have a course of their own, kinds of courses very small ones.
    """
    left = thing.amount if thing.measure is Measure.CREDIT else thing.amount // 100
    for kind in thing.kinds:
        sizes = [kind.amount] if kind.measure is Measure.CREDIT else [1] * (kind.amount // 100)
        for size in sizes:
            yield _named(next(fitting(kind.match, fit)), size)
            left -= size
    if thing.measure is Measure.CREDIT:
        if left:
            yield _named(fit, left)
    else:
        for _ in range(left):
            yield _named(fit, 1)


def _named(course: CourseRecord, credits: int) -> CourseRecord:
    """Another course each time; numbers differ in the digit that says how it is taught only."""
    name = f"new {next(_names)}"
    return replace(course, id=name, title=name, credits=credits)


def done(
    record: StudentRecord, things: Iterable[tuple[Thing, CourseRecord | None]]
) -> StudentRecord:
    """The record of a student who has done all these things."""
    for thing, fit in things:
        if fit is not None:
            record = replace(record, courses=(*record.courses, *courses_for(thing, fit)))
        else:
            record = _with_evidence(record, thing)
    return record


def _with_evidence(record: StudentRecord, thing: Thing) -> StudentRecord:
    name = f"new {next(_names)}"
    match thing.node.condition:
        case Hours(of):
            one = Experience(name, of[0], hours=thing.amount)
            return replace(record, experiences=(*record.experiences, one))
        case Times(of):
            more = [Experience(f"{name}-{n}", of[0]) for n in range(thing.amount // 100)]
            return replace(record, experiences=(*record.experiences, *more))
        case Exam(of, at_least):
            return replace(record, scores=(*record.scores, ExamScore(of[0], at_least)))
        case GradeAverage(of, at_least):
            others = tuple(each for each in record.averages if each.name != of)
            return replace(record, averages=(*others, StatedAverage(of, at_least)))
        case Done(of):
            return replace(record, milestones=(*record.milestones, Milestone(of[0])))
    raise AssertionError(thing)
