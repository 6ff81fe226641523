"""From a folder of the publishers' files to our tables: everything, or what the folder holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pathloom.engine.errors import PathloomError, Problem, Problems
from pathloom.engine.occupations.load import parse_tables
from pathloom.engine.occupations.manifest import manifest_text, parse_manifest
from pathloom.engine.occupations.publishers.bls import read_projections, read_wages
from pathloom.engine.occupations.publishers.clusters import Names, read_clusters
from pathloom.engine.occupations.publishers.files import Folder
from pathloom.engine.occupations.publishers.nces import read_fields
from pathloom.engine.occupations.publishers.onet import read_onet
from pathloom.engine.occupations.publishers.reading import Reading
from pathloom.engine.occupations.tables import MANIFEST, kind_of, rows_of
from pathloom.engine.occupations.types import NATIONAL, DataSet, OccupationBook, OccupationError

# What has to be there, and how a person knows it when looking for it.
NEEDED = {
    "onet": "the O*NET text release (Occupation Data.txt and the files beside it)",
    "projections-us": "BLS Employment Projections, Table 1.2 (occupation.xlsx or …table_1_2.csv)",
    "wages-us": "BLS OEWS, the national file (national_M20….xlsx or .csv)",
    "cip-soc": "the NCES crosswalk (CIP2020_SOC2018_Crosswalk.xlsx or .csv)",
    "onet-clusters": "O*NET OnLine's list by cluster (onet_clusters16_long.csv)",
}
LEAST_JOINED = 90  # of 100 civilian occupations find their figures, or releases do not fit


@dataclass(frozen=True, slots=True)
class Compiled:
    """Tables and manifest as text (file name -> text), and the data sets read anew."""

    files: Mapping[str, str]
    fresh: tuple[DataSet, ...]
    left_out: tuple[Problem, ...]

    def book(self, area: str = NATIONAL) -> OccupationBook:
        return parse_tables(self.files, area=area)


def compile_folder(folder: Path, *, names: Names, read_on: str = "") -> Compiled:
    """Read all five data sets of a folder or zip; writes nothing.

    Args:
        folder: holds the publishers' files, also in folders of its own or packed with gzip.
        names: clusters and pathways of the framework of 2008, see ``read_clusters``.
        read_on: the day the files were fetched, for the manifest; empty if not known.
    Raises:
        OccupationError: a data set is missing or wrong; every mistake of every file.
    """
    readings = _read(Folder(folder), names=names, read_on=read_on)
    missing = [words for id, words in NEEDED.items() if id not in {r.dataset.id for r in readings}]
    if missing:
        fix = "Name the folder that holds all of the publishers' files."
        raise OccupationError([Problem(str(folder), f"not found: {each}", fix) for each in missing])
    return merge({}, readings)


def update_from(
    folder: Path, *, base: Mapping[str, str], names: Names, read_on: str = "", state: str = ""
) -> Compiled:
    """Read the data sets a folder or zip holds; the others stay as ``base`` has them.

    Args:
        state: two letters: also read this state's wages out of the OEWS file of all states.
    Raises:
        OccupationError: the folder holds none, or one is wrong.
    """
    readings = _read(Folder(folder), names=names, read_on=read_on, state=state)
    if not readings:
        what = "holds no file of the data sets we read"
        fix = f"Put one of these into it: {'; '.join(NEEDED.values())}."
        raise OccupationError([Problem(str(folder), what, fix)])
    return merge(base, readings)


def _read(folder: Folder, *, names: Names, read_on: str, state: str = "") -> list[Reading]:
    readers: list[Callable[..., Reading | None]] = [
        read_onet,
        read_projections,
        read_wages,
        read_fields,
        partial(read_clusters, names=names),
    ]
    if state:
        readers.append(partial(read_wages, state=state))
    found, problems = [], Problems()
    for read in readers:
        try:
            found.append(read(folder, read_on=read_on))
        except PathloomError as error:
            problems.extend(error.problems)
    problems.raise_if_any(OccupationError)
    return [each for each in found if each is not None]


def merge(base: Mapping[str, str], readings: Iterable[Reading]) -> Compiled:
    """Put what was read in place of the same data sets of ``base``, and check the whole.

    Raises:
        OccupationError: the data sets do not fit together: codes that no occupation has, or
            figures for too few of them.
    """
    readings = tuple(readings)
    fresh = {each.dataset.id: each.dataset for each in readings}
    before = parse_manifest(base[MANIFEST]) if base else ()
    sets = {each.id: each for each in before} | fresh
    files = {name: text for name, text in base.items() if name != MANIFEST}
    for each in readings:
        files |= each.tables
    problems = Problems()
    problems.extend(_check(files))
    problems.raise_if_any(OccupationError)
    files[MANIFEST] = manifest_text(sets.values())
    left_out = tuple(problem for each in readings for problem in each.left_out)
    return Compiled(files, tuple(fresh.values()), left_out)


def _check(files: Mapping[str, str]) -> Iterable[Problem]:
    """What does not fit between tables of different data sets."""
    known = {row[0] for row in rows_of("occupations.csv", files["occupations.csv"])}
    for name in sorted(files):
        if kind_of(name) == "places":
            strange = sorted({row[0] for row in rows_of(name, files[name])} - known)
            for code in strange[:5]:
                what = f"occupation '{code}' is not in the O*NET release"
                yield Problem(name, what, "Take a list and a release of the same classification.")
    civilian = [each for each in parse_tables(files).occupations if not each.is_military]
    joined = sum(each.bls is not None for each in civilian)
    if joined * 100 < LEAST_JOINED * len(civilian):
        what = f"only {joined} of {len(civilian)} occupations find figures of BLS"
        fix = "The releases use different classifications: take those of SOC 2018."
        yield Problem("O*NET and BLS", what, fix)
