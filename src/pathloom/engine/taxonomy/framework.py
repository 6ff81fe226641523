"""The parts of a career framework as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict

from pathloom.engine.errors import PathloomError

STRICT = ConfigDict(extra="forbid")


def _parse_day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError(f"'{value}' is not a date. Write it like 2026-11-21.") from None


def _parse_id(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(f"'{value}' is not an id. Use a to z, 0 to 9 and single hyphens.")
    return value


def _parse_words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("no words stand here. Write them.")
    return value


Day = Annotated[str, BeforeValidator(_parse_day)]
Id = Annotated[str, BeforeValidator(_parse_id)]
Words = Annotated[str, BeforeValidator(_parse_words)]


class FrameworkError(PathloomError):
    """A framework, a crosswalk or a workbook about them is wrong."""


@dataclass(frozen=True, slots=True)
class FrameworkSource:
    """Where names or rows were read; ``kind`` inferred: read nowhere, our own conclusion."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    title: Words
    url: str
    read_on: Day
    kind: Literal["primary", "secondary", "inferred"]


@dataclass(frozen=True, slots=True)
class Level:
    """What the steward calls one level of a framework; the Spanish words are ours, or empty."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    one: Words
    many: Words
    es_one: str = ""
    es_many: str = ""


@dataclass(frozen=True, slots=True)
class Levels:
    """The names of the levels; ``group`` is None where clusters are not grouped."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    cluster: Level = Level("Career cluster", "Career clusters")
    pathway: Level = Level("Pathway", "Pathways")
    group: Level | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What people of a place know or can do, in our own words; ``es`` empty: not translated."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    en: Words
    es: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A family of clusters, or of pathways where a cluster is split among groups.

    Here and below, ``es_`` is our own Spanish of a word; empty: not translated.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    name: Words
    source: Id
    code: str = ""
    note: str = ""
    es_name: str = ""
    es_note: str = ""


@dataclass(frozen=True, slots=True)
class Pathway:
    """A sub-grouping of a cluster by shared knowledge and skills; ids are unique in a cluster.

    ``group`` is set only where the groups split the cluster.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    name: Words
    source: Id
    code: str = ""
    group: str = ""
    statements: tuple[Statement, ...] = ()
    es_name: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A published grouping of occupations; ``code`` is the publisher's, empty if none was seen.

    ``group`` is empty where there are no groups, or where each pathway has its own.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    name: Words
    source: Id
    code: str = ""
    pathways: tuple[Pathway, ...] = ()
    group: str = ""
    cross_cutting: bool = False
    statements: tuple[Statement, ...] = ()
    es_name: str = ""

    def pathway(self, pathway_id: str) -> Pathway | None:
        return next((pathway for pathway in self.pathways if pathway.id == pathway_id), None)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cluster of a framework, or a pathway of it; written ``cluster/pathway`` in files."""

    framework: str
    cluster: str
    pathway: str = ""

    @property
    def path(self) -> str:
        return f"{self.cluster}/{self.pathway}" if self.pathway else self.cluster

    @property
    def whole_cluster(self) -> Place:
        return Place(self.framework, self.cluster)


@dataclass(frozen=True, slots=True)
class Framework:
    """One published version of a career framework, e.g. the national one of 2008."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    title: Words
    steward: Words
    status: Words
    read_on: Day
    sources: tuple[FrameworkSource, ...]
    clusters: tuple[Cluster, ...]
    levels: Levels = Levels()
    groups: tuple[Group, ...] = ()
    es_title: str = ""
    es_status: str = ""

    def cluster(self, cluster_id: str) -> Cluster | None:
        return next((cluster for cluster in self.clusters if cluster.id == cluster_id), None)

    def source(self, source_id: str) -> FrameworkSource:
        return next(source for source in self.sources if source.id == source_id)

    def at(self, place: Place) -> Cluster | Pathway | None:
        """What stands at a place; None for a place of another framework or of none."""
        cluster = self.cluster(place.cluster) if place.framework == self.id else None
        return cluster.pathway(place.pathway) if cluster and place.pathway else cluster

    def places(self) -> Iterator[Place]:
        """Every cluster, each followed by its pathways, in the steward's order."""
        for cluster in self.clusters:
            yield Place(self.id, cluster.id)
            yield from (Place(self.id, cluster.id, each.id) for each in cluster.pathways)

    def group_of(self, place: Place) -> Group | None:
        """The group of a place; None without groups, or for a cluster split among several."""
        cluster = self.cluster(place.cluster)
        pathway = cluster.pathway(place.pathway) if cluster else None
        wanted = (pathway.group if pathway else "") or (cluster.group if cluster else "")
        return next((group for group in self.groups if group.id == wanted), None)
