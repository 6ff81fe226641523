"""What a school has for an interest."""

from __future__ import annotations

from dataclasses import dataclass

from pathloom.engine.taxonomy import Cluster, Framework
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import CourseSearch, found_courses
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.frameworks import frameworks, place_now
from pathloom.portal.programs.queries.published import content_of, published_programs


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
    used = {found.id for each in versions if (found := place_now(each)[0])}
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
    _, cluster, pathway = place_now(version)
    texts = [version.title, version.summary]
    texts += [occupation.title for occupation in content.occupations]
    texts += [credential.title for credential in content.credentials]
    texts += [each.name for each in (cluster, pathway) if each is not None]
    return " ".join(texts).casefold()


def _cluster_text(cluster: Cluster) -> str:
    return " ".join([cluster.name, *(each.name for each in cluster.pathways)]).casefold()
