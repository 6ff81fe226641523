"""Term by term: when an invented student takes the courses wished for, and with which mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from pathloom.engine.catalog import Course
from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear, Term
from pathloom.portal.demo.actions.wishes import Wishes, ready

PASS = 70
Block = tuple[Course, ...]  # one course of a unit, or two half units that share the block


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of a transcript; ``code`` is empty for a course taken elsewhere."""

    code: str
    title: str
    number: str
    subject: str
    tags: tuple[str, ...]
    credits: int
    state: State
    term: Term
    mark: str = ""


@dataclass(slots=True)
class Transcript:
    """Walks through the terms of the years; ``loads`` says what each part of a year holds.

    A course is taken in the first term in which it is offered, there is room, and what it needs
    was passed; what was failed is taken again at the next chance.
    """

    offered: Mapping[str, Course]
    loads: Mapping[Part, int]
    random: Random
    skill: float
    may_fail: bool = False
    lines: list[Taken] = field(default_factory=list)
    waiting: list[Course] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)

    def walk(self, wishes: Wishes, *, grade: int, now: SchoolYear) -> tuple[Taken, ...]:
        """The lines from grade 9 to the present fall, whose courses are in progress."""
        for year in range(9, grade + 1):
            self.waiting += [self.offered[code] for code in wishes[year]]
            state = State.IN_PROGRESS if year == grade else State.EARNED
            for part in self.loads:
                if year < grade or part is not Part.SPRING:
                    self._term(Term(now.plus(year - grade), part), state)
        return tuple(self.lines)

    def ahead(self, wishes: Wishes, *, grade: int, now: SchoolYear) -> tuple[Taken, ...]:
        """After ``walk``: the terms to come, from the present spring to the end of grade 12."""
        done = len(self.lines)
        self._term(Term(now, Part.SPRING), State.PLANNED)
        for year in range(grade + 1, 13):
            self.waiting += [self.offered[code] for code in wishes[year]]
            for part in self.loads:
                self._term(Term(now.plus(year - grade), part), State.PLANNED)
        return tuple(self.lines[done:])

    def in_middle_school(self, codes: Sequence[str], term: Term) -> None:
        """Credit earned in middle school, over a whole year."""
        for code in codes:
            self._take(self.offered[code], term, State.EARNED)

    def as_listed(self, wishes: Wishes, *, grade: int, now: SchoolYear) -> tuple[Taken, ...]:
        """Like ``walk`` for a hand-made list of terms: what does not fit into fall is spring."""
        for year in range(9, grade + 1):
            load = 0
            for course in (self.offered[code] for code in wishes[year]):
                part = Part.FALL if load < self.loads[Part.FALL] else Part.SPRING
                load += course.credits
                state = State.IN_PROGRESS if year == grade else State.EARNED
                if year < grade or part is Part.FALL:
                    self._take(course, Term(now.plus(year - grade), part), state)
        return tuple(self.lines)

    def _term(self, term: Term, state: State) -> None:
        """Fill one term from the courses waiting; what is not passed waits again."""
        passed = frozenset(self.passed)
        open_now = [c for c in self.waiting if term.part in c.parts and ready(c, passed)]
        room = self.loads[term.part]
        urgency = {block: self._urgency(block) for block in _blocks(open_now, room)}
        chosen: list[Course] = []
        for block in sorted(urgency, key=urgency.__getitem__):
            size = sum(course.credits for course in block)
            if size <= room:
                chosen.extend(block)
                room -= size
        again = [course for course in chosen if not self._take(course, term, state)]
        self.waiting = [*again, *(course for course in self.waiting if course not in chosen)]

    def _urgency(self, block: Block) -> tuple[int, float]:
        """First what others wait for, then what is offered once a year, last a half block."""
        codes = {course.id for course in block}
        others = [course for course in self.waiting if course.id not in codes]
        needed = any(not ready(c, self.passed) and ready(c, self.passed | codes) for c in others)
        once = any(len(course.parts) == 1 for course in block)
        half = len(block) == 1 and block[0].credits < 100
        return (0 if needed else 1 if once else 3 if half else 2, self.random.random())

    def _take(self, course: Course, term: Term, state: State) -> bool:
        """Write the line; False when the course was not passed."""
        line = Taken(
            code=course.id,
            title=course.title,
            number=course.number,
            subject=course.subject,
            tags=tuple(sorted(course.tags)),
            credits=course.credits,
            state=state,
            term=term,
        )
        if state is State.EARNED:
            line = self._marked(line)
        self.lines.append(line)
        if line.state in (State.FAILED, State.WITHDRAWN):
            return False
        self.passed.add(course.id)
        return True

    def _marked(self, line: Taken) -> Taken:
        if self.may_fail and self.random.random() < 0.04:
            return replace(line, state=State.WITHDRAWN, mark="W")
        mark = max(40, min(99, round(self.random.gauss(self.skill, 6))))
        if not self.may_fail:
            mark = max(mark, PASS + self.random.randrange(6))
        return replace(line, state=State.EARNED if mark >= PASS else State.FAILED, mark=str(mark))


def _blocks(courses: Sequence[Course], room: int) -> list[Block]:
    """Whole units alone, half units in pairs in their order; an odd one stays alone.

    Where a term has no room for a pair, every half unit stays alone.
    """
    halves = [course for course in courses if course.credits == 50]
    size = 2 if room >= 100 else 1
    pairs: list[Block] = [tuple(halves[i : i + size]) for i in range(0, len(halves), size)]
    return [*((course,) for course in courses if course.credits != 50), *pairs]
