"""Rules as they read for a student on certain tracks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pathloom.engine.rules.nodes import Requirement, RuleSet

_KEPT = 4096

_readings: dict[tuple[int, frozenset[str]], tuple[RuleSet, RuleSet]] = {}
_relevant: dict[int, tuple[RuleSet, frozenset[str]]] = {}


def on_tracks(ruleset: RuleSet, tracks: Iterable[str]) -> RuleSet:
    """Return the rules as they read for a student on these tracks.

    ``on_track`` replaces what can count, title and source of a requirement; the first that fits
    in file order. Exemptions are no readings: see ``exemptions``. The same object comes back when
    nothing changes, and for the same tracks; both keep what is known about a rule set valid.
    """
    own = _tracks_of(ruleset) & frozenset(tracks)
    if not own:
        return ruleset
    key = (id(ruleset), own)
    found = _readings.get(key)
    if found is None or found[0] is not ruleset:
        if len(_readings) >= _KEPT:
            _readings.clear()
        requirements = tuple(_read(each, own) for each in ruleset.requirements)
        found = _readings[key] = (ruleset, replace(ruleset, requirements=requirements))
    return found[1]


def exemptions(ruleset: RuleSet, tracks: Iterable[str]) -> frozenset[str]:
    """Return the ids of the requirements, parts included, that such a student need not fulfil."""
    own = frozenset(tracks)
    if not own:
        return frozenset()
    return frozenset(
        inner.id
        for each in ruleset.walk()
        if any(other.track in own for other in each.exempt)
        for inner in each.walk()
    )


def _tracks_of(ruleset: RuleSet) -> frozenset[str]:
    """The tracks for which some requirement reads differently."""
    found = _relevant.get(id(ruleset))
    if found is None or found[0] is not ruleset:
        if len(_relevant) >= _KEPT:
            _relevant.clear()
        tracks = frozenset(other.track for each in ruleset.walk() for other in each.on_track)
        found = _relevant[id(ruleset)] = (ruleset, tracks)
    return found[1]


def _read(each: Requirement, tracks: frozenset[str]) -> Requirement:
    include = tuple(_read(part, tracks) for part in each.include)
    of = tuple(_read(part, tracks) for part in each.of)
    reading = next((other for other in each.on_track if other.track in tracks), None)
    if reading is not None:
        return replace(
            each,
            title=reading.title,
            match=reading.match,
            source=reading.source,
            include=include,
            of=of,
        )
    if all(new is old for new, old in zip((*include, *of), each.parts, strict=True)):
        return each
    return replace(each, include=include, of=of)
