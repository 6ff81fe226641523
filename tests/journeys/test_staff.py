"""Staff say how the school plans, and what counts at a college; a student is helped by a fix."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.keyboard import tab_to
from tests.journeys.test_every_page import look_in_both

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]

ECONOMICS = ("Economics", "AP Macroeconomics")  # one of them is required
NEW = "Pottery for Engineers"


def test_a_counselor_writes_and_the_district_publishes_an_agreement(visit: Visit) -> None:
    rosa = visit()
    page = rosa.sign_in("rosa.ortiz")
    rosa.open("/staff/").get_by_role("link", name="Agreements with colleges").click()
    look_in_both(rosa)
    page.get_by_role("button", name="Write a new version").click()
    look_in_both(rosa)
    a_college_gets_a_course(rosa)
    an_agreement_is_added(rosa)
    page.get_by_role("button", name="Hand it in for review").click()
    expect(page.get_by_text("Handed in. Somebody else reads it now.")).to_be_visible()
    address = page.url.removeprefix(rosa.site)

    helen = visit(width=360, scheme="dark", script=False)
    read = helen.sign_in("helen.whitcomb")
    helen.open(address)
    expect(read.locator("#changes li").first).to_contain_text("ENT 300")
    read.get_by_role("button", name="Publish it").click()
    expect(read.get_by_text("Published.")).to_be_visible()

    rosa.open("/agreements/?q=pottery")
    expect(page.get_by_role("cell", name=re.compile(NEW))).to_be_visible()


def a_college_gets_a_course(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Quillwood Technical College", exact=True).click()
    look_in_both(visitor)
    page.get_by_label("Code").fill("ENT 300")
    page.get_by_label("Title").fill(NEW)
    page.get_by_label("Semester hours").fill("3")
    page.get_by_role("button", name="Add the course").click()
    expect(page.get_by_text(f"ENT 300 {NEW}, 3 hours")).to_be_visible()
    page.get_by_role("link", name=re.compile("Back to version")).click()


def an_agreement_is_added(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Add an agreement").click()
    page.get_by_label("Articulated").check()
    page.get_by_label("High school course").select_option(
        label="Foundations of Engineering and Technology (FET)"
    )
    page.get_by_label("College course").select_option(label=f"ENT 300 {NEW}, 3 hours")
    page.get_by_label("For courses taken from").fill("2026")
    page.get_by_label("Address of the agreement").fill("https://quillwood.example/pottery")
    page.get_by_label("Read on").fill("2026-11-01")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write a school year such as 2026-27.")).to_be_visible()
    look_in_both(visitor)
    page.get_by_label("For courses taken from").fill("2026-27")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("was added.").first).to_be_visible()
    look_in_both(visitor)


def test_the_periods_of_a_school_stand_on_the_page_of_a_plan(visit: Visit) -> None:
    yvonne = visit()
    page = yvonne.sign_in("yvonne.tate")
    yvonne.open("/staff/").get_by_role("link", name="How the school plans").click()
    page.get_by_label("Periods in a day").fill("99")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Periods in a day")).to_be_focused()  # the browser says it first
    page.get_by_label("Periods in a day").fill("6")
    page.get_by_label("Credits to aim at in a term").fill("9")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write an amount between the fewest and the most.")).to_be_visible()
    look_in_both(yvonne)
    page.get_by_label("Credits to aim at in a term").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    owen = visit(width=360)
    board = owen.sign_in("owen.strand")
    board.get_by_role("link", name="Home").first.wait_for()
    owen.open("/plan/start/").get_by_role("button", name="Make my plan").click()
    expect(board).to_have_url(re.compile(r"/plan/$"))
    expect(board.get_by_text(re.compile(r"\d of 6 periods")).first).to_be_visible()
    look_in_both(owen)


def test_where_a_plan_cannot_be_repaired_one_press_helps_on_a_phone(visit: Visit) -> None:
    jonas = visit(width=360)
    page = jonas.sign_in("jonas.pak")
    jonas.open("/plan/start/").get_by_role("button", name="Make my plan").click()
    expect(page).to_have_url(re.compile(r"/plan/$"))
    page.get_by_role("link", name="What I want").click()
    for course in ECONOMICS:
        rule_out(page, course)
    jonas.open("/plan/repair/").get_by_role(
        "button", name=re.compile("Check and repair|Work it out again")
    ).click()
    expect(page.get_by_text("There is no plan that fits all of this.")).to_be_visible()
    look_in_both(jonas)
    tab_to(page, f"Do this and repair again Allow {ECONOMICS[0]} again.")
    page.keyboard.press("Enter")
    expect(
        page.get_by_text(f"Changed to make a plan possible: Allow {ECONOMICS[0]}")
    ).to_be_visible()
    look_in_both(jonas)
    tab_to(page, "Undo this change")
    page.keyboard.press("Enter")
    expect(page.locator(".wish-rows li", has_text=ECONOMICS[0]).first).to_be_visible()


def rule_out(page: Page, course: str) -> None:
    page.get_by_label("Course", exact=True).select_option(label=course)
    page.get_by_role("button", name="Rule it out", exact=True).click()
    expect(page.get_by_text(f"{course} is ruled out.")).to_be_visible()
