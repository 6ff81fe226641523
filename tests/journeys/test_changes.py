"""A signed plan meets life: another plan, a failed course and its repair, another program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.keyboard import tab_to
from tests.journeys.test_every_page import look_in_both

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]

WHO, FAILED = "aiyana.brooks", "Tenth Grade Literature and Composition"


def fail_a_course(folder: Path) -> None:
    """What the student information system would send in December."""
    with sqlite3.connect(folder / "site.sqlite3", timeout=30) as database:
        changed = database.execute(
            "UPDATE records_courserecord SET state = 'failed', mark = '52' WHERE title = ? AND"
            " student_id = (SELECT records_student.id FROM records_student JOIN accounts_user"
            " ON accounts_user.id = records_student.user_id WHERE username = ?)",
            (FAILED, WHO),
        ).rowcount
    database.close()
    assert changed == 1


def test_another_plan_a_repair_and_another_program(visit: Visit, folder: Path) -> None:
    aiyana = visit()
    aiyana.sign_in(WHO)
    another_plan_is_used_and_undone(aiyana)
    fail_a_course(folder)
    a_failed_course_is_repaired(aiyana)
    another_program_becomes_a_plan(aiyana)
    what_was_signed_stays_signed(aiyana)


def another_plan_is_used_and_undone(visitor: Visitor) -> None:
    page = visitor.open("/plan/")
    page.get_by_role("link", name="See other plans").click()
    look_in_both(visitor)
    tab_to(page, "Look for other plans")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("other plans fit you too.")
    page.locator(".compare summary").first.click()
    look_in_both(visitor)
    page.get_by_role("button", name="Use this plan").first.click()
    expect(page.get_by_text("Version 2, saved")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Version 3, saved")).to_be_visible()


def a_failed_course_is_repaired(visitor: Visitor) -> None:
    page = visitor.open("/home/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Something changed: your plan needs a repair."
    )
    look_in_both(visitor)
    visitor.open("/plan/")
    expect(page.get_by_text("The plan does not work any more.")).to_be_visible()
    look_in_both(visitor)
    page.get_by_role("link", name="See how to repair it").click()
    look_in_both(visitor)
    page.get_by_role("button", name="Check and repair").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("your plan work again.")
    expect(page.get_by_text(f"{FAILED} is taken again")).to_be_visible()
    look_in_both(visitor)
    page.get_by_role("button", name="Take this repair").click()
    expect(page.get_by_text("Version 4, saved")).to_be_visible()
    expect(page.get_by_text("The plan does not work any more.")).to_have_count(0)


def another_program_becomes_a_plan(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Think about another program").click()
    page.get_by_role("button", name="Look at all programs").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You can change to")
    look_in_both(visitor)
    page.get_by_role("link", name="Carpentry").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Carpentry")
    look_in_both(visitor)
    page.get_by_role("button", name="Plan with this program").click()
    expect(page.get_by_text("Version 5, saved")).to_be_visible()


def what_was_signed_stays_signed(visitor: Visitor) -> None:
    page = visitor.open("/plan/versions/")
    first = page.get_by_role("listitem").filter(has_text="Version 1")
    expect(first.get_by_text("signed by all")).to_be_visible()
    expect(page.get_by_text("The plan was repaired: ")).to_be_visible()
    expect(page.get_by_text("Another plan was chosen: ").first).to_be_visible()


def test_without_any_script_the_plans_are_found_on_a_phone(visit: Visit) -> None:
    jonas = visit(width=360, script=False)
    page = jonas.sign_in("jonas.pak")
    jonas.open("/plan/alternatives/")
    page.get_by_role("button", name="Look for other plans").click()
    expect(page.get_by_text("Your plan now")).to_be_visible(timeout=60_000)
    width = page.locator(".compare").bounding_box()
    assert width is not None
    assert width["width"] <= 360
    jonas.open("/plan/change/")
    page.get_by_role("button", name="Look at all programs").click()
    expect(page.get_by_role("link", name="Carpentry")).to_be_visible(timeout=60_000)


def test_a_guardian_looks_at_other_plans_and_changes_nothing(visit: Visit) -> None:
    min_pak = visit(width=360)
    page = min_pak.sign_in("min.pak")
    page.get_by_role("link", name="Where Jonas stands").click()
    page.get_by_role("link", name="See other plans").click()
    start = page.get_by_role("button", name="Look for other plans")
    if start.count():
        start.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("fit Jonas too.")
    look_in_both(min_pak)
    expect(page.get_by_role("button", name="Use this plan")).to_have_count(0)
