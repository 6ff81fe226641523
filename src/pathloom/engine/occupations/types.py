"""Occupations, the figures published about them, and where each figure comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pathloom.engine.errors import PathloomError

NATIONAL = "US"
INTERESTS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")
PERCENTILES = (10, 25, 50, 75, 90)

# What people usually need to enter an occupation, from the least to the most.
EDUCATION = (
    "none",
    "high_school",
    "some_college",
    "award",
    "associate",
    "bachelor",
    "master",
    "doctoral",
)
Match = Literal["exact", "broader", "merged"]
SummedFigure = Literal["employment", "openings"]


class OccupationError(PathloomError):
    """A file about occupations is wrong."""


@dataclass(frozen=True, slots=True)
class Pay:
    """Dollars a year; a ``floor`` says that the publisher only prints "this much or more"."""

    dollars: int
    floor: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What BLS or a state publishes about the line ``code`` that an occupation belongs to.

    ``match`` says whether the line is about the same group of jobs (``exact``), about a
    ``broader`` one, or about several ``merged`` ones. ``wage`` is the median in whole dollars a
    year; ``spread`` are the percentiles of ``PERCENTILES``, each None where not published.
    ``employment`` counts persons in the first of ``years``, ``growth`` is in tenths of a percent
    over all of ``years``, ``openings`` are persons a year. ``area`` and ``years`` belong to these
    three; ``wage_area`` and ``wage_year`` to the pay; ``education_from`` and ``training_from`` are
    area and years of these two where the nation's stand in for a state's. None: not published.
    """

    code: str
    title: str
    match: Match
    employment: int | None = None
    growth: int | None = None
    openings: int | None = None
    area: str = NATIONAL
    years: str = ""
    education: str = ""
    experience: str = ""
    training: str = ""
    education_from: tuple[str, str] | None = None
    training_from: tuple[str, str] | None = None
    spread: tuple[Pay | None, ...] = (None,) * len(PERCENTILES)
    wage_area: str = NATIONAL
    wage_year: str = ""

    @property
    def median(self) -> Pay | None:
        return self.spread[2]

    @property
    def wage(self) -> int | None:
        return self.median.dollars if self.median else None

    @property
    def wage_is_floor(self) -> bool:
        return self.median is not None and self.median.floor


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster and pathway (ids) of a framework that a source puts an occupation into.

    ``pathway`` is empty where the source names the cluster only.
    """

    framework: str
    cluster: str
    pathway: str = ""


@dataclass(frozen=True, slots=True)
class CollegeField:
    """A field of study with its CIP code, such as 14.0801 Civil Engineering."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Occupation:
    """One O*NET occupation.

    ``job_zone`` is 1 to 5; ``interests`` are hundredths (100 to 700) in the order of
    ``INTERESTS``; both None where O*NET has none. ``related`` are codes, the nearest first.
    ``es_title`` is our own Spanish of the title; empty: not translated.
    """

    code: str
    title: str
    job_zone: int | None = None
    interests: tuple[int, ...] | None = None
    bls: Figures | None = None
    places: tuple[Place, ...] = ()
    cips: tuple[CollegeField, ...] = ()
    related: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    es_title: str = ""

    @property
    def soc(self) -> str:
        """The code of the Standard Occupational Classification: O*NET's without its detail."""
        return self.code[:7]

    @property
    def is_military(self) -> bool:
        return self.code.startswith("55-")


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table of ours that was made from a data set, with the number of its rows."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class InputSource:
    """A file of a publisher as it was read; ``sha256`` is of its content, unpacked."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """A publisher's data set behind the tables: what the page of sources says about it.

    ``attribution`` is the line the publisher asks for; ``changed`` is what we made of the data.
    """

    id: str
    title: str
    publisher: str
    version: str
    released: str
    read_on: str
    url: str
    license: str
    license_url: str
    attribution: str
    changed: str
    area: str
    inputs: tuple[InputSource, ...]
    tables: tuple[TableSource, ...]


@dataclass(frozen=True, eq=False)
class OccupationBook:
    """Every occupation, ordered by code, with the figures of one area.

    Where the area has no figure of its own the national one stands, labeled so.
    ``everyone`` is the line for all occupations together.
    """

    root: Path
    area: str
    occupations: tuple[Occupation, ...]
    everyone: Figures

    @cached_property
    def by_code(self) -> dict[str, Occupation]:
        return {each.code: each for each in self.occupations}

    @cached_property
    def by_place(self) -> dict[Place, tuple[Occupation, ...]]:
        """Each place with its occupations; a cluster also holds those of its pathways."""
        found: dict[Place, dict[str, Occupation]] = {}
        for each in self.occupations:
            for place in each.places:
                for where in (place, Place(place.framework, place.cluster)):
                    found.setdefault(where, {})[each.code] = each
        return {place: tuple(inside.values()) for place, inside in found.items()}

    def in_place(self, framework: str, cluster: str, pathway: str = "") -> tuple[Occupation, ...]:
        """The occupations of a cluster, or of one pathway of it."""
        return self.by_place.get(Place(framework, cluster, pathway), ())

    @cached_property
    def frameworks(self) -> frozenset[str]:
        """The frameworks into which a source puts occupations itself."""
        return frozenset(place.framework for place in self.by_place)


def total(occupations: Iterable[Occupation], figure: SummedFigure) -> int:
    """Sum a figure in persons over occupations, each line of the publisher counted once.

    Several O*NET occupations share one line, and each of them repeats its figures.
    """
    lines = {each.bls.code: each.bls for each in occupations if each.bls is not None}
    return sum(getattr(line, figure) or 0 for line in lines.values())
