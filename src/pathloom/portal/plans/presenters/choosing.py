"""Programs of study to choose from."""

from __future__ import annotations

from typing import TypedDict

from pathloom.portal.accounts.models import School
from pathloom.portal.core.queries import today
from pathloom.portal.plans.models import GraduationPlan
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.frameworks import place_of
from pathloom.portal.programs.queries.published import published_versions
from pathloom.portal.records.models import Student
from pathloom.portal.records.queries import present_enrollment


class Choice(TypedDict):
    pk: int
    title: str
    why: str
    chosen: bool


class ClusterChoices(TypedDict):
    cluster: str
    title: str
    programs: list[Choice]


class SchoolChoices(TypedDict):
    name: str
    clusters: list[ClusterChoices]


class Choosing(TypedDict):
    """``none_allowed``: whether the student can go on without a program."""

    schools: list[SchoolChoices]
    none_allowed: bool
    none_chosen: bool


def choices(student: Student, *, plan: GraduationPlan | None, wanted: int | None) -> Choosing:
    """The published programs of the student's high school, or of those that come next.

    Args:
        wanted: the program that was asked for; it is chosen instead of the plan's, if it is here.
    """
    enrollment = present_enrollment(student, on=today(student.district))
    at_high = enrollment is not None and enrollment.school.level == School.Level.HIGH
    versions = published_versions().filter(program__school__district=student.district)
    if at_high and enrollment is not None:
        versions = versions.filter(program__school=enrollment.school)
    by_school: dict[School, list[ProgramVersion]] = {}
    for version in versions.order_by("program__school__name", "title"):
        by_school.setdefault(version.program.school, []).append(version)
    offered = {version.program_id for found in by_school.values() for version in found}
    chosen = next((each for each in (wanted, plan and plan.program_id) if each in offered), None)
    return {
        "schools": [
            {"name": school.name, "clusters": _clusters(found, chosen)}
            for school, found in by_school.items()
        ],
        "none_allowed": at_high,
        "none_chosen": chosen is None,
    }


def _clusters(versions: list[ProgramVersion], chosen: int | None) -> list[ClusterChoices]:
    found: dict[str, ClusterChoices] = {}
    for version in versions:
        _framework, cluster, _pathway = place_of(version)
        name = version.program.cluster
        group = found.setdefault(
            name, {"cluster": name, "title": cluster.name if cluster else name, "programs": []}
        )
        group["programs"].append(
            {
                "pk": version.program_id,
                "title": version.title,
                "why": version.summary,
                "chosen": version.program_id == chosen,
            }
        )
    return sorted(found.values(), key=lambda group: group["title"])
