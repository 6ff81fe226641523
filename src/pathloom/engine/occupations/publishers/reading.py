"""What comes of reading a publisher's files: our tables, and what to say about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pathloom.engine.errors import Problem
from pathloom.engine.occupations.publishers.sheets import Sheet
from pathloom.engine.occupations.tables import table_text
from pathloom.engine.occupations.types import NATIONAL, DataSet, TableSource

_CC_BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
_PUBLIC = ("Public domain (a work of the United States government)", "")


@dataclass(frozen=True, slots=True)
class About:
    """What does not change from release to release of a data set."""

    title: str
    publisher: str
    url: str
    license: tuple[str, str]
    attribution: str
    changed: str


# The attribution lines are those that the publishers ask for; {version} is filled in.
ABOUT = {
    "onet": About(
        "O*NET Database",
        "U.S. Department of Labor, Employment and Training Administration",
        "https://www.onetcenter.org/database.html",
        _CC_BY,
        "This site includes information from the O*NET {version} Database by the U.S. Department "
        "of Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 "
        "license. O*NET® is a trademark of USDOL/ETA. Pathloom has modified all or some of this "
        "information. USDOL/ETA has not approved, endorsed, or tested these modifications.",
        "Codes, titles, job zones, interest scores, related occupations and a choice of other "
        "titles; no description.",
    ),
    "onet-clusters": About(
        "O*NET OnLine: occupations by career cluster",
        "U.S. Department of Labor, Employment and Training Administration",
        "https://www.onetonline.org/find/career",
        _CC_BY,
        "This site includes information from O*NET OnLine by the U.S. Department of Labor, "
        "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. "
        "O*NET® is a trademark of USDOL/ETA. Pathloom has modified all or some of this "
        "information. USDOL/ETA has not approved, endorsed, or tested these modifications.",
        "Which occupation belongs to which cluster and pathway; names replaced by our ids.",
    ),
    "projections": About(
        "Employment Projections, Table 1.2",
        "U.S. Bureau of Labor Statistics",
        "https://www.bls.gov/emp/",
        _PUBLIC,
        "Source: U.S. Bureau of Labor Statistics, Employment Projections program.",
        "Employment, growth, openings and typical entry needs of each line; shares left out.",
    ),
    "wages": About(
        "Occupational Employment and Wage Statistics",
        "U.S. Bureau of Labor Statistics",
        "https://www.bls.gov/oes/",
        _PUBLIC,
        "Source: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics.",
        "Five percentiles of the pay of a year; hourly pay and sampling errors left out.",
    ),
    "cip-soc": About(
        "CIP 2020 to SOC 2018 Crosswalk",
        "National Center for Education Statistics and U.S. Bureau of Labor Statistics",
        "https://nces.ed.gov/ipeds/cipcode/",
        _PUBLIC,
        "Source: National Center for Education Statistics, CIP 2020 to SOC 2018 crosswalk.",
        "Pairs of codes, and the titles of the fields of study; pairs without a match left out.",
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One data set: what the manifest says about it, and its tables (file name -> text).

    ``left_out`` names rows that were not taken, with the reason; they are not mistakes.
    """

    dataset: DataSet
    tables: Mapping[str, str]
    left_out: tuple[Problem, ...] = ()


def reading(
    about: About,
    *,
    id: str,
    tables: Mapping[str, tuple[str, Iterable[Sequence[object]]]],
    sheets: Iterable[Sheet],
    version: str,
    released: str,
    read_on: str,
    area: str = NATIONAL,
    left_out: Iterable[Problem] = (),
) -> Reading:
    """Put a reading together; ``tables`` are file name -> (kind, rows)."""
    texts = {name: table_text(kind, rows) for name, (kind, rows) in tables.items()}
    dataset = DataSet(
        id=id,
        title=about.title,
        publisher=about.publisher,
        version=version,
        released=released,
        read_on=read_on,
        url=about.url,
        license=about.license[0],
        license_url=about.license[1],
        attribution=about.attribution.format(version=version),
        changed=about.changed,
        area=area,
        inputs=tuple(sheet.source() for sheet in sheets),
        tables=tuple(
            TableSource(name, text.count("\n") - 1) for name, text in sorted(texts.items())
        ),
    )
    return Reading(dataset, texts, tuple(left_out))
