"""Programs of study as open JSON; docs/reference/program.schema.json says its form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pathloom.portal.programs.presenters.words import Said

Page = dict[str, Any]
SCHEMA = "pathloom/program/1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Text(_Part):
    """A text and the language it is in, which is not that of the file where it is untranslated."""

    text: str
    lang: str


class Place(_Part):
    framework: str | None = Field(description="title of the framework; null where it is not known")
    cluster: str
    pathway: str | None


class Course(_Part):
    code: str = Field(description="in the district's catalog; empty for a college course")
    title: str
    credits: str = Field(description='"1.0"; empty where none are known')
    local: bool = Field(description="a course of the district's own")
    college_credit: bool = Field(description="counts at a college by an agreement that holds")
    place: str = Field(description="where a college course is taught")


class Choice(_Part):
    required: bool
    courses: list[Course] = Field(description="any one of them")


class Year(_Part):
    title: str
    level: Literal["school", "college"]


class Row(_Part):
    subject: str = Field(description='"pathway" for the career area itself')
    name: str
    cells: list[list[Choice]] = Field(description="one for each of `years`")


class Way(_Part):
    title: Text
    place: str
    length: Text


class Credential(_Part):
    title: Text
    issuer: str
    grade: int | None = Field(description="in which it can be earned, where that is in school")


class Occupation(_Part):
    title: str
    soc: str
    median_dollars_a_year: int | None
    pay_area: str
    pay_year: str


class Exit(_Part):
    stage: str
    name: str
    ways: list[Way]
    credentials: list[Credential]
    occupations: list[Occupation]


class Line(_Part):
    title: Text
    about: Text


class Standard(_Part):
    code: str = Field(description="as its publisher prints it")
    title: str


class Standards(_Part):
    """The standards that a step of the pathway teaches."""

    course: str
    standards: list[Standard]


class CollegeCredit(_Part):
    code: str
    course: str
    kind: str
    college_course: str
    institution: str


class Source(_Part):
    title: str
    url: str
    read_on: str


class Contact(_Part):
    name: str
    role: str
    email: str
    phone: str


class Program(_Part):
    """One published version of a program of study."""

    title: Text
    summary: Text
    number: int
    published_at: str | None = Field(description="ISO 8601")
    address: str
    school: str
    district: str
    place: Place
    years: list[Year]
    rows: list[Row]
    exits: list[Exit]
    standards: list[Standards]
    college_credit: list[CollegeCredit]
    work: list[Line]
    organizations: list[Line]
    activities: list[Line]
    skills: list[Text]
    partners: list[str]
    contact: Contact | None
    sources: list[Source]


class Programs(_Part):
    """Programs of study in one language."""

    form: Literal["pathloom/program/1"]
    language: str
    programs: list[Program]


def programs_json(pages: Iterable[Page], *, language: str) -> str:
    """The programs as JSON text, indented; the same programs give the same text.

    Args:
        pages: what ``presenters.sharing.shared_programs`` makes.
    """
    made = Programs(form=SCHEMA, language=language, programs=[_program(page) for page in pages])
    return made.model_dump_json(indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    made = Programs.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _program(page: Page) -> Program:
    published = page["published_on"]
    framework = page["framework"]
    return Program.model_validate(
        {
            "title": _text(page["title"]),
            "summary": _text(page["summary"]),
            "number": page["number"],
            "published_at": published.isoformat() if published else None,
            "address": page["address"],
            "school": page["school"]["name"],
            "district": page["school"]["district"],
            "place": {
                "framework": framework["title"] if framework else None,
                "cluster": page["cluster"]["name"] or page["cluster"]["id"],
                "pathway": page["pathway"]["name"] if page["pathway"] else None,
            },
            "years": page["table"]["columns"],
            "rows": [_row(row) for row in page["table"]["rows"]],
            "exits": [_exit(each) for each in page["exits"]],
            "standards": page["standards"],
            "college_credit": page["college_credit"],
            **{part: [_line(line) for line in page[part]] for part in _LINES},
            "skills": [_text(each["title"]) for each in page["skills"]],
            "partners": page["partners"],
            "contact": page["contact"],
            "sources": page["sources"],
        }
    )


_LINES = ("work", "organizations", "activities")


def _text(text: str) -> Page:
    return {"text": str(text), "lang": text.lang if isinstance(text, Said) else "en"}


def _line(line: Page) -> Page:
    return {"title": _text(line["title"]), "about": _text(line["about"])}


def _row(row: Page) -> Page:
    return {
        "subject": row["subject"],
        "name": row["name"],
        "cells": [[_choice(choice) for choice in cell] for cell in row["cells"]],
    }


def _choice(choice: Page) -> Page:
    return {
        "required": choice["required"],
        "courses": [
            {
                "code": each["code"],
                "title": each["title"],
                "credits": each["credits"],
                "local": each["local"],
                "college_credit": each["credit"],
                "place": each.get("place", ""),
            }
            for each in choice["courses"]
        ],
    }


def _exit(exit_: Page) -> Page:
    return {
        "stage": exit_["stage"],
        "name": exit_["name"],
        "ways": [
            {"title": _text(w["title"]), "place": w["place"], "length": _text(w["length"])}
            for w in exit_["ways"]
        ],
        "credentials": [
            {"title": _text(c["title"]), "issuer": c["issuer"], "grade": c["grade"]}
            for c in exit_["credentials"]
        ],
        "occupations": [
            {
                "title": o["title"],
                "soc": o["soc"],
                "median_dollars_a_year": o["dollars"],
                "pay_area": o["pay_area"],
                "pay_year": o["pay_year"],
            }
            for o in exit_["occupations"]
        ],
    }
