"""Occupations as a visitor asks for them, with the labels of a district."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from pathloom.engine.occupations import (
    NATIONAL,
    DataSet,
    LabelKind,
    Occupation,
    OccupationBook,
    Thresholds,
    areas_in,
    default_thresholds,
    kinds_of,
    load_manifest,
    load_occupations,
)
from pathloom.engine.taxonomy import Confidence, Kind, Place
from pathloom.portal.accounts.models import District, School
from pathloom.portal.programs.models import DistrictThresholds, ProgramVersion
from pathloom.portal.programs.queries.frameworks import carried_places, imported_table
from pathloom.portal.programs.queries.published import content_of, listed_programs

SORTS = ("title", "wage", "openings", "growth")


@dataclass(frozen=True, slots=True)
class OccupationSearch:
    """What a visitor asks the list for; what is empty asks for nothing.

    ``cluster`` is one of ``framework``; there is no one without the other.
    """

    words: str = ""
    framework: str = ""
    cluster: str = ""
    education: str = ""
    zone: int | None = None
    label: str = ""
    sort: str = ""
    descending: bool = False
    sheet: int = 1

    @property
    def asked(self) -> bool:
        return any((self.words, self.cluster, self.education, self.zone, self.label))


@dataclass(frozen=True, slots=True)
class CarriedPlace:
    """A place of a framework an occupation belongs to; ``kind`` exact where a source says it."""

    place: Place
    kind: Kind
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class LeadingProgram:
    """A school's program that leads to an occupation; ``named``: it names this very occupation."""

    version: ProgramVersion
    named: bool
    after: str = ""


def occupation_book(district: District | None = None) -> OccupationBook:
    """The occupations with the figures of a district's state where an operator has added them."""
    root = _root()
    area = district.jurisdiction[:5].upper() if district else NATIONAL
    return load_occupations(root, area=area if area in _areas(root) else NATIONAL)


def data_sets() -> tuple[DataSet, ...]:
    """The data sets behind the occupations."""
    return load_manifest(_root())


def _root() -> Path | None:
    """The tables an operator has compiled; None: those that come with the portal."""
    compiled: Path = settings.PATHLOOM_DATA / "occupations"
    return compiled if compiled.is_dir() else None


@cache
def _areas(root: Path | None) -> tuple[str, ...]:
    return areas_in(root)


@cache
def default_thresholds_of(book: OccupationBook) -> Thresholds:
    """The thresholds of a district that has set none."""
    return default_thresholds(book)


def has_thresholds(district: District) -> bool:
    return DistrictThresholds.objects.filter(district=district).exists()


def thresholds_of(district: District | None) -> Thresholds:
    """What a district asks for a label; the defaults where it has said nothing. One query."""
    row = DistrictThresholds.objects.filter(district=district).first() if district else None
    if row is None:
        return default_thresholds_of(occupation_book(district))
    return Thresholds(
        education=row.education,
        wage=row.wage,
        growth=row.growth,
        openings=row.openings,
        apprenticeship=row.apprenticeship,
    )


@cache
def _labeled(book: OccupationBook, thresholds: Thresholds) -> dict[str, frozenset[LabelKind]]:
    return {each.code: kinds_of(each, thresholds) for each in book.occupations}


def labels_by_code(book: OccupationBook, thresholds: Thresholds) -> dict[str, frozenset[LabelKind]]:
    """The labels that hold, by code; kept for the defaults, which most visitors meet."""
    if thresholds == default_thresholds_of(book):
        return _labeled(book, thresholds)
    return {each.code: kinds_of(each, thresholds) for each in book.occupations}


def _own_places(book: OccupationBook, occupation: Occupation, framework: str) -> list[Place] | None:
    """The places a source of this very framework names; None: no source puts occupations there."""
    if framework in book.frameworks:
        return [
            Place(each.framework, each.cluster, each.pathway)
            for each in occupation.places
            if each.framework == framework
        ]
    imported = _imported()
    if framework not in imported:
        return None
    return imported[framework].get(occupation.soc, [])


@cache
def _imported() -> dict[str, dict[str, list[Place]]]:
    """Framework -> SOC code -> places, out of the workbook an operator has imported."""
    table = imported_table("soc")
    if table is None:
        return {}
    found: dict[str, list[Place]] = {}
    for row in table.rows:
        found.setdefault(row.code, []).append(Place(table.framework, row.cluster, row.pathway))
    return {table.framework: found}


def places_in(
    book: OccupationBook, occupation: Occupation, framework: str
) -> tuple[CarriedPlace, ...]:
    """Where an occupation stands in a framework, best first.

    Where a source puts occupations into this framework itself, only that counts: our tables, or
    the workbook an operator has imported. Elsewhere its places in the national one of 2008 are
    carried along the crosswalks, no surer than those are.
    """
    own = _own_places(book, occupation, framework)
    if own is not None:
        return tuple(CarriedPlace(each, "exact", "high") for each in own)
    found: dict[Place, CarriedPlace] = {}
    for each in occupation.places:
        start = Place(each.framework, each.cluster, each.pathway)
        for carried in carried_places(start, to=framework):
            here = CarriedPlace(carried.place, carried.kind, carried.confidence)
            found.setdefault(carried.place, here)
    return tuple(found.values())


def occupations_in(book: OccupationBook, search: OccupationSearch) -> dict[str, CarriedPlace]:
    """Code -> the best place it has in the cluster that is asked for; see ``places_in``."""
    if not search.cluster:
        return {}
    return {
        occupation.code: here
        for occupation in book.occupations
        for here in reversed(places_in(book, occupation, search.framework))
        if here.place.cluster == search.cluster
    }


def programs_leading_to(
    school: School, book: OccupationBook, occupation: Occupation
) -> list[LeadingProgram]:
    """A school's published programs that lead to an occupation; one query.

    First those that name it, then those that stand in a pathway it belongs to.
    """
    named, near = [], []
    for version in listed_programs(school):
        after = _names(version, occupation)
        if after is not None:
            named.append(LeadingProgram(version, named=True, after=after))
        elif _in_same_pathway(version, book, occupation):
            near.append(LeadingProgram(version, named=False))
    return [*named, *near]


def _names(version: ProgramVersion, occupation: Occupation) -> str | None:
    """The stage after which the program says people enter the occupation."""
    for each in content_of(version).occupations:
        if each.soc in (occupation.code, occupation.soc):
            return each.after
    return None


def _in_same_pathway(version: ProgramVersion, book: OccupationBook, occupation: Occupation) -> bool:
    program = version.program
    if not program.pathway:
        return False
    return any(
        (each.place.cluster, each.place.pathway) == (program.cluster, program.pathway)
        and each.kind in ("exact", "close")
        for each in places_in(book, occupation, program.framework)
    )
