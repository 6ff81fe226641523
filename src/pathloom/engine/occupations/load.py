"""Reading the compiled tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from pathloom.engine.errors import Problem, nearest
from pathloom.engine.occupations.join import line_of
from pathloom.engine.occupations.spanish import spanish_title
from pathloom.engine.occupations.tables import (
    BETWEEN,
    PACKAGED,
    kind_of,
    number,
    parse_pay,
    read_tables,
    rows_of,
    table_name,
)
from pathloom.engine.occupations.types import (
    NATIONAL,
    CollegeField,
    Figures,
    Occupation,
    OccupationBook,
    OccupationError,
    Place,
)

EVERYONE = "00-0000"  # the line of all occupations together


def load_occupations(root: Path | None = None, *, area: str = NATIONAL) -> OccupationBook:
    """Read the compiled tables of a folder, the packaged ones by default; kept once read.

    Args:
        root: a folder that ``pathloom occupations compile`` wrote.
        area: whose figures come first, such as ``US-GA``; national ones fill the gaps.
    Raises:
        OccupationError: no tables in the folder, a broken table, or no figures of this area.
    """
    return _load(root or PACKAGED, area)


@cache
def _load(root: Path, area: str) -> OccupationBook:
    return parse_tables(read_tables(root), root=root, area=area)


def areas_in(root: Path | None = None) -> tuple[str, ...]:
    """The areas a folder of tables has figures of, the packaged one by default."""
    return areas_of(each.name for each in (root or PACKAGED).glob("*.csv"))


def areas_of(files: Iterable[str]) -> tuple[str, ...]:
    """The areas that tables of these names have figures of, the nation first."""
    names = {
        name.removesuffix(".csv").partition("-")[2].upper()
        for name in files
        if kind_of(name) in ("projections", "wages")
    }
    return (NATIONAL, *sorted(names - {NATIONAL}))


def parse_tables(
    files: Mapping[str, str], *, root: Path = PACKAGED, area: str = NATIONAL
) -> OccupationBook:
    """Make the book out of the text of its tables (file name -> text)."""
    if area not in areas_of(files):
        fix = nearest(area, areas_of(files))
        raise OccupationError([Problem(str(root), f"no figures of the area '{area}'", fix)])
    try:
        lines = _lines(files, area)
        if EVERYONE not in lines:
            raise ValueError(f"no line {EVERYONE} for all occupations together")
        return OccupationBook(
            root=root,
            area=area,
            occupations=_occupations(files, lines),
            everyone=lines[EVERYONE],
        )
    except ValueError as error:
        problem = Problem(str(root), f"a broken table: {error}", "Compile the tables anew.")
        raise OccupationError([problem]) from None


def _occupations(files: Mapping[str, str], lines: Mapping[str, Figures]) -> tuple[Occupation, ...]:
    alternates = _lists(files, "titles")
    related = _lists(files, "related")
    fields = _fields(files)
    places = _places(files)
    found = []
    for code, title, zone, *interests in rows_of("occupations.csv", files["occupations.csv"]):
        soc = code[:7]
        found.append(
            Occupation(
                code=code,
                title=title,
                job_zone=number(zone),
                interests=tuple(map(int, interests)) if interests[0] else None,
                bls=_line(soc, lines),
                places=tuple(places.get(code, ())),
                cips=fields.get(soc, ()),
                related=related.get(code, ()),
                alternates=alternates.get(code, ()),
                es_title=spanish_title(code, title),
            )
        )
    return tuple(found)


def _line(soc: str, lines: Mapping[str, Figures]) -> Figures | None:
    found = line_of(soc, lines)
    if found is None:
        return None
    code, match = found
    return lines[code] if match == "exact" else replace(lines[code], match=match)


def _lists(files: Mapping[str, str], kind: str) -> dict[str, tuple[str, ...]]:
    name = table_name(kind)
    return {code: tuple(cell.split(BETWEEN)) for code, cell in _rows(files, name)}


def _fields(files: Mapping[str, str]) -> dict[str, tuple[CollegeField, ...]]:
    known = {code: CollegeField(code, title) for code, title in _rows(files, "cips.csv")}
    return {
        soc: tuple(known[code] for code in cell.split(BETWEEN))
        for soc, cell in _rows(files, "programs.csv")
    }


def _places(files: Mapping[str, str]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for name in sorted(name for name in files if kind_of(name) == "places"):
        framework = name.removesuffix(".csv").removeprefix("places-")
        for code, cluster, pathway in rows_of(name, files[name]):
            found.setdefault(code, []).append(Place(framework, cluster, pathway))
    return found


def _lines(files: Mapping[str, str], area: str) -> dict[str, Figures]:
    """The figures of an area by the publisher's code; gaps are filled with national ones."""
    projections: dict[str, list[str]] = {}
    needs: dict[str, tuple[tuple[str, str] | None, tuple[str, str] | None]] = {}
    wages: dict[str, list[str]] = {}
    for each in dict.fromkeys((NATIONAL, area)):
        for row in _rows(files, table_name("projections", each)):
            before = projections.get(row[0])
            if before is not None:  # a state says less about what an occupation needs
                national = (before[8], before[9])
                needs[row[0]] = (None if row[5] else national, None if row[7] else national)
                row[5:8] = [new or old for new, old in zip(row[5:8], before[5:8], strict=True)]
            projections[row[0]] = row
        for row in _rows(files, table_name("wages", each)):
            if row[4] or row[0] not in wages:  # no median in the area: the national one stays
                wages[row[0]] = row
    found = {
        code: _figures(projections.get(code), wages.get(code)) for code in {**wages, **projections}
    }
    for code, (education, training) in needs.items():
        found[code] = replace(found[code], education_from=education, training_from=training)
    return found


def _figures(projection: list[str] | None, wage: list[str] | None) -> Figures:
    """One line out of a row of each table; at least one of them is there."""
    code, title, *counts = projection or [*(wage or ())[:2], *[""] * 6, NATIONAL, ""]
    employment, growth, openings, education, experience, training, area, years = counts
    *amounts, wage_area, wage_year = wage[2:] if wage else [*[""] * 5, NATIONAL, ""]
    return Figures(
        code,
        title,
        "exact",
        employment=number(employment),
        growth=number(growth),
        openings=number(openings),
        area=area,
        years=years,
        education=education,
        experience=experience,
        training=training,
        spread=tuple(map(parse_pay, amounts)),
        wage_area=wage_area,
        wage_year=wage_year,
    )


def _rows(files: Mapping[str, str], name: str) -> list[list[str]]:
    return rows_of(name, files[name]) if name in files else []
