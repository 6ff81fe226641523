"""Career frameworks: clusters and their pathways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict

from pathloom.engine.errors import Location, PathloomError, Problem, Problems, nearest
from pathloom.engine.page import in_order, parse_page, read_page

_STRICT = ConfigDict(extra="forbid")
PACKAGED = Path(__file__).parents[1] / "rulebook" / "frameworks"


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
    """A framework file is wrong."""


@dataclass(frozen=True, slots=True)
class FrameworkSource:
    """Where names of a framework were read; ``kind`` is primary or secondary."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: Id
    title: Words
    url: str
    read_on: Day
    kind: Literal["primary", "secondary"]


@dataclass(frozen=True, slots=True)
class Pathway:
    """A sub-grouping of a cluster by shared knowledge and skills; ids are unique in a cluster."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: Id
    name: Words
    source: Id
    code: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A published grouping of occupations; ``code`` is the publisher's, empty if none was seen."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: Id
    name: Words
    source: Id
    code: str = ""
    pathways: tuple[Pathway, ...] = ()

    def pathway(self, pathway_id: str) -> Pathway | None:
        return next((pathway for pathway in self.pathways if pathway.id == pathway_id), None)


@dataclass(frozen=True, slots=True)
class Framework:
    """One published version of a career framework, e.g. the national one of 2008."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: Id
    title: Words
    steward: Words
    status: Words
    read_on: Day
    sources: tuple[FrameworkSource, ...]
    clusters: tuple[Cluster, ...]

    def cluster(self, cluster_id: str) -> Cluster | None:
        return next((cluster for cluster in self.clusters if cluster.id == cluster_id), None)

    def source(self, source_id: str) -> FrameworkSource:
        return next(source for source in self.sources if source.id == source_id)


_SHAPES = {"sources": FrameworkSource, "clusters": Cluster, "pathways": Pathway}


def load_frameworks(root: Path | None = None) -> tuple[Framework, ...]:
    """Read every framework of a folder, the packaged ones by default, ordered by id.

    Raises:
        FrameworkError: every mistake of every file.
    """
    found: list[Framework] = []
    problems = Problems()
    for path in sorted((root or PACKAGED).glob("*.yaml")):
        try:
            found.append(load_framework(path))
        except FrameworkError as error:
            problems.extend(error.problems)
    problems.raise_if_any(FrameworkError)
    return tuple(sorted(found, key=lambda framework: framework.id))


def load_framework(path: Path) -> Framework:
    """Read one framework file (YAML with the keys of ``Framework``).

    Raises:
        FrameworkError: every mistake in the file, each as ``file:line: what. What to do.``:
            unknown keys, missing or malformed values, an id used twice, a source not listed.
    """
    page, problems = read_page(path, kind=FrameworkError)
    framework = parse_page(page, Framework, problems=problems, known=_known_keys)
    if framework is not None:
        problems.extend(_check(framework, page.place))
    if problems or framework is None:
        raise FrameworkError(in_order(problems))
    return framework


def _known_keys(location: Location) -> tuple[str, ...]:
    """The keys a mapping at ``location`` may have."""
    names = [step for step in location if isinstance(step, str)]
    shape = _SHAPES.get(names[-1], Framework) if names else Framework
    return tuple(field.name for field in fields(shape))


def _check(framework: Framework, place: Callable[[Location], str]) -> Iterator[Problem]:
    known = [source.id for source in framework.sources]
    yield from _repeated("source", known, ("sources",), place)
    yield from _repeated("cluster", [c.id for c in framework.clusters], ("clusters",), place)
    for index, cluster in enumerate(framework.clusters):
        here: Location = ("clusters", index)
        yield from _unlisted(cluster.source, known, (*here, "source"), place)
        here = (*here, "pathways")
        yield from _repeated("pathway", [p.id for p in cluster.pathways], here, place)
        for number, pathway in enumerate(cluster.pathways):
            yield from _unlisted(pathway.source, known, (*here, number, "source"), place)


def _repeated(
    kind: str, ids: list[str], location: Location, place: Callable[[Location], str]
) -> Iterator[Problem]:
    for index, name in enumerate(ids):
        if name in ids[:index]:
            first = place((*location, ids.index(name), "id"))
            what = f"{kind} '{name}' stands twice (first at {first})"
            yield Problem(place((*location, index, "id")), what, "Give one of them another id.")


def _unlisted(
    source: str, known: list[str], location: Location, place: Callable[[Location], str]
) -> Iterator[Problem]:
    if source not in known:
        what = f"source '{source}' is not listed under 'sources'"
        yield Problem(place(location), what, nearest(source, known))
