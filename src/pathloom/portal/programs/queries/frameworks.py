"""The frameworks, and where a program stands in its own."""

from __future__ import annotations

from functools import cache

from django.db.models import Count

from pathloom.engine.rules.pathways import PathwayBook, Reference, StatePathway, load_pathways
from pathloom.engine.taxonomy import PACKAGED, Cluster, Framework, Pathway, load_frameworks
from pathloom.portal.accounts.models import School
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.published import published_programs

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
