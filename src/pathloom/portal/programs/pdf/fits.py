"""Whether a program of study fits on one page, and what its authors would shorten."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import override
from pydantic import ValidationError

from pathloom.portal.programs.checks import Finding, Weight
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.pdf.one_page import LETTER, sheet
from pathloom.portal.programs.pdf.press import Order, done
from pathloom.portal.programs.pdf.setting import order
from pathloom.portal.programs.presenters.sharing import shared_program

Page = dict[str, Any]
LANGUAGES = {"en": "English", "es": "Spanish"}
_ORIGIN = "https://programs.a-school-of-ours.example"  # as long as addresses usually are
_EXIT_PARTS = {
    "ways": ("postsecondary", "Ways on"),
    "credentials": ("credentials", "Credentials"),
    "occupations": ("occupations", "Occupations"),
}


@dataclass(frozen=True, slots=True)
class Long:
    """A part of the page: its name for authors, how long it is, and of how many items."""

    part: str
    name: str
    lines: int
    letters: int
    items: int


def fits(version: ProgramVersion) -> tuple[Finding, ...]:
    """What of a version is too long for one page of 7.5 points, in each language of its school.

    Lines, letters and items are measured by setting the page, so they are about right and not
    exact. A template of a district has no page yet, content that cannot be read has other findings.
    """
    if version.program.is_template:
        return ()
    try:
        named = _sheet(version, "en")
    except ValidationError:
        return ()
    found: dict[str, Finding] = {}
    for language in version.program.school.languages.split():
        page = named if language == "en" else _sheet(version, language)
        found |= {finding.where: finding for finding in findings_of(page, named=named)}
    return tuple(found.values())


def _sheet(version: ProgramVersion, language: str) -> Page:
    with override(language):
        return sheet(shared_program(version, origin=_ORIGIN))


def findings_of(page: Page, *, named: Page) -> Iterator[Finding]:
    """The parts to shorten, the longest first, until the page would fit; none where it does.

    ``named`` is the same page in English, which is the language of authors.
    """
    measured = _measured(order("fits", page | LETTER, asks="fits"))
    over: int = measured["over"]
    longest = sorted(measured["parts"], key=lambda part: part["lines"], reverse=True)
    language = LANGUAGES.get(page["language"], page["language"])
    for part in longest:
        if over <= 0:
            return
        long = _long(page, part, named)
        share = min(over, max(1, long.lines - 2))
        over -= share
        yield Finding(
            Weight.WARN,
            long.name,
            f"{_counted(share, 'line')} too many for the printed page in {language}",
            _advice(long, share),
            long.part,
        )


def _advice(long: Long, share: int) -> str:
    letters = math.ceil(share * long.letters / long.lines / 10) * 10
    shorter = f"Shorten by about {letters} characters"
    if long.items < 2:
        return f"{shorter}."
    drop = min(long.items - 1, math.ceil(share * long.items / long.lines))
    return f"{shorter} or drop {drop} of {long.items}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _long(page: Page, measured: Page, named: Page) -> Long:
    kind, index, lines = measured["kind"], measured["index"], max(1, measured["lines"])
    if kind == "row":
        return _row(named["table"], index, lines)
    if kind == "exit":
        return _exit(page["exits"][index], named["exits"][index]["name"], lines)
    if kind == "note":
        note, name = page["notes"][index], named["notes"][index]["title"]
        return Long(note["part"], name, lines, _letters(note["items"]), len(note["items"]))
    return Long("about", "Summary", lines, len(page["summary"]), 1)


def _row(table: Page, index: int, lines: int) -> Long:
    """The longest cell of a row: the other cells do not make it higher."""
    row = table["rows"][index]
    cells = [
        [course["title"] for each in cell for course in each["courses"]] for cell in row["cells"]
    ]
    longest = max(range(len(cells)), key=lambda each: _letters(cells[each]))
    column, titles = table["columns"][longest], cells[longest]
    part = "steps" if row["subject"] == "pathway" else "rows"
    name = f"{row['name']}, {column['title']}"
    part = "college" if column["level"] == "college" else part
    return Long(part, name, lines, _letters(titles), len(titles))


def _exit(exit_: Page, after: str, lines: int) -> Long:
    """The longest list of an exit."""
    kind = max(_EXIT_PARTS, key=lambda each: _letters([line["title"] for line in exit_[each]]))
    part, name = _EXIT_PARTS[kind]
    titles = [line["title"] for line in exit_[kind]]
    return Long(part, f"{name}, {after}", lines, _letters(titles), len(titles))


def _letters(texts: list[str]) -> int:
    return sum(len(text) + 2 for text in texts)


@lru_cache(maxsize=512)
def _measured(asked: Order) -> Page:
    (found,) = json.loads(done(asked))
    return dict(found)
