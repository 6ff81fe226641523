"""Programs of study as rows of a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pathloom.portal.core.tables import csv_text
from pathloom.portal.programs.presenters.words import Said

Page = dict[str, Any]
# Names of columns are for machines: the same in every language.
COLUMNS = (
    "program",
    "language",
    "part",
    "when",
    "subject",
    "choice",
    "code",
    "title",
    "title_language",
    "detail",
    "required",
    "credits",
    "college_credit",
    "soc",
    "dollars_a_year",
    "address",
)


def programs_csv(pages: Iterable[Page]) -> str:
    """One line for each course, way, credential, occupation and note of each program.

    Courses of one program, year, subject and ``choice`` stand for one another.

    Args:
        pages: what ``presenters.sharing.shared_programs`` makes.
    """
    rows = (row for page in pages for row in _rows(page))
    return csv_text(COLUMNS, ([row.get(name, "") for name in COLUMNS] for row in rows))


def _rows(page: Page) -> Iterator[Page]:
    common = {
        "program": page["title"],
        "language": page["language"],
        "address": page["address"],
    }
    parts = (*_courses(page), *_exits(page), *_lines(page))
    for row in parts:
        title = row["title"]
        language = title.lang if isinstance(title, Said) else "en"
        yield common | {"title_language": language} | row


def _courses(page: Page) -> Iterator[Page]:
    for row in page["table"]["rows"]:
        for column, cell in zip(page["table"]["columns"], row["cells"], strict=True):
            for number, choice in enumerate(cell, start=1):
                for course in choice["courses"]:
                    yield {
                        "part": "college" if column["level"] == "college" else "high school",
                        "when": column["title"],
                        "subject": row["subject"],
                        "choice": number,
                        "code": course["code"],
                        "title": course["title"],
                        "detail": course.get("place", ""),
                        "required": "yes" if choice["required"] else "no",
                        "credits": course["credits"],
                        "college_credit": "yes" if course["credit"] else "",
                    }


def _exits(page: Page) -> Iterator[Page]:
    for exit_ in page["exits"]:
        when = {"when": exit_["stage"]}
        for way in exit_["ways"]:
            beside = ", ".join(part for part in (way["place"], way["length"]) if part)
            yield when | {"part": "way", "title": way["title"], "detail": beside}
        for each in exit_["credentials"]:
            yield when | {"part": "credential", "title": each["title"], "detail": each["issuer"]}
        for job in exit_["occupations"]:
            yield when | {
                "part": "occupation",
                "title": job["title"],
                "soc": job["soc"],
                "dollars_a_year": job["dollars"] or "",
            }


def _lines(page: Page) -> Iterator[Page]:
    for part in ("work", "organizations", "activities"):
        for line in page[part]:
            yield {"part": part, "title": line["title"], "detail": line["about"]}
    for line in page["skills"]:
        yield {"part": "skills", "title": line["title"]}
    for partner in page["partners"]:
        yield {"part": "partners", "title": partner}
    for step in page["standards"]:
        for each in step["standards"]:
            row = {"part": "standards", "code": each["code"], "title": each["title"]}
            yield row | {"detail": step["course"]}
    for each in page["college_credit"]:
        yield {
            "part": "college credit",
            "code": each["code"],
            "title": each["course"],
            "detail": each["college_course"],
        }
