"""A counselor opens an audit, decides an exception, the student reads it, the counselor ends it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]

WHY = "Jonas already passed a college course in economics last summer."
REQUIREMENT = "Economics"


def open_audit(visitor: Visitor, name: str) -> Page:
    page = visitor.open(f"/caseload/?show=all&q={name}")
    page.locator("main a[href^='/students/']").first.click()
    page.get_by_role("link", name="See the whole audit").click()
    return page


def row_of(page: Page, title: str) -> str:
    """What the summary of a requirement says, wherever it stands in the tree."""
    summary = page.locator("details.audit-row > summary", has_text=title).last
    return " ".join((summary.text_content() or "").split())


def decide(page: Page) -> None:
    page.get_by_role("link", name=f"Excuse {REQUIREMENT}").click()
    page.get_by_label("Why?").fill(WHY)
    page.get_by_role("button", name="See what it changes").click()
    expect(page.get_by_role("heading", name="What it would change")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value(WHY)


def test_an_exception_is_decided_read_and_ended(visit: Visit) -> None:
    ortiz = visit()
    page = ortiz.sign_in("rosa.ortiz")
    open_audit(ortiz, "Jonas")
    ortiz.look()
    assert "Excused" not in row_of(page, REQUIREMENT)
    for title in ("Social Studies", REQUIREMENT):
        page.locator("details.audit-row > summary", has_text=title).last.click()
    decide(page)
    ortiz.look()
    page.get_by_role("button", name="Decide it").click()
    expect(page.get_by_text("The exception holds.")).to_be_visible()
    assert "Excused" in row_of(page, REQUIREMENT)
    ortiz.look()

    jonas = visit(width=360, scheme="dark")
    page_jonas = jonas.sign_in("jonas.pak")
    page_jonas.get_by_role("link", name="See the whole audit").click()
    expect(page_jonas.get_by_text(f"“{WHY}”")).to_be_visible()
    expect(page_jonas.get_by_text("Decided by Rosa Ortiz")).to_be_visible()
    assert "Excused" in row_of(page_jonas, REQUIREMENT)
    expect(page_jonas.get_by_role("button", name="End it")).to_have_count(0)
    jonas.look()

    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("The exception has ended.")).to_be_visible()
    assert "Excused" not in row_of(page, REQUIREMENT)
    page_jonas.reload()
    expect(page_jonas.get_by_text("Ended by Rosa Ortiz")).to_be_visible()
    assert ortiz.looked_at + jonas.looked_at == 4


def test_other_rules_are_tried_without_any_script(visit: Visit) -> None:
    maya = visit(script=False)
    page = maya.sign_in("maya.ellison")
    page.get_by_role("link", name="See the whole audit").click()
    page.get_by_label("Rules").select_option("us-ga-barrow/diploma")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("What if: nothing is saved.")).to_be_visible()
    expect(page.get_by_role("table", name="Today and what if")).to_be_visible()
    page.get_by_role("link", name="Back to what holds today").click()
    expect(page.get_by_text("What if: nothing is saved.")).to_have_count(0)


def test_all_of_an_audit_is_on_paper(visit: Visit) -> None:
    maya = visit()
    page = maya.sign_in("maya.ellison")
    page.get_by_role("link", name="See the whole audit").click()
    rule = page.locator(".audit-parts .audit-rule").first
    form = page.get_by_role("button", name="See what changes")
    expect(rule).to_be_hidden()
    expect(form).to_be_visible()
    page.emulate_media(media="print")
    expect(rule).to_be_visible()
    expect(form).to_be_hidden()
