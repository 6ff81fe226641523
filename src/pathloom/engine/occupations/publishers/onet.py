"""The text release of the O*NET database: a folder or zip of tab-delimited files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pathloom.engine.errors import PathloomError, Problems
from pathloom.engine.occupations.publishers.cells import ONET_SOC, scaled
from pathloom.engine.occupations.publishers.files import Folder
from pathloom.engine.occupations.publishers.reading import ABOUT, Reading, reading
from pathloom.engine.occupations.publishers.sheets import Sheet, read_sheet
from pathloom.engine.occupations.tables import BETWEEN
from pathloom.engine.occupations.types import INTERESTS, OccupationError

CODE = "O*NET-SOC Code"
FILES = {
    "Occupation Data.txt": (CODE, "Title"),
    "Job Zones.txt": (CODE, "Job Zone"),
    "Interests.txt": (CODE, "Element Name", "Scale ID", "Data Value"),
    "Related Occupations.txt": (CODE, "Related O*NET-SOC Code", "Relatedness Tier", "Index"),
    "Alternate Titles.txt": (CODE, "Alternate Title", "Short Title", "Source(s)"),
    "Sample of Reported Titles.txt": (CODE, "Reported Job Title", "Shown in My Next Move"),
}
README = "Read Me.txt"
MOST_TITLES, MOST_SHORT = 8, 3  # of one occupation
_SHORT = re.compile(r"[A-Z][A-Z0-9/&-]{1,5}")  # CEO, RN, EMT: what people type


def read_onet(folder: Folder, *, read_on: str = "") -> Reading | None:
    """Read occupations, job zones, interests, related occupations and other titles.

    None: the folder holds no file of this data set.

    Raises:
        OccupationError: a file is missing or of another shape, a code is unknown, a value cannot
            be; every mistake, with file and line.
    """
    if not any(folder.names(name.lower()) for name in (*FILES, README)):
        return None
    problems = Problems()
    sheets = _sheets(folder, problems)
    version, released = _release(folder, problems)
    problems.raise_if_any(OccupationError)
    titles = _titles(sheets["Occupation Data.txt"], problems)
    known = _Known(titles, problems)
    zones = _zones(known, sheets["Job Zones.txt"])
    interests = _interests(known, sheets["Interests.txt"])
    related = _related(known, sheets["Related Occupations.txt"])
    others = _alternates(
        known, sheets["Sample of Reported Titles.txt"], sheets["Alternate Titles.txt"]
    )
    problems.raise_if_any(OccupationError)
    none: tuple[None, ...] = (None,) * len(INTERESTS)
    occupations = [
        (code, title, zones.get(code), *interests.get(code, none)) for code, title in titles.items()
    ]
    return reading(
        ABOUT["onet"],
        id="onet",
        tables={
            "occupations.csv": ("occupations", occupations),
            "titles.csv": ("titles", _joined(others)),
            "related.csv": ("related", _joined(related)),
        },
        sheets=sheets.values(),
        version=version,
        released=released,
        read_on=read_on,
    )


def _joined(lists: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, BETWEEN.join(values)) for code, values in lists.items() if values]


def _sheets(folder: Folder, problems: Problems) -> dict[str, Sheet]:
    found: dict[str, Sheet] = {}
    for name, needed in FILES.items():
        paths = folder.names(name.lower())
        if len(paths) != 1:
            what = "is missing" if not paths else f"stands here {len(paths)} times"
            fix = "Name the folder of one O*NET text release, with all its files."
            problems.add(str(folder.path), f"'{name}' {what}", fix)
            continue
        try:
            found[name] = read_sheet(folder, paths[0], needed=needed, tabs=True)
        except PathloomError as error:
            problems.extend(error.problems)
    return found


def _release(folder: Folder, problems: Problems) -> tuple[str, str]:
    paths = folder.names(README.lower())
    text = folder.read(paths[0]).decode("utf-8", errors="replace") if paths else ""
    version = re.search(r"O\*NET (\d+\.\d+) Database", text)
    released = re.search(r"(\w+ \d{4}) Release", text)
    if version is None or released is None:
        fix = "Keep the file that comes with the release: it names version and date."
        problems.add(README, "does not say which release this is", fix)
        return "", ""
    return version[1], released[1]


class _Known:
    """The codes of the release; rows about others are mistakes."""

    def __init__(self, codes: Iterable[str], problems: Problems) -> None:
        self.codes = frozenset(codes)
        self.problems = problems

    def rows(self, sheet: Sheet) -> Iterator[tuple[str, str, dict[str, str]]]:
        """(place, code, row) of every row about an occupation of the release."""
        for line, row in sheet.rows:
            if row[CODE] in self.codes:
                yield sheet.at(line), row[CODE], row
            else:
                what = f"'{row[CODE]}' is not in Occupation Data.txt"
                self.problems.add(sheet.at(line), what, "Take all files from one release.")

    def whole(self, cell: str, by: int, *, low: int, high: int, at: str) -> int | None:
        try:
            found = scaled(cell, by)
        except ValueError as error:
            self.problems.add(at, str(error), "Take the publisher's file as it is.")
            return None
        if found is None or not low <= found <= high:
            what = f"'{cell}' is not between {low // by} and {high // by}"
            self.problems.add(at, what, "Take the publisher's file as it is.")
            return None
        return found


def _titles(sheet: Sheet, problems: Problems) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, row in sheet.rows:
        code, title = row[CODE], row["Title"]
        if not ONET_SOC.fullmatch(code) or not title:
            fix = "Take the file of the text release, not one that was edited."
            problems.add(sheet.at(line), f"'{code}' '{title}' is no occupation", fix)
        elif code in found:
            problems.add(sheet.at(line), f"'{code}' stands twice", "Keep one of them.")
        found[code] = title
    return found


def _zones(known: _Known, sheet: Sheet) -> dict[str, int | None]:
    return {
        code: known.whole(row["Job Zone"], 1, low=1, high=5, at=at)
        for at, code, row in known.rows(sheet)
    }


def _interests(known: _Known, sheet: Sheet) -> dict[str, tuple[int, ...]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for at, code, row in known.rows(sheet):
        if row["Scale ID"] != "OI":
            continue  # the other scale repeats the order of the highest three
        name = row["Element Name"].lower()
        score = known.whole(row["Data Value"], 100, low=100, high=700, at=at)
        if name not in INTERESTS or name in found[code]:
            known.problems.add(at, f"'{name}' is unknown or stands twice", "Correct the row.")
        elif score is not None:
            found[code][name] = score
    for code, scores in sorted(found.items()):
        if len(scores) != len(INTERESTS):
            what = f"{code} has {len(scores)} of six interest scores"
            known.problems.add(sheet.name, what, "The file is cut: download it again.")
    return {
        code: tuple(scores.get(name, 0) for name in INTERESTS) for code, scores in found.items()
    }


def _related(known: _Known, sheet: Sheet) -> dict[str, list[str]]:
    """The primary ones, the nearest first."""
    ranked: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, code, row in known.rows(sheet):
        other = row["Related O*NET-SOC Code"]
        rank = known.whole(row["Index"], 1, low=1, high=100, at=at)
        if other not in known.codes:
            known.problems.add(at, f"'{other}' is unknown", "Take all files from one release.")
        elif rank is not None and row["Relatedness Tier"].startswith("Primary"):
            ranked[code].append((rank, other))
    return {code: [other for _, other in sorted(others)] for code, others in ranked.items()}


def _alternates(known: _Known, reported: Sheet, all_titles: Sheet) -> dict[str, list[str]]:
    """What people call an occupation, at most ``MOST_TITLES``.

    First what O*NET itself shows young people, then abbreviations, then what most sources name.
    """
    shown: dict[str, list[str]] = defaultdict(list)
    for _, code, row in known.rows(reported):
        if row["Shown in My Next Move"] == "Y":
            shown[code].append(row["Reported Job Title"])
    short: dict[str, set[str]] = defaultdict(set)
    rest: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for _, code, row in known.rows(all_titles):
        if _SHORT.fullmatch(row["Short Title"]):
            short[code].add(row["Short Title"])
        rest[code].append((-len(row["Source(s)"].split(",")), row["Alternate Title"]))
    return {
        code: _chosen(
            [*sorted(shown[code]), *sorted(short[code])[:MOST_SHORT]],
            [title for _, title in sorted(rest[code])],
        )
        for code in known.codes
    }


def _chosen(first: list[str], rest: list[str]) -> list[str]:
    plain = (title.replace(BETWEEN, "/") for title in [*first, *rest])
    return list(dict.fromkeys(plain))[:MOST_TITLES]
