"""A state's own projections: any table, with a small file that says which column is which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict

from pathloom.engine.errors import Location, Problem, Problems
from pathloom.engine.occupations.join import MERGED
from pathloom.engine.occupations.load import EVERYONE
from pathloom.engine.occupations.publishers.bls import EDUCATION
from pathloom.engine.occupations.publishers.cells import is_published, scaled
from pathloom.engine.occupations.publishers.files import Folder
from pathloom.engine.occupations.publishers.reading import About, Reading, reading
from pathloom.engine.occupations.publishers.sheets import Sheet, read_sheet
from pathloom.engine.occupations.tables import rows_of, table_name
from pathloom.engine.occupations.types import OccupationError
from pathloom.engine.page import in_order, parse_page, read_page

_STRICT = ConfigDict(extra="forbid")


def _parse_area(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"US-[A-Z]{2}", value):
        raise ValueError(f"'{value}' is not a state. Write it like US-GA.")
    return value


def _parse_years(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"20\d\d-\d\d", value):
        raise ValueError(f"'{value}' are not two years. Write them like 2022-32.")
    return value


@dataclass(frozen=True, slots=True)
class StateColumns:
    """Our name of a column -> its head in the state's file; an empty one is not there."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: str
    title: str
    employment: str
    growth: str
    openings: str
    education: str = ""


@dataclass(frozen=True, slots=True)
class StateMapping:
    """What an operator says about a state's file.

    ``employment_in`` also holds for openings; ``growth_in`` is ``share`` where 0.05 means 5
    percent; a cell with a percent sign, or shown as percent in a workbook, is in percent anyway.
    ``sheet`` names one of a workbook; ``not_published`` are this state's signs for that, beside
    those of BLS. ``license`` and ``attribution`` stand on the page of sources as they are.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    area: Annotated[str, BeforeValidator(_parse_area)]
    years: Annotated[str, BeforeValidator(_parse_years)]
    title: str
    publisher: str
    url: str
    license: str
    columns: StateColumns
    attribution: str = ""
    employment_in: Literal["persons", "thousands"] = "persons"
    growth_in: Literal["percent", "share"] = "percent"
    sheet: str = ""
    not_published: tuple[str, ...] = ()


def load_mapping(path: Path) -> StateMapping:
    """Read the file that says which column is which (YAML with the keys of ``StateMapping``).

    Raises:
        OccupationError: every mistake in it, with its line.
    """
    page, problems = read_page(path, kind=OccupationError)
    found = parse_page(page, StateMapping, problems=problems, known=_known_keys)
    if problems or found is None:
        raise OccupationError(in_order(problems))
    return found


def _known_keys(location: Location) -> tuple[str, ...]:
    shape = StateColumns if "columns" in location else StateMapping
    return tuple(each.name for each in fields(shape))


def read_state(
    path: Path, *, mapping: StateMapping, base: Mapping[str, str], read_on: str = ""
) -> Reading:
    """Read a state's projections.

    Args:
        path: the CSV or workbook, also inside a zip.
        base: the compiled tables it will stand beside; they say which codes there are.
    Raises:
        OccupationError: a column is missing, a number is none, a code stands twice; every mistake
            with its line. Rows that are no occupation (sums, footnotes) are left out and named.
    """
    columns = mapping.columns
    heads = [head for each in fields(columns) if (head := getattr(columns, each.name))]
    folder = Folder(path)
    name = folder.only("*")
    if name is None:
        raise OccupationError([Problem(str(path), "an empty folder", "Name the state's file.")])
    sheet = read_sheet(folder, name, needed=heads, tab=mapping.sheet)
    rows, left_out = _taken(sheet, mapping, _Lines(base))
    return reading(
        About(
            mapping.title,
            mapping.publisher,
            mapping.url,
            (mapping.license, ""),
            mapping.attribution or f"Source: {mapping.publisher}.",
            "Employment, growth and openings of each line.",
        ),
        id=f"projections-{mapping.area.lower()}",
        tables={table_name("projections", mapping.area): ("projections", rows)},
        sheets=[sheet],
        version=mapping.years,
        released=mapping.years,
        read_on=read_on,
        area=mapping.area,
        left_out=left_out,
    )


def _taken(
    sheet: Sheet, mapping: StateMapping, lines: _Lines
) -> tuple[list[tuple[object, ...]], Problems]:
    """The rows of our table, and those that are left out."""
    column = mapping.columns.code
    problems, left_out = Problems(), Problems()
    rows: dict[str, tuple[object, ...]] = {}
    for line, row in sheet.rows:
        code = _code(row[column])
        at = sheet.at(line)
        if code not in lines:
            what = f"'{row[column]}' is no code of an occupation"
            left_out.add(at, what, "Left out: a sum, a note, or another classification.")
        elif code in rows:
            problems.add(at, f"'{code}' stands twice", "Keep one of them.")
        else:
            try:
                rows[code] = _cells(code, _readable(row, mapping), mapping)
            except ValueError as error:
                problems.add(at, str(error), "Correct it, or write * where nothing is published.")
    if not rows and not problems:
        fix = f"Is '{column}' the column of SOC codes such as 17-2051?"
        problems.add(sheet.name, "no row has the code of an occupation", fix)
    problems.raise_if_any(OccupationError)
    return list(rows.values()), left_out


class _Lines:
    """The codes under which figures can be published: of occupations, broader, merged, all."""

    def __init__(self, base: Mapping[str, str]) -> None:
        socs = {row[0][:7] for row in rows_of("occupations.csv", base["occupations.csv"])}
        self._codes = socs | {f"{soc[:6]}0" for soc in socs} | set(MERGED.values()) | {EVERYONE}

    def __contains__(self, code: str) -> bool:
        return code in self._codes


def _code(cell: str) -> str:
    """``172051`` and ``17-2051.00`` as ``17-2051``."""
    match = re.fullmatch(r"(\d\d)-?(\d{4})(\.00)?", cell.strip())
    return f"{match[1]}-{match[2]}" if match else ""


def _readable(row: Mapping[str, str], mapping: StateMapping) -> dict[str, str]:
    """A row with ``*`` for the state's own signs of what is not published."""
    return {head: "*" if cell in mapping.not_published else cell for head, cell in row.items()}


def _cells(code: str, row: Mapping[str, str], mapping: StateMapping) -> tuple[object, ...]:
    columns = mapping.columns
    persons = 1000 if mapping.employment_in == "thousands" else 1
    share = mapping.growth_in == "share" and not row[columns.growth].endswith("%")
    tenths = 1000 if share else 10
    education = row[columns.education] if columns.education else ""
    if is_published(education) and education not in EDUCATION:
        raise ValueError(f"'{education}' is none of the words of BLS for education")
    return (
        code,
        row[columns.title],
        scaled(row[columns.employment], persons, least=0),
        scaled(row[columns.growth], tenths, least=-1000),
        scaled(row[columns.openings], persons, least=0),
        EDUCATION.get(education, ""),
        "",
        "",
        mapping.area,
        mapping.years,
    )
