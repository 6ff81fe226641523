"""Employment projections and wages of the Bureau of Labor Statistics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pathloom.engine.errors import Problems, nearest
from pathloom.engine.occupations.publishers.cells import (
    SOC,
    decimal,
    is_published,
    scaled,
)
from pathloom.engine.occupations.publishers.files import Folder
from pathloom.engine.occupations.publishers.reading import ABOUT, Reading, reading
from pathloom.engine.occupations.publishers.sheets import Sheet, read_sheet
from pathloom.engine.occupations.tables import pay_text, table_name
from pathloom.engine.occupations.types import NATIONAL, OccupationError, Pay

TOP = 239_200  # dollars a year: what BLS prints '#' for, see its notes on wage estimates
EDUCATION = {
    "No formal educational credential": "none",
    "High school diploma or equivalent": "high_school",
    "Some college, no degree": "some_college",
    "Postsecondary nondegree award": "award",
    "Associate's degree": "associate",
    "Bachelor's degree": "bachelor",
    "Master's degree": "master",
    "Doctoral or professional degree": "doctoral",
}
EXPERIENCE = {"Less than 5 years": "under_5", "5 years or more": "5_or_more"}
TRAINING = {
    "Short-term on-the-job training": "short",
    "Moderate-term on-the-job training": "moderate",
    "Long-term on-the-job training": "long",
    "Apprenticeship": "apprenticeship",
    "Internship/residency": "internship",
}
# Our name of a column -> how its head begins, in the short and in the publisher's own edition.
_PROJECTION_HEADS = {
    "title": r"(occupation |(20\d\d )?national employment matrix )?title",
    "code": r"(occupation |(20\d\d )?national employment matrix )?code",
    "type": r"(occupation )?type",
    "growth": r"growth|employment (percent )?change, percent.*|percent change.*",
    "openings": r"openings|occupational openings.*",
    "education": r"edu|typical education.*",
    "experience": r"exp|work experience.*",
    "training": r"ojt|typical on-the-job training.*",
}
_YEAR = r"(?:emp|employment,? )(?:20)?(\d\d)"
_WAGE_NEEDED = ("OCC_CODE", "OCC_TITLE", "O_GROUP", "AREA_TYPE", "PRIM_STATE", "NAICS")
_WAGE_CELLS = ("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90")


def read_projections(folder: Folder, *, read_on: str = "") -> Reading | None:
    """Read Table 1.2 of the national projections; None: it is not in the folder.

    Raises:
        OccupationError: columns are missing, a word or number is unknown; with file and line.
    """
    name = folder.only(*_named("*table*1*2*", "*projections*", "occupation"))
    if name is None:
        return None
    sheet = read_sheet(folder, name, lacking=lambda columns: _found(columns)[2])
    heads, years = _heads(sheet)
    problems = Problems()
    rows = [
        found
        for line, row in sheet.rows
        if (found := _projection(row, heads, years, at=sheet.at(line), problems=problems))
    ]
    _check_lines(sheet, [str(row[0]) for row in rows], problems)
    problems.raise_if_any(OccupationError)
    return reading(
        ABOUT["projections"],
        id="projections-us",
        tables={table_name("projections", NATIONAL): ("projections", rows)},
        sheets=[sheet],
        version=years,
        released=years,
        read_on=read_on,
    )


def read_wages(folder: Folder, *, read_on: str = "", state: str = "") -> Reading | None:
    """Read OEWS: the national file, or of a ``state`` (``GA``) the rows of the state file.

    None: no such file is in the folder.

    Raises:
        OccupationError: columns are missing, no year in the name, an amount is no number.
    """
    area = f"US-{state}" if state else NATIONAL
    name = folder.only(*_named("*state_m20??*" if state else "*national_m20??*"))
    if name is None:
        return None
    sheet = read_sheet(folder, name, needed=(*_WAGE_NEEDED, *_WAGE_CELLS))
    year = re.search(r"_M(20\d\d)", sheet.name, re.IGNORECASE)
    assert year is not None  # the pattern of the name has it
    problems = Problems()
    rows = [
        (*found, area, year[1])
        for line, row in sheet.rows
        if row["O_GROUP"] in ("detailed", "total")
        and row["NAICS"] in ("000000", "0")
        and _is_area(row, state)
        and (found := _wage(row, at=sheet.at(line), problems=problems))
    ]
    _check_lines(sheet, [row[0] for row in rows], problems)
    problems.raise_if_any(OccupationError)
    return reading(
        ABOUT["wages"],
        id=f"wages-{area.lower()}",
        tables={table_name("wages", area): ("wages", rows)},
        sheets=[sheet],
        version=f"May {year[1]}",
        released=f"May {year[1]}",
        read_on=read_on,
        area=area,
    )


def _named(*patterns: str) -> list[str]:
    """The names of a data set, as a workbook and as delimited text."""
    return [f"{each}.{ending}" for each in patterns for ending in ("csv", "xlsx", "xls")]


def _heads(sheet: Sheet) -> tuple[dict[str, str], str]:
    """Our name of a column -> its head in this file; and the two years, ``2024-34``."""
    found, years, _ = _found(sheet.columns)
    first, last = sorted(years)
    return found | {"employment": years[first]}, f"20{first}-{last}"


def _found(heads: Sequence[str]) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Our names of columns and years, each with its head; and what is missing for Table 1.2."""
    found: dict[str, str] = {}
    years: dict[str, str] = {}
    for head in heads:
        plain = re.sub(r"\s+", " ", head).lower()
        for name, pattern in _PROJECTION_HEADS.items():
            if re.fullmatch(pattern, plain):
                found.setdefault(name, head)
        if match := re.fullmatch(_YEAR, plain):
            years[match[1]] = head
    missing = [name for name in _PROJECTION_HEADS if name not in found]
    return found, years, [*missing, *(["employment of two years"] if len(years) != 2 else [])]


def _projection(
    row: dict[str, str], heads: dict[str, str], years: str, *, at: str, problems: Problems
) -> tuple[object, ...] | None:
    """The cells of one line; None for notes and for sums over several lines, but not over all."""
    code, kind = row[heads["code"]], row[heads["type"]].lower()
    if not code and not row[heads["employment"]]:
        return None  # a note below the table
    if kind.startswith("summary") and code != "00-0000":
        return None
    try:
        if not SOC.fullmatch(code):
            raise ValueError(f"'{code}' is no code")
        return (
            code,
            row[heads["title"]],
            scaled(row[heads["employment"]], 1000, least=0),
            scaled(row[heads["growth"]], 10, least=-1000),
            scaled(row[heads["openings"]], 1000, least=0),
            _word(row[heads["education"]], EDUCATION),
            _word(row[heads["experience"]], EXPERIENCE),
            _word(row[heads["training"]], TRAINING),
            NATIONAL,
            years,
        )
    except ValueError as error:
        problems.add(at, str(error), "Take the publisher's file as it is.")
        return None


def _word(cell: str, known: dict[str, str]) -> str:
    if not is_published(cell):
        return ""
    plain = cell.replace("’", "'")
    if plain not in known:
        raise ValueError(f"'{cell}' is none of the words we know. {nearest(cell, known)}"[:-1])
    return known[plain]


def _is_area(row: dict[str, str], state: str) -> bool:
    return (row["AREA_TYPE"], row["PRIM_STATE"]) == (("2", state) if state else ("1", "US"))


def _wage(row: dict[str, str], *, at: str, problems: Problems) -> tuple[str, ...] | None:
    try:
        if not SOC.fullmatch(row["OCC_CODE"]):
            raise ValueError(f"'{row['OCC_CODE']}' is no code")
        pays = [pay_text(pay_of(row[name])) for name in _WAGE_CELLS]
    except ValueError as error:
        problems.add(at, str(error), "Take the publisher's file as it is.")
        return None
    return (row["OCC_CODE"], row["OCC_TITLE"], *pays)


def pay_of(cell: str) -> Pay | None:
    """An amount of dollars a year: ``#`` and ``>=$239,200`` are floors, ``*`` is not published.

    Raises:
        ValueError: it is none of these.
    """
    if cell.strip() == "#":
        return Pay(TOP, floor=True)
    if not is_published(cell):
        return None
    plain = cell.strip().removeprefix(">=").removeprefix("≥")
    dollars = decimal(plain)
    if dollars != int(dollars) or dollars < 0:
        raise ValueError(f"'{cell}' is not an amount of whole dollars")
    return Pay(int(dollars), floor=plain != cell.strip())


def _check_lines(sheet: Sheet, codes: Sequence[str] | Iterable[str], problems: Problems) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            problems.add(sheet.name, f"'{code}' stands twice", "Keep one of them.")
        seen.add(code)
    if not seen and not problems:
        problems.add(sheet.name, "no row of an occupation", "Take the publisher's file as it is.")
