"""Published programs of study, and the frameworks they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, QuerySet

from pathloom.engine.rules.pathways import PathwayBook, Reference, StatePathway, load_pathways
from pathloom.engine.taxonomy import PACKAGED, Cluster, Framework, Pathway, load_frameworks
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import CourseSearch, courses_by_code, found_courses
from pathloom.portal.programs.models import CONTENT, Content, ProgramVersion, SubjectRow

NATIONAL = "national-2008"
STATES = {"georgia": "us-ga"}  # framework of a state -> folder of its rulebook


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every packaged framework, read once."""
    return load_frameworks()


def framework(framework_id: str) -> Framework | None:
    return next((each for each in frameworks() if each.id == framework_id), None)


@cache
def _pathways_of(state: str) -> PathwayBook:
    return load_pathways(PACKAGED.parent / state / "pathways.yaml")


def state_pathway(
    framework_id: str, *, cluster: str, pathway: str
) -> tuple[StatePathway, Reference] | None:
    """The courses of a pathway as a source of the state names them, with that source."""
    if framework_id not in STATES:
        return None
    book = _pathways_of(STATES[framework_id])
    for row in book.rows:
        if (row.cluster, row.pathway) == (cluster, pathway):
            return row, book.sources[row.source]
    return None


def place_of(version: ProgramVersion) -> tuple[Framework | None, Cluster | None, Pathway | None]:
    """Where a program stands in its framework; None for what the framework does not know."""
    found = framework(version.program.framework)
    cluster = found.cluster(version.program.cluster) if found else None
    pathway = cluster.pathway(version.program.pathway) if cluster else None
    return found, cluster, pathway


def published_versions() -> QuerySet[ProgramVersion]:
    """The versions the public sees, with program, school and district."""
    return (
        ProgramVersion.objects.filter(publication__isnull=False)
        .select_related("program__school__district")
        .order_by("title", "pk")
    )


def published_programs(school: School) -> QuerySet[ProgramVersion]:
    """The published versions of a school's programs of study, by title."""
    return published_versions().filter(program__school=school)


def published_program(school_slug: str, slug: str) -> ProgramVersion | None:
    """The published version of one program of study; None when there is none."""
    return (
        published_versions().filter(program__school__slug=school_slug, program__slug=slug).first()
    )


def published_in(
    framework_id: str, *, cluster: str = "", pathway: str = ""
) -> QuerySet[ProgramVersion]:
    """The published versions of all schools in a framework, a cluster or a pathway of it."""
    found = published_versions().filter(program__framework=framework_id)
    if cluster:
        found = found.filter(program__cluster=cluster)
    if pathway:
        found = found.filter(program__pathway=pathway)
    return found


def programs_per_cluster(framework_id: str, school: School | None = None) -> dict[str, int]:
    """How many published programs each cluster has; one query."""
    found = published_in(framework_id)
    if school is not None:
        found = found.filter(program__school=school)
    counted = found.order_by().values("program__cluster").annotate(number=Count("pk"))
    return {row["program__cluster"]: row["number"] for row in counted}


def schools_with_counts() -> list[tuple[School, int]]:
    """Every school with the number of its published programs, by district and name; two queries."""
    counted = dict(
        published_versions().order_by().values_list("program__school").annotate(number=Count("pk"))
    )
    schools = School.objects.select_related("district").order_by("district__name", "name")
    return [(school, counted.get(school.pk, 0)) for school in schools]


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


def courses_in(version: ProgramVersion, content: Content) -> dict[str, Course]:
    """The courses the content names, by code; one query."""
    return courses_by_code(version.program.school.district, codes_in(content))


def programs_with(school: School, code: str) -> list[ProgramVersion]:
    """The school's published programs that name a course in their sequence or beside it."""
    return [
        version for version in published_programs(school) if code in codes_in(content_of(version))
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """What a school has for "I am interested in …"."""

    programs: tuple[ProgramVersion, ...]
    clusters: tuple[tuple[Framework, Cluster], ...]
    courses: tuple[Course, ...]


def interesting(school: School, words: str, *, most: int = 12) -> Found:
    """Search a school's programs, its programs' clusters and its courses for all of the words."""
    wanted = words.casefold().split()
    versions = list(published_programs(school))
    programs = tuple(each for each in versions if _about(_program_text(each), wanted))
    used = {each.program.framework for each in versions}
    clusters = tuple(
        (found, cluster)
        for found in frameworks()
        if found.id in used
        for cluster in found.clusters
        if _about(_cluster_text(cluster), wanted)
    )
    courses = found_courses(school, CourseSearch(words=words))
    return Found(programs, clusters, tuple(courses[:most]))


def _about(text: str, wanted: list[str]) -> bool:
    return bool(wanted) and all(word in text for word in wanted)


def _program_text(version: ProgramVersion) -> str:
    content = content_of(version)
    _, cluster, pathway = place_of(version)
    texts = [version.title, version.summary]
    texts += [occupation.title for occupation in content.occupations]
    texts += [credential.title for credential in content.credentials]
    texts += [each.name for each in (cluster, pathway) if each is not None]
    return " ".join(texts).casefold()


def _cluster_text(cluster: Cluster) -> str:
    return " ".join([cluster.name, *(each.name for each in cluster.pathways)]).casefold()


def framework_of(school: School) -> Framework | None:
    """The framework most of a school's published programs use; the state's own where none is."""
    used = (
        published_programs(school)
        .order_by()
        .values("program__framework")
        .annotate(number=Count("pk"))
        .order_by("-number", "program__framework")
        .first()
    )
    if used is not None:
        return framework(used["program__framework"])
    return framework("georgia" if school.district.jurisdiction.startswith("us-ga") else NATIONAL)
