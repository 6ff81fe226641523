"""What a condition asks for and how much of it is there, by earned, under way and planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.matchers import Predicate, predicate, without_delivery
from pathloom.engine.rules.nodes import (
    Condition,
    Done,
    Exam,
    GradeAverage,
    Have,
    Hours,
    Times,
)
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from pathloom.engine.rules.facts import Prepared

COUNTABLE = (State.EARNED, State.IN_PROGRESS, State.PLANNED)
ONE = 100  # one course, time, milestone or choice, in hundredths

ByState = tuple[Credits, Credits, Credits]  # earned, in progress, planned


class Measure(StrEnum):
    """What the amounts of a requirement count."""

    CREDIT = "credit"
    COURSES = "courses"
    HOURS = "hours"
    TIMES = "times"
    POINTS = "points"
    DONE = "done"  # one or none
    CHOICES = "choices"  # of a choice without credit: how many of its alternatives


@dataclass(frozen=True, slots=True)
class Bound:
    """One amount asked for and what is there of it, in hundredths, never more than ``need``."""

    id: str
    title: str
    measure: Measure
    need: Credits
    there: ByState

    @property
    def open(self) -> ByState:
        """What is missing with all records, without the planned ones, with the earned alone."""
        earned, in_progress, planned = self.there
        under_way = self.need - earned - in_progress
        return under_way - planned, under_way, self.need - earned


@dataclass(frozen=True, slots=True)
class Measured:
    """A condition against a record: its own amount, what else it asks for, and what shows it.

    ``records`` are the courses that match, ``value`` the value of the family that is best.
    """

    main: Bound
    parts: tuple[Bound, ...] = ()
    records: tuple[CourseRecord, ...] = ()
    value: str = ""

    @property
    def open(self) -> ByState:
        """What is missing of all bounds together, as in ``Bound.open``."""
        every = [self.main.open, *(part.open for part in self.parts)]
        all_, under_way, earned = (sum(level) for level in zip(*every, strict=True))
        return all_, under_way, earned


def measure(condition: Condition, prepared: Prepared, *, name: str = "") -> Measured:
    """Measure a condition; ``name`` is the id of its requirement, from which ids of parts come."""
    record = prepared.record
    match condition:
        case Have():
            return measure_have(condition, prepared.records, name=name)
        case Hours(of, at_least):
            done = [(each.state, each.hours) for each in record.experiences if each.kind in of]
            return _single(name, Measure.HOURS, at_least, sums(done))
        case Times(of, at_least):
            done = [(each.state, ONE) for each in record.experiences if each.kind in of]
            return _single(name, Measure.TIMES, at_least * ONE, sums(done))
        case Exam(of, at_least):
            best = max((each.score for each in record.scores if each.exam in of), default=0)
            return _single(name, Measure.POINTS, at_least, (best, 0, 0))
        case GradeAverage(of, at_least):
            return _single(name, Measure.POINTS, at_least, (_average(record, of), 0, 0))
        case Done(of):
            states = {each.state for each in record.milestones if each.name in of}
            first = next((state for state in COUNTABLE if state in states), None)
            return _single(name, Measure.DONE, ONE, sums([(first, ONE)] if first else []))


def measure_have(condition: Have, records: Iterable[CourseRecord], *, name: str = "") -> Measured:
    """Measure ``have`` on countable records, whatever else they count for.

    With ``same`` the best value of the family decides: the least is missing with all records, then
    without the planned ones, then with the earned ones alone; then the alphabet.
    """
    counts = predicate(condition.match)
    matching = tuple(each for each in records if counts(each))
    if not condition.same:
        return _measured(condition, matching, name=name, value="")
    family = f"{condition.same}:"
    values = sorted({tag for each in matching for tag in each.tags if tag.startswith(family)})
    if not values:
        return _measured(condition, (), name=name, value="")
    every = [
        _measured(
            condition,
            tuple(each for each in matching if value in each.tags),
            name=name,
            value=value.removeprefix(family),
        )
        for value in values
    ]
    return min(every, key=lambda each: each.open)


def sums(amounts: Iterable[tuple[State, Credits]]) -> ByState:
    """Add amounts up by state; what is failed or withdrawn is nothing."""
    earned = in_progress = planned = 0
    for state, amount in amounts:
        if state is State.EARNED:
            earned += amount
        elif state is State.IN_PROGRESS:
            in_progress += amount
        elif state is State.PLANNED:
            planned += amount
    return earned, in_progress, planned


def different_courses(records: Iterable[CourseRecord]) -> ByState:
    """Count different courses, each once and where it is furthest."""
    best: dict[str, State] = {}
    for each in records:
        key = course_key(each)
        if key not in best or COUNTABLE.index(each.state) < COUNTABLE.index(best[key]):
            best[key] = each.state
    return sums((state, ONE) for state in best.values())


def course_key(record: CourseRecord) -> str:
    """The course that a record is of: by state number, or else title, course code, record id."""
    if record.number:
        return without_delivery(record.number)
    return record.title.casefold() or record.course or record.id


def clipped(there: ByState, need: Credits) -> ByState:
    """Cut off what is over the need, planned first."""
    earned = min(there[0], need)
    in_progress = min(there[1], need - earned)
    return earned, in_progress, min(there[2], need - earned - in_progress)


def bound(name: str, title: str, measure: Measure, need: Credits, there: ByState) -> Bound:
    return Bound(name, title, measure, need, clipped(there, need))


def _single(name: str, unit: Measure, need: Credits, there: ByState) -> Measured:
    return Measured(bound(name, "", unit, need, there))


def _average(record: StudentRecord, name: str) -> Credits:
    """The average stated last under this name; the better one of the same day."""
    stated = [each for each in record.averages if each.name == name]
    last = max(stated, key=lambda each: (each.on or date.min, each.value), default=None)
    return last.value if last else 0


def _measured(
    condition: Have, records: tuple[CourseRecord, ...], *, name: str, value: str
) -> Measured:
    main, *parts = _bounds(name, "", condition.credits, condition.courses, records=records)
    for among in condition.among:
        fits: Predicate = predicate(among.match)
        chosen = [each for each in records if fits(each)]
        parts += _bounds(among.id, among.title, among.credits, among.courses, records=chosen)
    return Measured(main, tuple(parts), records, value)


def _bounds(
    name: str, title: str, credits: Credits, courses: int, *, records: Sequence[CourseRecord]
) -> list[Bound]:
    """One bound for credit, one for courses; the second has an id of its own."""
    found = []
    if credits:
        there = sums((each.state, each.credits) for each in records)
        found.append(bound(name, title, Measure.CREDIT, credits, there))
    if courses:
        extra = f"{name}-courses" if credits else name
        there = different_courses(records)
        found.append(bound(extra, title, Measure.COURSES, courses * ONE, there))
    return found
