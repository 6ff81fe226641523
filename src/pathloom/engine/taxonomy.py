"""Career frameworks: clusters and their pathways."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pathway:
    """A sub-grouping of a cluster by shared knowledge and skills; ids are unique in a framework."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """A published grouping of occupations; ``code`` is the publisher's, empty where none was seen."""

    id: str
    name: str
    code: str
    pathways: tuple[Pathway, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """One published version of a career framework, e.g. the national one of 2008."""

    id: str
    title: str
    steward: str
    status: str
    sources: tuple[str, ...]
    read_on: str
    clusters: tuple[Cluster, ...]
