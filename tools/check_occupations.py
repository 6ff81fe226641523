"""Compare the compiled occupations with the publishers' files, and with another hand's join."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pathloom.cli.occupations import framework_names
from pathloom.engine.occupations import (
    Occupation,
    OccupationBook,
    compile_folder,
    load_manifest,
    read_tables,
)
from pathloom.engine.occupations.tables import PACKAGED

# What the readme of the raw data counts.
MATCHES = {"exact": 963, "broader": 20, "merged": 14, "none": 19}
THEIR_MATCHES = {"exact": "exact", "broad": "broader", "hybrid": "merged", "none": "none"}
FLOORS = 23
INTERESTS = ("r", "i", "a", "s", "e", "c")

Row = Mapping[str, str]


def counted(book: OccupationBook) -> tuple[str, ...]:
    """Where matches and floors are not as many as the readme says."""
    matches = Counter(_match(each) for each in book.occupations)
    floors = sum(each.bls.wage_is_floor for each in book.occupations if each.bls)
    found = [
        f"{matches[kind]} {kind} matches: the readme counts {number}"
        for kind, number in MATCHES.items()
        if matches[kind] != number
    ]
    if floors != FLOORS:
        found.append(f"{floors} wages are floors: the readme counts {FLOORS}")
    return tuple(found)


def differences(book: OccupationBook, rows: Iterable[Row]) -> Iterator[str]:
    """What the other join says differently, occupation by occupation and field by field."""
    theirs = {row["onet_soc"]: row for row in rows}
    for code in sorted(theirs.keys() ^ book.by_code.keys()):
        yield f"{code} stands on one side only"
    for code in sorted(theirs.keys() & book.by_code.keys()):
        ours = fields_of(book.by_code[code])
        for name, said in expected(theirs[code]).items():
            if ours[name] != said:
                yield f"{code} {name}: {ours[name]!r}, the other join has {said!r}"


def fields_of(occupation: Occupation) -> dict[str, str]:
    """Our occupation in the words of the other join."""
    line = occupation.bls
    clusters = {place.cluster for place in occupation.places}
    scores = occupation.interests or (None,) * len(INTERESTS)
    return {
        "title": occupation.title,
        "job_zone": _text(occupation.job_zone),
        **{name: _text(score) for name, score in zip(INTERESTS, scores, strict=True)},
        "match": _match(occupation),
        "code": line.code if line else "",
        "wage": _text(line.wage if line else None),
        "floor": str(bool(line and line.wage_is_floor)),
        "employment": _text(line.employment if line else None),
        "growth": _text(line.growth if line else None),
        "openings": _text(line.openings if line else None),
        "clusters": _text(len(clusters)),
    }


def expected(row: Row) -> dict[str, str]:
    """A row of the other join in our units: hundredths of interests, tenths of growth."""
    named = {each for each in row["clusters_16"].split("|") if each}
    return {
        "title": row["title"],
        "job_zone": row["job_zone"],
        **{name: _scaled(row[name], 100) for name in INTERESTS},
        "match": THEIR_MATCHES[row["ep_match"]],
        "code": row["ep_code"],
        "wage": row["median_annual_wage"],
        "floor": str(bool(row["wage_topcoded"])),
        "employment": row["employment"],
        "growth": _scaled(row["growth_pct"], 10),
        "openings": row["annual_openings"],
        "clusters": str(len(named)),
    }


def recompiled(data: Path) -> Iterator[str]:
    """Which tables differ from what compiling the raw files gives now."""
    read_on = {each.id: each.read_on for each in load_manifest()}["onet"]
    fresh = compile_folder(data, names=framework_names(), read_on=read_on).files
    shipped = read_tables(PACKAGED)
    for name in sorted(fresh.keys() | shipped.keys()):
        if fresh.get(name) != shipped.get(name):
            yield f"{name} is not what the raw files give"


def read_join(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _match(occupation: Occupation) -> str:
    return occupation.bls.match if occupation.bls else "none"


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _scaled(cell: str, by: int) -> str:
    return str(round(float(cell) * by)) if cell else ""
