"""The whole way of a program of study as one table: subjects in rows, years in columns."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

Page = dict[str, Any]


def two_levels(page: Page) -> Page:
    """High school and the two years after it side by side.

    Args:
        page: what ``program_page`` makes, with ``college`` as ``college_years`` makes it.
    Returns:
        ``columns`` with title and level (``school`` or ``college``), and ``rows`` with a name and
        a cell for each column. A cell is a list of choices; of the courses of one choice any one
        is taken. The first row is that of the pathway; a subject only of college has a row, too.
    """
    grades, years = page["columns"], page["college"]
    taught = [row["subject"] for row in grades[0]["rows"]] if grades else []
    later = [row["subject"] for year in years for row in year["rows"]]
    subjects = [s for s in dict.fromkeys([*taught, *later]) if s != "pathway"]
    names = {row["subject"]: row["name"] for each in (*grades, *years) for row in each["rows"]}
    return {
        "columns": [
            *({"title": grade["title"], "level": "school"} for grade in grades),
            *({"title": year["title"], "level": "college"} for year in years),
        ],
        "rows": [
            {
                "subject": "pathway",
                "name": page["levels"]["pathway"]["one"],
                "cells": [
                    *(grade["steps"] for grade in grades),
                    *(_in_college(year, "pathway") for year in years),
                ],
            },
            *(
                {
                    "subject": subject,
                    "name": names[subject],
                    "cells": [
                        *(_in_school(grade, subject) for grade in grades),
                        *(_in_college(year, subject) for year in years),
                    ],
                }
                for subject in subjects
            ),
        ],
    }


def mark_credit(table: Page, codes: Set[str]) -> None:
    """Say of every course whether it gives college credit: ``credit`` of those with these codes."""
    cells = (cell for row in table["rows"] for cell in row["cells"])
    for course in (course for cell in cells for choice in cell for course in choice["courses"]):
        course["credit"] = course["code"] in codes


def _in_school(grade: Page, subject: str) -> list[Page]:
    """One choice for each row of the subject; a subject may have several, or none."""
    rows = [row for row in grade["rows"] if row["subject"] == subject]
    return [{"courses": row["courses"], "required": True} for row in rows if row["courses"]]


def _in_college(year: Page, subject: str) -> list[Page]:
    return [
        {
            "courses": [_college_course(title, row["place"]) for title in row["courses"]],
            "required": True,
        }
        for row in year["rows"]
        if row["subject"] == subject
    ]


def _college_course(title: str, place: str) -> Page:
    return {
        "code": "",
        "title": title,
        "credits": "",
        "number": "",
        "local": False,
        "place": place,
    }
