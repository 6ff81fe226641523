"""The published programs of a school as values of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pydantic import TypeAdapter

from pathloom.engine.catalog import Agreements, Catalog, Credential, ProgramOfStudy, Step
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.snapshot import catalog_for
from pathloom.portal.core.kept import while_unchanged
from pathloom.portal.programs.models import CollegeAgreements, ProgramVersion
from pathloom.portal.programs.queries.published import (
    content_of,
    published_programs,
    published_versions,
)

AGREEMENTS: TypeAdapter[Agreements] = TypeAdapter(Agreements)


def agreements_in(version: CollegeAgreements) -> Agreements:
    """What a version of the agreements says."""
    return AGREEMENTS.validate_python(version.content)


@while_unchanged(16)
def agreements_for(district_id: int) -> Agreements | None:
    """The newest agreements with colleges that a district has published; one query."""
    published = CollegeAgreements.objects.filter(district=district_id, published_at__isnull=False)
    newest = published.order_by("-number").first()
    return agreements_in(newest) if newest else None


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


def credentials_of(version: ProgramVersion) -> tuple[Credential, ...]:
    """What the program says can be earned in high school, with the courses that prepare for it.

    Where the program leaves a choice of courses nothing can be said, so there is none.
    """
    content = content_of(version)
    steps = [step.courses for step in content.steps if step.required]
    if not steps or any(len(courses) != 1 for courses in steps):
        return ()
    return tuple(
        Credential(
            id=f"{version.program.slug}-{number}",
            title=f"{each.title}: {version.title}",
            courses=tuple(course for (course,) in steps),
        )
        for number, each in enumerate(content.credentials, start=1)
        if each.after == "high_school"
    )


@while_unchanged(16)
def family_tags(district_id: int) -> Mapping[str, frozenset[str]]:
    """Course code -> ``program:``, ``pathway:`` and ``cluster:`` of the programs it is a step of.

    Only published programs of the district's schools count; one query.
    """
    return _tags(_published_in(district_id))


def catalog_with_families(school: School) -> Catalog:
    """The catalog of a school with its credentials; courses also carry their ``family_tags``.

    Two queries.
    """
    catalog, versions = catalog_for(school), _published_in(school.district_id)
    families = _tags(versions)
    return replace(
        catalog,
        courses=tuple(
            replace(course, tags=course.tags | families[course.id])
            if course.id in families
            else course
            for course in catalog.courses
        ),
        credentials=tuple(
            credential
            for version in versions
            if version.program.school_id == school.pk
            for credential in credentials_of(version)
        ),
    )


def _published_in(district_id: int) -> Sequence[ProgramVersion]:
    return tuple(published_versions().filter(program__school__district=district_id))


def _tags(versions: Iterable[ProgramVersion]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for version in versions:
        program = version.program
        families = {"program": program.slug, "pathway": program.pathway, "cluster": program.cluster}
        tags = {f"{family}:{value}" for family, value in families.items() if value}
        for code in {code for step in content_of(version).steps for code in step.courses}:
            found[code] = found.get(code, frozenset()) | tags
    return found
