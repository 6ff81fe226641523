"""The keyboard alone: a control is reached with the Tab key and used with Enter."""

from __future__ import annotations

from playwright.sync_api import Page, expect

# The words of what has the focus, by its label where it has one; nothing of a mere region.
FOCUSED = """() => {
    const here = document.activeElement;
    if (!here.matches("a, button, summary, input, select, textarea")) return "";
    return (here.labels?.[0] ?? here).textContent;
}"""


def tab_to(page: Page, text: str, *, at_most: int = 200) -> None:
    """Reach a control by its text or its label with the Tab key, and leave the focus on it."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if text in " ".join(page.evaluate(FOCUSED).split()):
            return
    raise AssertionError(f"{text} cannot be reached with {at_most} presses of Tab")


def write(page: Page, label: str, words: str) -> None:
    """Write into a field, or choose what begins with these words."""
    tab_to(page, label)
    page.keyboard.type(words)


def press(page: Page, text: str) -> None:
    """Use a button or a link that opens a page."""
    tab_to(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press_in_place(page: Page, text: str) -> None:
    """Use a button or a link that changes the page where it stands, and wait for the change."""
    tab_to(page, text)
    with page.expect_response(lambda answer: answer.request.resource_type == "xhr") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status < 400, answer.value.text()
    expect(page.locator(".htmx-request")).to_have_count(0)
