"""The published programs of a school as values of the engine."""

from __future__ import annotations

from pathloom.engine.catalog import ProgramOfStudy, Step
from pathloom.portal.accounts.models import School
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries import content_of, published_programs


def programs_for(school: School) -> tuple[ProgramOfStudy, ...]:
    """Make the programs of study that a school has published, ordered by id (slug); one query."""
    versions = published_programs(school).order_by("program__slug")
    return tuple(engine_program(version) for version in versions)


def engine_program(version: ProgramVersion) -> ProgramOfStudy:
    """One version as the engine's value; its id is the slug, unique in the school."""
    program = version.program
    return ProgramOfStudy(
        id=program.slug,
        title=version.title,
        steps=tuple(
            Step(courses=step.courses, grade=step.grade, required=step.required)
            for step in content_of(version).steps
        ),
        cluster=program.cluster,
        pathway=program.pathway,
    )
