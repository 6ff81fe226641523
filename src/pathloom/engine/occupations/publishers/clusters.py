"""O*NET OnLine's list of occupations by cluster and pathway of a framework."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pathloom.engine.errors import Problems, nearest
from pathloom.engine.occupations.publishers.cells import ONET_SOC
from pathloom.engine.occupations.publishers.files import Folder
from pathloom.engine.occupations.publishers.reading import ABOUT, Reading, reading
from pathloom.engine.occupations.publishers.sheets import read_sheet
from pathloom.engine.occupations.tables import table_name
from pathloom.engine.occupations.types import OccupationError

FRAMEWORK = "national-2008"  # the framework whose 16 clusters the list has
Names = Mapping[tuple[str, str], tuple[str, str]]  # (cluster, pathway), names -> ids
_NEEDED = ("cluster", "pathway", "onet_soc", "title")


def plain_name(name: str) -> str:
    """A name in the form in which two spellings of it are the same."""
    words = name.lower().replace("audio/video", "a/v").replace("&", " and ")
    return " ".join(re.findall(r"[a-z0-9]+", words))


def read_clusters(folder: Folder, *, names: Names, read_on: str = "") -> Reading | None:
    """Read which occupation stands in which pathway; None: the list is not in the folder.

    Args:
        names: every cluster and pathway of the framework, by name (``plain_name``), with its ids.
    Raises:
        OccupationError: columns are missing, a name is not the framework's; with file and line.
    """
    paths = folder.names("*clusters16*.csv")
    if not paths:
        return None
    sheet = read_sheet(folder, paths[0], needed=_NEEDED)
    problems = Problems()
    rows: set[tuple[str, str, str]] = set()
    for line, row in sheet.rows:
        place = names.get((plain_name(row["cluster"]), plain_name(row["pathway"])))
        if place is None:
            what = f"'{row['cluster']} > {row['pathway']}' is not in {FRAMEWORK}"
            known = (pathway for _, pathway in names)
            problems.add(sheet.at(line), what, nearest(plain_name(row["pathway"]), known))
        elif not ONET_SOC.fullmatch(row["onet_soc"]):
            what = f"'{row['onet_soc']}' is no O*NET code"
            problems.add(sheet.at(line), what, "Write it like 17-2051.00.")
        else:
            rows.add((row["onet_soc"], *place))
    problems.raise_if_any(OccupationError)
    return reading(
        ABOUT["onet-clusters"],
        id="onet-clusters",
        tables={table_name("places", FRAMEWORK): ("places", rows)},
        sheets=[sheet],
        version="16 clusters",
        released="",
        read_on=read_on,
    )
