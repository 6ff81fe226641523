"""Words of a record that are probably meant for a word of the rules."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pathloom.engine.rules.facts import Prepared


def notes(prepared: Prepared) -> tuple[str, ...]:
    """Name evidence and tracks that these rules do not know, but under almost that name.

    What rules simply do not ask for needs no note.
    """
    record, rules = prepared.record, prepared.ruleset
    names = {each.kind for each in record.experiences}
    names.update(each.exam for each in record.scores)
    names.update(each.name for each in record.averages)
    names.update(each.name for each in record.milestones)
    if not names and not record.tracks:
        return ()
    evidence = tuple(name for name, _ in rules.evidence)
    tracks = tuple(name for name, _ in rules.tracks)
    return (*_meant(names, evidence, "evidence"), *_meant(record.tracks, tracks, "track"))


def _meant(names: Iterable[str], known: tuple[str, ...], kind: str) -> Iterator[str]:
    for name in sorted(set(names).difference(known)):
        close = _closest(name, known)
        if close:
            yield f"The record has the {kind} '{name}', which counts nowhere. Is '{close}' meant?"


@lru_cache(maxsize=4096)
def _closest(name: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.8)), "")
