"""From sign-in to a signed plan: student, guardian on a phone, counselor; then a change."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Visitor
from tests.journeys.keyboard import tab_to

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]

MOVED = "Economics"  # nothing builds on it


def move_by_keyboard(visitor: Visitor) -> None:
    """Move a course to another term with Tab and Enter only."""
    page = visitor.page
    tab_to(page, f"Move to… {MOVED}")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Version 2, saved")).to_be_visible()
    expect(page.locator("#said").get_by_text(f"{MOVED} moved from")).to_be_visible()


def read_and_sign(page: Page) -> None:
    page.get_by_label("I have read this plan.").check()
    page.get_by_role("button", name=re.compile(r"^Sign version \d+$")).click()


def test_from_sign_in_to_a_plan_signed_by_three(visit: Visit) -> None:
    theo = visit()
    page = theo.sign_in("theo.ellison")
    expect(page.get_by_role("heading", level=1)).to_contain_text("of 23 credits")
    theo.look()

    theo.open("/plan/start/")
    theo.look()
    page.get_by_role("radio", name="Engineering and Technology").check()
    page.get_by_role("button", name="Make my plan").click()
    expect(page.get_by_text("Version 1, saved")).to_be_visible()
    theo.look()

    move_by_keyboard(theo)
    page.get_by_role("link", name="Read and sign").click()
    theo.look()
    read_and_sign(page)
    expect(page.get_by_text("You signed version 2.")).to_be_visible()
    theo.look()

    dana = visit(width=360)
    page_dana = dana.sign_in("dana.ellison")
    dana.look()
    page_dana.get_by_role("link", name="Read and sign version 2").click()
    dana.look()
    read_and_sign(page_dana)
    expect(page_dana.get_by_text("You signed version 2.")).to_be_visible()
    dana.look()

    ortiz = visit()
    page_ortiz = ortiz.sign_in("rosa.ortiz")
    ortiz.look()
    page_ortiz.goto(page_dana.url)
    ortiz.look()
    read_and_sign(page_ortiz)
    expect(page_ortiz.get_by_text("You signed version 2.")).to_be_visible()

    the_pdf_says_version_hash_and_names(ortiz)
    a_change_leaves_the_signatures_behind(theo)
    assert theo.looked_at + dana.looked_at + ortiz.looked_at >= 9


def the_pdf_says_version_hash_and_names(visitor: Visitor) -> None:
    page = visitor.page
    fingerprint = page.locator(".hash").first.inner_text().strip()
    address = page.get_by_role("link", name="Print as PDF").get_attribute("href")
    answer = page.request.get(f"{visitor.site}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    document = PdfReader(io.BytesIO(answer.body()))
    pages = [text.extract_text() for text in document.pages]
    assert pages
    for text in pages:
        plain = re.sub(r"\s", "", text)
        assert "ersion2" in plain
        assert re.sub(r"\s", "", fingerprint)[:12] in plain
        assert "nofficial" in plain
    together = " ".join(" ".join(pages).split())
    for name in ("Theo Ellison", "Dana Ellison", "Rosa Ortiz"):
        assert name in together
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


def a_change_leaves_the_signatures_behind(theo: Visitor) -> None:
    page = theo.open("/plan/")
    menu = page.locator("details.placed-menu", has_text=MOVED)
    menu.locator("summary").click()
    menu.locator("button[name=term]").first.click()
    expect(page.get_by_text("Version 3, saved")).to_be_visible()
    expect(page.get_by_text("signatures belong to version 2")).to_be_visible()
    theo.look()


def test_the_plan_can_be_changed_without_any_script(visit: Visit) -> None:
    maya = visit(script=False)
    page = maya.sign_in("maya.ellison")
    maya.open("/plan/")
    before = page.get_by_text(re.compile(r"Version \d+, saved")).first.inner_text()
    menu = page.locator("details.placed-menu").first
    menu.locator("summary").click()
    menu.locator("button[name=term]").first.click()
    expect(page.get_by_text(re.compile(r"Version \d+, saved")).first).not_to_have_text(before)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone:")).to_be_visible()


def test_a_course_can_be_dragged_to_another_term(visit: Visit) -> None:
    visitor = visit()
    page = visitor.sign_in("maya.ellison")
    visitor.open("/plan/")
    before = page.get_by_text(re.compile(r"Version \d+, saved")).first.inner_text()
    card = page.locator("ul.board-list[data-term] li.placed").last
    source = card.locator("xpath=..").get_attribute("data-term")
    target = page.locator(f"ul.board-list[data-term]:not([data-term='{source}'])").first
    card.drag_to(target)
    expect(page.get_by_text(re.compile(r"Version \d+, saved")).first).not_to_have_text(before)
    assert not visitor.faults


def test_a_plan_that_cannot_work_is_not_offered_for_signature(visit: Visit) -> None:
    visitor = visit()
    page = visitor.sign_in("gabe.ashby")
    visitor.open("/plan/start/")
    page.get_by_role("radio", name="Engineering and Technology").check()
    page.get_by_role("button", name="Make my plan").click()
    last = page.locator("details.placed-menu", has_text="Foundations of Engineering")
    last.locator("summary").click()
    last.locator("button[name=term]").last.click()
    expect(page.get_by_text("Version 2, saved")).to_be_visible()
    visitor.look()
    visitor.open("/plan/submit/")
    expect(page.get_by_text("This plan cannot work yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign version")).to_have_count(0)
    visitor.look()
