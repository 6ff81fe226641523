"""Small files in the form of the publishers', to be spoiled by tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from pathloom.engine.occupations.publishers.clusters import Names

NAMES: Names = {
    ("kites", "box kites"): ("kites", "box-kites"),
    ("boats", "rafts"): ("boats", "rafts"),
}
INTERESTS = (
    ("Realistic", "6.36"),
    ("Investigative", "5.11"),
    ("Artistic", "2.15"),
    ("Social", "1.00"),
    ("Enterprising", "2.90"),
    ("Conventional", "7.00"),
)
# One of each kind of match: exact (two details of one code), merged, broader, military.
TITLES = {
    "17-2051.00": "Civil Engineers",
    "17-2051.01": "Transportation Engineers",
    "21-1011.00": "Substance Abuse Counselors",
    "31-1121.00": "Home Health Aides",
    "55-3016.00": "Infantry",
}
EP = "Line item"
PROJECTIONS = [
    [
        "Total, all occupations",
        "00-0000",
        "Summary",
        "1000.0",
        "1031.0",
        "3.1",
        "100.0",
        "—",
        "—",
        "—",
    ],
    ["Engineers", "17-2000", "Summary", "400", "420", "5", "30", "—", "—", "—"],
    [
        "Civil engineers",
        "17-2051",
        EP,
        "368.9",
        "387.3",
        "5.0",
        "23.6",
        "Bachelor's degree",
        "",
        "",
    ],
    [
        *("Abuse and mental health counselors", "21-1018", EP, "483.5", "565.5", "17.0", "48.3"),
        *("Master's degree", "Less than 5 years", "Internship/residency"),
    ],
    [
        *("Home health and personal care aides", "31-1120", EP, "4347.7", "5087.5", "-17.0"),
        *("765.8", "High school diploma or equivalent", "", "Short-term on-the-job training"),
    ],
]
PROJECTION_HEAD = [
    "title",
    "code",
    "type",
    "emp24",
    "emp34",
    "growth",
    "openings",
    "edu",
    "exp",
    "ojt",
]
WAGE_HEAD = [
    *("AREA_TYPE", "PRIM_STATE", "NAICS", "OCC_CODE", "OCC_TITLE", "O_GROUP"),
    *("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"),
]
WAGES = [
    ["1", "US", "000000", "00-0000", "All", "total", "29990", "36730", "49500", "78810", "125720"],
    ["1", "US", "000000", "17-0000", "Engineers", "major", "1", "2", "3", "4", "5"],
    ["1", "US", "000000", "17-2051", "Civil", "detailed", "65920", "78790", "99590", "128290", "#"],
    ["1", "US", "000000", "21-1018", "Counselors", "detailed", "*", "*", "59190", "*", "*"],
    ["1", "US", "000000", "31-1120", "Aides", "detailed", "#", "#", "#", "#", "#"],
]


def tabs(path: Path, *rows: Sequence[str]) -> None:
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def comma(path: Path, *rows: Sequence[str], encoding: str = "utf-8") -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))


def onet(folder: Path) -> Path:
    """A release of five occupations in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    code = "O*NET-SOC Code"
    (folder / "Read Me.txt").write_text("O*NET 29.3 Database\nMay 2025 Release\n", "utf-8")
    described = ([one, title, "A sentence of the publisher."] for one, title in TITLES.items())
    tabs(folder / "Occupation Data.txt", [code, "Title", "Description"], *described)
    tabs(
        folder / "Job Zones.txt",
        [code, "Job Zone", "Date", "Domain Source"],
        ["17-2051.00", "4", "08/2023", "Analyst"],
    )
    scores = [["17-2051.00", "1", name, "OI", score, "d", "s"] for name, score in INTERESTS]
    tabs(
        folder / "Interests.txt",
        [code, "Element ID", "Element Name", "Scale ID", "Data Value", "Date", "Domain Source"],
        *scores,
        ["17-2051.00", "1", "First Interest High-Point", "IH", "1.00", "d", "s"],
    )
    tabs(
        folder / "Related Occupations.txt",
        [code, "Related O*NET-SOC Code", "Relatedness Tier", "Index"],
        ["17-2051.00", "31-1121.00", "Primary-Long", "2"],
        ["17-2051.00", "17-2051.01", "Primary-Short", "1"],
        ["17-2051.00", "55-3016.00", "Supplemental", "3"],
    )
    others = [["17-2051.00", f"Title {number}", "n/a", "08"] for number in range(20)]
    tabs(
        folder / "Alternate Titles.txt",
        [code, "Alternate Title", "Short Title", "Source(s)"],
        ["17-2051.00", "Professional Engineer", "PE", "08"],
        ["17-2051.00", "Named by Many", "n/a", "04,06,08"],
        *others,
    )
    tabs(
        folder / "Sample of Reported Titles.txt",
        [code, "Reported Job Title", "Shown in My Next Move"],
        ["17-2051.00", "Bridge Engineer", "Y"],
        ["17-2051.00", "Hidden Title", "N"],
    )
    return folder


def everything(folder: Path) -> Path:
    """All five data sets in ``folder``."""
    onet(folder / "onet")
    comma(folder / "ep_table_1_2.csv", PROJECTION_HEAD, *PROJECTIONS)
    comma(folder / "oews_national_M2024.csv", WAGE_HEAD, *WAGES)
    comma(
        folder / "CIP2020_SOC2018_Crosswalk.csv",
        ["CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"],
        ["14.0801", "Civil Engineering, General.", "17-2051", "Civil Engineers"],
        ["01.0508", "Taxidermy.", "99-9999", "NO MATCH"],
        encoding="utf-8-sig",
    )
    comma(
        folder / "onet_clusters16_long.csv",
        ["cluster", "pathway", "onet_soc", "title"],
        ["Kites", "Box Kites", "17-2051.00", "Civil Engineers"],
        ["Boats", "Rafts", "17-2051.00", "Civil Engineers"],
    )
    return folder
