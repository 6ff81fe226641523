"""A district's template: written, reviewed, published; a school starts from it and follows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.drafts import (
    address_of,
    choose_what_the_state_leaves_open,
    hand_in,
    open_part,
    publish,
    start_from,
)
from tests.journeys.keyboard import press, press_in_place, write

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]

TITLE = "Programming in every school"
ENTRY = "Everybody who has passed Algebra I."
PROMISE = "the schools of the district can start from it"


def test_a_template_reaches_a_school_and_so_does_its_change(visit: Visit) -> None:
    helen = visit()  # of the district
    helen.sign_in("helen.whitcomb")
    address = a_template_is_written(helen)
    marian = visit()  # of the district, too: she wrote nothing of it
    marian.sign_in("marian.colby")
    publish(marian, address, promised=PROMISE)

    lind = visit(width=360)  # a teacher, on a phone
    lind.sign_in("devon.lind")
    ours = the_school_starts_from_it(lind)

    second = the_template_is_changed(helen, address)
    publish(marian, second, promised=PROMISE)
    the_change_is_taken_over(lind, ours)


def a_template_is_written(helen: Visitor) -> str:
    helen.open("/programs/")
    address = start_from(
        helen, "State: Programming", title=TITLE, home="Template for the schools of"
    )
    choose_what_the_state_leaves_open(helen)
    hand_in(helen, address)
    return address


def the_school_starts_from_it(lind: Visitor) -> str:
    lind.open("/programs/")
    return start_from(lind, f"District: {TITLE}", title="Programming here")


def the_template_is_changed(helen: Visitor, address: str) -> str:
    page = helen.open(f"{address}review/")
    press(page, "Start a new draft from it")
    second = address_of(helen)
    helen.open(f"{second}sequence/?edit=entries:")
    write(page, "Who can come in, and how", ENTRY)
    press_in_place(page, "Save")
    hand_in(helen, second)
    return second


def the_change_is_taken_over(lind: Visitor, address: str) -> None:
    page = lind.open(f"{address}sequence/")
    open_part(lind, "Template")
    expect(page.get_by_text(f"Way in, grade 9 was added (“{ENTRY}”).")).to_be_visible()
    lind.look()
    press(page, "Take over Way in, grade 9")
    expect(page.get_by_text("Nothing. You have its newest state.")).to_be_visible()
    open_part(lind, "Courses")
    expect(page.get_by_text(ENTRY)).to_be_visible()
