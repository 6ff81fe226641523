"""How courses and terms are said to a student."""

from __future__ import annotations

from pathloom.engine.catalog import Catalog
from pathloom.engine.planner.types import PlanTerm
from pathloom.engine.units import Part, Term, format_grade


def title_in(catalog: Catalog, course_id: str) -> str:
    course = catalog.course(course_id)
    return course.title if course else course_id


def when(entry: PlanTerm) -> str:
    """Say a term the way a student does: "spring of grade 11"."""
    part, grade = entry.term.part, format_grade(entry.grade)
    match part:
        case Part.YEAR:
            return f"grade {grade}"
        case Part.ONLINE:
            return f"the online courses of grade {grade}"
        case _:
            return f"{part} of grade {grade}"


def season(term: Term) -> str:
    """Say a term by the calendar year in which it ends: "summer 2027"."""
    if term.part is Part.FALL:
        return f"fall {term.year.start}"
    part = Part.SPRING if term.part in {Part.YEAR, Part.ONLINE} else term.part
    return f"{part} {term.year.start + 1}"
