"""The printed page: exactly one, tagged, with the same courses as the web page."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from pathloom.engine.program.content import STAGES
from pathloom.portal.core.ui.clusters import GLYPHS
from pathloom.portal.programs import pdf
from pathloom.portal.programs.pdf import HUES, one_page
from pathloom.portal.programs.presenters.program import program_page
from pathloom.portal.programs.queries.published import published_program
from tests.portal.programs.making import PUBLISHED_AT
from tests.portal.world import World

ADDRESS = "https://portal.example/schools/magnolia-high/programs/engineering-and-technology/"
PROGRAM = "/schools/magnolia-high/programs/engineering-and-technology/one-page.pdf"
CLUSTERS_CSS = Path(pdf.core_file).parent / "static" / "core" / "clusters.css"

# Everything a form lets through: any letters, with a sign in the fonts or without, and long words.
LETTERS = st.characters(codec="utf-8") | st.sampled_from("abcdefghij klmnop")
WORDS = st.text(LETTERS, max_size=40).flatmap(
    lambda words: st.integers(1, 12).map(lambda times: words * times)
)
TITLES = WORDS.map(lambda words: words[:120])


def courses(most: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    course = st.fixed_dictionaries(
        {"title": TITLES, "credits": st.sampled_from(["", "1.0", "0.5"]), "local": st.booleans()}
    )
    return st.lists(course, max_size=most)


@st.composite
def pages(draw: st.DrawFn) -> dict[str, Any]:
    """A page as the presenter makes it, of any length."""
    subjects = draw(st.lists(TITLES, max_size=12))
    steps = st.lists(
        st.fixed_dictionaries({"courses": courses(6), "required": st.booleans()}), max_size=8
    )
    titled = st.fixed_dictionaries({"title": WORDS})
    ways = st.fixed_dictionaries({"title": WORDS, "place": WORDS, "length": WORDS})
    return {
        "title": "P" + draw(TITLES),
        "summary": draw(WORDS) * draw(st.integers(0, 8)),
        "number": draw(st.integers(1, 10**6)),
        "published_on": draw(st.sampled_from([None, PUBLISHED_AT])),
        "school": {"name": draw(TITLES), "district": draw(TITLES)},
        "cluster": {"id": draw(st.sampled_from([*GLYPHS, "unknown"])), "name": draw(TITLES)},
        "pathway": draw(st.none() | st.fixed_dictionaries({"name": TITLES})),
        "columns": [
            {
                "title": f"Grade {grade}",
                "steps": draw(steps),
                "rows": [{"courses": draw(courses(10))} for _subject in subjects],
            }
            for grade in range(draw(st.sampled_from([8, 9])), 13)
        ],
        "subjects": subjects,
        "exits": [
            {
                "name": stage,
                "ways": draw(st.lists(ways, max_size=12)),
                "credentials": draw(st.lists(titled, max_size=12)),
                "occupations": draw(st.lists(titled, max_size=40)),
            }
            for stage in draw(st.lists(st.sampled_from(STAGES), unique=True))
        ],
        "activities": draw(st.lists(titled, max_size=20)),
        "partners": draw(st.lists(WORDS, max_size=20)),
        "contact": draw(
            st.none()
            | st.fixed_dictionaries({"name": WORDS, "role": WORDS, "email": WORDS, "phone": WORDS})
        ),
        "has_local": draw(st.booleans()),
    }


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def longest(page: dict[str, Any]) -> dict[str, Any]:
    """The same page with every list fifty times as long."""
    grown = {**page, "summary": page["summary"] * 50, "partners": ["A partner"] * 500}
    grown["columns"] = [
        {
            **column,
            "steps": column["steps"] * 50,
            "rows": [{**row, "courses": row["courses"] * 50} for row in column["rows"] * 5],
        }
        for column in page["columns"]
    ]
    grown["subjects"] = page["subjects"] * 5
    grown["exits"] = [
        {
            **exit_,
            "ways": exit_["ways"] * 50,
            "credentials": exit_["credentials"] * 50,
            "occupations": exit_["occupations"] * 50,
        }
        for exit_ in page["exits"]
    ]
    return grown


@pytest.fixture
def page(world: World) -> dict[str, Any]:
    version = published_program("magnolia-high", "engineering-and-technology")
    assert version is not None
    return program_page(version)


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
    box = read(one_page(page, address=ADDRESS)).pages[0].mediabox
    assert (box.width, box.height) == (792, 612)


def squeezed(words: str) -> str:
    """Letters alone: line breaks and spaces are the typesetter's."""
    return re.sub(r"[\s\u200b\u00a0]+", "", words)


def test_the_printed_page_shows_every_course_of_the_web_page(page: dict[str, Any]) -> None:
    printed = squeezed(read(one_page(page, address=ADDRESS)).pages[0].extract_text())
    for column in page["columns"]:
        groups = [step["courses"] for step in column["steps"]]
        groups += [row["courses"] for row in column["rows"]]
        for course in (course for group in groups for course in group):
            assert squeezed(course["title"]) in printed


def test_the_printed_page_names_exits_contact_address_and_day(page: dict[str, Any]) -> None:
    printed = squeezed(read(one_page(page, address=ADDRESS)).pages[0].extract_text())
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
    assert one_page(page, address=ADDRESS) == one_page(page, address=ADDRESS)


def test_what_does_not_fit_is_counted_and_left_to_the_web_page(page: dict[str, Any]) -> None:
    found = read(one_page(longest(page), address=ADDRESS))
    assert len(found.pages) == 1
    assert re.search(r"and \d+ more on the web page", found.pages[0].extract_text())
    short = read(one_page(page, address=ADDRESS)).pages[0].extract_text()
    assert "more on the web page" not in short


def test_letters_no_font_has_are_shown_as_question_marks(page: dict[str, Any]) -> None:
    written = {**page, "title": "Año Ω Ж \u5b66 \U0001f600 \ue000 \u0378\u200bé\te\u0301"}
    printed = read(one_page(written, address=ADDRESS)).metadata
    assert printed is not None
    assert printed.title == "Año Ω Ж ? ? ? ?é é"


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(page=pages())
def test_any_program_is_set_on_exactly_one_page(page: dict[str, Any]) -> None:
    assert len(read(one_page(page, address=ADDRESS)).pages) == 1


def test_a_template_that_makes_two_pages_is_refused(
    page: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = pdf.TEMPLATE.read_text(encoding="utf-8").replace(
        "#layout(room =>", "#pagebreak()\n#layout(room =>"
    )
    monkeypatch.setattr(pdf, "_template", lambda: planted.encode())
    with pytest.raises(typst.TypstError, match="one page is promised, 2 were set"):
        one_page(page, address=ADDRESS)


def test_content_is_data_and_never_template(page: dict[str, Any]) -> None:
    evil = '#panic("run") $x$ *bold* @ref <label> \\ "'
    printed = read(one_page({**page, "title": evil}, address=ADDRESS)).pages[0].extract_text()
    assert '#panic("run")' in printed


def test_the_hues_of_the_printed_page_are_those_of_the_screen() -> None:
    light = CLUSTERS_CSS.read_text(encoding="utf-8").split("@media")[0]
    assert dict(re.findall(r"\.hue-([a-z-]+) \{\s*--hue: (#[0-9a-f]{6})", light)) == HUES
