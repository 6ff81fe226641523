"""A plan beside its request, looked up by course and by term: what the checker reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pathloom.engine.catalog import Course
from pathloom.engine.planner.types import Finding, Placement, PlanRequest, PlanTerm
from pathloom.engine.record import State
from pathloom.engine.units import Mark, Part, Term, format_grade


@dataclass(frozen=True, slots=True)
class View:
    """A request and a plan, looked up by course and by term."""

    request: PlanRequest
    placements: tuple[Placement, ...]
    courses: dict[str, Course]
    terms: dict[Term, PlanTerm]
    marks: dict[str, tuple[Mark | None, ...]]  # what is earned, by course and by state number
    under_way: frozenset[str]
    taken: dict[str, tuple[Term, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, request: PlanRequest, placements: Iterable[Placement]) -> View:
        placed = tuple(sorted(placements, key=lambda place: (place.term, place.course)))
        marks: dict[str, tuple[Mark | None, ...]] = {}
        under_way: set[str] = set()
        for record in request.record.courses:
            names = [name for name in (record.course, record.number) if name]
            if record.state is State.EARNED:
                marks |= {name: (*marks.get(name, ()), record.mark) for name in names}
            elif record.state is State.IN_PROGRESS:
                under_way.update(names)
        taken: dict[str, tuple[Term, ...]] = {}
        for place in placed:
            taken[place.course] = (*taken.get(place.course, ()), place.term)
        return cls(
            request=request,
            placements=placed,
            courses={course.id: course for course in request.catalog.courses},
            terms={entry.term: entry for entry in request.terms},
            marks=marks,
            under_way=frozenset(under_way),
            taken=taken,
        )

    def known(self) -> Iterator[tuple[Placement, Course]]:
        for place in self.placements:
            if place.course in self.courses:
                yield place, self.courses[place.course]

    def title(self, course_id: str) -> str:
        course = self.courses.get(course_id)
        return course.title if course else course_id

    def when(self, term: Term) -> str:
        """Say a term the way a student does: "spring of grade 11"."""
        entry = self.terms.get(term)
        if entry is None:
            return str(term)
        part = {Part.YEAR: "the full year", Part.ONLINE: "the online term"}.get(
            term.part, term.part
        )
        return f"{part} of grade {format_grade(entry.grade)}"

    def earned_marks(self, course: Course) -> tuple[Mark | None, ...]:
        by_number = self.marks.get(course.number, ()) if course.number else ()
        return self.marks.get(course.id, ()) + by_number

    def is_under_way(self, course: Course) -> bool:
        return course.id in self.under_way or bool(
            course.number and course.number in self.under_way
        )

    def position(self, finding: Finding) -> tuple[int, str, str, str]:
        order = {str(term): index for index, term in enumerate(sorted(self.terms))}
        place = order.get(finding.term, len(order)) if finding.term else len(order) + 1
        return (place, finding.course, finding.code, finding.what)
