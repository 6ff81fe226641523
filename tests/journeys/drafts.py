"""What everybody does with a draft of a program of study in the browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.keyboard import press, press_in_place, write


def start_from(author: Visitor, template: str, *, title: str, home: str = "") -> str:
    """Start a draft by keyboard on the open page of programs; gives its address."""
    page = author.page
    press(page, "Start a program")
    author.look()
    if home:
        write(page, "Whose program is it?", home)
    write(page, "Start from", template)
    write(page, "Title", title)
    press(page, "Start the draft")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    author.look()
    return address_of(author)


def address_of(visitor: Visitor) -> str:
    """The address of the draft that is open on its first part."""
    return visitor.where.partition("sequence/")[0]


def open_part(visitor: Visitor, name: str) -> None:
    """Open a part of the draft."""
    parts = visitor.page.get_by_role("navigation", name="Parts of the program")
    parts.get_by_role("link", name=re.compile(f"^{name}")).click()


def choose(author: Visitor, line: str, choices: dict[str, str]) -> None:
    """Change a line in place: pick courses by their selects' ids."""
    page = author.page
    press_in_place(page, f"Change {line}")
    for field, course in choices.items():
        page.locator(f"#id_{field}").select_option(course)
    press_in_place(page, "Save")
    expect(page.locator("#said")).to_have_text("Saved.")
    again = page.get_by_role("link", name=re.compile(f"Change {line}"))
    expect(again).to_be_focused()  # the page was changed in place, the keyboard stays there


def choose_what_the_state_leaves_open(author: Visitor) -> None:
    choose(author, "English", {"10_0": "LIT10", "12_0": "BRLIT"})
    choose(author, "Social studies", {"11_0": "USHIST"})


def hand_in(author: Visitor, address: str) -> None:
    page = author.open(f"{address}review/")
    author.look()
    press(page, "Hand in for review")
    expect(page.get_by_text("Somebody else reads it now.").first).to_be_visible()


def publish(reviewer: Visitor, address: str, *, promised: str) -> None:
    """Approve a draft, once the page has said who sees it from then on."""
    page = reviewer.open(f"{address}review/")
    expect(page.get_by_text(promised)).to_be_visible()
    press(page, "Approve and publish")
    expect(page.get_by_text("Published.").first).to_be_visible()
