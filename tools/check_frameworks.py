"""Compare the frameworks of 2024 and of Illinois, and the crosswalk, with the collected facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pathloom.engine.taxonomy import Crosswalk, Framework

SMALL_WORDS = {"and", "the", "of"}
SHORT = {"stem": "STEM", "transportation": "Transportation"}  # as a list of areas shortens names


def words(text: str) -> frozenset[str]:
    """The words of a name without the small ones: ``A/V`` and ``AV`` are the same word."""
    joined = re.sub(r"\bA/V\b", "AV", text).replace("Pre-", "Pre")
    return frozenset(re.findall(r"[a-z0-9]+", joined.lower())) - SMALL_WORDS


def both_ways(kind: str, ours: Iterable[str], theirs: Iterable[str]) -> Iterator[str]:
    """What stands on one side only."""
    held, given = set(ours), set(theirs)
    yield from (f"{kind} '{name}' is not in the facts" for name in sorted(held - given))
    yield from (f"{kind} '{name}' of the facts is missing" for name in sorted(given - held))


def plain(name: str) -> str:
    """A pathway's name without the remark in parentheses: who teaches it, since when."""
    return re.sub(r"\(.*\)", "", name).strip()


def modern(framework: Framework, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Codes, names, groupings and cross-cutting marks of 2024, and the counts, word for word."""
    theirs = facts["clusters"]
    groups = {group.id: group.name for group in framework.groups}
    found = [
        *both_ways(
            "cluster",
            (
                f"{each.code} {each.name} in {groups[each.group]}, crossing {each.cross_cutting}"
                for each in framework.clusters
            ),
            (
                f"{each['code_onet']} {each['name']} in "
                f"{plain(each['grouping'])}, crossing {each['cross_cutting']}"
                for each in theirs
            ),
        ),
        *both_ways(
            "sub-cluster",
            (
                f"{each.name} > {inner.name}"
                for each in framework.clusters
                for inner in each.pathways
            ),
            (
                f"{each['name']} > {inner['name']}"
                for each in theirs
                for inner in each["sub_clusters"]
            ),
        ),
    ]
    inner = sum(len(each.pathways) for each in framework.clusters)
    counts = facts["counts"]
    if (len(framework.clusters), inner) != (counts["clusters"], counts["sub_clusters"]):
        found.append(f"the facts count {counts['clusters']} and {counts['sub_clusters']}")
    return tuple(found)


def areas(framework: Framework, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Which cluster stands in which endorsement area of Illinois, by the words of its name."""
    listed = facts["ccpe"]["endorsement_areas"]
    codes = {group.id: group.code for group in framework.groups}
    theirs = {(code, words(plain(name))) for code, named in listed.items() for name in named}
    ours = set()
    for cluster in framework.clusters:
        within = {cluster.group or pathway.group for pathway in cluster.pathways} or {cluster.group}
        for group in within:
            names = [cluster.name, cluster.name.split(",")[0], SHORT.get(cluster.id, cluster.name)]
            match = next(
                (w for n in names for c, w in theirs if (c, w) == (codes[group], words(n))), None
            )
            ours.add((codes[group], match or words(cluster.name)))
    return tuple(both_ways("place", map(_area, ours), map(_area, theirs)))


def _area(pair: tuple[str, frozenset[str]]) -> str:
    return f"{pair[0]}: {' '.join(sorted(pair[1]))}"


def moves(
    crosswalk: Crosswalk, names: Mapping[str, Framework], facts: Mapping[str, Any]
) -> tuple[str, ...]:
    """Every row of clusters is one of the facts, and only what a source states is sure."""
    given = facts["crosswalk_old_to_new"]
    stated = {(words(each["from"]), words(each["to"])) for each in given["stated_in_source"]}
    inferred = {
        (words(each["from"]), words(to))
        for each in given["inferred_from_names_only"]
        for to in each["to"]
    }
    ours = {words(each.name): each.id for each in names[crosswalk.left].clusters}
    theirs = {words(each.name): each.id for each in names[crosswalk.right].clusters}
    given_rows = [
        f"{ours[old]} to {theirs[new]} ({'stated' if (old, new) in stated else 'inferred'})"
        for old, new in (*stated, *inferred)
        if old in ours and new in theirs
    ]
    rows = [row for row in crosswalk.rows if row.left and row.right and "/" not in row.left]
    return tuple(
        both_ways(
            "row",
            (
                f"{row.left} to {row.right} "
                f"({'stated' if row.confidence == 'high' else 'inferred'})"
                for row in rows
            ),
            given_rows,
        )
    )
