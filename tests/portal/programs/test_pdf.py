"""The printed page: exactly one, tagged, with the same courses as the web page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
import typst
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from pathloom.engine.program.content import STAGES
from pathloom.portal.core import __file__ as core_file
from pathloom.portal.core.ui.clusters import GLYPHS
from pathloom.portal.programs.pdf import one_page, setting
from pathloom.portal.programs.pdf.kept import FORMS
from pathloom.portal.programs.pdf.setting import HUES
from pathloom.portal.programs.presenters.sharing import shared_program
from pathloom.portal.programs.queries.published import published_program
from tests.portal.programs.making import PUBLISHED_AT
from tests.portal.world import World

ORIGIN = "https://portal.example"
ADDRESS = f"{ORIGIN}/schools/magnolia-high/programs/engineering-and-technology/"
PROGRAM = "/schools/magnolia-high/programs/engineering-and-technology/one-page.pdf"
CLUSTERS_CSS = Path(core_file).parent / "static" / "core" / "clusters.css"

# Everything a form lets through: any letters, with a sign in the fonts or without, and long words.
LETTERS = st.characters(codec="utf-8") | st.sampled_from("abcdefghij klmnop")
WORDS = st.text(LETTERS, max_size=40).flatmap(
    lambda words: st.integers(1, 12).map(lambda times: words * times)
)
TITLES = WORDS.map(lambda words: words[:120])


@dataclass(frozen=True, slots=True)
class Drawn:
    """Makes the parts of a page, of any length, of few texts that stand everywhere."""

    random: Random
    texts: list[str]
    titles: list[str]

    def text(self) -> str:
        return self.random.choice(self.texts)

    def title(self) -> str:
        return self.random.choice(self.titles)

    def some(self, most: int, make: Callable[[], Any], least: int = 0) -> list[Any]:
        return [make() for _ in range(self.random.randint(least, most))]

    def lines(self) -> list[dict[str, str]]:
        return self.some(20, lambda: {"title": self.text()})

    def school(self) -> dict[str, str]:
        names = {"name": self.title(), "district": self.title()}
        return names | {"color": "#3b4cca", "monogram": "M", "logo": ""}

    def table(self) -> dict[str, Any]:
        levels = ["school"] * self.random.randint(4, 5) + ["college"] * self.random.randint(0, 2)
        subjects = ["pathway", *(["other"] * self.random.randint(0, 12))]
        columns = [{"title": f"Year {n}", "level": each} for n, each in enumerate(levels)]
        rows = [
            {
                "subject": subject,
                "name": self.title(),
                "cells": [self.some(5, self.choice) for _ in levels],
            }
            for subject in subjects
        ]
        return {"columns": columns, "rows": rows}

    def choice(self) -> dict[str, Any]:
        courses = self.some(6, self.course, least=1)
        return {"courses": courses, "required": self.random.random() < 0.5}

    def course(self) -> dict[str, Any]:
        return {
            "title": self.title(),
            "credits": self.random.choice(["", "1.0"]),
            "local": self.random.random() < 0.5,
            "place": self.random.choice(["", self.title()]),
        }

    def exits(self) -> list[dict[str, Any]]:
        stages = self.random.sample(STAGES, self.random.randint(0, len(STAGES)))
        return [self.exit(stage) for stage in stages]

    def exit(self, stage: str) -> dict[str, Any]:
        return {
            "name": stage,
            "ways": self.some(12, self.way),
            "credentials": self.lines(),
            "occupations": [
                each | {"pay": self.random.choice(["", "$9,590"])} for each in self.lines()
            ],
        }

    def way(self) -> dict[str, str]:
        return {"title": self.text(), "place": self.text(), "length": self.text()}

    def credit(self) -> dict[str, str]:
        return {"course": self.title(), "college_course": self.title()}

    def contact(self) -> dict[str, str]:
        return {name: self.text() for name in ("name", "role", "email", "phone")}


@st.composite
def pages(draw: st.DrawFn) -> dict[str, Any]:
    """A page as the presenter makes it, of any length."""
    texts, titles = draw(st.lists(WORDS, min_size=4)), draw(st.lists(TITLES, min_size=4))
    random = draw(st.randoms(use_true_random=False))
    drawn = Drawn(random, texts, titles)
    return {
        "title": "P" + drawn.title(),
        "summary": drawn.text() * random.randint(0, 8),
        "language": random.choice(["en", "es"]),
        "number": random.randint(1, 10**6),
        "published_on": random.choice([None, PUBLISHED_AT]),
        "address": ADDRESS,
        "school": drawn.school(),
        "cluster": {"id": random.choice([*GLYPHS, "unknown"]), "name": drawn.title()},
        "pathway": random.choice([None, {"name": drawn.title()}]),
        "table": drawn.table(),
        "exits": drawn.exits(),
        "activities": drawn.lines(),
        "organizations": drawn.lines(),
        "work": drawn.lines(),
        "skills": drawn.lines(),
        "standards": [],
        "partners": drawn.some(20, drawn.text),
        "college_credit": drawn.some(12, drawn.credit),
        "contact": random.choice([None, drawn.contact()]),
        "has_local": random.random() < 0.5,
    }


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def longest(page: dict[str, Any]) -> dict[str, Any]:
    """The same page with every list fifty times as long."""
    grown = {**page, "summary": page["summary"] * 50, "partners": ["A partner"] * 500}
    rows = [
        {**row, "cells": [cell * 50 for cell in row["cells"]]} for row in page["table"]["rows"] * 5
    ]
    grown["table"] = {**page["table"], "rows": rows}
    lists = ("ways", "credentials", "occupations")
    grown["exits"] = [exit_ | {name: exit_[name] * 50 for name in lists} for exit_ in page["exits"]]
    return grown


@pytest.fixture
def page(world: World) -> dict[str, Any]:
    version = published_program("magnolia-high", "engineering-and-technology")
    assert version is not None
    return shared_program(version, origin=ORIGIN)


def test_the_address_serves_one_tagged_page_in_a_language_with_a_title(
    world: World, client: Client
) -> None:
    answer = client.get(PROGRAM)
    assert answer.headers["Content-Type"] == "application/pdf"
    found = read(answer.content)
    root = found.trailer["/Root"]
    assert len(found.pages) == 1
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert found.metadata is not None
    assert found.metadata.title == "Engineering and Technology"
    assert "pdfuaid:part" in found.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]


def test_the_page_is_landscape(page: dict[str, Any]) -> None:
    box = read(one_page(page)).pages[0].mediabox
    assert (box.width, box.height) == (792, 612)


def squeezed(words: str) -> str:
    """Letters alone: line breaks and spaces are the typesetter's."""
    return re.sub(r"[\s\u200b\u00a0]+", "", words)


def test_the_printed_page_shows_every_course_of_the_web_page(page: dict[str, Any]) -> None:
    printed = squeezed(read(one_page(page)).pages[0].extract_text())
    cells = [cell for row in page["table"]["rows"] for cell in row["cells"]]
    for course in (course for cell in cells for choice in cell for course in choice["courses"]):
        assert squeezed(course["title"]) in printed


def test_the_printed_page_names_exits_contact_address_and_day(page: dict[str, Any]) -> None:
    printed = squeezed(read(one_page(page)).pages[0].extract_text())
    for words in (
        "End of Pathway Assessment",
        "Civil Engineers",
        "With a 4-year degree",
        "Robotics club",
        "devon.lind@magnolia.example",
        ADDRESS,
        "Version 1, published Aug. 1, 2026",
        "Magnolia High School",
    ):
        assert squeezed(words) in printed


def test_the_same_program_gives_the_same_bytes(page: dict[str, Any]) -> None:
    assert one_page(page) == one_page(page)


def test_what_does_not_fit_is_counted_and_left_to_the_web_page(page: dict[str, Any]) -> None:
    found = read(one_page(longest(page)))
    assert len(found.pages) == 1
    assert re.search(r"and \d+ more on the web page", found.pages[0].extract_text())
    short = read(one_page(page)).pages[0].extract_text()
    assert "more on the web page" not in short


def test_letters_no_font_has_are_shown_as_question_marks(page: dict[str, Any]) -> None:
    written = {**page, "title": "Año Ω Ж \u5b66 \U0001f600 \ue000 \u0378\u200bé\te\u0301"}
    printed = read(one_page(written)).metadata
    assert printed is not None
    assert printed.title == "Año Ω Ж ? ? ? ?é é"


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(page=pages())
def test_any_program_is_set_on_exactly_one_page(page: dict[str, Any]) -> None:
    assert len(read(one_page(page)).pages) == 1


def test_a_form_that_makes_two_pages_is_refused(
    page: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(FORMS, tmp_path, dirs_exist_ok=True)
    planted = (FORMS / "one_page.typ").read_text(encoding="utf-8")
    planted = planted.replace("#set-sheet(", "#pagebreak()\n#set-sheet(")
    (tmp_path / "one_page.typ").write_text(planted, encoding="utf-8")
    monkeypatch.setattr(setting, "FORMS", tmp_path)
    monkeypatch.setattr(setting, "kept", lambda _form, _data, make: make())
    with pytest.raises(typst.TypstError, match="one page is promised, 2 were set"):
        one_page(page)


def test_content_is_data_and_never_template(page: dict[str, Any]) -> None:
    evil = '#panic("run") $x$ *bold* @ref <label> \\ "'
    printed = read(one_page({**page, "title": evil})).pages[0].extract_text()
    assert '#panic("run")' in printed


def test_the_hues_of_the_printed_page_are_those_of_the_screen() -> None:
    light = CLUSTERS_CSS.read_text(encoding="utf-8").split("@media")[0]
    assert dict(re.findall(r"\.hue-([a-z-]+) \{\s*--hue: (#[0-9a-f]{6})", light)) == HUES
