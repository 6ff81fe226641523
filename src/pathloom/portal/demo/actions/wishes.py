"""Which courses an invented student takes in which grade, by archetype."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Need
from pathloom.engine.units import Part
from pathloom.portal.demo.actions.district import Habits, ProgramData

Wishes = dict[int, list[str]]  # grade -> course codes, a full year each


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses for one student: what the school offers, the program, and the student's own dice.

    ``taken`` says in which grade a course is, or was, taken.
    """

    offered: Mapping[str, Course]
    habits: Habits
    program: ProgramData | None
    random: Random
    taken: dict[str, int] = field(default_factory=dict)

    def by_grade(self, archetype: str, *, without: str = "") -> Wishes:
        """Up to eight units for each of the grades 9 to 12, required courses first in each."""
        match archetype:
            case "complete" | "one_short" | "overlapping":
                left_out = (self.habits.leave_out[without],) if without else ()
                chosen = {g: self._early(g, drop=left_out) for g in range(9, 13)}
                likes = [] if archetype == "overlapping" else self._likes()
            case "ahead":
                self.taken.update(dict.fromkeys(self.habits.middle_school, 8))
                chosen = {g: self._ahead(g) for g in range(9, 13)}
                likes = [self.habits.interests["spanish"], self.habits.advanced, *self._likes()]
            case "jrotc":
                chosen = {
                    g: self._usual(g, self.habits.jrotc[g], drop=("HEALTH", "PERSFIT"))
                    for g in range(9, 13)
                }
                likes = self._likes()
            case _:
                chosen = {g: self._usual(g) for g in range(9, 13)}
                likes = self._likes()
        return {grade: self._fill(codes, grade, likes) for grade, codes in chosen.items()}

    def _likes(self) -> list[tuple[str, ...]]:
        """Two interests; no second language beside the one of the program."""
        rows = self.program.content["rows"] if self.program else ()
        speaks = any(row["subject"] == "world-language" for row in rows)
        free = [
            like
            for like in sorted(self.habits.interests)
            if not (speaks and like in self.habits.languages)
        ]
        return [self.habits.interests[like] for like in self.random.sample(free, k=2)]

    def _usual(
        self, grade: int, extra: tuple[str, ...] = (), drop: Sequence[str] = ()
    ) -> list[str]:
        picks = [self._one_of(options, grade) for options in self._rows(grade)]
        return self._new([*extra, *picks], grade, drop)

    def _early(self, grade: int, drop: Sequence[str]) -> list[str]:
        """All requirements within three years, but for what is dropped."""
        steps = self.program.content["steps"] if self.program and grade < 12 else ()
        picks = [self._one_of(step["courses"], grade) for step in steps if step["grade"] == grade]
        return self._new([*self.habits.early[grade], *picks], grade, drop)

    def _ahead(self, grade: int) -> list[str]:
        """Algebra and a language in middle school, so mathematics runs a year early."""
        picks = [self._hardest(options) for options in self._rows(grade)]
        others = [code for code in picks if self.offered[code].subject != "mathematics"]
        return self._new([self.habits.ahead[grade], *others], grade)

    def _rows(self, grade: int) -> Sequence[tuple[str, ...]]:
        return self.program.rows(grade) if self.program else self.habits.undecided[grade]

    def _one_of(self, options: Sequence[str], grade: int) -> str:
        here = [code for code in options if self._fits(code, grade)] or [
            code for code in options if code in self.offered
        ]
        plain = [code for code in here if "ap" not in self.offered[code].tags] or here
        return self.random.choice(here if self.random.random() < 0.2 else plain)

    def _hardest(self, options: Sequence[str]) -> str:
        here = [code for code in options if code in self.offered]
        return next((code for code in here if "ap" in self.offered[code].tags), here[0])

    def _new(self, codes: list[str], grade: int, drop: Sequence[str] = ()) -> list[str]:
        fresh = [c for c in dict.fromkeys(codes) if c not in self.taken and c not in drop]
        self.taken.update(dict.fromkeys((*fresh, *drop), grade))
        return fresh

    def _fill(self, codes: list[str], grade: int, likes: list[tuple[str, ...]]) -> list[str]:
        """Add courses the student likes, then courses for everybody, up to a full year."""
        load = sum(self.offered[code].credits for code in codes)
        full = sum(self.habits.loads.values())
        while load < full:
            room = full - load
            code = self._liked(grade, likes) if room % 100 == 0 else ""
            code = code or self._any(grade, self.habits.half if room % 100 else self._pool())
            if not code:
                break  # a senior who has finished goes home early
            codes = [*codes, code]
            load += self.offered[code].credits
            self.taken[code] = grade
        return codes

    def _pool(self) -> tuple[str, ...]:
        full, half = self.habits.full, self.habits.half
        if Part.YEAR in self.habits.loads:
            return full  # half courses have periods of their own
        return (*full, *half) if self.random.random() < 0.6 else (*half, *full)

    def _liked(self, grade: int, likes: list[tuple[str, ...]]) -> str:
        for ladder in likes:
            step = next((code for code in ladder if code not in self.taken), "")
            if step and self._fits(step, grade) and self.random.random() < 0.7:
                return step
        return ""

    def _any(self, grade: int, pool: Sequence[str]) -> str:
        fits = [code for code in pool if code not in self.taken and self._fits(code, grade)]
        return self.random.choice(fits[:4]) if fits else ""

    def _fits(self, code: str, grade: int) -> bool:
        """Whether the course is offered in the grade and what it needs comes before."""
        course = self.offered.get(code)
        before = {c for c, g in self.taken.items() if g < grade}
        return course is not None and grade in course.grades and ready(course, before)


def ready(course: Course, passed: Collection[str]) -> bool:
    """Whether the prerequisite of a course is among the courses passed."""
    return course.prerequisite is None or _holds(course.prerequisite, passed)


def _holds(need: Need, passed: Collection[str]) -> bool:
    match need:
        case AllOf():
            return all(_holds(part, passed) for part in need.all)
        case AnyOf():
            return any(_holds(part, passed) for part in need.any)
        case CourseNeed():
            return need.course in passed
