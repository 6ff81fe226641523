"""Menus by keyboard, and what a script says of a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("site")]


def test_menus_close_by_escape_and_a_change_is_said(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.sign_in("maya.ellison")
    page = visitor.open("/plan/")
    for name in ("details.person", "details.placed-menu:has(button[name=term])"):
        menu = page.locator(name).first
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(menu).to_have_attribute("open", "")
        page.keyboard.press("Escape")
        expect(menu).not_to_have_attribute("open", "")
        expect(menu.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#aloud")).to_contain_text("moved from")
    expect(page.locator(".is-moved summary")).to_be_focused()
    page.locator("#undo").press("Enter")
    expect(page.locator("#aloud")).to_contain_text("Undone:")
    assert not visitor.faults
