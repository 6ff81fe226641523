"""The booklet: each sheet as the program's own page, and nothing of it left in the server."""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from django.test import Client
from pypdf import PageObject, PdfReader

from pathloom.portal.programs.pdf import booklet, one_page, setting
from pathloom.portal.programs.pdf.kept import FORMS
from pathloom.portal.programs.presenters.sharing import school_page, shared_program
from pathloom.portal.programs.queries.published import published_program
from tests.portal.programs.making import content, published
from tests.portal.world import World

ORIGIN = "https://portal.example"
FRONT = 2  # cover and contents
FOOT = 36  # points from the edge: there stands the last line
CLUBS = "A club for whoever likes the thing of number {}"
Page = dict[str, Any]


@pytest.fixture
def page(world: World) -> Page:
    version = published_program("magnolia-high", "engineering-and-technology")
    assert version is not None
    return shared_program(version, origin=ORIGIN)


@pytest.fixture
def school(world: World) -> Page:
    return school_page(world.school, origin=ORIGIN)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "kept", lambda _form, _data, make: make())


def with_clubs(page: Page, number: int) -> Page:
    clubs = [{"title": CLUBS.format(each), "about": ""} for each in range(number)]
    return page | {"activities": clubs, "address": f"{page['address']}{number}/"}


def placed(sheet: PageObject) -> set[tuple[float, ...]]:
    """Where the lines of a sheet stand and how large they are, in points; without its last line."""
    found: set[tuple[float, ...]] = set()

    def see(text: str, at: list[float], _: Any, __: Any, size: float) -> None:
        if text.strip() and at[5] > FOOT:
            found.add((round(at[4], 1), round(at[5], 1), round(size, 1)))

    sheet.extract_text(visitor_text=see)
    return found


def test_each_sheet_of_a_booklet_has_the_size_and_layout_of_the_page_alone(
    page: Page, school: Page
) -> None:
    """From a page with room to spare to one that has to be shortened, and at an odd number."""
    pages = [with_clubs(page, number) for number in (0, 150, 20, 60, 400)]
    sheets = PdfReader(BytesIO(booklet(school, pages))).pages[FRONT:]
    alone = [PdfReader(BytesIO(one_page(each))).pages[0] for each in pages]
    sizes = [max(size for *_, size in placed(sheet)) for sheet in alone]
    assert len(set(sizes)) > 2, sizes
    assert len(placed(alone[0])) > 50
    for sheet, own in zip(sheets, alone, strict=False):
        assert placed(sheet) == placed(own)


def test_a_size_at_which_a_sheet_does_not_fit_is_refused_and_told_whole(
    page: Page, school: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(FORMS, tmp_path, dirs_exist_ok=True)
    written = (FORMS / "sheet.typ").read_text(encoding="utf-8")
    chosen = "let (d, exits-in) = chosen(page, inner, scale: scale)"
    assert chosen in written
    planted = written.replace(chosen, "let (d, exits-in) = (steps.first(), 1)")
    (tmp_path / "sheet.typ").write_text(planted, encoding="utf-8")
    monkeypatch.setattr(setting, "FORMS", tmp_path)
    with pytest.raises(typst.TypstError, match="this does not fit on one page") as refused:
        booklet(school, [with_clubs(page, 150)])
    assert page["title"] in refused.value.message
    assert "sheet.typ" in refused.value.diagnostic


def test_a_page_that_even_the_shortest_does_not_fit_is_one_page_that_says_it_is_shortened(
    page: Page, school: Page
) -> None:
    exits = [{"name": "word " * 60, "ways": [], "credentials": [], "occupations": []}] * 60
    hopeless = page | {"exits": exits}
    alone = PdfReader(BytesIO(one_page(hopeless))).pages
    assert len(alone) == 1
    assert len(placed(alone[0])) > 50
    sheets = PdfReader(BytesIO(booklet(school, [hopeless, page]))).pages[FRONT : FRONT + 2]
    for sheet in (alone[0], sheets[0]):
        assert "Shortened: all of it stands on the web page." in sheet.extract_text()
    assert "Shortened" not in sheets[1].extract_text()


def test_readers_get_a_page_and_a_booklet_however_long_a_program_is(
    world: World, client: Client
) -> None:
    long = "Everything there is to say " * 7
    lines = [{"title": f"{long}{number}", "about": ""} for number in range(300)]
    people = (world["lind"], world["halvorsen"])
    holds = content(activities=lines, organizations=lines, partners=[long] * 300)
    published(world.school, *people, slug="long", title=long.strip(), holds=holds)
    for address in ("programs/long/one-page.pdf", "booklet.pdf"):
        assert client.get(f"/schools/magnolia-high/{address}").status_code == 200


def test_a_process_that_ends_before_it_is_done_is_told(
    page: Page, school: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match=r"booklet\.typ: its process ended with 1"):
        booklet(school, [page])


def test_the_same_programs_give_the_same_booklet(page: Page, school: Page) -> None:
    pages = [page, with_clubs(page, 3)]
    assert booklet(school, pages) == booklet(school, pages)


def test_a_server_that_makes_a_booklet_sets_nothing_itself(
    page: Page, school: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Typst keeps in memory is in other processes, which end."""

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("typst was asked in this process")

    monkeypatch.setattr(typst, "compile", refused)
    monkeypatch.setattr(typst, "query", refused)
    assert booklet(school, [page]).startswith(b"%PDF")
