"""The frameworks, the one of a district, and where a program stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.db.models import Count

from pathloom.engine.rules.pathways import PathwayBook, Reference, StatePathway, load_pathways
from pathloom.engine.taxonomy import (
    PACKAGED,
    Carried,
    Cluster,
    Crosswalk,
    Framework,
    Level,
    Levels,
    Pathway,
    Place,
    Statement,
    Taxonomy,
    carry,
    load_taxonomy,
)
from pathloom.engine.taxonomy.table import Table, TableKind, load_table
from pathloom.portal.accounts.models import District, School
from pathloom.portal.core.kept import while_unchanged
from pathloom.portal.programs.models import FrameworkMove, LevelNames, ProgramVersion
from pathloom.portal.programs.queries.places import standing_moves, stands
from pathloom.portal.programs.queries.published import published_programs, published_versions

NATIONAL = "national-2008"
STATES = {"georgia": "us-ga"}  # framework of a state -> folder of its rulebook
OF_STATES = {"us-ga": "georgia", "us-il": "illinois"}  # jurisdiction -> framework


@cache
def taxonomy() -> Taxonomy:
    """The packaged frameworks, read once in a process, and once on this machine until they change.

    Frameworks and crosswalks come from one reading.
    """
    return load_taxonomy(cache=settings.VAR / "taxonomy")


def frameworks() -> tuple[Framework, ...]:
    """Every packaged framework."""
    return taxonomy().frameworks


def crosswalks() -> tuple[Crosswalk, ...]:
    """Every packaged crosswalk."""
    return taxonomy().crosswalks


def framework(framework_id: str) -> Framework | None:
    return next((each for each in frameworks() if each.id == framework_id), None)


def imported_table(kind: TableKind) -> Table | None:
    """What the operator imported of the steward's workbooks; None: nothing of this kind."""
    return load_table(settings.PATHLOOM_DATA / "frameworks", kind)


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


@cache
def carried_places(place: Place, *, to: str) -> tuple[Carried, ...]:
    """Where a place of a packaged framework goes in another one; see ``carry``."""
    return carry(crosswalks(), place, to=to)


@cache
def statements_of(place: Place) -> tuple[Statement, ...]:
    """What people of a place know and can do; of its exact counterpart where it has none itself."""
    for each in (place, *_counterparts(place)):
        known = framework(each.framework)
        found = known.at(each) if known else None
        if found is not None and found.statements:
            return found.statements
    return ()


def _counterparts(place: Place) -> tuple[Place, ...]:
    return tuple(
        found.place
        for other in frameworks()
        for found in carried_places(place, to=other.id)
        if found.kind == "exact"
    )


PlaceParts = tuple[Framework | None, Cluster | None, Pathway | None]


def place_of(version: ProgramVersion) -> PlaceParts:
    """Where a version stands in the framework it was written in; this never changes.

    None for what the framework does not know.
    """
    return parts_of(Place(*version.place))


def place_now(version: ProgramVersion) -> PlaceParts:
    """Where a program stands in the framework that its district uses now.

    Args:
        version: one of ``published_versions``; others stand where they were written.
    """
    return parts_of(Place(*stands(version)))


def place_in(version: ProgramVersion, seen_from: Framework | None) -> PlaceParts:
    """Where a program stands in a framework it was written in; in any other, where it is now."""
    program = version.program
    if seen_from is not None and seen_from.id == program.framework != version.place[0]:
        return parts_of(Place(program.framework, program.cluster, program.pathway))
    written = seen_from is not None and seen_from.id == version.place[0]
    return place_of(version) if written else place_now(version)


def parts_of(place: Place) -> PlaceParts:
    found = framework(place.framework)
    cluster = found.cluster(place.cluster) if found else None
    return found, cluster, cluster.pathway(place.pathway) if cluster else None


def standing_move(district: District) -> FrameworkMove | None:
    """The move by which a district came to its framework; None when it never moved."""
    return standing_moves().filter(district=district).first()


@while_unchanged(64, by=lambda school: school.pk)
def framework_of(school: School) -> Framework | None:
    """The framework of a school's district; before any move what most of its programs use."""
    move = standing_move(school.district)
    if move is not None:
        return framework(move.to_framework)
    used = (
        published_programs(school)
        .order_by()
        .values("program__framework")
        .annotate(number=Count("pk"))
        .order_by("-number", "program__framework")
        .first()
    )
    return framework(used["program__framework"] if used else _usual(school.district))


def framework_of_district(district: District) -> Framework | None:
    """The framework a district chose; before that what most of its programs use."""
    move = standing_move(district)
    if move is not None:
        return framework(move.to_framework)
    used = (
        published_versions()
        .filter(program__school__district=district)
        .order_by()
        .values("program__framework")
        .annotate(number=Count("pk"))
        .order_by("-number", "program__framework")
        .first()
    )
    return framework(used["program__framework"] if used else _usual(district))


def only_district() -> District | None:
    """The district of this portal; None where there is none, or several."""
    found = list(District.objects.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def _usual(district: District) -> str:
    """The framework of a district without any program: its state's, else the national one."""
    state = "-".join(district.jurisdiction.split("-")[:2])
    return OF_STATES.get(state, NATIONAL)


@dataclass(frozen=True, slots=True)
class DistrictLevels:
    """What a district calls the levels of a framework; ``renamed`` are its own words."""

    levels: Levels
    renamed: dict[str, dict[str, list[str]]]


@while_unchanged(64, by=lambda district, found: (district.pk, found.id))
def levels_in(district: District, found: Framework) -> DistrictLevels:
    """The steward's words for the levels, or the district's own; one query."""
    kept = LevelNames.objects.filter(district=district, framework=found.id).first()
    words = kept.words if kept else {}
    return DistrictLevels(
        replace(
            found.levels,
            cluster=_level(found.levels.cluster, words, "cluster"),
            pathway=_level(found.levels.pathway, words, "pathway"),
        ),
        words,
    )


def _level(level: Level, words: dict[str, dict[str, list[str]]], name: str) -> Level:
    one, many = words.get("en", {}).get(name, (level.one, level.many))
    kept = ("", "") if name in words.get("en", {}) else (level.es_one, level.es_many)
    es_one, es_many = words.get("es", {}).get(name, kept)
    return Level(one, many, es_one, es_many)
