"""What the fields of a line of a program of study may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pathloom.engine.program.content import ELEMENTS, STAGES, WORK_KINDS
from pathloom.engine.units import format_grade
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.presenters import subject_name
from pathloom.portal.programs.presenters.authoring_lines import element_name
from pathloom.portal.programs.presenters.program import stage_name
from pathloom.portal.programs.presenters.program_more import work_kind_name
from pathloom.portal.programs.queries.skills import skills

Choices = Sequence[tuple[Any, Any]]
LANGUAGES = (("es", "Español"),)


@dataclass(frozen=True, slots=True)
class Given:
    """What the fields of a line may hold: pairs of value and words."""

    courses: Choices = ()
    subjects: Choices = ()
    stages: Choices = ()
    work_kinds: Choices = ()
    elements: Choices = ()
    skills: Choices = ()
    languages: Choices = ()
    grades: Choices = ()


def given(courses: Sequence[Course]) -> Given:
    """What the fields of a line may hold; ``courses`` are those that may be named."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for course in courses:
        groups.setdefault(course.subject, []).append(
            (course.code, f"{course.title} ({course.code})")
        )
    ordered = sorted(groups, key=subject_name)
    return Given(
        courses=[(subject_name(subject), groups[subject]) for subject in ordered],
        subjects=[(subject, subject_name(subject)) for subject in ordered],
        stages=[(stage, stage_name(stage)) for stage in STAGES],
        work_kinds=[(kind, work_kind_name(kind)) for kind in WORK_KINDS],
        elements=[(element, element_name(element)) for element in ELEMENTS],
        skills=[(skill.id, skill.title) for skill in skills()],
        languages=LANGUAGES,
        grades=[(str(grade), format_grade(grade)) for grade in (9, 10, 11, 12)],
    )
