"""The published programs of a school as values of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pathloom.engine.catalog import Catalog, ProgramOfStudy, Step
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.snapshot import catalog_for
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries import content_of, published_programs, published_versions


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


def family_tags(district_id: int) -> Mapping[str, frozenset[str]]:
    """Course code -> ``program:``, ``pathway:`` and ``cluster:`` of the programs it is a step of.

    Only published programs of the district's schools count; one query.
    """
    found: dict[str, frozenset[str]] = {}
    for version in published_versions().filter(program__school__district=district_id):
        program = version.program
        families = {"program": program.slug, "pathway": program.pathway, "cluster": program.cluster}
        tags = {f"{family}:{value}" for family, value in families.items() if value}
        for code in {code for step in content_of(version).steps for code in step.courses}:
            found[code] = found.get(code, frozenset()) | tags
    return found


def catalog_with_families(school: School) -> Catalog:
    """The catalog of a school whose courses also carry their ``family_tags``; two queries."""
    catalog, families = catalog_for(school), family_tags(school.district_id)
    return replace(
        catalog,
        courses=tuple(
            replace(course, tags=course.tags | families[course.id])
            if course.id in families
            else course
            for course in catalog.courses
        ),
    )
