"""The planner in the browser: generate, lock, break, read why, apply the fix, undo, cancel."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.keyboard import tab_to

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]

BUILDER = re.compile(r"/plan/$")
HISTORY = ("United States History", "AP United States History")  # one of them is required
LOCKED = "Economics"


def generate(visitor: Visitor) -> None:
    """Make a plan and wait until it is there."""
    page = visitor.open("/plan/start/")
    page.get_by_role("button", name="Make my plan").click()
    expect(page).to_have_url(BUILDER)


def say(page: Page, course: str, what: str) -> None:
    """Say something of a course on the page of wishes."""
    page.get_by_label("Course", exact=True).select_option(label=course)
    page.get_by_role("button", name=what, exact=True).click()


def rule_history_out(page: Page) -> None:
    for course in HISTORY:
        say(page, course, "Rule it out")
        expect(page.get_by_text(f"{course} is ruled out.")).to_be_visible()


def lock_by_keyboard(page: Page) -> None:
    """Lock a course where it is with Tab and Enter only."""
    tab_to(page, f"Move to… {LOCKED}")
    page.keyboard.press("Enter")
    tab_to(page, "Lock it here")
    page.keyboard.press("Enter")
    expect(page.locator("#said").get_by_text(f"{LOCKED} is locked in")).to_be_visible()
    expect(page.locator(".course-lock")).to_have_text(re.compile("locked"))


def test_generate_lock_break_and_apply_the_fix(visit: Visit) -> None:
    maya = visit()
    page = maya.sign_in("maya.ellison")
    generate(maya)
    page.get_by_text("Why this plan").click()
    expect(page.get_by_text("You graduate on time")).to_be_visible()
    expect(page.get_by_text("proved best").first).to_be_visible()
    maya.look()
    page.reload()
    lock_by_keyboard(page)
    maya.look()

    page.get_by_role("link", name="What I want").click()
    maya.look()
    rule_history_out(page)
    page.get_by_role("button", name="Save and make my plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "There is no plan that fits all of this."
    )
    expect(page.get_by_text("The diploma asks for United States History")).to_be_visible()
    assert 1 <= page.locator(".reasons li").count() <= 3
    maya.look()

    fix = page.locator(".fixes li").filter(has=page.get_by_text(f"Allow {HISTORY[0]} again."))
    fix.get_by_role("button", name="Do this and plan again").first.click()
    expect(page).to_have_url(BUILDER)
    expect(page.get_by_text(f"Changed to make a plan possible: Allow {HISTORY[0]}")).to_be_visible()
    expect(page.locator(".placed", has_text=HISTORY[0]).first).to_be_visible()
    expect(page.locator(".course-lock")).to_have_text(re.compile("locked"))
    maya.look()

    page.get_by_role("button", name="Undo this change").click()
    expect(page.locator(".wish-rows li", has_text=HISTORY[0]).first).to_be_visible()
    maya.look()
    assert maya.looked_at >= 6


def test_without_a_script_on_a_phone_in_the_dark(visit: Visit) -> None:
    sofia = visit(width=360, scheme="dark", script=False)
    page = sofia.sign_in("sofia.reyes")
    generate(sofia)
    page.get_by_role("link", name="What I want").click()
    page.get_by_label("As much as fits").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What you want is saved.")).to_be_visible()
    expect(page.get_by_label("As much as fits")).to_be_checked()
    page.get_by_role("button", name="Save and make my plan").click()
    expect(page).to_have_url(BUILDER)


def test_long_work_is_cancelled_and_changes_nothing(visit: Visit) -> None:
    caleb = visit()
    page = caleb.sign_in("caleb.whitfield")
    before = caleb.open("/plan/").get_by_text(re.compile(r"Version \d+, saved")).inner_text()
    caleb.open("/plan/change/")
    page.get_by_role("button", name="Look at all programs").click()
    expect(page.get_by_text(re.compile(r"^(Starting|Step \d+ of \d+)$"))).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This was stopped. Nothing was changed."
    )
    caleb.look()
    page.get_by_role("link", name="Back, to start again").click()
    expect(page.get_by_role("button", name="Look at all programs")).to_be_visible()
    expect(caleb.open("/plan/").get_by_text(before)).to_be_visible()


def test_the_counselor_fixes_a_course_that_the_student_cannot_unlock(visit: Visit) -> None:
    maya = visit()
    page = maya.sign_in("maya.ellison")
    address = maya.open("/plan/").get_by_role("link", name="What I want").get_attribute("href")
    assert address is not None
    ortiz = visit()
    ortiz.sign_in("rosa.ortiz")
    staff = ortiz.open(address)
    ortiz.look()
    staff.get_by_label("Course", exact=True).select_option(label="Psychology")
    staff.get_by_role("button", name="Fix it in this term").click()
    expect(staff.get_by_text("The school fixed Psychology in")).to_be_visible()
    maya.open(address)
    row = page.locator(".wish-rows li", has_text="Psychology")
    expect(row).to_contain_text("fixed by the school")
    expect(row.get_by_role("button")).to_have_count(0)
    dana = visit(width=360)
    dana.sign_in("dana.ellison")
    read = dana.open(address)
    expect(read.get_by_text("fixed by the school")).to_be_visible()
    expect(read.get_by_role("main").get_by_role("button")).to_have_count(0)
    dana.look()
    staff.get_by_role("button", name="Unlock Psychology").click()
    expect(staff.get_by_text("is not fixed in")).to_be_visible()
