"""Reading framework files: form, ids, sources, groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from pathloom.engine.errors import Location, Problem, Problems, nearest
from pathloom.engine.page import in_order, parse_page, read_page
from pathloom.engine.taxonomy.framework import (
    Cluster,
    Framework,
    FrameworkError,
    FrameworkSource,
    Group,
    Level,
    Levels,
    Pathway,
    Statement,
)

PACKAGED = Path(__file__).parents[2] / "rulebook" / "frameworks"
_SHAPES = {
    "sources": FrameworkSource,
    "clusters": Cluster,
    "pathways": Pathway,
    "groups": Group,
    "statements": Statement,
    "levels": Levels,
    "cluster": Level,
    "pathway": Level,
    "group": Level,
}


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
    yield from _check_groups(framework, place)


def _check_groups(framework: Framework, place: Callable[[Location], str]) -> Iterator[Problem]:
    """Where there are groups, each cluster stands in one, or else each of its pathways does."""
    known = [group.id for group in framework.groups]
    yield from _repeated("group", known, ("groups",), place)
    sources = [source.id for source in framework.sources]
    for index, group in enumerate(framework.groups):
        yield from _unlisted(group.source, sources, ("groups", index, "source"), place)
    for index, cluster in enumerate(framework.clusters):
        here: Location = ("clusters", index)
        within = [cluster.group, *(pathway.group for pathway in cluster.pathways)]
        for name in sorted({each for each in within if each and each not in known}):
            what = f"group '{name}' of cluster '{cluster.id}' is not listed under 'groups'"
            yield Problem(place(here), what, nearest(name, known))
        split = bool(cluster.pathways) and all(within[1:]) and not cluster.group
        if known and not split and (not cluster.group or any(within[1:])):
            what = f"cluster '{cluster.id}' is neither in one group nor split by all its pathways"
            yield Problem(place(here), what, "Give the cluster a group, or each of its pathways.")


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
