"""The crosswalk from fields of study (CIP 2020) to occupations (SOC 2018)."""

from __future__ import annotations

import re
from collections import defaultdict

from pathloom.engine.errors import Problems
from pathloom.engine.occupations.publishers.cells import SOC
from pathloom.engine.occupations.publishers.files import Folder
from pathloom.engine.occupations.publishers.reading import ABOUT, Reading, reading
from pathloom.engine.occupations.publishers.sheets import read_sheet
from pathloom.engine.occupations.tables import BETWEEN
from pathloom.engine.occupations.types import OccupationError

_CIP = re.compile(r"\d\d\.\d{4}")
_NEEDED = ("CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title")
_NO_MATCH = ("99.9999", "99-9999")


def read_fields(folder: Folder, *, read_on: str = "") -> Reading | None:
    """Read which fields of study lead to which occupation; None: it is not in the folder.

    Raises:
        OccupationError: columns are missing or a code is none; with file and line.
    """
    name = folder.only("cip*soc*.csv", "cip*soc*.xlsx")
    if name is None:
        return None
    sheet = read_sheet(folder, name, needed=_NEEDED)
    problems = Problems()
    titles: dict[str, str] = {}
    fields: dict[str, set[str]] = defaultdict(set)
    for line, row in sheet.rows:
        cip, title, soc, _ = (row[name].lstrip("=").strip('"') for name in _NEEDED)
        if cip == _NO_MATCH[0] or soc == _NO_MATCH[1]:
            continue
        if not _CIP.fullmatch(cip) or not SOC.fullmatch(soc):
            fix = "Keep the zeros: open the file as text, or take the publisher's."
            problems.add(sheet.at(line), f"'{cip}' and '{soc}' are no codes", fix)
            continue
        titles[cip] = title.rstrip(".")
        fields[soc].add(cip)
    problems.raise_if_any(OccupationError)
    return reading(
        ABOUT["cip-soc"],
        id="cip-soc",
        tables={
            "cips.csv": ("cips", titles.items()),
            "programs.csv": (
                "programs",
                [(soc, BETWEEN.join(sorted(cips))) for soc, cips in fields.items()],
            ),
        },
        sheets=[sheet],
        version="CIP 2020, SOC 2018",
        released="2020",
        read_on=read_on,
    )
