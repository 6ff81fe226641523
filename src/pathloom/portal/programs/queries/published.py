"""Published programs of study, and what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet

from pathloom.engine.program.content import CONTENT, Content, SubjectRow
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import courses_by_code
from pathloom.portal.core.kept import while_unchanged
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.places import carried_place, carried_to


def published_versions() -> QuerySet[ProgramVersion]:
    """The versions the public sees, with program, school and district.

    A district's published programs are templates for its schools, which the public does not see.
    ``carried`` is where the program stands since its district moved to another framework.
    """
    return (
        ProgramVersion.objects.filter(publication__isnull=False, program__school__isnull=False)
        .select_related("program__school__district")
        .annotate(carried=carried_place())
        .order_by("title", "pk")
    )


def published_programs(school: School) -> QuerySet[ProgramVersion]:
    """The published versions of a school's programs of study, by title."""
    return published_versions().filter(program__school=school)


@while_unchanged(64, by=lambda school: school.pk)
def listed_programs(school: School) -> tuple[ProgramVersion, ...]:
    """The same in memory, for pages that look into each of them; nobody changes these rows."""
    return tuple(published_programs(school))


@while_unchanged(256)
def published_program(school_slug: str, slug: str) -> ProgramVersion | None:
    """The published version of one program of study; None when there is none."""
    return (
        published_versions().filter(program__school__slug=school_slug, program__slug=slug).first()
    )


def published_in(
    framework_id: str, *, cluster: str = "", pathway: str = ""
) -> QuerySet[ProgramVersion]:
    """The published versions of all schools in a framework, a cluster or a pathway of it.

    Also those that were written in another framework and are carried to this one, and those whose
    program was first written here and whose version in another.
    """
    here = {"framework": framework_id, "cluster": cluster, "pathway": pathway}
    wanted = {name: value for name, value in here.items() if value}
    first = Q(**{f"program__{name}": value for name, value in wanted.items()})
    carried = carried_to(framework_id, cluster=cluster, pathway=pathway)
    return published_versions().filter(first | Q(**wanted) | Exists(carried))


def programs_per_cluster(framework_id: str, school: School | None = None) -> dict[str, int]:
    """How many published programs each cluster has; one query."""
    found = published_in(framework_id)
    if school is not None:
        found = found.filter(program__school=school)
    rows: QuerySet[Any] = found.order_by()
    places = rows.values_list(
        "framework", "cluster", "program__framework", "program__cluster", "carried"
    )
    return Counter(
        {framework: own, first: written}.get(framework_id) or carried["cluster"]
        for framework, own, first, written, carried in places
    )


def schools_with_counts() -> list[tuple[School, int]]:
    """Every school with the number of its published programs, by district and name; two queries."""
    counted = dict(
        published_versions().order_by().values_list("program__school").annotate(number=Count("pk"))
    )
    schools = School.objects.select_related("district").order_by("district__name", "name")
    return [(school, counted.get(school.pk, 0)) for school in schools]


@while_unchanged(512, by=lambda version: (version.pk, version.revision))
def content_of(version: ProgramVersion) -> Content:
    """The content of a version as a value.

    Raises:
        pydantic.ValidationError: the stored content has not the form of ``Content``.
    """
    return CONTENT.validate_python(version.content)


def codes_in(content: Content) -> set[str]:
    """Every course code the content names."""
    steps = {code for step in content.steps for code in step.courses}
    return steps | {code for row in content.rows for code in _row_codes(row)}


def pathway_codes(version: ProgramVersion) -> set[str]:
    """The codes of the sequence itself, without the courses beside it."""
    return {code for step in content_of(version).steps for code in step.courses}


def _row_codes(row: SubjectRow) -> Iterable[str]:
    return (code for codes in row.grades.values() for code in codes)


@while_unchanged(256, by=lambda version, content: (version.pk, version.revision))
def courses_in(version: ProgramVersion, content: Content) -> dict[str, Course]:
    """The courses the content names, by code; one query."""
    return courses_by_code(version.program.school.district, codes_in(content))


def programs_with(school: School, code: str) -> list[ProgramVersion]:
    """The school's published programs that name a course in their sequence or beside it."""
    return [version for version in listed_programs(school) if code in codes_in(content_of(version))]
